#!/usr/bin/python3
"""Writes digits.csv.gz and breast-cancer.csv.gz beside this script, from the data files of Debian's python3-sklearn (1.2).

Both come from the UCI Machine Learning Repository (CC BY 4.0, https://creativecommons.org/licenses/by/4.0):
  E. Alpaydin, C. Kaynak: Optical Recognition of Handwritten Digits, 1998, https://doi.org/10.24432/C50P49
  W. Wolberg, O. Mangasarian, N. Street, W. Street: Breast Cancer Wisconsin (Diagnostic), 1993, https://doi.org/10.24432/C5DW2B
Changed: the numbers are written without trailing zeros, the classes by name, and a header names the columns.
"""
import gzip
import pathlib

from sklearn.datasets import load_breast_cancer, load_digits


def write(name, data, columns, target):
    lines = [",".join([*columns, target])]
    for row, label in zip(data.data, data.target):
        lines.append(",".join([*(repr(float(value)).removesuffix(".0") for value in row), str(data.target_names[label])]))
    text = "\n".join(lines) + "\n"
    pathlib.Path(__file__).with_name(name).write_bytes(gzip.compress(text.encode(), 9, mtime=0))


digits = load_digits()
write("digits.csv.gz", digits, [f"pixel_{i // 8}_{i % 8}" for i in range(64)], "digit")
cancer = load_breast_cancer()
write("breast-cancer.csv.gz", cancer, [str(name) for name in cancer.feature_names], "diagnosis")
