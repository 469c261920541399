#!/usr/bin/env python3
"""Makes normal_distribution.json, log1p.json, numpy_distributions.json and orthogonal.json: the normal distribution and the error function to 60 digits,
log1p of the C library, what np.random.seed gives between bounds, and orthogonal factors.

  apt-get install python3-numpy python3-scipy python3-mpmath
  python3 make_distribution_golden.py

Doubles are written with repr, which reads back to the same bits. erf and erfc stand twice: as the GNU C library (2.36) has them, and rounded from
60 digits.
"""
import ctypes
import hashlib
import json
import math
import pathlib

import mpmath as mp
import numpy as np
import scipy.special

HERE = pathlib.Path(__file__).parent
mp.mp.dps = 60


def write(name, value):
    rows = ",\n".join(f'"{key}": [\n' + ",\n".join(map(json.dumps, rows)) + "\n]" for key, rows in value.items())
    (HERE / name).write_text("{\n" + rows + "\n}\n")


def digest(values):
    return hashlib.sha256(np.ascontiguousarray(values).tobytes()).hexdigest()


def quantile(p):
    """Newton's method on the distribution function; p may be an mpf."""
    x = mp.mpf(float(scipy.special.ndtri(float(p))))
    for _ in range(4):
        x -= (mp.ncdf(x) - p) / mp.npdf(x)
    return x


def normal_distribution():
    random = np.random.RandomState(5)
    xs = np.concatenate([np.linspace(-37, 9, 139), random.randn(60), random.randn(20) * 1e-8, [0.0, -2.0, 2.0, np.nextafter(-2, -3), 1e-300, -1e-300]])
    cdf = []
    for x in xs.tolist():
        exact = mp.ncdf(mp.mpf(x))
        assert math.isclose(float(exact), scipy.special.ndtr(x), rel_tol=1e-12), x
        cdf.append({"x": x, "cdf": float(exact), "density": float(mp.npdf(mp.mpf(x)))})

    edges = [0.075, 0.925, math.exp(-25), 0.5, 2.2250738585072014e-308, 1 - 2.0 ** -53]  # where AS 241 changes its polynomials, and the ends
    ps = np.concatenate([random.rand(80), 10.0 ** -random.uniform(0, 307, 80), 1 - 10.0 ** -random.uniform(0, 15.5, 40),
                         0.5 + random.randn(20) * 1e-9, edges, [np.nextafter(e, 0) for e in edges[:4]], [np.nextafter(e, 1) for e in edges[:4]]])
    quantiles = []
    for p in ps.tolist():
        exact = quantile(mp.mpf(p))
        assert math.isclose(float(exact), scipy.special.ndtri(p), rel_tol=1e-10), p
        quantiles.append({"p": p, "quantile": float(exact)})

    bound = math.erf(3 / math.sqrt(2))
    ys = np.concatenate([np.linspace(-bound, bound, 101), random.randn(20) * 1e-6, [0.0, 1e-30]]).astype(np.float32)
    symmetric = [{"y": float(y), "quantile": float(mp.sqrt(2) * mp.erfinv(mp.mpf(float(y))))} for y in ys]

    ends = [0.25, 0.84375, 1.25, 2.857142857142857, 6.0, 28.0, 2.0 ** -28]
    xs = np.concatenate([random.randn(120) * 2, random.uniform(-7, 27.2, 60), np.linspace(2.8, 2.95, 40), 10.0 ** random.uniform(-300, -5, 20), ends, np.negative(ends),
                         [np.nextafter(e, 0) for e in ends], [np.nextafter(e, 99) for e in ends], [0.0, 5e-324, 100.0, -100.0]])
    error = [{"x": x, "erf": math.erf(x), "erfc": math.erfc(x), "exactErf": float(mp.erf(mp.mpf(x))), "exactErfc": float(mp.erfc(mp.mpf(x)))}
             for x in xs.tolist()]
    write("normal_distribution.json", {"cdf": cdf, "quantiles": quantiles, "symmetricQuantiles": symmetric, "errorFunction": error})


def log1p():
    """log(1 - u) by the C library of Linux on a processor with FMA, for u of 53 and of 24 bits: of all sizes, near 1, near 1 - 2^-k."""
    random = np.random.RandomState(6)
    single = ctypes.CDLL("libm.so.6").log1pf
    single.restype, single.argtypes = ctypes.c_float, [ctypes.c_float]
    columns = {}
    for name, bits, function in [("double", 53, math.log1p), ("single", 24, single)]:
        whole = 2 ** bits
        us = [int(u * whole) for u in random.rand(200)] + [int(2.0 ** e) for e in random.uniform(0, bits, 150)] + [0]
        us += [whole - 1 - int(2.0 ** e) for e in random.uniform(0, bits - 1, 150)]
        us += [whole - whole // 2 ** k + d for k in range(1, bits) for d in (-2, -1, 0, 1) if whole - whole // 2 ** k + d < whole]
        columns[name] = [{"u": u / whole, "log": function(-(u / whole))} for u in us]
    write("log1p.json", columns)


def truncated(uniforms, mean, deviation, low, high):
    """The inverse of the distribution function between bounds; of the mirror image where they lie above the mean."""
    mean, deviation, low, high = map(mp.mpf, (mean, deviation, low, high))
    side = -1 if low > mean else 1
    ends = sorted([mp.ncdf(side * (low - mean) / deviation), mp.ncdf(side * (high - mean) / deviation)])
    return [float(mean + side * deviation * quantile(ends[0] + (ends[1] - ends[0]) * mp.mpf(u))) for u in uniforms.tolist()]


def numpy_distributions():
    streams = []
    for seed in [0, 1, 4294967295]:
        np.random.seed(seed)
        uniform = np.random.uniform(-0.3, 0.7001, 1001)
        normal = np.random.normal(0.37, 1.7, 777)
        streams.append({"seed": seed, "low": -0.3, "high": 0.7001, "uniform": uniform[:4].tolist(), "uniformHash": digest(uniform),
                        "mean": 0.37, "deviation": 1.7, "normal": normal[:4].tolist(), "normalHash": digest(normal)})
    between = []
    for mean, deviation, low, high in [(0, 1, -2, 2), (0.1, 0.7, -0.5, 1.9), (0, 1, 4.9, 9), (0, 1, -9, -4.9), (0, 0.02, -2, 2), (3, 2, 3.5, 4), (-1, 1, -1, 50)]:
        np.random.seed(9)
        between.append({"seed": 9, "mean": mean, "deviation": deviation, "low": low, "high": high,
                        "values": truncated(np.random.rand(41), mean, deviation, low, high)})
    write("numpy_distributions.json", {"streams": streams, "truncated": between})


def orthogonal():
    """Q of A = Q R with a positive diagonal of R: for wide matrices that of the transpose, transposed."""
    np.random.seed(4)
    cases = []
    for rows, columns in [(1, 1), (3, 3), (7, 5), (5, 7), (6, 1), (1, 6), (40, 35)]:
        a = np.round(np.random.randn(rows, columns), 3)
        q, r = np.linalg.qr(a.T if rows < columns else a)
        q = q * np.sign(np.diag(r))
        q = q.T if rows < columns else q
        case = {"rows": rows, "columns": columns, "matrix": a.ravel().tolist(), "orthogonal": q.ravel().tolist()}
        cases.append(case)
    write("orthogonal.json", {"cases": cases})


if __name__ == "__main__":
    normal_distribution()
    log1p()
    numpy_distributions()
    orthogonal()
