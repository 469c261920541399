#!/usr/bin/env python3
"""Makes mean_field.json: maps and fixed points of mean-field theory for the test of MeanField.

  apt-get install python3-numpy python3-scipy      (Debian 12: NumPy 1.24, SciPy 1.10)
  /usr/bin/python3 make_mean_field_golden.py

Nothing is shared with the program but the definitions. A correlated expectation is the series of Mehler, E[f(u)·f(v)] = Σ a_k²·c^k with a_k the
coefficients of f in normalised Hermite polynomials; derivatives are the textbook's; fixed points come from applying the maps until nothing changes.
"""
import json
import pathlib

import numpy as np
from scipy import special

SCALE, ALPHA = 1.0507009873554805, 1.6732632423543772
TERMS = 400


def softplus(z):
    return np.logaddexp(0, z)


def mish_slope(z):
    t, s = np.tanh(softplus(z)), special.expit(z)
    return t + z * s * (1 - t ** 2)


def gelu_tanh(z):
    return 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z ** 3)))


def gelu_tanh_slope(z):
    t = np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z ** 3))
    return 0.5 * (1 + t) + 0.5 * z * (1 - t ** 2) * np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * z ** 2)


FUNCTIONS = {
    "tanh": (np.tanh, lambda z: 1 / np.cosh(z) ** 2),
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0),
    "leaky_relu:0.3": (lambda z: np.where(z > 0, z, 0.3 * z), lambda z: np.where(z > 0, 1, 0.3)),
    "sigmoid": (special.expit, lambda z: special.expit(z) * special.expit(-z)),
    "elu:1": (lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0))), lambda z: np.where(z > 0, 1, np.exp(np.minimum(z, 0)))),
    "elu:0.5": (lambda z: np.where(z > 0, z, 0.5 * np.expm1(np.minimum(z, 0))), lambda z: np.where(z > 0, 1, 0.5 * np.exp(np.minimum(z, 0)))),
    "selu": (lambda z: SCALE * np.where(z > 0, z, ALPHA * np.expm1(np.minimum(z, 0))), lambda z: SCALE * np.where(z > 0, 1, ALPHA * np.exp(np.minimum(z, 0)))),
    "gelu": (lambda z: z * special.ndtr(z), lambda z: special.ndtr(z) + z * np.exp(-z * z / 2) / np.sqrt(2 * np.pi)),
    "gelu_tanh": (gelu_tanh, gelu_tanh_slope),
    "silu": (lambda z: z * special.expit(z), lambda z: special.expit(z) * (1 + z * special.expit(-z))),
    "softplus": (softplus, special.expit),
    "softsign": (lambda z: z / (1 + abs(z)), lambda z: 1 / (1 + abs(z)) ** 2),
    "mish": (lambda z: z * np.tanh(softplus(z)), mish_slope),
    "hardtanh": (lambda z: np.clip(z, -1, 1), lambda z: (abs(z) < 1) * 1.0),
    "erf": (special.erf, lambda z: 2 / np.sqrt(np.pi) * np.exp(-z * z)),
    "sin:1": (np.sin, np.cos),
    "sin:3": (lambda z: np.sin(3 * z), lambda z: 3 * np.cos(3 * z)),
    "sin:30": (lambda z: np.sin(30 * z), lambda z: 30 * np.cos(30 * z)),
    "identity": (lambda z: z, lambda z: np.ones_like(z)),
}
KINDS = [
    ("tanh", 2, 0), ("tanh", 1.5, 0.3), ("tanh", 0.8, 0.1), ("tanh", 2.7778, 0), ("tanh", 1.592537 ** 2, 0), ("tanh", 40, 0.5), ("relu", 1.2, 0.2),
    ("leaky_relu:0.3", 1.5, 0.1), ("sigmoid", 2, 0.5), ("sigmoid", 60, 4), ("elu:1", 1.3, 0.1), ("elu:0.5", 1.4, 0.1), ("selu", 1, 0), ("selu", 0.9, 0.05),
    ("gelu", 1.5, 0.2), ("gelu_tanh", 1.5, 0.2), ("silu", 1.4, 0.3), ("softplus", 0.8, 0.1), ("softsign", 3, 0.05), ("mish", 1.3, 0.2), ("hardtanh", 2, 0.05),
    ("hardtanh", 1.7, 0.1), ("erf", 2, 0), ("erf", 3, 0.4), ("sin:1", 2, 0.01), ("sin:3", 0.4, 0.02), ("sin:30", 0.004, 0.0005), ("sin:30", 2, 0.05), ("identity", 0.7, 0.2),
]
NODES, WEIGHTS = np.polynomial.legendre.leggauss(40)


def grid(q):
    """Gauss-Legendre nodes in many pieces, cut at the kinks."""
    kinks = np.array([0, 1, -1]) / np.sqrt(q)
    cuts = np.unique(np.concatenate([np.linspace(-9.5, 9.5, 120), kinks[abs(kinks) < 9.5]]))
    half = np.diff(cuts)[:, None] / 2
    z = ((cuts[1:] + cuts[:-1])[:, None] / 2 + half * NODES).ravel()
    return z, (half * WEIGHTS).ravel() * np.exp(-z * z / 2) / np.sqrt(2 * np.pi)


def mean(f, q):
    z, w = grid(q)
    return float(np.sum(w * f(np.sqrt(q) * z)))


def squares(f, q):
    """a_k² of Mehler's series."""
    z, w = grid(q)
    values, before, now, result = w * f(np.sqrt(q) * z), np.zeros_like(z), np.ones_like(z), []
    for k in range(TERMS):
        result.append(float(np.sum(values * now)) ** 2)
        before, now = now, (z * now - np.sqrt(k) * before) / np.sqrt(k + 1)
    return np.array(result)


def series(coefficients, c):
    return float(np.sum(coefficients * float(c) ** np.arange(TERMS)))


def settle(step, x):
    for _ in range(100_000):
        after = step(x)
        if abs(after - x) <= 1e-16 * abs(x) or after == x:
            return after
        x = after
    return x


cases = []
for name, weight, bias in KINDS:
    f, slope = FUNCTIONS[name]
    q = settle(lambda q: weight * mean(lambda u: f(u) ** 2, q) + bias, weight + bias)
    chi = weight * mean(lambda u: slope(u) ** 2, q)
    values, slopes = squares(f, q), squares(slope, q)
    c = settle(lambda c: (weight * series(values, c) + bias) / q, 0.0) if chi > 1 + 1e-12 else 1.0
    step = q * 1e-3
    around = [weight * mean(lambda u: f(u) ** 2, q + k * step) for k in (-2, -1, 1, 2)]
    cases.append({
        "activation": name, "weightVariance": weight, "biasVariance": bias, "length": q, "lengthSlope": (around[0] - 8 * around[1] + 8 * around[2] - around[3]) / (12 * step),
        "gradientFactor": chi, "correlation": c, "correlationSlope": chi if c == 1 else weight * series(slopes, c),
        "map": [{"c": x, "next": (weight * series(values, x) + bias) / q, "slope": weight * series(slopes, x)} for x in (-0.9, -0.3, 0, 0.3, 0.9)],
    })
(pathlib.Path(__file__).parent / "mean_field.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")
