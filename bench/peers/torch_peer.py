#!/usr/bin/env python3
"""The same training in PyTorch: autograd, SGD, BCEWithLogitsLoss. Needs Debian's python3-torch, python3-numpy and python3-pil.

  torch_peer.py FOLDER --positive cat --iterations 20 --threads 1

Prints one JSON object: costs before each update, seconds per iteration after three that are not counted.
"""
import json
import time

import numpy_peer
import torch

ACTIVATIONS = {"tanh": torch.tanh, "sigmoid": torch.sigmoid, "relu": torch.relu, "leaky_relu": lambda z: torch.nn.functional.leaky_relu(z, 0.1)}


def train(x, y, hidden, activation, init, seed, rate, iterations, uncounted=0, dtype=torch.float64):
    phi = ACTIVATIONS[activation]
    weights, biases = numpy_peer.draw([x.shape[1], *hidden, 1], init, seed)
    weights = [torch.tensor(w, dtype=dtype, requires_grad=True) for w in weights]
    biases = [torch.tensor(b[:, 0], dtype=dtype, requires_grad=True) for b in biases]
    x, y = torch.tensor(x, dtype=dtype), torch.tensor(y, dtype=dtype)[:, None]
    optimizer = torch.optim.SGD(weights + biases, lr=rate)
    loss = torch.nn.BCEWithLogitsLoss()
    costs, start = [], time.perf_counter()
    for t in range(uncounted + iterations):
        if t == uncounted:
            start = time.perf_counter()
        a = x
        for layer, (w, b) in enumerate(zip(weights, biases)):
            z = torch.nn.functional.linear(a, w, b)
            a = phi(z) if layer < len(weights) - 1 else z
        cost = loss(a, y)
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()
        costs.append(cost.item())
    return costs, time.perf_counter() - start


if __name__ == "__main__":
    args = numpy_peer.arguments(__doc__)
    torch.set_num_threads(args.threads)
    x, y = numpy_peer.read(args.data, args.positive)
    dtype = torch.float32 if args.precision == "single" else torch.float64
    costs, seconds = train(x, y, args.hidden, args.activation, args.init, args.seed, args.rate, args.iterations, uncounted=3, dtype=dtype)
    print(json.dumps({"secondsPerIteration": seconds / args.iterations, "costs": costs}))
