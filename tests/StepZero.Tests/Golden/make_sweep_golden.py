#!/usr/bin/python3
"""Makes sweeps.json: analyses of variance of ranks, U statistics of Mann and Whitney, Wilson's intervals and intervals of the median.

Run with Debian's python3-numpy 1.24, python3-scipy 1.10, python3-pandas 1.5 and python3-statsmodels 0.13.
"""
import itertools
import json
import os

import numpy as np
import pandas
from scipy.stats import binom, mannwhitneyu, rankdata
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm
from statsmodels.stats.proportion import proportion_confint

random = np.random.default_rng(5)
LEVELS = {"a": 3, "b": 4, "c": 2}
SEEDS = 3
NAMES = list(LEVELS)
PAIRS = list(itertools.combinations(NAMES, 2))

rows = [dict(zip(NAMES, levels)) for levels in itertools.product(*map(range, LEVELS.values())) for _ in range(SEEDS)]
frame = pandas.DataFrame(rows)
cost = np.exp(0.8 * frame.a + 0.3 * (frame.b - 1.5) ** 2 + 0.9 * (frame.a == frame.b) * frame.c + 0.7 * random.standard_normal(len(frame)))
cost[cost > np.quantile(cost, 0.85)] = np.inf
frame["cost"] = np.round(cost, 1)


def text(value):
    return value if np.isfinite(value) else "inf"


def type_two(data):
    """Sums of squares of type II over the total, and F, from statsmodels: each pair in a model of its own with all main effects."""
    data = data.assign(rank=rankdata(data.cost))
    total = ((data["rank"] - data["rank"].mean()) ** 2).sum()
    terms = " + ".join(f"C({name})" for name in NAMES)
    table = anova_lm(ols(f"rank ~ {terms}", data).fit(), typ=2)
    effects = [{"options": [name], "share": table.sum_sq[f"C({name})"] / total, "f": table.F[f"C({name})"]} for name in NAMES]
    for a, b in PAIRS:
        # With cells that are missing the interaction has fewer degrees of freedom than statsmodels' table says: models are compared instead.
        small, large = ols(f"rank ~ {terms}", data).fit(), ols(f"rank ~ {terms} + C({a}):C({b})", data).fit()
        more, freedom = small.ssr - large.ssr, small.df_resid - large.df_resid
        effects.append({"options": [a, b], "share": more / total, "f": more / freedom / (large.ssr / large.df_resid)})
    settings = data.groupby(NAMES)["rank"].transform("mean")
    return {"costs": [text(x) for x in data.cost], "rows": [int(i) for i in data.index], "effects": effects,
            "together": 1 - ols(f"rank ~ {terms}", data).fit().ssr / total, "settings": ((settings - data["rank"].mean()) ** 2).sum() / total}


def textbook(data):
    """The decomposition of a balanced design, from means of cells: each effect is the mean of its cells less all effects it contains."""
    ranks = rankdata(data.cost).reshape(*LEVELS.values(), SEEDS)
    ranks = ranks - ranks.mean()
    axis = {name: i for i, name in enumerate(NAMES)}
    mean = lambda *keep: ranks.mean(axis=tuple(i for i in range(ranks.ndim) if i not in keep), keepdims=True)
    square = lambda x: np.broadcast_to(x, ranks.shape).__pow__(2).sum() / (ranks ** 2).sum()
    return [square(mean(axis[name])) for name in NAMES] + [
        square(mean(axis[a], axis[b]) - mean(axis[a]) - mean(axis[b])) for a, b in PAIRS]


full = type_two(frame)
assert np.allclose([effect["share"] for effect in full["effects"]], textbook(frame), rtol=1e-10)
running = frame[(np.arange(len(frame)) < 55) & (np.arange(len(frame)) % 7 != 3)]

pairs = []
for n, m in [(1, 1), (7, 5), (30, 40), (100, 100)]:
    x, y = np.round(random.lognormal(0, 1, n), 1), np.round(random.lognormal(0.3, 1, m), 1)
    x[random.random(n) < 0.2], y[random.random(m) < 0.3] = np.inf, np.inf
    # U counts pairs in which x is greater; infinite values become the greatest rank.
    finite = lambda v: np.where(np.isfinite(v), v, 1e9)
    u = mannwhitneyu(finite(x), finite(y)).statistic
    pairs.append({"x": [text(v) for v in x], "y": [text(v) for v in y], "less": 1 - u / (n * m)})

wilson = []
for count, total in [(0, 32), (1, 32), (30, 32), (32, 32), (3, 4), (500, 1000)]:
    low, high = proportion_confint(count, total, 0.05, "wilson")
    wilson.append({"count": count, "total": total, "low": max(0, low), "high": min(1, high)})

medians = []
for n in [1, 2, 5, 6, 7, 10, 13, 30, 32, 99, 100, 1000, 100000]:
    r = int(binom.ppf(0.025, n, 0.5))
    while r > 0 and 1 - 2 * binom.cdf(r - 1, n, 0.5) < 0.95:
        r -= 1
    while 1 - 2 * binom.cdf(r, n, 0.5) >= 0.95:
        r += 1
    if r == 0:
        low = 1.0
    else:
        outer, inner = 1 - 2 * binom.cdf(r - 1, n, 0.5), 1 - 2 * binom.cdf(r, n, 0.5)
        part = (outer - 0.95) / (outer - inner)
        low = r + (n - r) * part / (r + (n - 2 * r) * part)
    medians.append({"count": n, "low": low, "high": n + 1 - low})

with open(os.path.join(os.path.dirname(__file__), "sweeps.json"), "w") as file:
    json.dump({"levels": list(LEVELS.values()), "seeds": SEEDS, "full": full, "running": type_two(running), "less": pairs, "wilson": wilson, "medians": medians}, file, indent=1)
    file.write("\n")
