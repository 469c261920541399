#!/usr/bin/env python3
"""Makes numpy_generator.json: what np.random.default_rng gives, for the test of NumPyGenerator.

  apt-get install python3-numpy      (Debian 12: NumPy 1.24)
  python3 make_generator_golden.py

A stream is a seed and calls in their order; a call has its first values and the SHA-256 of the array's bytes, little-endian (permutations as int64).
"words" are the words of 64 bits themselves, as float64 like all the rest.
"""
import hashlib
import json
import pathlib

import numpy as np

FIRST = 4


def draw(rng, name, count, a, b):
    single = np.float32
    return {
        "random": lambda: rng.random(count),
        "random float32": lambda: rng.random(count, dtype=single),
        "standard_normal": lambda: rng.standard_normal(count),
        "standard_normal float32": lambda: rng.standard_normal(count, dtype=single),
        "uniform": lambda: rng.uniform(a, b, count),
        "uniform float32": lambda: single(a) + single(b - a) * rng.random(count, dtype=single),
        "normal": lambda: rng.normal(a, b, count),
        "normal float32": lambda: single(a) + single(b) * rng.standard_normal(count, dtype=single),
        "permutation": lambda: rng.permutation(count).astype("<i8"),
        "words": lambda: rng.bit_generator.random_raw(count).astype(np.float64),
    }[name]()


def stream(seed, calls):
    rng = np.random.default_rng(seed)
    out = []
    for name, count, *numbers in calls:
        a, b = numbers or (0, 0)
        values = draw(rng, name, count, a, b)
        assert len(values) == count
        call = {"call": name, "count": count}
        if numbers:
            call |= {"a": a, "b": b}
        call["first"] = [float(v) for v in values[:FIRST]]
        call["sha256"] = hashlib.sha256(values.tobytes()).hexdigest()
        out.append(call)
    return {"seed": seed, "calls": out}


MIXTURE = [
    ("words", 3), ("random", 5), ("standard_normal", 7), ("random float32", 3), ("standard_normal", 1001), ("permutation", 0), ("permutation", 1),
    ("permutation", 2), ("permutation", 3), ("random float32", 1), ("permutation", 10), ("standard_normal float32", 777), ("permutation", 1000),
    ("uniform", 9, -0.5, 2.25), ("random float32", 4099), ("random", 4099), ("uniform float32", 33, -0.1, 0.7), ("normal", 4001, 0.1, 0.02),
    ("normal float32", 2049, 0.1, 0.02), ("standard_normal float32", 0), ("standard_normal", 0), ("words", 1), ("uniform", 1, 0.0, 1.0),
]
# Enough for every way through the ziggurat, for both: some 800 numbers of the tail each.
RARE = [("standard_normal", 3_000_000), ("standard_normal float32", 3_000_001), ("random float32", 1), ("random", 1)]

streams = [stream(seed, MIXTURE) for seed in (0, 1, 42, 2**32 - 1, 2**32, 2**64 - 1)] + [stream(7, RARE)]
with open(pathlib.Path(__file__).with_name("numpy_generator.json"), "w", encoding="utf-8") as file:
    file.write('{"numpy": "%s", "streams": [\n' % np.__version__)
    file.write(",\n".join('{"seed": %d, "calls": [\n  %s]}' % (s["seed"], ",\n  ".join(map(json.dumps, s["calls"]))) for s in streams))
    file.write("\n]}\n")
