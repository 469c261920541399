#!/usr/bin/env python3
"""The same training in plain NumPy: oracle of the golden values, and a peer for timings.

A fully connected network, sigmoid output, binary cross-entropy from the logit, full-batch gradient descent; weights drawn layer after layer from
np.random.seed, shape (fan_out, fan_in). Needs Debian's python3-numpy and, for pictures, python3-pil, for HDF5 python3-h5py.

  OPENBLAS_NUM_THREADS=2 numpy_peer.py FOLDER --positive cat --init he --iterations 20
  OPENBLAS_NUM_THREADS=2 numpy_peer.py train_catvnoncat.h5 --hidden 20,7,5 --activation relu --init xavier --rate 0.0075

Prints one JSON object: costs before each update, accuracy, seconds of the loop.
"""
import argparse
import json
import os
import time

import numpy as np


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def leaky(slope):
    return lambda z: np.where(z > 0, z, slope * z), lambda z, a: np.where(z > 0, 1.0, slope)


ACTIVATIONS = {
    "tanh": (np.tanh, lambda z, a: 1 - a * a),
    "sigmoid": (sigmoid, lambda z, a: a * (1 - a)),
    "relu": leaky(0.0),
    "leaky_relu": leaky(0.1),
}

DEVIATIONS = {"zeros": lambda n: 0, "random": lambda n: 10, "small": lambda n: 0.01, "he": lambda n: (2 / n) ** 0.5, "xavier": lambda n: (1 / n) ** 0.5}


def read_pictures(folder, positive):
    from PIL import Image
    names = sorted(os.listdir(folder))
    pixels = np.stack([np.asarray(Image.open(os.path.join(folder, name)).convert("RGB")).ravel() for name in names])
    return pixels / 255, np.array([name.startswith(positive) for name in names], float)


def read_hdf5(path):
    import h5py
    with h5py.File(path) as file:
        part = "train" if "train_set_x" in file else "test"
        x, y = file[part + "_set_x"][:], file[part + "_set_y"][:]
    return x.reshape(len(x), -1) / 255, y.astype(float)


def read(path, positive):
    return read_pictures(path, positive) if os.path.isdir(path) else read_hdf5(path)


def draw(sizes, init, seed):
    np.random.seed(seed)
    weights = []
    for n, units in zip(sizes, sizes[1:]):
        weights.append(np.zeros((units, n)) if init == "zeros" else np.random.randn(units, n) * DEVIATIONS[init](n))
    return weights, [np.zeros((units, 1)) for units in sizes[1:]]


def train(x, y, hidden, activation, init, seed, rate, iterations):
    """x: samples × features, y: 0 or 1. Returns the costs, the final accuracy and the seconds of the loop."""
    phi, slope = ACTIVATIONS[activation]
    weights, biases = draw([x.shape[1], *hidden, 1], init, seed)
    columns, m, costs = x.T, len(x), []

    def forward():
        zs, activations = [], [columns]
        for layer, (w, b) in enumerate(zip(weights, biases)):
            zs.append(w @ activations[-1] + b)
            if layer < len(weights) - 1:
                activations.append(phi(zs[-1]))
        return zs, activations

    start = time.perf_counter()
    for _ in range(iterations):
        zs, activations = forward()
        costs.append(float(np.mean(np.logaddexp(0, zs[-1]) - y * zs[-1])))
        delta = (sigmoid(zs[-1]) - y) / m
        for layer in reversed(range(len(weights))):
            below = (weights[layer].T @ delta) * slope(zs[layer - 1], activations[layer]) if layer else None
            weights[layer] -= rate * (delta @ activations[layer].T)
            biases[layer] -= rate * delta.sum(axis=1, keepdims=True)
            delta = below
    seconds = time.perf_counter() - start
    return costs, float(np.mean((forward()[0][-1][0] >= 0) == (y == 1))), seconds


def arguments(doc):
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("--positive", default="cat")
    parser.add_argument("--hidden", default="5,5")
    parser.add_argument("--activation", default="tanh", choices=ACTIVATIONS)
    parser.add_argument("--init", default="he", choices=DEVIATIONS)
    parser.add_argument("--rate", type=float, default=0.01)
    parser.add_argument("--iterations", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1, help="PyTorch's")
    parser.add_argument("--precision", default="double", choices=["double", "single"], help="PyTorch's")
    args = parser.parse_args()
    args.hidden = [int(size) for size in args.hidden.split(",")]
    return args


if __name__ == "__main__":
    args = arguments(__doc__)
    x, y = read(args.data, args.positive)
    train(x, y, args.hidden, args.activation, args.init, args.seed, args.rate, 3)
    costs, accuracy, seconds = train(x, y, args.hidden, args.activation, args.init, args.seed, args.rate, args.iterations)
    print(json.dumps({"secondsPerIteration": seconds / args.iterations, "accuracy": accuracy, "costs": costs}))
