#!/usr/bin/env python3
"""Makes activations.json: activations with their first and second derivatives to 400 digits, and the derivatives of PyTorch's autograd at the kinks.

  apt-get install python3-numpy python3-mpmath python3-torch
  /usr/bin/python3 make_activation_golden.py

Each function is written as in its paper, and mpmath differentiates it by differences of 400 digits: no formula of a derivative is shared with the
program. Doubles are written with repr, which reads back to the same bits.
"""
import json
import pathlib

import mpmath as mp
import numpy as np
import torch

HERE = pathlib.Path(__file__).parent
mp.mp.dps = 400
SCALE, ALPHA = mp.mpf("1.0507009873554804934193349852946"), mp.mpf("1.6732632423543772848170429916717")

SMOOTH = {
    "tanh": mp.tanh,
    "sigmoid": lambda z: 1 / (1 + mp.exp(-z)),
    "gelu": lambda z: z * mp.erfc(-z / mp.sqrt(2)) / 2,
    "gelu_tanh": lambda z: z / (1 + mp.exp(-2 * mp.sqrt(2 / mp.pi) * (z + mp.mpf("0.044715") * z ** 3))),  # 1 + tanh v = 2/(1 + e^-2v), which cancels nowhere
    "silu": lambda z: z / (1 + mp.exp(-z)),
    "softplus": lambda z: mp.log1p(mp.exp(z)),
    "mish": lambda z: z * mp.tanh(mp.log1p(mp.exp(z))),
    "erf": mp.erf,
    "sin:1": mp.sin,
    "sin:30": lambda z: mp.sin(30 * z),
}
PIECES = {  # below 0, above 0
    "elu:1": (mp.expm1, lambda z: z),
    "elu:0.5": (lambda z: mp.expm1(z) / 2, lambda z: z),
    "selu": (lambda z: SCALE * ALPHA * mp.expm1(z), lambda z: SCALE * z),
    "softsign": (lambda z: z / (1 - z), lambda z: z / (1 + z)),
    "leaky_relu:0.25": (lambda z: z / 4, lambda z: z),
    "identity": (lambda z: z, lambda z: z),
}
KINKS = {
    "relu": (torch.nn.functional.relu, [0.0]),
    "leaky_relu:0.1": (lambda z: torch.nn.functional.leaky_relu(z, 0.1), [0.0]),
    "elu:1": (torch.nn.functional.elu, [0.0]),
    "elu:0.5": (lambda z: torch.nn.functional.elu(z, 0.5), [0.0]),
    "selu": (torch.nn.functional.selu, [0.0]),
    "softsign": (torch.nn.functional.softsign, [0.0]),
    "hardtanh": (torch.nn.functional.hardtanh, [-1.0, 1.0]),
}
TORCH = {
    "tanh": torch.tanh, "sigmoid": torch.sigmoid, "gelu": torch.nn.functional.gelu, "gelu_tanh": lambda z: torch.nn.functional.gelu(z, approximate="tanh"),
    "silu": torch.nn.functional.silu, "softplus": lambda z: torch.nn.functional.softplus(z, threshold=800), "mish": torch.nn.functional.mish, "erf": torch.erf,
    "sin:1": torch.sin, "sin:30": lambda z: torch.sin(30 * z), "identity": lambda z: z, **{name: function for name, (function, _) in KINKS.items()},
}


def three(function, z):
    """The function and two derivatives, rounded to double."""
    z = mp.mpf(z)
    return [float(function(z)), float(mp.diff(function, z)), float(mp.diff(function, z, 2))]


def line(name, zs, rows):
    columns = zip(*rows)
    return f' "{name}": {{\n' + ",\n".join(f'  "{key}": {json.dumps(list(column))}' for key, column in zip(["z", "value", "derivative", "secondDerivative"], [zs, *columns])) + "\n }"


def with_autograd(function, z):
    z = torch.tensor(z, dtype=torch.float64, requires_grad=True)
    value = function(z)
    return value.item(), torch.autograd.grad(value, z)[0].item()


def main():
    rng = np.random.default_rng(5)
    # Numbers that are single numbers too, and some of the far ends that are not.
    near = np.float32(np.concatenate([rng.normal(size=90) * 10.0 ** rng.integers(-10, 2, 90), np.linspace(-5, 5, 81), np.linspace(-37, 37, 38), [1e-30, -1e-30, 0.75, -0.75, 100, -100]]))
    zs = sorted({float(z) for z in near if z != 0} | {1e-300, -1e-300, 1e-200, -1e-200, -600.0, -690.0, 690.0})
    multiples = [float(k * mp.pi / 2) for k in [1, 2, 3, 4, 5, 100, 1001, 30000, 63661, 83000]]
    angles = zs + [float(z) for z in np.float32(rng.uniform(-130000, 130000, 60))] + multiples + [float(np.float32(z)) for z in multiples] + [1e6, -1e10, 1e22, 3e37]

    # Where 30·z lies so near a multiple of π that the low digits of the product decide the sine.
    nearest = sorted((float(rounded(k * np.pi / 30)) for rounded in (np.float32, np.float64) for k in range(40000, 41700)), key=lambda z: abs(mp.sin(30 * mp.mpf(z))))
    nearest = [z for z in nearest if np.float32(z) == z][:5] + [z for z in nearest if np.float32(z) != z][:5]

    lines = []
    for name, function in SMOOTH.items():
        places = zs if "sin" not in name else angles if name == "sin:1" else [z if abs(z) > 2e5 else z / 30 for z in angles] + [float(np.float32(z / 30)) for z in angles] + nearest
        lines.append(line(name, places, [three(function, z) for z in places]))
    for name, (below, above) in PIECES.items():
        lines.append(line(name, zs, [three(below if z < 0 else above, z) for z in zs]))

    kinks = [{"activation": name, "z": z, "derivative": with_autograd(function, z)[1]} for name, (function, places) in KINKS.items() for z in places]
    lines.append(' "kinks": ' + json.dumps(kinks))
    zs = np.linspace(-6, 6, 25).tolist()
    lines.append(' "autograd": {\n' + ",\n".join(line(name, zs, [with_autograd(function, z) for z in zs]) for name, function in TORCH.items()) + "\n }")
    (HERE / "activations.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


main()
