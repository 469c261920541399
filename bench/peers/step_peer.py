#!/usr/bin/env python3
"""Updates of a small network in PyTorch, single precision, relu, cross-entropy, the same batch again and again. Needs Debian's python3-torch.

  step_peer.py --sizes 64,32,10 --batch 64 --optimizer momentum --threads 1

Prints one JSON object: the median seconds of an update over some rounds.
"""
import argparse
import json

import timing
import torch

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--sizes", required=True)
parser.add_argument("--batch", type=int, required=True)
parser.add_argument("--optimizer", choices=["momentum", "adam"], required=True)
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--updates", type=int, default=200)
args = parser.parse_args()
torch.set_num_threads(args.threads)
torch.manual_seed(0)
sizes = [int(size) for size in args.sizes.split(",")]
layers = []
for fan_in, fan_out in zip(sizes[:-1], sizes[1:]):
    layers += [torch.nn.Linear(fan_in, fan_out), torch.nn.ReLU()]
network = torch.nn.Sequential(*layers[:-1])
optimizer = torch.optim.SGD(network.parameters(), 0.01, momentum=0.9) if args.optimizer == "momentum" else torch.optim.Adam(network.parameters(), 0.001)
loss = torch.nn.CrossEntropyLoss()
x, y = torch.randn(args.batch, sizes[0]), torch.randint(0, sizes[-1], (args.batch,))


def updates():
    for _ in range(args.updates):
        optimizer.zero_grad(set_to_none=True)
        loss(network(x), y).backward()
        optimizer.step()


print(json.dumps({"secondsPerUpdate": timing.measure(updates) / 1e3 / args.updates}))
