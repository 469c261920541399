#!/usr/bin/env python3
"""Makes hdf5.json beside it with h5py: HDF5 files, and what h5py reads from them.

  apt-get install python3-h5py
  /usr/bin/python3 make_hdf5_golden.py

A file is compressed with gzip and in base64. Its arrays stand under their names (paths below the root), by groups and then in the order of the
names; their values are in base64, row-major, as doubles (low byte first) or as bytes. Of many values there is the SHA-256 instead.
"""
import base64
import gzip
import hashlib
import json
import os
import pathlib
import tempfile

import h5py
import numpy as np

HERE = pathlib.Path(__file__).parent
RANDOM = np.random.RandomState(20)
MANY = 2000
TYPES = ["u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8"]


def base(data):
    return base64.b64encode(data).decode("ascii")


def shortened(data):
    return base(data) if len(data) < MANY else "sha256:" + hashlib.sha256(data).hexdigest()


def draw(name, shape):
    dtype = np.dtype(name)
    if dtype.kind == "b":
        return RANDOM.randint(0, 2, shape).astype(bool)
    if dtype.kind == "f":
        return (RANDOM.standard_normal(shape) * 100).astype(dtype)
    return np.frombuffer(RANDOM.bytes(int(np.prod(shape)) * dtype.itemsize), dtype).reshape(shape)


def special(name):
    dtype = np.dtype(name)
    if dtype.kind == "f":
        info = np.finfo(dtype)
        return np.array([0.0, -0.0, 1 / 3, np.inf, -np.inf, np.nan, info.max, info.tiny, -info.tiny / 4, info.smallest_subnormal]).astype(dtype)
    info = np.iinfo(dtype)
    # Between the doubles 2^53 and 2^53 + 2 lies one integer, a tie.
    return np.array([info.min, info.max, info.max - 1, 0, 1, 100] + ([(1 << 53) + 1, (1 << 53) + 3] if dtype.itemsize == 8 else []), dtype)


def numbers(file):
    for name in TYPES + ["?"]:
        title = np.dtype(name).name
        for order in "<>" if np.dtype(name).itemsize > 1 else "<":
            group = file.create_group(title + {"<": "", ">": "_big"}[order])
            dtype = np.dtype(name).newbyteorder(order)
            group["one"] = np.asarray(draw(name, (1,))[0], dtype)
            group["cube"] = draw(name, (2, 2, 1)).astype(dtype)
            if name != "?":
                group["special"] = special(name).astype(dtype)
    file["empty"] = np.zeros((0, 3))
    file["empty_bytes"] = np.zeros((0, 3), np.uint8)
    file["null"] = h5py.Empty("f8")
    file["four"] = draw("i2", (2, 3, 2, 2))
    file["table"] = draw("f4", (3, 4))
    file["bytes"] = draw("u1", (4, 3, 2))
    file["never_written"] = np.zeros(0)
    del file["never_written"]
    file.create_dataset("never_written", (2, 3), "f4")
    file.create_dataset("filled", (4,), ">i4", fillvalue=-7)
    file.create_dataset("filled_bytes", (4, 2), "u1", fillvalue=9)
    compact(file, "compact", draw("u1", (3, 2)))
    compact(file, "compact_big", draw("i2", (3,)).astype(">i2"))


def compact(file, name, values):
    """An array within its header."""
    plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    plist.set_layout(h5py.h5d.COMPACT)
    dataset = h5py.h5d.create(file.id, name.encode(), h5py.h5t.py_create(values.dtype, logical=True), h5py.h5s.create_simple(values.shape), plist)
    dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, values)


def chunks(file):
    ways = {
        "plain": {},
        "gzip": {"compression": "gzip"},
        "shuffle": {"shuffle": True},
        "fletcher32": {"fletcher32": True},
        "gzip_shuffle": {"compression": "gzip", "shuffle": True},
        "all": {"compression": 9, "shuffle": True, "fletcher32": True},
    }
    for name, options in ways.items():
        for type_name in ["u1", "<f8", ">i4"]:
            file.create_dataset(f"{name}/{np.dtype(type_name).str[1:]}", data=draw(type_name, (7, 5)).astype(type_name), chunks=(3, 2), **options)
    file.create_dataset("one_chunk", data=draw("f4", (4, 3)), chunks=(4, 3))
    file.create_dataset("one_chunk_gzip", data=draw("f4", (4, 3)), chunks=(4, 3), compression="gzip")
    file.create_dataset("larger_chunk", data=draw("i2", (4, 3)), chunks=(8, 5), maxshape=(None, None))
    file.create_dataset("growing", data=draw("u2", (7, 2)), chunks=(2, 2), maxshape=(None, 2))
    file.create_dataset("growing_gzip", data=draw("u1", (150, 2)), chunks=(1, 2), maxshape=(None, 2), compression="gzip")
    file.create_dataset("growing_both", data=draw("i4", (7, 5)), chunks=(3, 2), maxshape=(None, None), shuffle=True)
    file.create_dataset("bool", data=draw("?", (7,)), chunks=(3,), compression="gzip")
    file.create_dataset("empty", data=np.zeros((0, 3), "f4"), chunks=(3, 3), maxshape=(None, 3))
    for name, dtype in [("part_u1", "u1"), ("part_f8", "f8"), ("part_i4_big", ">i4")]:
        for options in [{}, {"compression": "gzip"}]:
            part = file.create_dataset(name + ("_gzip" if options else ""), (9, 4), dtype, chunks=(3, 2), fillvalue=42, **options)
            part[4:6, :2] = draw(dtype[-2:], (2, 2))
    file.create_dataset("never_written", (9, 4), "f4", chunks=(3, 2), compression="gzip")
    early = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    early.set_chunk((2, 2))
    early.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    dataset = h5py.h5d.create(file.id, b"early", h5py.h5t.IEEE_F32LE, h5py.h5s.create_simple((5, 3)), early)
    dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, draw("f4", (5, 3)))


def texts(file):
    words = ["cat", "", "dog", "Übung", "日本", "🐈 und 🐕"]
    ascii_words = [b"cat", b"", b"dog", b"a  b "]
    file["ascii"] = np.array(ascii_words, "S6")
    file["ascii_full"] = np.array([b"non-cat", b"cat"], "S7")
    file["utf8"] = np.array([word.encode() for word in words], h5py.string_dtype("utf-8", 16))
    file.create_dataset("varied", data=words, dtype=h5py.string_dtype())
    file.create_dataset("varied_ascii", data=ascii_words, dtype=h5py.string_dtype("ascii"))
    file.create_dataset("varied_gzip", data=np.array(words, object).reshape(2, 3), dtype=h5py.string_dtype(), chunks=(1, 2), compression="gzip")
    file.create_dataset("fixed_gzip", data=np.array(ascii_words, "S6"), chunks=(3,), compression="gzip")
    file.create_dataset("one", data="Übung", dtype=h5py.string_dtype())
    file["one_fixed"] = np.array(b"cat", "S5")
    file.create_dataset("none", (0,), h5py.string_dtype())
    file.create_dataset("never_written", (3,), h5py.string_dtype())
    file.create_dataset("never_written_fixed", (3,), "S4")
    for name, pad in [("null_padded", h5py.h5t.STR_NULLPAD), ("space_padded", h5py.h5t.STR_SPACEPAD), ("null_ended", h5py.h5t.STR_NULLTERM)]:
        tid = h5py.h5t.C_S1.copy()
        tid.set_size(5)
        tid.set_strpad(pad)
        dataset = h5py.h5d.create(file.id, name.encode(), tid, h5py.h5s.create_simple((3,)))
        rows = [b"cat", b"hello"[:4 if pad == h5py.h5t.STR_NULLTERM else 5], b""]
        values = np.array([row.ljust(5, b" " if pad == h5py.h5t.STR_SPACEPAD else b"\0") for row in rows], "S5")
        dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, values, tid)
    file.create_dataset("other/lists", (2,), h5py.vlen_dtype(np.int32))[0] = [1, 2, 3]


def groups(file):
    # Of a name that is not ASCII a group becomes one of the new kind, even in an old file.
    file["größe"] = np.arange(2.0)
    file["words/hat"] = np.arange(2.0)
    file["words/größe"] = np.arange(3.0)
    file["train/x"] = draw("u1", (3, 2, 2))
    file["train/y"] = np.array([0, 1, 1])
    file["train/deep/er/w"] = draw("f4", (2,))
    file["test/x"] = draw("u1", (2, 2, 2))
    file["train/root"] = file["/"]
    file["train/deep/parent"] = file["train"]
    file["again"] = file["train/y"]
    # Groups within each other whose last array is the same.
    file["linked/below/b"] = np.arange(2.0)
    file["linked/below/z"] = file["again"]
    file["linked/z"] = file["again"]
    file["test/soft"] = h5py.SoftLink("/train/x")
    file["dangling"] = h5py.SoftLink("/nowhere")
    file["outside/elsewhere"] = h5py.ExternalLink("nowhere.h5", "/x")
    if file.libver[0] == "earliest":
        file["test/back"] = h5py.SoftLink("/test")
    file["name with spaces"] = np.arange(3.0)
    file.create_group("nothing")
    file["a_type"] = np.dtype("f8")
    file["others/compound"] = np.array([(1, 2.0)], [("a", "<i4"), ("b", "<f8")])
    file.create_dataset("others/reference", data=np.array([file["train/x"].ref], object), dtype=h5py.ref_dtype)
    file["others/complex"] = np.array([1 + 2j])
    file["others/opaque"] = np.zeros(2, "V3")
    file["others/array"] = np.zeros(2, np.dtype([("a", "<i4", (2,))]))
    file["others/colours"] = np.array([0, 1, 2], h5py.enum_dtype({"red": 0, "green": 1, "blue": 2}, "i1"))
    file["others/wide_colours"] = np.array([0, 1, 700], h5py.enum_dtype({"red": 0, "green": 1, "blue": 700}, "<i4"))
    for i in [3, 0, 2, 1, 11, 5, 7, 4, 6, 9, 8, 10]:
        file[f"many/{i}"] = np.array([i], "i4")


def user_block(file):
    file["x"] = draw("u1", (4, 3))
    file["y"] = np.array([3.0, 1.0, 2.0, 0.0])
    file.create_dataset("z", data=draw("u1", (4, 3)), chunks=(2, 2), compression="gzip")
    file.create_dataset("names", data=["cat", "dög"], dtype=h5py.string_dtype())
    file["below/root"] = file["/"]
    file["below/w"] = np.arange(4.0)


def columns(file):
    """Each row crosses all chunks, which are more and larger than a library keeps of itself."""
    file.create_dataset("x", data=(np.add.outer(np.arange(3000) // 50, np.arange(600)) % 7).astype("u1"), chunks=(3000, 1), compression="gzip")


def long_names(file):
    for i in range(400):
        file[f"{i:0200}"] = np.float64(i)


def outside(file):
    """The bytes lie in a file of their own, of which the test writes the name."""
    file.create_dataset("x", (3, 2), "u1", external=[("/" + 99 * "x", 0, 6)])


def other_filter(file):
    file.create_dataset("x", data=np.zeros((4, 3), "u1"), compression="lzf")


def skipped(file):
    """Chunks that went past all filters, as the mask beside each of them says."""
    skip(file, 0xFFFFFFFF)


def skipped_first(file):
    """Chunks that went past filters whose absence shows."""
    skip(file, 1, {"gzip": {"compression": "gzip"}})
    skip(file, 3, {"gzip_shuffle": {"compression": "gzip", "shuffle": True}})


def skip(file, mask, ways=None):
    ways = ways or {"gzip": {"compression": "gzip"}, "shuffle": {"shuffle": True}, "gzip_shuffle": {"compression": "gzip", "shuffle": True}}
    for name, options in ways.items():
        dataset = file.create_dataset(name, (16,), "<i4", chunks=(8,), **options)
        for start in [0, 8]:
            dataset.id.write_direct_chunk((start,), draw("i4", (8,)).tobytes(), mask)


def texts_of(dataset):
    info = h5py.check_string_dtype(dataset.dtype)
    pad = dataset.id.get_type().get_strpad() if info.length else None
    raw = np.asarray(dataset[()], object).ravel().tolist()
    texts = [text.decode("utf-8") if isinstance(text, bytes) else text or "" for text in raw]
    return [text.rstrip(" ") for text in texts] if pad == h5py.h5t.STR_SPACEPAD else texts


def described(dataset):
    dtype, shape = dataset.dtype, dataset.shape
    if h5py.check_string_dtype(dtype):
        return {"type": "string", "shape": list(shape), "texts": texts_of(dataset)}
    if h5py.check_enum_dtype(dtype) or h5py.check_vlen_dtype(dtype) or dtype.kind not in "biuf":
        return {"type": TYPE_NAMES[dataset.id.get_type().get_class()], "shape": list(shape)}
    values = dataset[()] if shape is not None else np.zeros(0, dtype)
    key, plain = ("bytes", "u1") if dtype.name in ("bool", "uint8") else ("doubles", "<f8")
    return {"type": dtype.name, "shape": list(values.shape), key: shortened(np.ascontiguousarray(values).astype(plain).tobytes())}


TYPE_NAMES = {
    h5py.h5t.COMPOUND: "compound", h5py.h5t.REFERENCE: "reference", h5py.h5t.OPAQUE: "opaque", h5py.h5t.ARRAY: "array",
    h5py.h5t.ENUM: "enumerated", h5py.h5t.VLEN: "variablelength",
}


def listed(group, above=()):
    """All datasets by their paths; what leads back to a group above is left out."""
    found = {}
    for name in group:
        child = group.get(name)
        if isinstance(child, h5py.Dataset):
            found[name] = described(child)
        elif isinstance(child, h5py.Group) and child not in (*above, group):
            found.update({f"{name}/{below}": value for below, value in listed(child, (*above, group)).items()})
    return found


def made(name, fill, libver, **options):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.h5")
        with h5py.File(path, "w", libver=libver, **options) as file:
            fill(file)
        data = pathlib.Path(path).read_bytes()
        if options:
            data = b"any text".ljust(options["userblock_size"], b".") + data[options["userblock_size"]:]
        with h5py.File(path, "r") as file:
            arrays = listed(file) if fill != outside else {}
    print(name, len(data), len(arrays))
    return {"name": name, "file": base(gzip.compress(data, 9, mtime=0)), "arrays": arrays if len(arrays) < 100 else len(arrays)}


if __name__ == "__main__":
    golden = [
        made(f"{fill.__name__}_{libver}", fill, (libver, "latest"), **options)
        for libver in ["earliest", "latest"]
        for fill, options in [(numbers, {}), (chunks, {}), (texts, {}), (groups, {}), (user_block, {"userblock_size": 1024}), (skipped, {}), (skipped_first, {})]
    ]
    golden += [made(fill.__name__, fill, "earliest") for fill in [columns, long_names, outside, other_filter]]
    (HERE / "hdf5.json").write_text("[\n" + ",\n".join(json.dumps(file, ensure_ascii=False) for file in golden) + "\n]\n")
