#!/usr/bin/env python3
"""Makes arrays.json beside it with NumPy: .npy and .npz files, and what NumPy reads from them.

  apt-get install python3-numpy
  /usr/bin/python3 make_array_golden.py

A file is in base64, and so are its values: row-major, as doubles (low byte first) or as bytes. Of many values there is the SHA-256 instead; texts
are joined by line feeds for it.
float128 is the long double of x86, so the script runs on x86.
"""
import base64
import hashlib
import io
import json
import pathlib
import warnings

import numpy as np

HERE = pathlib.Path(__file__).parent
RANDOM = np.random.RandomState(20)
SHAPES = [((), "C"), ((5,), "C"), ((0, 3), "C"), ((3, 4), "C"), ((3, 4), "F"), ((2, 3, 4), "F")]
MANY = 2000


def base(data):
    return base64.b64encode(data).decode("ascii")


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def shortened(data):
    return base(data) if len(data) < MANY else digest(data)


def special(name):
    if name == "float128":
        return extended()
    dtype = np.dtype(name)
    if dtype.kind == "f":
        info = np.finfo(dtype)
        return np.array([0.0, -0.0, 1 / 3, np.inf, -np.inf, np.nan, info.max, info.tiny, -info.tiny / 4, info.smallest_subnormal], dtype)
    if dtype.kind == "b":
        return np.array([True, False, True])
    info = np.iinfo(dtype)
    # Between the doubles 2^53 and 2^53 + 2 lies one integer, a tie; others lie on either side of one.
    odd = [(1 << 53) + 1, (1 << 53) + 3, (1 << 62) + (1 << 9), (1 << 62) + (1 << 9) + 1, (1 << 62) + 3 * (1 << 9)] if dtype.itemsize == 8 else []
    return np.array([info.min, info.max, info.max - 1, 0, 1, 100] + odd, dtype)


def extended():
    """80-bit numbers: ties between doubles, ties between doubles that have no leading bit, and the ends of the range."""
    def number(significand, exponent, sign=0):
        raw = significand.to_bytes(8, "little") + ((sign << 15) | (exponent + 16383)).to_bytes(2, "little") + bytes(6)
        return np.frombuffer(raw, np.longdouble)[0]
    top = 1 << 63
    numbers = [np.longdouble(x) for x in [0.0, -0.0, np.inf, -np.inf, np.nan, 1.5]] + [np.longdouble(1) / 3, -np.longdouble(2) / 3]
    for low in [0, 1 << 10, (1 << 10) + 1, (1 << 10) - 1, 1 << 11, 3 << 10, (3 << 10) + 1]:
        numbers += [number(top | low, 3), number(top | low, 900, 1)]
    numbers += [number((1 << 64) - 1, e) for e in [3, 1022, 1023, -1023, -1024, -1075, -1076]]
    for e in [-1022, -1023, -1024, -1050, -1073, -1074, -1075, -1076, -1077, -5000, -16382, 1023, 1024, 16383]:
        numbers += [number(top, e), number(top | 1, e, 1), number(top | 1 << 62, e), number(top | 0xAAAAAAAAAAAAAAA, e)]
    return np.array(numbers[:5] + numbers, np.longdouble)


def draw(dtype, shape):
    dtype = np.dtype(dtype)
    count = int(np.prod(shape))
    if dtype.kind == "b":
        return RANDOM.randint(0, 2, shape).astype(bool)
    if dtype.kind == "f":
        return np.array(RANDOM.randn(count).reshape(shape) * 100).astype(dtype)
    return np.frombuffer(RANDOM.bytes(count * dtype.itemsize), dtype).reshape(shape)


def expected(array):
    plain = np.ascontiguousarray(array)
    if array.dtype.kind in "US":
        texts = [text if isinstance(text, str) else decoded(text) for text in plain.ravel().tolist()]
        return {"texts": texts if len(texts) < MANY else digest("\n".join(texts).encode("utf-8"))}
    if array.dtype.name in ("bool", "uint8"):
        return {"bytes": shortened(plain.astype(np.uint8).tobytes())}
    if array.dtype.kind in "iuf":
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return {"doubles": shortened(plain.astype("<f8").tobytes())}
    return {}


def decoded(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def described(array):
    name = array.dtype.str if array.dtype.kind in "US" else "structured" if array.dtype.names else array.dtype.name
    return {"type": name, "shape": list(array.shape), **expected(array)}


def npy(array, version=None):
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        np.lib.format.write_array(file, array, version)
    return file.getvalue()


def saved(array, version=None):
    return {**described(array), "file": base(npy(array, version))}


def arrays():
    for name in ["bool", "uint8", "int8", "int16", "int32", "int64", "uint16", "uint32", "uint64", "float16", "float32", "float64", "float128"]:
        for order in "<>" if np.dtype(name).itemsize > 1 else "|":
            dtype = np.dtype(name).newbyteorder(order)
            for shape, layout in SHAPES:
                yield saved(np.asarray(draw(name, shape), dtype, order=layout))
            yield saved(special(name).astype(dtype))
    texts = ["cat", "", "dog", "Übung", "日本", "🐈 und 🐕"]
    for order in "<>":
        dtype = np.dtype("U9").newbyteorder(order)
        yield saved(np.array(texts, dtype))
        yield saved(np.asfortranarray(np.array(texts, dtype).reshape(2, 3)))
        yield saved(np.array("one", dtype))
        yield saved(np.zeros((0, 2), dtype))
    encoded = [b"cat", b"", b"a\0b", "Übung".encode("latin-1"), "Übung".encode("utf-8"), bytes(range(0xF0, 0xF8))]
    yield saved(np.array(encoded, "S8"))
    yield saved(np.asfortranarray(np.array(encoded, "S8").reshape(3, 2)))
    for version in [(1, 0), (2, 0), (3, 0)]:
        yield saved(np.arange(6.0).reshape(2, 3), version)
    yield saved(np.array([1 + 2j], np.complex64))
    yield saved(np.array([1 + 2j], np.complex128))
    yield saved(np.array([1 + 2j], np.clongdouble))
    yield saved(np.array([{"a": 1}, None], object))
    yield saved(np.array([(1, 2.0)], [("a", "<i4"), ("b", "<f8", (2,))]))
    yield saved(np.array([(1, 2.0)], [("ä'\"\\", "<i4"), ("日本", [("x", "<f8"), ("y", "|u1")])]))
    yield saved(np.array(["2020-01-01"], "datetime64[ns]"))
    yield saved(np.array([5], "timedelta64[25s]"))
    yield saved(np.zeros(2, "V3"))


def archive(save, **named):
    file = io.BytesIO()
    save(file, **named)
    return {"file": base(file.getvalue()), "arrays": {name: described(np.asarray(array)) for name, array in named.items()}}


def archives():
    named = {
        "x_train": RANDOM.randint(0, 256, (4, 3, 2)).astype(np.uint8),
        "y_train": np.array(["cat", "dog", "cat", "owl"]),
        "größe": np.asfortranarray(RANDOM.randn(3, 5)),
        "seed": np.int64(7),
    }
    yield archive(np.savez, **named)
    yield archive(np.savez_compressed, **named)
    # More than one block of each way of reading, and tiles that do not divide the sizes; of repeating bytes, so that it packs well.
    large = np.arange(300 * 257) % 50
    yield archive(
        np.savez_compressed,
        doubles=np.asfortranarray((large % 7.0).reshape(300, 257)),
        swapped=large.astype(">i4").reshape(257, 300),
        texts=np.array(["cat", "dog", ""])[large % 3].reshape(257, 300, order="F"),
        cube=np.asfortranarray((large[:70000] % 5).astype(np.uint8).reshape(50, 40, 35)),
        four=np.asfortranarray(large[:2520].astype(np.int16).reshape(5, 1, 7, 8, 9)))


if __name__ == "__main__":
    golden = {"npy": list(arrays()), "npz": list(archives())}
    (HERE / "arrays.json").write_text(json.dumps(golden, indent=1, ensure_ascii=False) + "\n")
