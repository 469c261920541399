#!/usr/bin/env python3
"""Makes pytorch_random.json: what PyTorch's CPU generator gives, for the tests of PyTorchRandom and of PyTorch's initialisers.

  apt-get install python3-numpy python3-torch      (Debian 12: torch 1.13)
  python3 make_pytorch_golden.py

float32 values stand with the fewest digits that give them back when read as float32; float64 values as Python's repr.
sha256 is that of the raw little-endian bytes of the whole array (of permutations: as int32).
"""
import hashlib
import json
import pathlib

import numpy
import torch
from torch import nn

SEEDS = [0, 1, 42, 2**31, 2**32 - 1, 2**40 + 5]
SIZES = [1, 5, 15, 16, 17, 31, 32, 1000]
DTYPES = {"float32": torch.float32, "float64": torch.float64}
CALLS = {
    "uniform": ((-0.3, 0.7001), lambda t, a: t.uniform_(*a)),
    "normal": ((0.37, 1.7), lambda t, a: t.normal_(*a)),
    "truncatedNormal": ((0.1, 0.7, -0.5, 1.9), lambda t, a: nn.init.trunc_normal_(t, *a)),
}
MIXTURE = [  # one stream, both precisions: the spare normal number of one call is the first of the next short one
    ("float64", "normal", 5), ("float32", "uniform", 3), ("float32", "normal", 4), ("float64", "normal", 1), ("float64", "normal", 16),
    ("float32", "normal", 3), ("float32", "normal", 17), ("float32", "truncatedNormal", 7), ("float64", "normal", 2), ("float64", "uniform", 5),
    ("float64", "normal", 1), ("float64", "truncatedNormal", 20), ("float32", "normal", 1), ("float32", "uniform", 1000),
    ("float64", "normal", 1001), ("float64", "uniform", 641), ("float32", "normal", 15), ("float32", "normal", 0), ("float64", "normal", 15),
    ("float64", "normal", 3), ("float32", "normal", 9000), ("float64", "uniform", 1),
]


def numbers(tensor):
    """The values as JSON numbers that read back exactly."""
    return [float(str(v)) for v in tensor.detach().numpy().ravel()]


def digest(array):
    return hashlib.sha256(numpy.ascontiguousarray(array).tobytes()).hexdigest()


def array(tensor, show):
    result = {"first": numbers(tensor.flatten()[:show])}
    if tensor.numel() > show:
        result["sha256"] = digest(tensor.detach().numpy())
    return result


def draw(dtype, call, size):
    arguments, fill = CALLS[call]
    return fill(torch.empty(size, dtype=DTYPES[dtype]), arguments)


def draws():
    for seed in SEEDS:
        for dtype in DTYPES:
            for call in CALLS:
                for size in SIZES:
                    torch.manual_seed(seed)
                    yield {"seed": seed, "dtype": dtype, "call": call, "size": size, **array(draw(dtype, call, size), 17 if seed == 42 else 2)}


def words(seed):
    """NextUInt32() modulo 2^32 - 1, the widest range that torch draws from a single word."""
    torch.manual_seed(seed)
    return torch.empty(8, dtype=torch.int64).random_(0, 2**32 - 1).tolist()


def mixture(seed):
    torch.manual_seed(seed)
    steps = [{"dtype": d, "call": c, "size": n, **array(draw(d, c, n), 4)} for d, c, n in MIXTURE]
    return {"seed": seed, "steps": steps, "thenPermutation": torch.randperm(9).tolist()}


def permutations():
    for count in [0, 1, 2, 3, 10, 1000, 70000]:
        torch.manual_seed(42)
        order = torch.randperm(count).numpy().astype(numpy.int32)
        yield {"seed": 42, "count": count, "first": order[:10].tolist(), "sha256": digest(order)}


def initializers():
    plain = {
        "kaiming_normal_": (nn.init.kaiming_normal_, {}),
        "kaiming_uniform_": (nn.init.kaiming_uniform_, {"a": 0.2}),
        "xavier_uniform_": (nn.init.xavier_uniform_, {"gain": 5 / 3}),
        "xavier_normal_": (nn.init.xavier_normal_, {}),
        "trunc_normal_": (nn.init.trunc_normal_, {"std": 0.02}),
    }
    cases = [(name, f, a, shape) for name, (f, a) in plain.items() for shape in ([3, 4], [5, 7], [4, 3, 2, 2], [40, 30])]
    cases += [("orthogonal_", nn.init.orthogonal_, {}, shape) for shape in ([7, 5], [5, 7], [4, 3, 2, 2])]
    cases += [("sparse_", nn.init.sparse_, {"sparsity": 0.3}, shape) for shape in ([3, 4], [5, 7], [40, 30])]
    for name, fill, arguments, shape in cases:
        for dtype in DTYPES:
            torch.manual_seed(42)
            tensor = fill(torch.empty(shape, dtype=DTYPES[dtype]), **arguments)
            yield {"name": name, **arguments, "shape": shape, "dtype": dtype, "seed": 42, **array(tensor, 48)}


def layers():
    """Layers as PyTorch makes them: the default dtype decides the precision of the draws."""
    made = {
        "Linear(6, 4)": lambda: nn.Linear(6, 4),
        "Linear(6, 4), Linear(4, 3)": lambda: nn.Sequential(nn.Linear(6, 4), nn.Linear(4, 3)),
        "Conv2d(4, 6, 3, groups=2)": lambda: nn.Conv2d(4, 6, 3, groups=2),
    }
    for name, make in made.items():
        for dtype in DTYPES:
            torch.set_default_dtype(DTYPES[dtype])
            torch.manual_seed(42)
            tensors = [{"name": n, "shape": list(p.shape), **array(p.detach(), 120)} for n, p in make().named_parameters()]
            yield {"layers": name, "dtype": dtype, "seed": 42, "tensors": tensors}
    torch.set_default_dtype(torch.float32)


def main(path):
    torch.set_num_threads(1)
    capability = next(line.split(":")[1].strip() for line in torch.__config__.show().split("\n") if "CPU capability" in line)
    golden = {
        "torch": torch.__version__,
        "cpuCapability": capability,
        "numpy": numpy.__version__,
        "arguments": {call: list(arguments) for call, (arguments, _) in CALLS.items()},
        "words": [{"seed": seed, "modulo4294967295": words(seed)} for seed in SEEDS],
        "draws": list(draws()),
        "mixtures": [mixture(seed) for seed in (0, 42)],
        "permutations": list(permutations()),
        "initializers": list(initializers()),
        "layers": list(layers()),
    }
    parts = []
    for key, value in golden.items():
        rows = ",\n".join(json.dumps(row) for row in value) if isinstance(value, list) else None
        parts.append(f"{json.dumps(key)}: [\n{rows}\n]" if rows is not None else f"{json.dumps(key)}: {json.dumps(value)}")
    with open(path, "w", encoding="utf-8") as file:
        file.write("{\n" + ",\n".join(parts) + "\n}\n")


if __name__ == "__main__":
    main(pathlib.Path(__file__).with_name("pytorch_random.json"))
