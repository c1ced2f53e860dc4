"""How cost grows with size: median processor time with the collector off, the highest memory, their growth."""

from __future__ import annotations

import gc
import math
import statistics
import time
import tracemalloc
from collections.abc import Callable, Mapping

ROUNDS = 9
Work = Callable[[], object]


def median_seconds(work: Work, rounds: int = ROUNDS) -> float:
    """Processor seconds, the median of some rounds, with the collector of garbage off."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        return statistics.median(_seconds(work) for _ in range(rounds))
    finally:
        if was_on:
            gc.enable()


def _seconds(work: Work) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def peak_bytes(work: Work) -> int:
    """The most memory that stood at one time beyond what stood before. A full collection goes first: it empties the
    lists of tuples for later use, from which small inputs would get their memory for nothing.
    """
    gc.collect()
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def exponent(costs: Mapping[int, float]) -> float:
    """Of cost = size to the power of what, from the smallest to the largest size."""
    small, large = min(costs), max(costs)
    return math.log(costs[large] / costs[small]) / math.log(large / small)


def over_linear(costs: Mapping[int, float]) -> float:
    """How many times what the smallest size costs for its size the dearest one costs for its own."""
    small = min(costs)
    return max(cost / size for size, cost in costs.items()) / (costs[small] / small)


def report(name: str, works: Mapping[int, Work]) -> None:
    """Prints time and memory of the work at each size, and how they grow."""
    seconds = {size: median_seconds(work) for size, work in works.items()}
    peaks = {size: float(peak_bytes(work)) for size, work in works.items()}
    print(name)
    for size in works:
        print(f"  {size:7} {1000 * seconds[size]:9.1f} ms {peaks[size] / 1e6:9.2f} MB")
    print(f"  time grows with size to the power of {exponent(seconds):.2f}, memory {over_linear(peaks):.2f} × linear")
