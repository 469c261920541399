#!/usr/bin/python3
"""Makes curvature.json: eigenvalues of symmetric matrices by NumPy, and Hessians of networks by PyTorch's automatic differentiation.

Matrices are rows of numbers, eigenvalues ascend. A network's parameters, its vector and the product are in PyTorch's order: the weights of the first
layer, its biases, those of the second. Run with Debian's python3-torch 1.13 and python3-numpy 1.24.
"""
import json
import os

import numpy as np
import torch
from torch.nn import functional

SAMPLES, FEATURES = 11, 3

random = np.random.RandomState(0)


def turned(values):
    q = np.linalg.qr(random.randn(len(values), len(values)))[0]
    a = (q * np.array(values)) @ q.T
    return (a + a.T) / 2


def square(n):
    a = random.randn(n, n)
    return (a + a.T) / 2


matrices = {
    "one": np.array([[-2.5]]),
    "two": np.array([[1.0, 2.0], [2.0, -1.0]]),
    "zero": np.zeros((7, 7)),
    "identity": np.eye(9),
    "diagonal": np.diag([3.0, -1.0, 3.0, 0.0, 2.0]),
    "random": square(40),
    "random_large": square(70),
    "rank_one": np.outer(np.arange(1.0, 14), np.arange(1.0, 14)),
    "threefold": turned([5, 5, 5, 2, 2, 1] + [0] * 20 + [-1, -1]),
    "smallest_twice": turned(list(np.linspace(-3, 1, 25)) + [-3, 1, 1]),
    "all_negative": turned(list(-np.linspace(1, 4, 30))),
    "graded": turned(list(np.logspace(8, -8, 33))),
    "tiny": 1e-180 * square(6),
    "huge": 1e180 * square(6),
    "cluster": turned([1, 1 - 1e-4, 1 - 2e-4] + list(np.linspace(0.5, -0.5, 30))),
}

activations = {
    "tanh": torch.tanh,
    "relu": torch.relu,
    "gelu": functional.gelu,
    "silu": functional.silu,
    "softplus": lambda z: functional.softplus(z, threshold=1000),
    "sin:2": lambda z: torch.sin(2 * z),
}


def loss_of(loss, z, y):
    if loss == "cross_entropy":
        return functional.cross_entropy(z, torch.tensor(y))
    if loss == "mse":
        return functional.mse_loss(z[:, 0], torch.tensor(y))
    return functional.binary_cross_entropy_with_logits(z[:, 0], torch.tensor(y, dtype=torch.float64))


x = random.randn(SAMPLES, FEATURES)
targets = {"binary_cross_entropy": random.randint(0, 2, SAMPLES), "cross_entropy": np.arange(SAMPLES) % 3, "mse": random.randn(SAMPLES)}
networks = []
for loss in targets:
    for activation, hidden in [("tanh", []), ("tanh", [2]), ("relu", [3]), ("gelu", [3, 2]), ("silu", [2]), ("softplus", [2, 3, 2]), ("sin:2", [3, 3])]:
        sizes = [FEATURES, *hidden, 3 if loss == "cross_entropy" else 1]
        shapes = [shape for fan_in, fan_out in zip(sizes[:-1], sizes[1:]) for shape in [(fan_out, fan_in), (fan_out,)]]
        lengths = [int(np.prod(shape)) for shape in shapes]

        def cost(parameters):
            parts = [part.reshape(shape) for part, shape in zip(torch.split(parameters, lengths), shapes)]
            a = torch.tensor(x)
            for layer in range(len(hidden)):
                a = activations[activation](a @ parts[2 * layer].T + parts[2 * layer + 1])
            return loss_of(loss, a @ parts[-2].T + parts[-1], targets[loss])

        parameters, vector = torch.tensor(0.7 * random.randn(sum(lengths))), torch.tensor(random.randn(sum(lengths)))
        hessian = torch.autograd.functional.hessian(cost, parameters).numpy()
        networks.append({
            "loss": loss, "activation": activation, "hidden": hidden, "parameters": parameters.tolist(), "vector": vector.tolist(),
            "cost": cost(parameters).item(),
            "product": torch.autograd.functional.hvp(cost, parameters, vector)[1].tolist(),
            "eigenvalues": np.linalg.eigvalsh((hessian + hessian.T) / 2).tolist(),
        })

golden = {
    "matrices": [{"name": name, "rows": a.tolist(), "eigenvalues": np.linalg.eigvalsh(a).tolist()} for name, a in matrices.items()],
    "x": x.ravel().tolist(),
    "targets": {loss: y.tolist() for loss, y in targets.items()},
    "networks": networks,
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "curvature.json"), "w", encoding="utf-8") as file:
    json.dump(golden, file, separators=(",", ":"))
    file.write("\n")
