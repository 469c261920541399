"""How the peers are timed."""
import statistics
import time


def measure(act, rounds=7):
    """The median milliseconds of some rounds, after one that is not counted."""
    act()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        times.append(1e3 * (time.perf_counter() - start))
    return statistics.median(times)
