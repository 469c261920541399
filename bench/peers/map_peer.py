#!/usr/bin/env python3
"""The map of "The boundary of neural network trainability is fractal" in NumPy, double precision: blocks of pixels trained as batched products.

  OPENBLAS_NUM_THREADS=1 map_peer.py data.bin --size 256x256 --x=-3,6 --y=-3,6 --steps 500 --block 16 --processes 2 --retire --costs costs.bin
  OPENBLAS_NUM_THREADS=1 map_peer.py data.bin --size 256x4 --steps 20 --processes 2 --search

One hidden layer of tanh, no biases, mean square error, full-batch gradient descent; a learning rate a layer, from 10^x and 10^y. data.bin holds doubles: samples,
features, units; the scales s of the layers (w = s·W, the rates are those of W); X, Y, and w of both layers at the start. Needs Debian's python3-numpy.

The products of a block are batched. --plain trains it as one would write it down first, and without that everything is written into memory that is there already.
--retire takes pixels out of a block as soon as their cost is not finite. --search tries blocks of 2 to 512 pixels. Prints one JSON object; the seconds are those of the
trainings alone, without starting Python or the processes. --costs writes the cost of each pixel after the last update, row after row from the smallest y.
"""
import argparse
import json
import multiprocessing
import time

import numpy as np


def read(path):
    numbers = np.fromfile(path)
    samples, features, units = (int(number) for number in numbers[:3])
    scales = numbers[3:5]
    x, y, first, second = np.split(numbers[5:], np.cumsum([samples * features, samples, units * features]))
    return x.reshape(samples, features), y, first.reshape(units, features), second, scales


class Plain:
    """The training as it is written down: every step of the calculation is an array of its own."""

    def __init__(self, data, most, steps, retire):
        self.x, self.y, self.first, self.second, self.scales = data
        self.steps, self.retire = steps, retire

    def train(self, rates):
        w1, w2 = np.repeat(self.first.T[None], len(rates), axis=0), np.repeat(self.second[None, :, None], len(rates), axis=0)
        rate1, rate2 = (rates * self.scales ** 2).T[:, :, None, None]
        ends, sums, alive = np.full(len(rates), np.nan), np.zeros(len(rates)), np.arange(len(rates))
        for step in range(self.steps + 1):
            a = np.tanh(self.x @ w1)
            error = a @ w2 - self.y[:, None]
            cost = np.mean(error * error, axis=(1, 2))
            if step == self.steps:
                ends[alive] = np.where(np.isfinite(cost), cost, np.nan)
                break
            if self.retire and not np.isfinite(cost).all():
                keep = np.isfinite(cost)
                alive, cost, a, error, w1, w2, rate1, rate2 = (array[keep] for array in (alive, cost, a, error, w1, w2, rate1, rate2))
                if len(alive) == 0:
                    break
            sums[alive] += cost
            delta = 2 / len(self.x) * error
            gradient2 = a.transpose(0, 2, 1) @ delta
            gradient1 = self.x.T @ (delta @ w2.transpose(0, 2, 1) * (1 - a * a))
            w1, w2 = w1 - rate1 * gradient1, w2 - rate2 * gradient2
        return ends, sums


class Block:
    """The same in memory that is there already, up to `most` pixels at a time; elementwise steps take all of them in one call, and no slope is computed."""

    def __init__(self, data, most, steps, retire):
        self.x, self.y, self.first, self.second, self.scales = data
        self.columns = np.ascontiguousarray(self.x.T)
        self.steps, self.retire = steps, retire
        samples, features, units = *self.x.shape, len(self.second)
        # The activations of a unit, of all pixels after each other, so that the elementwise steps run through memory in one go.
        self.a, self.z = np.empty((units, most, samples)), np.empty((most, 1, samples))
        self.difference, self.gradient2 = np.empty((most, samples)), np.empty((most, units, 1))
        self.gradient, self.part = np.empty((units, most, features)), np.empty((most, features))

    def views(self, count):
        """The memory of so many pixels, as dense as if there were never more."""
        arrays = self.a, self.gradient
        dense = [array.reshape(-1)[:len(array) * count * array.shape[2]].reshape(len(array), count, array.shape[2]) for array in arrays]
        return [*dense, *(array[:count] for array in (self.z, self.difference, self.gradient2, self.part))]

    def train(self, rates):
        """rates: [pixels, 2], of W. Returns the costs after the last update (nan where they left the numbers) and the sum of the costs before each."""
        count, samples = len(rates), len(self.x)
        ends, sums, alive = np.full(count, np.nan), np.zeros(count), np.arange(count)
        w1 = np.repeat(self.first[:, None], count, axis=1)
        w2 = np.repeat(self.second[None, None], count, axis=0)
        # The factor 2/m of the loss is in the rates.
        rate1, rate2 = (rates * self.scales ** 2 * (2 / samples)).T[:, :, None]
        a, gradient, z, difference, gradient2, part = self.views(count)

        def forward():
            np.matmul(w1, self.columns, out=a)
            np.tanh(a, out=a)
            np.matmul(w2, a.transpose(1, 0, 2), out=z)
            np.subtract(z[:, 0], self.y, out=difference)
            return np.einsum("ps,ps->p", difference, difference) / samples

        for _ in range(self.steps):
            cost = forward()
            if self.retire and not np.isfinite(cost).all():
                keep = np.isfinite(cost)
                alive = alive[keep]
                if len(alive) == 0:
                    return ends, sums
                w1, w2, rate1, rate2 = w1[:, keep], w2[keep], rate1[keep], rate2[keep]
                kept, cost = (a[:, keep], difference[keep]), cost[keep]
                a, gradient, z, difference, gradient2, part = self.views(len(alive))
                a[...], difference[...] = kept
            sums[alive] += cost
            np.matmul(a.transpose(1, 0, 2), difference[:, :, None], out=gradient2)
            # The gradient of the first layer is w2·(Σ d·x − Σ d·a²·x).
            np.multiply(a, a, out=a)
            np.multiply(a, difference, out=a)
            np.matmul(a, self.x, out=gradient)
            np.matmul(difference, self.x, out=part)
            np.subtract(gradient, part, out=gradient)
            np.multiply(gradient, w2.transpose(2, 0, 1) * rate1, out=gradient)
            np.add(w1, gradient, out=w1)
            np.multiply(gradient2, rate2[:, None], out=gradient2)
            np.subtract(w2, gradient2.transpose(0, 2, 1), out=w2)
        cost = forward()
        ends[alive] = np.where(np.isfinite(cost), cost, np.nan)
        return ends, sums


def axis(text, count):
    low, high = (float(end) for end in text.split(","))
    return 10.0 ** np.linspace(low, high, count)


def pixels(args):
    columns, rows = (int(size) for size in args.size.split("x"))
    return np.stack(np.broadcast_arrays(axis(args.x, columns)[None, :], axis(args.y, rows)[:, None]), axis=-1).reshape(-1, 2)


WORKER = None


def start(way, data, block, steps, retire):
    global WORKER
    np.seterr(all="ignore")
    WORKER = way(data, block, steps, retire)


def work(rates):
    return WORKER.train(rates)


def measure(way, data, rates, block, steps, retire, processes):
    """Seconds of the trainings, and their costs."""
    blocks = [rates[at:at + block] for at in range(0, len(rates), block)]
    if processes == 1:
        start(way, data, block, steps, retire)
        begun = time.perf_counter()
        results = [work(each) for each in blocks]
        return time.perf_counter() - begun, np.concatenate([costs for costs, _ in results])
    with multiprocessing.Pool(processes, start, (way, data, block, steps, retire)) as pool:
        pool.map(work, [rates[:1]] * (4 * processes), chunksize=1)
        begun = time.perf_counter()
        results = pool.map(work, blocks, chunksize=1)
        return time.perf_counter() - begun, np.concatenate([costs for costs, _ in results])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("--size", default="64x64")
    parser.add_argument("--x", default="-3,0")
    parser.add_argument("--y", default="-3,0")
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--block", type=int, default=16)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--retire", action="store_true")
    parser.add_argument("--search", action="store_true")
    parser.add_argument("--rounds", type=int, default=3, help="of each block in the search; the best counts")
    parser.add_argument("--costs")
    args = parser.parse_args()
    data, way = read(args.data), Plain if args.plain else Block
    if args.search:
        print(json.dumps({"secondsOfBlock": {
            block: min(measure(way, data, pixels(args), block, args.steps, args.retire, args.processes)[0] for _ in range(args.rounds)) for block in (2, 4, 8, 16, 32, 64, 128, 256, 512)}}))
    else:
        rates = pixels(args)
        seconds, costs = measure(way, data, rates, args.block, args.steps, args.retire, args.processes)
        if args.costs:
            costs.tofile(args.costs)
        print(json.dumps({"seconds": seconds, "pixels": len(rates), "finite": int(np.isfinite(costs).sum())}))
