#!/usr/bin/env python3
"""Makes evaluation.json: what scikit-learn says of outputs and what is right, for the test of Evaluation.

  apt-get install python3-sklearn      (Debian 12: scikit-learn 1.2, NumPy 1.24)
  python3 make_evaluation_golden.py

Outputs are pre-activations: log-odds of one output, or one an answer, of which softmax makes probabilities. null stands where a figure is not defined:
there scikit-learn raises, or warns and puts 0.
"""
import json
import pathlib

import numpy as np
from scipy.special import softmax
from sklearn import metrics

rng = np.random.default_rng(7)


def corners(fpr, tpr, negatives, positives):
    """The points of a curve without those in the midst of a straight piece, by whole numbers."""
    points = [(round(f * negatives), round(t * positives)) for f, t in zip(fpr, tpr)]
    kept = points[:1]
    for i in range(1, len(points)):
        while len(kept) > 1 and (kept[-1][0] - kept[-2][0]) * (points[i][1] - kept[-1][1]) == (points[i][0] - kept[-1][0]) * (kept[-1][1] - kept[-2][1]):
            kept.pop()
        kept.append(points[i])
    return [f / negatives for f, _ in kept], [t / positives for _, t in kept]


def answers(name, z, right, count, positive=1):
    z, right = np.asarray(z, dtype=float), np.asarray(right)
    labels = np.arange(count)
    chosen = (z >= 0).astype(int) if z.ndim == 1 else z.argmax(axis=1)
    confusion = metrics.confusion_matrix(right, chosen, labels=labels)
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(right, chosen, labels=labels, zero_division=0)
    row, column = confusion.sum(axis=1), confusion.sum(axis=0)
    case = {
        "name": name, "answers": count, "positive": positive, "outputs": z.ravel().tolist(), "oneOutput": z.ndim == 1, "right": right.tolist(),
        "accuracy": metrics.accuracy_score(right, chosen), "confusion": confusion.ravel().tolist(),
        "precision": [p if n else None for p, n in zip(precision, column)], "recall": [r if n else None for r, n in zip(recall, row)],
        "f1": [f if n else None for f, n in zip(f1, row + column)], "rocAuc": None, "areas": None,
    }
    if len(np.unique(right)) == count:
        if count == 2:
            odds = z if z.ndim == 1 else z[:, positive] - z[:, 1 - positive]
            case["rocAuc"] = metrics.roc_auc_score(right == positive, odds)
            fpr, tpr, _ = metrics.roc_curve(right == positive, odds, drop_intermediate=False)
            case["falsePositiveRates"], case["truePositiveRates"] = corners(fpr, tpr, (right != positive).sum(), (right == positive).sum())
        else:
            probabilities = softmax(z, axis=1)
            case["rocAuc"] = metrics.roc_auc_score(right, probabilities, multi_class="ovr", average="macro")
            case["areas"] = [metrics.roc_auc_score(right == c, probabilities[:, c]) for c in range(count)]
    return case


def numbers(name, predicted, expected):
    predicted, expected = np.asarray(predicted, dtype=float), np.asarray(expected, dtype=float)
    constant = (expected == expected[0]).all()
    return {
        "name": name, "outputs": predicted.tolist(), "expected": expected.tolist(),
        "rootMeanSquaredError": metrics.mean_squared_error(expected, predicted, squared=False),
        "meanAbsoluteError": metrics.mean_absolute_error(expected, predicted),
        "r2": None if constant else metrics.r2_score(expected, predicted),
    }


def clouds(samples, count, noise, step=None):
    right = rng.integers(0, count, samples)
    z = np.eye(count)[right] * 2 + noise * rng.standard_normal((samples, count))
    return (z if step is None else np.round(z / step) * step), right


half = rng.integers(0, 2, 300)
many = rng.integers(0, 2, 1000)
few, which = rng.standard_normal((12, 3)), rng.integers(0, 12, 150)
never = clouds(80, 4, 1)
never[0][:, 2] = -9
cases = [
    answers("no ties", 2 * half - 1 + rng.standard_normal(300), half, 2),
    answers("many ties", np.round(2 * half - 1 + rng.standard_normal(300)), half, 2),
    answers("few of one class", np.round(rng.standard_normal(1000) + many * 0, 2), (rng.random(1000) < 0.02).astype(int), 2),
    answers("large and close", 700 + np.round(2 * many - 1 + rng.standard_normal(1000), 3), many, 2),
    answers("perfect", [-3, -2, -0.5, 0.25, 1, 9], [0, 0, 0, 1, 1, 1], 2),
    answers("inverted", [3, 2, 0.5, -0.25, -1, -9], [0, 0, 0, 1, 1, 1], 2),
    answers("constant", [0.5] * 10, [0, 1] * 5, 2),
    answers("all of one class", rng.standard_normal(8), [1] * 8, 2),
    answers("none of the class", rng.standard_normal(8), [0] * 8, 2),
    answers("two samples", [1, -1], [1, 0], 2),
    answers("zero and its negative", [0.0, -0.0, 0.0, -0.0, 1], [0, 1, 1, 0, 1], 2),
    answers("two outputs", *clouds(200, 2, 1.5), 2),
    answers("two outputs, the first positive", *clouds(200, 2, 1.5, 0.5), 2, positive=0),
    answers("three classes", *clouds(150, 3, 1.5), 3),
    answers("three classes, ties", few[which], np.where(rng.random(150) < 0.5, few[which].argmax(axis=1), rng.integers(0, 3, 150)), 3),
    answers("ten classes", *clouds(1000, 10, 1.2), 10),
    answers("one of four never chosen", *never, 4),
    answers("one of three missing", rng.standard_normal((20, 3)), rng.integers(0, 2, 20), 3),
    answers("all of one of three", rng.standard_normal((5, 3)), [2] * 5, 3),
]
line = rng.standard_normal(400)
result = {"answers": cases, "numbers": [
    numbers("line", line * 3 + 1 + 0.1 * rng.standard_normal(400), line * 3 + 1),
    numbers("worse than the mean", [5, 4, 3, 2, 1], [1, 2, 3, 4, 5]),
    numbers("perfect", line, line),
    numbers("constant targets", [1, 2, 3], [0.1, 0.1, 0.1]),
    numbers("one sample", [2], [3]),
    numbers("far from zero", 1e9 + line + 0.5, 1e9 + line),
]}
(pathlib.Path(__file__).parent / "evaluation.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
