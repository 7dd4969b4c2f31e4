"""The local engine: pure functions over many items, in this machine's processes.

Small work stays in the calling process: starting others costs more than it saves.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import chain, islice
from threading import Thread
from types import TracebackType
from typing import Any, Self, TypeVar

T = TypeVar("T")
R = TypeVar("R")

# Starting two workers takes about half a second here; below this many items one process is as quick.
WORTH_PROCESSES = 64
CHUNK = 16
# Chunks handed out ahead of the one that is awaited: enough to keep every worker busy, few enough that
# a long stream of items doesn't pile up in memory.
AHEAD = 4
# New objects after which Python looks for circles that nobody holds any more, and rounds of that until it
# looks at older ones. Texts as read are thousands of small objects and no circles: looking for some after
# every 700, as it does by itself, took a fourteenth of an audit.
COLLECTED = (50_000, 10, 10)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """A block that makes many objects and few circles: exports take two thirds of their time in one."""
    before = gc.get_threshold()
    gc.set_threshold(*COLLECTED)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Workers:
    """A pool that starts when it is worth it. Results come in the order of the items.

    ``prepare`` with ``arguments`` runs first in each process, and in this one.
    """

    def __init__(
        self, processes: int, prepare: Callable[..., None] | None = None, arguments: tuple[Any, ...] = ()
    ) -> None:
        self._processes = processes
        self._prepare = prepare
        self._arguments = arguments
        self._prepared_here = False
        self._pool: ProcessPoolExecutor | None = None
        self._collecting = collecting_seldom()

    def __enter__(self) -> Self:
        self._collecting.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._collecting.__exit__(None, None, None)
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def renew(self, *arguments: Any) -> None:
        """Prepare each process anew, with other arguments, before its next work."""
        self._arguments = arguments
        self._prepared_here = False
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def map(
        self,
        function: Callable[[T], R],
        items: Iterable[T],
        *,
        chunk: int = CHUNK,
        worth: int = WORTH_PROCESSES,
    ) -> Iterator[R]:
        """The function of each item; ``function`` must stand at the top of a module.

        Fewer items than ``worth`` stay in this process; ``chunk`` items are sent at a time.
        """
        stream = iter(items)
        first = list(islice(stream, worth))
        if self._processes < 2 or len(first) < worth:
            yield from map(self._here(function), chain(first, stream))
            return
        yield from self._spread(function, chain(first, stream), chunk)

    def _here(self, function: Callable[[T], R]) -> Callable[[T], R]:
        if self._prepare and not self._prepared_here:
            self._prepare(*self._arguments)
            self._prepared_here = True
        return function

    def _spread(self, function: Callable[[T], R], items: Iterator[T], chunk: int) -> Iterator[R]:
        pool = self._started(function)
        waiting: list[Future[list[R]]] = []
        for batch in iter(lambda: list(islice(items, chunk)), []):
            waiting.append(pool.submit(_each, function, batch))
            if len(waiting) > self._processes * AHEAD:
                yield from waiting.pop(0).result()
        for future in waiting:
            yield from future.result()

    def _started(self, function: Callable[..., Any]) -> ProcessPoolExecutor:
        if self._pool is None:
            # Forked children would inherit the store's connection; a fresh server process has none. It loads
            # what they need once for all of them, and for those that take their place.
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload([function.__module__])
            self._pool = ProcessPoolExecutor(
                self._processes,
                mp_context=context,
                initializer=_begin,
                initargs=(self._prepare, self._arguments),
            )
        return self._pool


def _begin(prepare: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    """What each process does first. One whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent:
        Thread(target=_end_with, args=(parent,), name="orphan watch", daemon=True).start()
    gc.set_threshold(*COLLECTED)
    if prepare:
        prepare(*arguments)


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)


def _each(function: Callable[[T], R], batch: list[T]) -> list[R]:
    return [function(item) for item in batch]
