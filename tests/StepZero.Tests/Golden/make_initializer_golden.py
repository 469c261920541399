#!/usr/bin/env python3
"""Makes initializers.json: what NumPy, PyTorch, scikit-learn and SciPy say of initial weights.

  apt-get install python3-numpy python3-scipy python3-torch python3-sklearn
  /usr/bin/python3 make_initializer_golden.py

Doubles are written with repr, which reads back to the same bits.
"""
import json
import math
import pathlib
import warnings

import numpy as np
import torch
from scipy import integrate, linalg
from sklearn.neural_network import MLPClassifier

HERE = pathlib.Path(__file__).parent


def numpy_starts():
    """The tutorials' starts: all layers of a network from one stream."""
    def normal(scale):
        return lambda out, inputs: np.random.randn(out, inputs) * scale(inputs)

    starts = {
        "he": normal(lambda n: np.sqrt(2. / n)),
        "xavier": normal(lambda n: np.sqrt(1. / n)),
        "random": normal(lambda n: 10),
        "random:3:uniform": lambda out, inputs: (2 * np.random.rand(out, inputs) - 1) * 3,
    }
    for seed in [1, 4294967295]:
        for name, draw in starts.items():
            np.random.seed(seed)
            sizes = [7, 5, 3, 1]
            weights = [draw(out, inputs).ravel().tolist() for inputs, out in zip(sizes, sizes[1:])]
            yield {"name": name, "seed": seed, "sizes": sizes, "weights": weights}


def sklearn_starts():
    """A fitted classifier whose steps are too small to move any weight: what it started with. Coefficients are [inputs, outputs]."""
    x = np.random.RandomState(0).rand(12, 6)
    y = np.arange(12) % 2
    for seed, activation, hidden in [(1, "relu", (5, 4)), (7, "logistic", (5, 4)), (42, "tanh", (3,)), (42, "identity", ())]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model = MLPClassifier(
                hidden, activation=activation, solver="sgd", learning_rate_init=1e-300, momentum=0, alpha=0, max_iter=1, random_state=seed).fit(x, y)
        yield {"seed": seed, "activation": activation, "hidden": list(hidden), "coefs": [c.ravel().tolist() for c in model.coefs_],
               "intercepts": [b.tolist() for b in model.intercepts_]}


def torch_networks():
    """nn.Sequential of linear layers with one output, in double precision."""
    for seed, sizes in [(1, [6, 4, 1]), (42, [9, 7, 5, 1])]:
        torch.manual_seed(seed)
        net = torch.nn.Sequential(*[torch.nn.Linear(a, b, dtype=torch.float64) for a, b in zip(sizes, sizes[1:])])
        tensors = [p.detach().numpy().ravel().tolist() for p in net.parameters()]
        yield {"seed": seed, "sizes": sizes, "weights": tensors[::2], "biases": tensors[1::2]}


def dirac():
    """Where torch.nn.init.dirac_ puts its ones."""
    for shape, groups in [([3, 3, 3], 1), ([4, 2, 4], 1), ([2, 5, 1], 1), ([6, 2, 5], 3), ([4, 4, 3, 3], 1), ([4, 3, 2, 4], 1), ([8, 2, 4, 3], 4), ([6, 4, 3, 3], 2),
                          ([4, 1, 3, 3], 4), ([3, 2, 3, 3, 3], 1), ([4, 2, 2, 3, 4], 2)]:
        tensor = torch.nn.init.dirac_(torch.empty(shape), groups)
        yield {"shape": shape, "groups": groups, "ones": torch.nonzero(tensor.flatten()).flatten().tolist(), "sum": tensor.sum().item()}


def fans():
    for shape in [[3, 4], [4, 1, 3, 3], [64, 3, 7, 7], [6, 5, 4], [2, 3, 4, 5, 6]]:
        fan_in, fan_out = torch.nn.init._calculate_fan_in_and_fan_out(torch.empty(shape))
        yield {"shape": shape, "in": fan_in, "out": fan_out}


def gain_table():
    for name in ["linear", "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d", "sigmoid", "tanh", "relu", "leaky_relu", "selu"]:
        yield {"name": name, "gain": torch.nn.init.calculate_gain(name)}


def gains():
    """1/sqrt(E[f(z)^2]) by QUADPACK, with the kinks as points."""
    functions = {
        "tanh": math.tanh, "sigmoid": lambda z: 1 / (1 + math.exp(-z)), "softplus": lambda z: math.log1p(math.exp(z)), "gelu": lambda z: z * (1 + math.erf(z / math.sqrt(2))) / 2,
        "silu": lambda z: z / (1 + math.exp(-z)), "softsign": lambda z: z / (1 + abs(z)), "erf": math.erf, "elu": lambda z: z if z > 0 else math.expm1(z),
        "mish": lambda z: z * math.tanh(math.log1p(math.exp(z))), "hardtanh": lambda z: max(-1, min(1, z)),
    }
    for name, f in functions.items():
        square = sum(integrate.quad(lambda z: f(z) ** 2 * math.exp(-z * z / 2) / math.sqrt(2 * math.pi), a, b, epsabs=1e-15, epsrel=1e-14)[0]
                     for a, b in [(-14, -5), (-5, -1), (-1, 0), (0, 1), (1, 5), (5, 14)])
        yield {"name": name, "gain": 1 / math.sqrt(square)}


def main():
    golden = {
        "numpy": list(numpy_starts()), "sklearn": list(sklearn_starts()), "torchNetworks": list(torch_networks()), "dirac": list(dirac()), "fans": list(fans()),
        "gainTable": list(gain_table()), "gains": list(gains()), "hadamard": [linalg.hadamard(n).ravel().tolist() for n in [1, 2, 4, 8, 16]],
    }
    rows = [f"{json.dumps(key)}: [\n" + ",\n".join(json.dumps(row) for row in value) + "\n]" for key, value in golden.items()]
    (HERE / "initializers.json").write_text("{\n" + ",\n".join(rows) + "\n}\n")


if __name__ == "__main__":
    main()
