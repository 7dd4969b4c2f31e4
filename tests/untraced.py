"""Timing the code, not the coverage tool that watches it."""

from __future__ import annotations

import gc
import math
import sys
import time
from collections.abc import Callable
from statistics import median

ROUNDS_AT_LEAST, ROUNDS = 2, 15
UNMEASURABLE = 0.03  # seconds below which the clock's noise says more than the growth


def seconds_of(work: Callable[[], object]) -> float:
    """Processor seconds of a call, with no tracer on (a traced line takes twice as long) nor collector."""
    tracer = sys.gettrace()
    sys.settrace(None)
    gc.disable()
    try:
        began = time.process_time()
        work()
        return time.process_time() - began
    finally:
        gc.enable()
        sys.settrace(tracer)


def grows_within(
    factor: float, once: Callable[[], object], twice: Callable[[], object], *, at_most: float = math.inf
) -> bool:
    """Whether the double work takes at most ``factor`` times the single one, and that at most ``at_most`` s.

    A machine's speed drifts by half within seconds, so each double run is held against the single runs just
    before and after it, and the median of these ratios is judged; the bound in seconds is held against the
    least. Rounds end as soon as both bounds hold.
    """
    ratios: list[float] = []
    least, before = math.inf, seconds_of(once)
    for _round in range(ROUNDS):
        double, after = seconds_of(twice), seconds_of(once)
        least = min(least, before, after)
        ratios.append(1.0 if double <= UNMEASURABLE else 2 * double / (before + after))
        before = after
        if len(ratios) >= ROUNDS_AT_LEAST and least < at_most and median(ratios) <= factor:
            return True
    return False
