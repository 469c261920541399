#!/usr/bin/env python3
"""How long pandas takes to read files. Needs Debian's python3-pandas.

  read_peer.py --make FOLDER     writes the files
  read_peer.py FOLDER            prints one JSON object of milliseconds, each the median of three readings

The files: csv, 100,000 rows of 100 standard normals, 17 digits at most.
"""
import argparse
import json
import pathlib
import statistics
import time

import numpy as np
import pandas as pd


def make(folder):
    values = np.random.default_rng(1).standard_normal((100_000, 100))
    pd.DataFrame(values, columns=[f"x{i}" for i in range(100)]).to_csv(folder / "csv", index=False)


def measure(act, rounds=3):
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        times.append(1e3 * (time.perf_counter() - start))
    return statistics.median(times)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--make", action="store_true")
    parser.add_argument("folder", type=pathlib.Path)
    arguments = parser.parse_args()
    if arguments.make:
        make(arguments.folder)
    else:
        print(json.dumps({
            "csv": measure(lambda: pd.read_csv(arguments.folder / "csv")),
        }))
