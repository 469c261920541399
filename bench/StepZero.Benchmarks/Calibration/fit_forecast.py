"""Fits the numbers of src/StepZero/Diagnostics/Forecast.cs to trainings that were foretold and then made.

    dotnet run -c Release --project bench/StepZero.Benchmarks -- calibrate 1 2000 trials.csv
    python3 bench/StepZero.Benchmarks/Calibration/fit_forecast.py trials.csv ...

Each line of a file: ln of the cost by the exponential course, by the power law, and of the lowest cost seen; the share of the budget seen; ln of the target; 1 where it trained.
Needs NumPy and SciPy. The committed numbers come from the draw of seed 1, 2,000 networks of which 784 were foretold:

    ExponentialWeight 1.38, PowerWeight 2.15, LowestWeight 4.29, Flattening 0.73, Surprise 0.0172
    right 90.7%, mean -ln of the probability of what happened 0.260, each tenth foretold from the other nine
"""

import sys

import numpy as np
from scipy.optimize import minimize

MOST_SURPRISE = 0.1


def probability(w, x):
    """As Forecast.ProbabilityOf; weights are squared to keep them at 0 and above."""
    exponential, power, lowest, seen, target = x.T
    evidence = w[0] ** 2 * (target - exponential) + w[1] ** 2 * (target - power) + w[2] ** 2 * (target - lowest)
    surprise = MOST_SURPRISE / (1 + np.exp(-w[4]))
    return surprise + (1 - 2 * surprise) / (1 + np.exp(-np.clip(evidence / (1 - w[3] ** 2 * np.log(seen)), -50, 50)))


def loss(w, x, trains):
    return -np.log(np.where(trains, probability(w, x), 1 - probability(w, x)))


def fit(x, trains):
    return minimize(lambda w: loss(w, x, trains).sum() + 0.01 * (w**2).sum(), [2, 1, 2, 1, -2], method="L-BFGS-B").x


rows = np.concatenate([np.loadtxt(name, delimiter=",", ndmin=2) for name in sys.argv[1:]])
rows = rows[np.isfinite(rows).all(axis=1)]
x, trains = rows[:, :5], rows[:, 5] == 1
fold = np.random.RandomState(0).randint(0, 10, len(rows))
foretold, surprise = np.zeros(len(rows)), np.zeros(len(rows))
for k in range(10):
    w = fit(x[fold != k], trains[fold != k])
    foretold[fold == k] = probability(w, x[fold == k])
    surprise[fold == k] = loss(w, x[fold == k], trains[fold == k])

w = fit(x, trains)
print(f"ExponentialWeight {w[0] ** 2:.2f}, PowerWeight {w[1] ** 2:.2f}, LowestWeight {w[2] ** 2:.2f}, Flattening {w[3] ** 2:.2f}, Surprise {MOST_SURPRISE / (1 + np.exp(-w[4])):.4f}")
print(f"{len(rows)} foretold, {trains.mean():.1%} train, right {((foretold > 0.5) == trains).mean():.1%}, mean -ln {surprise.mean():.3f}, each tenth foretold from the other nine")
