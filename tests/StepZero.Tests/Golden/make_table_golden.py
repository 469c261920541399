#!/usr/bin/env python3
"""Makes tables.json: what pandas reads from awkward tables of text, for the test of CsvTable.

  apt-get install python3-pandas      (Debian 12: pandas 1.5)
  python3 make_table_golden.py

A table has its bytes as base64, and its columns: numbers as the shortest text that gives the same double ("nan" where one is missing), or texts
(null where one is missing). pandas is told what separates the fields, whether there is a header and which column numbers the rows; we have to find it.
"""
import base64
import decimal
import io
import json
import pathlib
import random

import numpy as np
import pandas as pd

MISSING = ["", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "?"]


def table(name, data, **how):
    data = data if isinstance(data, bytes) else data.encode()
    frame = pd.read_csv(io.BytesIO(data), float_precision="round_trip", na_values=MISSING, keep_default_na=False, **how)
    columns = []
    for label in frame.columns:
        column = frame[label]
        title = str(label + 1) if how.get("header", 0) is None else label
        if column.dtype == object:
            columns.append({"name": title, "texts": [None if pd.isna(cell) else cell for cell in column]})
        else:
            columns.append({"name": title, "numbers": [repr(float(cell)) for cell in column.astype(np.float64)]})
    return {"name": name, "base64": base64.b64encode(data).decode(), "columns": columns}


def hard_numbers():
    """Numbers half-way between two doubles or close to it, the smallest, the largest, and many digits."""
    rng = random.Random(1)
    decimal.getcontext().prec = 80
    yield from ["9007199254740993", "9007199254740992.5", "1e23", "8.5e22", "2.2250738585072011e-308", "2.2250738585072014e-308", "4.9e-324", "2.4703282292062328e-324",
                "2.4703282292062327e-324", "1.7976931348623157e308", "1.7976931348623158e308", "1e-400", "-0.0", "0.1", "123456789012345678901234567890", "+5", "1.", ".5", "1E5",
                "0.500000000000000166533453693773481063544750213623046875", "3.518437208883201171875e13", "6.02214076e23", "7.2057594037927933e16", "1.00000000000000011102230246251565",
                "1.00000000000000011102230246251566", "0" * 30 + "1." + "0" * 30 + "1"]
    for _ in range(300):
        yield "%.17g" % (rng.gauss(0, 1) * 10.0 ** rng.randint(-300, 300))
        yield "%.20e" % (rng.gauss(0, 1) * 10.0 ** rng.randint(-20, 20))
        yield f"{rng.choice(['', '-'])}{rng.randint(0, 10 ** rng.randint(1, 30))}.{rng.randint(0, 10 ** rng.randint(1, 30))}e{rng.randint(-330, 280)}"
        middle = float(np.float64(rng.random()))
        above = float(np.nextafter(middle, 2))
        yield str((decimal.Decimal(middle) + decimal.Decimal(above)) / 2)


numbers = list(hard_numbers())
tables = [
    table("hard numbers", "a,b\n" + "".join(f"{n},{i}\n" for i, n in enumerate(numbers))),
    table("infinite", "a,b\n1,inf\n-inf,2\nInfinity,-Infinity\n3,4\n"),
    table("quotes", 'name,said,size\r\n"Miller, Ann","She said ""no""",1.5\r\nBob,"two\r\nlines",2\r\n"",\'x\',3\r\n'),
    table("missing", "x,y,kind\n1,NA,a\n,2,NaN\nN/A,3,b\nnan,null,\nNULL,4,?\n5,None,c\n?,6,None\n"),
    table("semicolons and decimal commas", "width;height;kind\n1,5;2;a\n-0,25;3;b\n1000,125;4;a\n", sep=";", decimal=","),
    table("tabs", "a\tb\tc\n1\t\tx y\n2\t3.5\tz\n\t4\t\n", sep="\t"),
    table("bars without names", "1|2|x\n3|4|y\n5|6|x\n", sep="|", header=None),
    table("blanks", "  6.0  148   72 one\n 1.5   85 66  two\n8 183  64   one \n", sep=r"\s+", header=None),
    table("rows of R", '"x" "y" "kind"\n"1" 0.5 2 "a b"\n"2" 1.5 NA "c"\n"3" 2.5 4 NA\n', sep=" "),
    table("rows of pandas", pd.DataFrame({"x": [0.1, 0.2, 0.30000000000000004], "kind": ["a", "b", None]}).to_csv(), index_col=0),
    table("columns of pandas", pd.DataFrame(np.random.default_rng(1).standard_normal((5, 4))).to_csv(index=False)),
    table("UTF-8 with mark", "\ufeffGröße,Farbe\n1.5,grün\n2,weiß 😀\n".encode()),
    table("UTF-16", "Größe,Farbe\n1.5,grün\n2,weiß 😀\n".encode("utf-16"), encoding="utf-16"),
    table("blank lines", "\na,b\n\n1,2\n3,4\n\n\n"),
    table("all texts", "colour,shape\nred,round\nblue,round\nred,square\n"),
    table("no last line end", "a,b\n1,2\n3,4"),
    table("a quote in a text", 'size,text\n1,5" pipe\n2,o"k"\n', quoting=3),
]

path = pathlib.Path(__file__).parent / "tables.json"
path.write_text(json.dumps(tables, indent=1, ensure_ascii=True) + "\n")
