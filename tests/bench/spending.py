"""What a command spends: processor seconds and memory of all processes that it starts.

Children that outlive their parent (the server that forks workers) would be missed by what the system says of
a finished process; they are handed to this one instead (a "subreaper", prctl(2)), which waits for them all.
"""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_SUBREAPER = 36
_LOOK = 0.1  # seconds between two looks at the memory
_PAGE = resource.getpagesize()
REJECTED = 3  # "done, but some inputs were rejected"


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor seconds of all processes together; megabytes of all at their peak, and of the largest.

    ``megabytes`` counts pages that processes share once for each, so that it says rather too much.
    """

    seconds: float
    wall: float
    megabytes: float
    largest: float
    output: str


def spent(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Spent:
    """Run a command to its end. Raises RuntimeError where it fails."""
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    before, begun = _children(), time.monotonic()
    process = subprocess.Popen(
        command,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    watch = _Watch()
    output, errors = process.communicate()
    wall = time.monotonic() - begun
    with suppress(ChildProcessError):
        while True:  # the others end as soon as they see that nobody hands them work
            os.waitpid(-1, 0)
    watch.end()
    if process.returncode not in (0, REJECTED):
        raise RuntimeError(f"{command}: {errors}")
    return Spent(_children() - before, wall, watch.together, watch.largest, output)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Watch:
    """Looks at the memory of all that this process started, until it is told to end."""

    def __init__(self) -> None:
        self.together = self.largest = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(_LOOK):
            sizes = [_megabytes(pid) for pid in _descendants(os.getpid())]
            self.together = max(self.together, sum(sizes))
            self.largest = max(self.largest, *sizes, 0.0)


def _descendants(root: int) -> list[int]:
    """All processes that come from this one, which itself isn't among them."""
    found: list[int] = []
    waiting = [root]
    while waiting:
        for task in Path(f"/proc/{waiting.pop()}/task").glob("*/children"):
            with suppress(OSError):
                children = [int(pid) for pid in task.read_text().split()]
                found += children
                waiting += children
    return found


def _megabytes(pid: int) -> float:
    with suppress(OSError, IndexError, ValueError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 1e6
    return 0.0
