#!/usr/bin/env python3
"""How long PyTorch and NumPy take to fill memory with random numbers. Needs Debian's python3-numpy and python3-torch.

  fill_peer.py --threads 1

Prints one JSON object of milliseconds, medians of seven fillings of memory that has been written before. 2^24 elements each; orthogonal is 1024 × 1024.
"""
import argparse
import json

import numpy as np
import torch

from timing import measure

COUNT = 1 << 24


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=1)
    torch.set_num_threads(parser.parse_args().threads)
    single, double = torch.empty(COUNT), np.empty(COUNT)
    square, square64 = torch.empty(1024, 1024), torch.empty(1024, 1024, dtype=torch.float64)
    generator = np.random.default_rng(1)
    narrow = np.empty(COUNT, np.float32)
    print(json.dumps({
        "uniform": measure(lambda: single.uniform_(-0.1, 0.1)),
        "normal": measure(lambda: single.normal_(0, 0.1)),
        "truncated": measure(lambda: torch.nn.init.trunc_normal_(single, std=0.02, a=-0.04, b=0.04), 3),
        "orthogonal": measure(lambda: torch.nn.init.orthogonal_(square)),
        "orthogonal64": measure(lambda: torch.nn.init.orthogonal_(square64)),
        "randn": measure(lambda: [np.random.randn(COUNT // 64) for _ in range(64)], 3),  # in pieces, so that its memory is warm
        "standardNormal": measure(lambda: generator.standard_normal(out=double), 3),
        "standardNormal32": measure(lambda: generator.standard_normal(out=narrow, dtype=np.float32), 3),
    }))
