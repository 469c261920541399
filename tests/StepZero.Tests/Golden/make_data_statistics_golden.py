#!/usr/bin/env python3
"""Makes data_statistics.json: what NumPy says of scaled samples and their Gram matrix, for the test of DataStatistics.

  apt-get install python3-numpy      (Debian 12: NumPy 1.24)
  /usr/bin/python3 make_data_statistics_golden.py

Feature j of sample i is offset + sin(0.37·i·(j + 1) + i·i) + 0.01·j, which both sides compute; the last feature is constant where asked.
"""
import json
import pathlib

import numpy as np


def case(name, m, n, offset, scaling, constant=False):
    i, j = np.arange(m)[:, None].astype(float), np.arange(n)[None, :].astype(float)
    x = offset + np.sin(0.37 * i * (j + 1) + i * i) + 0.01 * j
    if constant:
        x[:, -1] = 3
    if scaling != "none":
        x = x - x.mean(axis=0)
    if scaling == "standardize":
        deviation = x.std(axis=0)
        x = x / np.where(deviation > 1e-12, deviation, 1)
    x = x / 4 if scaling == "divide:4" else x
    values = np.linalg.eigvalsh(x @ x.T if m <= n else x.T @ x)
    deviations = x.std(axis=0)
    return {
        "name": name, "samples": m, "features": n, "offset": offset, "scaling": scaling, "constant": constant, "mean": x.mean(), "deviation": x.std(),
        "largestOffset": abs(x.mean(axis=0)).max(), "smallestDeviation": deviations[deviations > 1e-12].min(), "largestDeviation": deviations.max(),
        "eigenvalueShare": values[-1] / values.sum(), "meanShare": m * np.sum(x.mean(axis=0) ** 2) / np.sum(x ** 2),
    }


def divided(name, m, n, offset):
    result = case(name, m, n, offset, "none")
    scaled = {key: result[key] / 4 for key in ("mean", "deviation", "largestOffset", "smallestDeviation", "largestDeviation")}
    return {**result, **scaled, "scaling": "divide:4"}


cases = [
    case("more features than samples", 12, 40, 0.5, "none"),
    case("more samples than features", 90, 6, 0.5, "none"),
    case("standardized, one constant", 50, 8, 2, "standardize", constant=True),
    case("centered", 50, 8, 2, "center"),
    divided("divided", 20, 20, 1),
    case("too many samples for a Gram matrix", 3000, 7, 0.2, "none"),
    case("many samples and more features", 1100, 1200, 0.05, "none"),
    case("no offset", 2000, 9, 0, "standardize"),
    case("one feature", 30, 1, 1, "none"),
]
(pathlib.Path(__file__).parent / "data_statistics.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")
