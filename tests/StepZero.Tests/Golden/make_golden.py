#!/usr/bin/env python3
"""Makes the golden values beside it, with NumPy, PyTorch, scikit-learn, PIL and Python's decimal arithmetic.

  apt-get install python3-numpy python3-torch python3-sklearn python3-pil python3-h5py
  /usr/bin/python3 make_golden.py [FOLDER of cat and dog pictures, FOLDER of the catvnoncat files]

Doubles are written with repr, which reads back to the same bits.
"""
import decimal
import hashlib
import json
import os
import pathlib
import struct
import sys
import zlib

import numpy as np
from PIL import Image
from sklearn.model_selection import train_test_split

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE / "../../../bench/peers"))
import numpy_peer
import torch_peer


def write(name, value):
    (HERE / name).write_text(json.dumps(value, indent=1) + "\n")


def digest(values):
    return hashlib.sha256(np.ascontiguousarray(values).tobytes()).hexdigest()


def random_numbers():
    cases = []
    for seed in [0, 1, 42, 2147483647, 2147483648, 4294967295]:
        np.random.seed(seed)
        normals = np.random.randn(100001)  # odd, so that one of a pair is left over
        uniforms = np.random.rand(1001)
        order = np.random.permutation(1000)
        more = np.random.randn(7)
        np.random.seed(seed)
        cases.append({
            "seed": seed, "firstNormals": normals[:5].tolist(), "normalsHash": digest(normals), "uniformsHash": digest(uniforms),
            "permutationHash": digest(order.astype(np.int32)), "normalsAfter": more.tolist(),
            "permutations": [np.random.permutation(n).tolist() for n in [0, 1, 2, 3, 10]], "uniformAfterPermutations": np.random.rand(),
        })
    write("random_numbers.json", cases)


def splits():
    cases = []
    for samples, fraction, seed in [(10, 0.2, 1), (100, 0.25, 7), (101, 0.333, 1), (7, 0.5, 4294967295)]:
        train, test = train_test_split(np.arange(samples), test_size=fraction, random_state=seed)
        cases.append({"samples": samples, "fraction": fraction, "seed": seed, "train": train.tolist(), "test": test.tolist()})
    write("splits.json", cases)


def functions():
    """Functions to 50 digits, rounded to double."""
    decimal.getcontext().prec = 60
    decimal.getcontext().Emin, decimal.getcontext().Emax = -999999, 999999
    np.random.seed(3)
    zs = np.concatenate([
        np.random.randn(300) * 10.0 ** np.random.randint(-12, 3, 300), np.linspace(-40, 40, 401), [0.0, 1e-300, -5e-324, 350, -350, 690, -690]])
    rows = []
    for z in zs.tolist():
        d = decimal.Decimal(z)
        up, down = d.exp(), (-d).exp()
        tanh = (up - down) / (up + down)
        if abs(z) < 1e-20:
            tanh = d  # 60 digits do not hold the difference; z - z^3/3 is z
        sig = 1 / (1 + down)
        u = (-abs(d)).exp()  # ln(1 + u) is u to 25 digits where u is below 1e-25
        rows.append({
            "z": z, "tanh": float(tanh), "tanhSlope": float(4 / (up + down) ** 2), "sigmoid": float(sig), "sigmoidSlope": float(sig * sig * down),
            "lossOfOne": float(((1 + u).ln() if u > decimal.Decimal("1e-25") else u) + max(-d, 0)), "slopeOfOne": float(-1 / (1 + up)),
        })
    write("functions.json", rows)


def trainings():
    """Small trainings: NumPy's costs, and PyTorch's as a second opinion, where autograd finds the gradients."""
    np.random.seed(11)
    x = np.round(np.random.randn(37, 6), 3)
    y = (x[:, 0] * x[:, 1] + 0.3 * np.random.randn(37) > 0).astype(float)
    cases = []
    for activation in numpy_peer.ACTIVATIONS:
        for init in ["random", "he", "xavier", "zeros"]:
            for hidden in [[], [4], [7, 3]]:
                rate, iterations = 0.2, 60
                costs, accuracy, _ = numpy_peer.train(x, y, hidden, activation, init, 5, rate, iterations)
                torch_costs, _ = torch_peer.train(x, y, hidden, activation, init, 5, rate, iterations)
                assert np.allclose(costs, torch_costs, rtol=1e-9), (activation, init, hidden)
                cases.append({"activation": activation, "init": init, "hidden": hidden, "rate": rate, "seed": 5,
                              "costs": costs, "torchCosts": torch_costs, "accuracy": accuracy})
    write("trainings.json", {"x": x.tolist(), "y": y.astype(int).tolist(), "cases": cases})


def pictures():
    """Tiny pictures of every kind, and what PIL's convert("RGB") makes of them."""
    folder = HERE / "pictures"
    folder.mkdir(exist_ok=True)
    np.random.seed(5)
    rgb = Image.fromarray(np.random.randint(0, 256, (5, 7, 3), dtype=np.uint8))
    alpha = Image.fromarray(np.random.randint(0, 256, (5, 7, 4), dtype=np.uint8), "RGBA")
    files = {
        "rgb.png": rgb, "rgb.bmp": rgb, "gray.png": rgb.convert("L"), "gray.jpg": rgb.convert("L"), "palette.png": rgb.quantize(16),
        "palette.gif": rgb.quantize(16), "alpha.png": alpha, "grayalpha.png": alpha.convert("LA"), "bilevel.png": rgb.convert("1"), "color.jpeg": rgb,
        "upper.JPG": rgb,
    }
    for name, image in files.items():
        image.save(folder / name)
    rgb.save(folder / "lossless.webp", lossless=True)
    write("pictures.json", {
        path.name: np.asarray(Image.open(path).convert("RGB")).ravel().tolist() for path in sorted(folder.iterdir()) if path.name != "huge.png"})
    header = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    (folder / "huge.png").write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b""))


def cats_and_dogs(folder):
    x, y = numpy_peer.read_pictures(folder, "cat")
    result = {"pixelsHash": hashlib.sha256(np.round(x * 255).astype(np.uint8).tobytes()).hexdigest()}
    for init in ["zeros", "random", "he", "xavier"]:
        costs, accuracy, _ = numpy_peer.train(x, y, [5, 5], "tanh", init, 1, 0.01, 20)
        result[init] = costs
    write("cats_and_dogs.json", result)


def cats_and_others(folder):
    """The pictures of train_catvnoncat.h5: two networks, every hundredth cost, and how often each is right."""
    files = [os.path.join(folder, f"{part}_catvnoncat.h5") for part in ["train", "test"]]
    data = [numpy_peer.read_hdf5(file) for file in files]
    result = {"pixelsHashes": [hashlib.sha256(np.round(x * 255).astype(np.uint8).tobytes()).hexdigest() for x, _ in data]}
    for name, hidden, init in [("xavier", [20, 7, 5], "xavier"), ("random:0.01", [7], "small")]:
        costs, accuracy, _ = numpy_peer.train(*data[0], hidden, "relu", init, 1, 0.0075, 2500)
        result[name] = {"hidden": hidden, "costs": costs[:1] + costs[99::100], "accuracy": accuracy}
    write("catvnoncat.json", result)


if __name__ == "__main__":
    random_numbers()
    splits()
    functions()
    trainings()
    pictures()
    if len(sys.argv) > 2:
        cats_and_dogs(sys.argv[1])
        cats_and_others(sys.argv[2])
