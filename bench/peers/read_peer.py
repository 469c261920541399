#!/usr/bin/env python3
"""How long pandas, NumPy, h5py and PIL take to read files, and how long reading alone takes. Needs Debian's python3-pandas, -h5py and -pil.

  read_peer.py --make FOLDER     writes the files
  read_peer.py FOLDER            prints one JSON object of milliseconds, each the median of three readings after one that is not counted

csv and npz: 100,000 rows of 99 standard normals (17 digits at most in the CSV) and a class; h5: 200 samples of 5,000,000 bytes; jpeg: a folder of
1,000 pictures that somebody else makes.
"""
import argparse
import json
import os
import pathlib

import h5py
import numpy as np
import pandas as pd
from PIL import Image

from timing import measure


def make(folder):
    random = np.random.default_rng(1)
    values, classes = random.standard_normal((100_000, 99)), np.arange(100_000) % 2
    pd.DataFrame(values, columns=[f"x{i}" for i in range(99)]).assign(y=classes).to_csv(folder / "csv", index=False)
    np.savez(folder / "npz", x=values, y=classes)
    os.rename(folder / "npz.npz", folder / "npz")
    with h5py.File(folder / "h5", "w") as file:
        x = file.create_dataset("x", (200, 5_000_000), dtype="u1")
        for sample in range(len(x)):
            x[sample] = random.integers(0, 256, x.shape[1], dtype="u1")
        file["y"] = np.arange(len(x)) % 2


def read_plainly(path, buffer=bytearray(1 << 20)):
    with open(path, "rb", buffering=0) as file:
        while file.readinto(buffer):
            pass


def read_npz(path):
    with np.load(path) as arrays:
        return [arrays[name] for name in arrays]


def read_h5(path, width=1 << 16):
    with h5py.File(path) as file:
        for start in range(0, file["x"].shape[1], width):
            file["x"][:, start:start + width]


def read_pictures(folder):
    return [np.asarray(Image.open(path).convert("RGB")) for path in sorted(folder.iterdir())]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--make", action="store_true")
    parser.add_argument("folder", type=pathlib.Path)
    arguments = parser.parse_args()
    if arguments.make:
        make(arguments.folder)
    else:
        print(json.dumps({
            "csv": measure(lambda: pd.read_csv(arguments.folder / "csv"), 3),
            "npz": measure(lambda: read_npz(arguments.folder / "npz"), 3),
            "npz as bytes": measure(lambda: (arguments.folder / "npz").read_bytes(), 3),
            "h5": measure(lambda: read_h5(arguments.folder / "h5"), 3),
            "h5 plainly": measure(lambda: read_plainly(arguments.folder / "h5"), 3),
            "jpeg": measure(lambda: read_pictures(arguments.folder / "jpeg"), 1),
        }))
