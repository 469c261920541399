#!/usr/bin/env python3
"""Makes signal.json: networks, samples, and what NumPy says of the signal in each layer, for the test of SignalStatistics.

  apt-get install python3-numpy python3-scipy      (Debian 12: NumPy 1.24, SciPy 1.10)
  /usr/bin/python3 make_signal_golden.py

Everything is computed as it is defined, over all samples at once and over all pairs of samples one by one. null stands where a figure is not defined.
"""
import json
import pathlib

import numpy as np
from scipy import special

rng = np.random.default_rng(11)
ACTIVATIONS = {
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0),
    "sigmoid": (special.expit, lambda z: special.expit(z) * special.expit(-z)),
    "erf": (special.erf, lambda z: 2 / np.sqrt(np.pi) * np.exp(-z * z)),
    "softsign": (lambda z: z / (1 + abs(z)), lambda z: 1 / (1 + abs(z)) ** 2),
    "hardtanh": (lambda z: np.clip(z, -1, 1), lambda z: (abs(z) < 1) * 1.0),
    "identity": (lambda z: z, np.ones_like),
}
BOUNDED = {"tanh": 1, "sigmoid": 0.25, "erf": 2 / np.sqrt(np.pi), "softsign": 1, "hardtanh": 1}


def cosine(vectors):
    """The mean over all pairs of different rows that are not 0."""
    vectors = [v for v in vectors if v @ v > 0]
    pairs = [u @ v / np.sqrt((u @ u) * (v @ v)) for i, u in enumerate(vectors) for v in vectors[:i]]
    return float(np.mean(pairs)) if pairs else None


def rms(values):
    return np.sqrt(np.mean(values ** 2))


def case(name, activation, loss, samples, sizes, gain, standardize=False, features=None, dead=0):
    m, n = samples, sizes[0]
    raw = np.round(rng.standard_normal((m, n)) * 2 + 1, 6) if features is None else features
    x = (raw - raw.mean(axis=0)) / raw.std(axis=0) if standardize else raw
    weights = [np.round(rng.standard_normal((o, i)) * gain / np.sqrt(i), 6) for i, o in zip(sizes, sizes[1:])]
    biases = [np.round(rng.standard_normal(o) * 0.1, 6) for o in sizes[1:]]
    for unit in range(dead):
        weights[0][unit], biases[0][unit] = 0, -1
    labels = rng.integers(0, max(sizes[-1], 2), m)
    numbers = np.round(rng.standard_normal(m), 6)
    phi, slope = ACTIVATIONS[activation]
    last = len(weights) - 1
    z, a = [], [x]
    for layer, (w, b) in enumerate(zip(weights, biases)):
        z.append(a[-1] @ w.T + b)
        a.append(z[-1] if layer == last else phi(z[-1]))
    out = z[-1]
    if loss == "binary_cross_entropy":
        y = (labels == 0) * 1.0
        delta, cost = (special.expit(out[:, 0]) - y)[:, None], np.mean(np.logaddexp(0, out[:, 0]) - y * out[:, 0])
    elif loss == "cross_entropy":
        delta, cost = special.softmax(out, axis=1) - np.eye(sizes[-1])[labels], -np.mean(special.log_softmax(out, axis=1)[np.arange(m), labels])
    else:
        delta, cost = 2 * (out - numbers[:, None]), np.mean((out[:, 0] - numbers) ** 2)
    deltas = [delta / m]
    for layer in range(last, 0, -1):
        deltas.insert(0, (deltas[0] @ weights[layer]) * slope(z[layer - 1]))
    layers = []
    for layer in range(last + 1):
        hidden = layer < last
        s = slope(z[layer]) if hidden else None
        straight = 0
        for unit in range(sizes[layer + 1] if hidden else 0):
            zs, values = z[layer][:, unit], a[layer + 1][:, unit]
            if np.ptp(values) > 0:
                line = np.polyfit(zs, values, 1)
                straight += np.sum((values - np.polyval(line, zs)) ** 2) < 1e-3 * np.sum((values - values.mean()) ** 2)
        layers.append({
            "zMean": z[layer].mean(), "zDeviation": z[layer].std(), "aMean": a[layer + 1].mean(), "aDeviation": a[layer + 1].std(),
            "deltaMean": deltas[layer].mean(), "deltaDeviation": deltas[layer].std(),
            "saturated": float(np.mean(abs(s) < 0.05 * BOUNDED[activation])) if hidden and activation in BOUNDED else None,
            "dead": int(np.sum(np.all((a[layer + 1] == 0) & (s == 0), axis=0))) if hidden else None,
            "linear": int(straight) if hidden else None,
            "cosine": cosine(a[layer + 1]), "weightNorm": np.linalg.norm(weights[layer]), "gradientNorm": np.linalg.norm(deltas[layer].T @ a[layer]),
            "growth": rms(z[layer]) / rms(z[layer - 1] if layer else x),
            "gradientGrowth": rms(deltas[layer]) / rms(deltas[layer + 1]) if hidden else None,
        })
    return {
        "name": name, "activation": activation, "loss": loss, "scaling": "standardize" if standardize else "none", "sizes": sizes, "samples": m,
        "features": raw.ravel().tolist(), "labels": labels.tolist(), "numbers": numbers.tolist(), "weights": [w.ravel().tolist() for w in weights],
        "biases": [b.tolist() for b in biases], "cost": cost, "inputMean": x.mean(), "inputDeviation": x.std(), "inputCosine": cosine(x), "layers": layers,
    }


cases = [
    case("more samples than a block", "tanh", "binary_cross_entropy", 300, [5, 6, 4, 1], 1.5, standardize=True),
    case("saturated", "tanh", "binary_cross_entropy", 37, [4, 20, 20, 20, 1], 6),
    case("near-linear", "tanh", "mse", 41, [4, 9, 8, 1], 0.1),
    case("dead units", "relu", "cross_entropy", 23, [3, 10, 7, 3], 1.4, dead=3),
    case("classes", "sigmoid", "cross_entropy", 64, [6, 12, 12, 4], 4),
    case("clipped", "hardtanh", "mse", 50, [5, 9, 9, 1], 2),
    case("bounded slowly", "softsign", "binary_cross_entropy", 19, [5, 9, 9, 1], 5),
    case("error function", "erf", "binary_cross_entropy", 19, [5, 9, 9, 1], 2),
    case("linear", "identity", "mse", 9, [2, 3, 3, 1], 1),
    case("no hidden layer", "tanh", "cross_entropy", 12, [4, 3], 1),
    case("equal samples", "tanh", "binary_cross_entropy", 10, [3, 4, 4, 1], 1, features=np.full((10, 3), 0.7)),
    case("one sample", "relu", "mse", 1, [3, 5, 5, 1], 1.4),
    case("one unit", "tanh", "binary_cross_entropy", 8, [1, 1, 1, 1], 1),
]
(pathlib.Path(__file__).parent / "signal.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")
