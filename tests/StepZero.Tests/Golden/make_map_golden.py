#!/usr/bin/python3
"""Makes maps.json: the measure of "The boundary of neural network trainability is fractal" (Sohl-Dickstein 2024, arXiv:2402.06184) of courses of costs, and
trainings of its network in its own parametrization; and points of the mean-field critical line (Schoenholz et al. 2017, arXiv:1611.01232).

Run with Debian's python3-numpy 1.24.
"""
import json
import os

import numpy as np

np.seterr(all="ignore")


def measure(costs):
    v = np.where(np.isfinite(costs), costs, 1e6)
    v = np.minimum(v / v[0], 1e6)
    converged = bool(np.mean(v[-20:]) < 1)
    return converged, float(-np.sum(v) if converged else np.sum(1 / v))


def course(name, costs):
    """Costs end where they stop being finite; the rest count as not finite too."""
    costs = np.array(costs, dtype=float)
    first = np.argmin(np.isfinite(costs)) if not np.isfinite(costs).all() else len(costs)
    costs[first:] = np.inf
    converged, value = measure(costs)
    return {"name": name, "iterations": len(costs), "costs": costs[:first].tolist(), "converged": converged, "value": value}


t = np.arange(100.0)
courses = [
    course("falls", 2 * 0.95 ** t),
    course("falls slowly", 3 - 0.001 * t),
    course("stands still", np.full(100, 0.7)),
    course("rises", 0.1 * 1.02 ** t),
    course("rises beyond a million", 0.5 * 1.5 ** t),
    course("swings and falls at last", np.where(t < 79, 5 + np.sin(t), 0.9) / 1.0),
    course("falls and rises at last", np.where(t < 90, 0.1, 40.0)),
    course("rises a little at the last", np.where(t < 99, 0.5, 10.4)),
    course("rises a little more at the last", np.where(t < 99, 0.5, 10.6)),
    course("diverges in the middle", np.where(t < 50, 2.0 ** t, np.inf)),
    course("diverges at the last", np.where(t < 99, 0.1, np.inf)),
    course("diverges at once", np.where(t < 1, 1.5, np.nan)),
    course("has no first cost", np.full(100, np.nan)),
    course("reaches nothing", np.where(t < 30, 1.0 / (t + 1), 0.0)),
    course("seven iterations", 0.9 ** t[:7]),
    course("one iteration", [4.0]),
    course("one iteration without a cost", [np.inf]),
    course("twenty-one iterations", np.where(t[:21] < 1, 1.0, 0.5)),
]

# The network of the presets: hidden = φ(X·W0/√n), output = hidden·W1/n (mean field), no biases; w0 and w1 as the presets draw them with seed 1.


def train(kind, n, samples, rates, steps, offset=0.0):
    """Gradient descent on W0 and W1 themselves; returns the cost before each step. W and data are those of our seeds: weights 1, data 1."""
    draws = np.random.RandomState(1)
    w0, w1 = draws.randn(n, n), draws.randn(1, n)  # [units, inputs]
    noise = np.random.RandomState(1 ^ 0x6E6F6973)
    rounded = lambda v: np.round(v * 2.0**24) / 2.0**24
    x, y = rounded(noise.randn(samples, n)), rounded(noise.randn(samples))
    w0 = w0 + offset
    costs = []
    for _ in range(steps):
        z = x @ w0.T / np.sqrt(n)
        if kind == "tanh":
            h = np.tanh(np.sqrt(2) * z)
            slope = np.sqrt(2) * (1 - h * h)
        elif kind == "relu":
            h = np.maximum(z, 0) * np.sqrt(2)
            slope = np.sqrt(2) * (z > 0)
        else:
            h, slope = z, np.ones_like(z)
        output = (h @ w1.T)[:, 0] / n
        costs.append(float(np.mean((output - y) ** 2)))
        delta = 2 * (output - y) / samples / n
        g1 = delta[None, :] @ h
        g0 = ((delta[:, None] * w1) * slope).T @ x / np.sqrt(n)
        w0, w1 = w0 - rates[0] * g0, w1 - rates[1] * g1
    return costs


trainings = []
for name, kind, samples, x, y in [
    ("fractal-tanh", "tanh", 272, 3.0, 5.0),
    ("fractal-tanh", "tanh", 272, 0.5, 20.0),
    ("fractal-relu", "relu", 272, 2.0, 7.0),
    ("fractal-linear", "linear", 16, 4.0, 2.5),
]:
    trainings.append({"preset": name, "x": x, "y": y, "costs": train(kind, 16, samples, (x, y), 500)})
for x, y in [(0.75, 3.0), (-1.5, 2.0)]:
    trainings.append({"preset": "fractal-offset", "x": x, "y": y, "costs": train("tanh", 16, 272, (y, y), 500, offset=x)})

for one in trainings:
    one["converged"], one["value"] = measure(np.array(one["costs"]))
    print(one["preset"], one["x"], one["y"], one["costs"][0], one["costs"][-1], one["converged"], one["value"])
    one["costs"] = one["costs"][:3] + one["costs"][-3:]

def critical(phi, slope, bias_variance):
    """The critical line: q at which q - E[phi^2]/E[phi'^2] is the variance of the biases, by bisection; sigma_w^2 = 1/E[phi'^2] there."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(160)
    mean = lambda f, q: float(weights @ f(np.sqrt(q) * nodes) ** 2 / np.sqrt(2 * np.pi))
    low, high = 1e-12, 50.0
    for _ in range(200):
        q = (low + high) / 2
        low, high = (q, high) if q - mean(phi, q) / mean(slope, q) < bias_variance else (low, q)
    return 1 / np.sqrt(mean(slope, low))


lines = [{"activation": "tanh", "biasStd": b, "weightStd": critical(np.tanh, lambda u: 1 / np.cosh(u) ** 2, b * b)} for b in (0.1, 0.25, 0.5, 1.0)]
print(lines)

json.dump({"courses": courses, "trainings": trainings, "lines": lines}, open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "maps.json"), "w"), allow_nan=False)
