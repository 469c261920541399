#!/usr/bin/python3
"""Makes optimizers.json: networks after 20 updates by PyTorch's optimizers, in double precision.

Each case starts from the same weights and takes batches of 8 of 30 samples, in the order of RandomState(seed).permutation(30) for each epoch.
Run with Debian's python3-torch 1.13 and python3-numpy 1.24.
"""
import json
import os

import numpy as np
import torch

SAMPLES, FEATURES, HIDDEN, SEED, BATCH, UPDATES = 30, 6, [5, 4], 3, 8, 20
RATES = [0.05, 0.2, 0.1]

random = np.random.RandomState(0)
x = random.randn(SAMPLES, FEATURES)
targets = {
    "binary_cross_entropy": random.randint(0, 2, SAMPLES),
    "cross_entropy": random.randint(0, 3, SAMPLES),
    "mse": random.randn(SAMPLES),
}
outputs = {"binary_cross_entropy": 1, "cross_entropy": 3, "mse": 1}


def network(loss):
    sizes = [FEATURES, *HIDDEN, outputs[loss]]
    draws = np.random.RandomState(7)
    layers = []
    for fan_in, fan_out in zip(sizes[:-1], sizes[1:]):
        linear = torch.nn.Linear(fan_in, fan_out).double()
        linear.weight.data = torch.tensor(draws.randn(fan_out, fan_in) / np.sqrt(fan_in))
        linear.bias.data = torch.tensor(0.1 * draws.randn(fan_out))
        layers += [linear, torch.nn.Tanh()]
    return torch.nn.Sequential(*layers[:-1])


def parameters(net):
    return [[layer.weight.detach().numpy().ravel().tolist(), layer.bias.detach().numpy().tolist()] for layer in net if isinstance(layer, torch.nn.Linear)]


def cost(net, loss, samples):
    z, y = net(torch.tensor(x[samples])), targets[loss][samples]
    if loss == "cross_entropy":
        return torch.nn.functional.cross_entropy(z, torch.tensor(y))
    if loss == "mse":
        return torch.nn.functional.mse_loss(z[:, 0], torch.tensor(y))
    return torch.nn.functional.binary_cross_entropy_with_logits(z[:, 0], torch.tensor(y, dtype=torch.float64))


def batches(size):
    order = np.random.RandomState(SEED)
    while True:
        permutation = order.permutation(SAMPLES)
        for first in range(0, SAMPLES, size):
            yield permutation[first:first + size]


def train(loss, make, schedule=None, clip=None, size=BATCH):
    net = network(loss)
    optimizer = make(net.parameters())
    scheduler = schedule(optimizer) if schedule else None
    costs = []
    for _, samples in zip(range(UPDATES), batches(size)):
        optimizer.zero_grad()
        value = cost(net, loss, samples)
        value.backward()
        if clip:
            torch.nn.utils.clip_grad_norm_(net.parameters(), clip)
        optimizer.step()
        if scheduler:
            scheduler.step()
        costs.append(value.item())
    return {"costs": costs, "parameters": parameters(net), "cost": cost(net, loss, np.arange(SAMPLES)).item()}


def layers(parameters, rates):
    """A group for each layer, its weights and biases, with a rate of its own."""
    parameters = list(parameters)
    return [{"params": parameters[2 * layer:2 * layer + 2], "lr": rate} for layer, rate in enumerate(rates)]


def weights(parameters, rates=None):
    """The weights alone; biases stay as they start."""
    return [{"params": group["params"][:1], "lr": group["lr"]} for group in layers(parameters, rates)] if rates else list(parameters)[::2]


o, s = torch.optim, torch.optim.lr_scheduler
cases = {
    "gd": (dict(optimizer="gd", rate=0.1), lambda p: o.SGD(p, 0.1)),
    "gd, decay": (dict(optimizer="gd", rate=0.1, decay=0.05), lambda p: o.SGD(p, 0.1, weight_decay=0.05)),
    "momentum": (dict(optimizer="momentum", rate=0.1), lambda p: o.SGD(p, 0.1, momentum=0.9)),
    "momentum, decay": (dict(optimizer="momentum:beta=0.8", rate=0.1, decay=0.05), lambda p: o.SGD(p, 0.1, momentum=0.8, weight_decay=0.05)),
    "nesterov": (dict(optimizer="nesterov", rate=0.1), lambda p: o.SGD(p, 0.1, momentum=0.9, nesterov=True)),
    "nesterov, decay": (dict(optimizer="nesterov", rate=0.1, decay=0.05), lambda p: o.SGD(p, 0.1, momentum=0.9, nesterov=True, weight_decay=0.05)),
    "rmsprop": (dict(optimizer="rmsprop", rate=0.01), lambda p: o.RMSprop(p, 0.01)),
    "rmsprop, decay": (dict(optimizer="rmsprop:alpha=0.9:eps=1e-6", rate=0.01, decay=0.05), lambda p: o.RMSprop(p, 0.01, alpha=0.9, eps=1e-6, weight_decay=0.05)),
    "adam": (dict(optimizer="adam", rate=0.01), lambda p: o.Adam(p, 0.01)),
    "adam, decay": (dict(optimizer="adam:beta1=0.8:beta2=0.95:eps=1e-6", rate=0.01, decay=0.05), lambda p: o.Adam(p, 0.01, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.05)),
    "adamw": (dict(optimizer="adamw", rate=0.01), lambda p: o.AdamW(p, 0.01)),
    "adamw, decay": (dict(optimizer="adamw", rate=0.01, decay=0.5), lambda p: o.AdamW(p, 0.01, weight_decay=0.5)),
    "clipped": (dict(optimizer="momentum", rate=0.1, decay=0.05, clip=0.2), lambda p: o.SGD(p, 0.1, momentum=0.9, weight_decay=0.05)),
    "step": (dict(optimizer="gd", rate=0.1, schedule="step:every=6:factor=0.5"), lambda p: o.SGD(p, 0.1)),
    "cosine": (dict(optimizer="adam", rate=0.01, schedule="cosine:final=0.1"), lambda p: o.Adam(p, 0.01)),
    "layer rates": (dict(optimizer="gd", rate=9, layerRates=RATES), lambda p: o.SGD(layers(p, RATES), 9)),
    "layer rates, momentum, decay": (
        dict(optimizer="momentum", rate=9, layerRates=RATES, decay=0.05), lambda p: o.SGD(layers(p, RATES), 9, momentum=0.9, weight_decay=0.05)),
    "layer rates, adamw, step": (
        dict(optimizer="adamw", rate=9, layerRates=RATES, decay=0.5, schedule="step:every=6:factor=0.5"), lambda p: o.AdamW(layers(p, RATES), 9, weight_decay=0.5)),
    "fixed biases": (dict(optimizer="gd", rate=0.1, fixedBiases=1), lambda p: o.SGD(weights(p), 0.1)),
    "fixed biases, nesterov, decay": (
        dict(optimizer="nesterov", rate=0.1, decay=0.05, fixedBiases=1), lambda p: o.SGD(weights(p), 0.1, momentum=0.9, nesterov=True, weight_decay=0.05)),
    "fixed biases, layer rates, momentum, decay, all samples": (
        dict(optimizer="momentum", rate=9, layerRates=RATES, decay=0.05, fixedBiases=1, batch=SAMPLES),
        lambda p: o.SGD(weights(p, RATES), 9, momentum=0.9, weight_decay=0.05)),
    "all samples": (dict(optimizer="nesterov", rate=0.1, decay=0.05, clip=0.2, batch=SAMPLES), lambda p: o.SGD(p, 0.1, momentum=0.9, nesterov=True, weight_decay=0.05)),
}
schedules = {
    "step": lambda optimizer: s.StepLR(optimizer, 6, 0.5),
    "layer rates, adamw, step": lambda optimizer: s.StepLR(optimizer, 6, 0.5),
    "cosine": lambda optimizer: s.CosineAnnealingLR(optimizer, UPDATES, eta_min=0.001),
}

json.dump({
    "x": x.tolist(),
    "targets": {loss: y.tolist() for loss, y in targets.items()},
    "start": {loss: parameters(network(loss)) for loss in targets},
    "hidden": HIDDEN, "seed": SEED, "batch": BATCH,
    "cases": [
        {"name": name, "loss": loss, **options, **train(loss, make, schedules.get(name), options.get("clip"), options.get("batch", BATCH))}
        for name, (options, make) in cases.items() for loss in targets
    ],
}, open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "optimizers.json"), "w"))
