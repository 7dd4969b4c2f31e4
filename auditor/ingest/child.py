"""Reading pages in child processes that can be killed: the parent's side of ``auditor.ingest.worker``.

One page that hangs, eats memory or crashes its parser ends as failed, its child is killed and a new one
started, and the next page is read. Knows nothing of files and ids; a page is bytes.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import IO, Any, Self

import auditor
from auditor.errors import InputRejected
from auditor.ingest.agencies import Agencies
from auditor.ingest.limits import DEFAULT_LIMITS, MIB, Limits
from auditor.ingest.page import Page
from auditor.ingest.worker import FRAME, OUT_OF_MEMORY, write_frame

_START_SECONDS = 60.0  # importing the extractor takes 1.5 s; a busy machine may need many times that
_LONGEST_ANSWER = 256 * MIB  # an answer holds the text of at most 32 MiB of page, escaped
_READ_SIZE = 1 * MIB


class ExtractionFailed(Exception):
    """A page took too long, too much memory, or broke its parser; it may be tried again."""


class _Crashed(ExtractionFailed):
    """The process ended or fell silent, by this page or by what earlier ones left behind."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a child is told when it starts."""

    agencies: Agencies
    limits: Limits = DEFAULT_LIMITS
    fast: bool = False

    def frame(self) -> bytes:
        """The settings as the worker reads them."""
        return json.dumps(
            {
                "agencies": [[one.key, one.names, one.domains] for one in self.agencies.all],
                "seconds": self.limits.seconds,
                "memory_bytes": self.limits.memory_bytes,
                "fast": self.fast,
            }
        ).encode()


class Child:
    """One child process, started when it is first needed and again after it was killed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def read(self, raw: bytes) -> Page:
        """Read a page within the limits. Raises InputRejected or ExtractionFailed.

        Where a process that read other pages before crashes, a new one has the rest of the time: what
        earlier pages left behind must not decide this one's fate.
        """
        is_fresh = self._process is None
        began, seconds = time.monotonic(), self._settings.limits.seconds
        try:
            answer = self._asked(raw, seconds)
        except _Crashed:
            if is_fresh:
                raise
            answer = self._asked(raw, seconds - (time.monotonic() - began))
        return _page(answer)

    def kill(self) -> None:
        """End the process, whatever it does."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        with suppress(OSError):
            if process.stdin:
                process.stdin.close()
        if process.stdout:
            process.stdout.close()
        process.wait()

    def stop(self) -> None:
        """Make the process end, and start no other; whoever waits for its answer learns that it failed."""
        self._stopped = True
        if process := self._process:
            process.kill()

    def _asked(self, raw: bytes, seconds: float) -> dict[str, Any]:
        try:
            return self._exchanged(raw, seconds)
        except ExtractionFailed:
            self.kill()
            raise

    def _exchanged(self, raw: bytes, seconds: float) -> dict[str, Any]:
        process = self._process = self._process or self._started()
        try:
            write_frame(_stdin(process), raw)
        except OSError as error:
            raise _Crashed(self._ending(process)) from error
        answer = _frame_within(process, seconds)
        if answer is None:
            raise ExtractionFailed(f"took longer than {self._settings.limits.seconds:g} s")
        if not answer:
            raise _Crashed(self._ending(process))
        try:
            return dict(json.loads(answer))
        except ValueError as error:
            raise ExtractionFailed("its extraction gave no answer that can be read") from error

    def _started(self) -> subprocess.Popen[bytes]:
        if self._stopped:
            raise ExtractionFailed("was not read: reading was broken off")
        process = subprocess.Popen(
            # -P: a module that lies in the current folder must not take the place of a library.
            [sys.executable, "-P", "-m", "auditor.ingest.worker"],
            env={**os.environ, "PYTHONPATH": _search_path()},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._process = process
        try:
            write_frame(_stdin(process), self._settings.frame())
        except OSError as error:
            raise ExtractionFailed("the extraction process can't be started") from error
        if not _frame_within(process, _START_SECONDS):
            raise ExtractionFailed("the extraction process can't be started")
        return process

    def _ending(self, process: subprocess.Popen[bytes]) -> str:
        memory = f"{self._settings.limits.memory_bytes // MIB} MB"
        with suppress(subprocess.TimeoutExpired):
            if process.wait(1.0) == OUT_OF_MEMORY:
                return f"needed more than {memory} of memory"
        return f"its extraction crashed, perhaps for want of memory (its limit is {memory})"


class Children:
    """A few children that read pages side by side; results come as futures.

    A context manager: leaving it ends every child, whatever it is doing.
    """

    def __init__(self, settings: Settings, workers: int = 1) -> None:
        self._children = [Child(settings) for _ in range(workers)]
        self._free: SimpleQueue[Child] = SimpleQueue()
        for child in self._children:
            self._free.put(child)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="extraction")

    def submit(self, load: Callable[[], bytes]) -> Future[Page]:
        """Read the page that ``load`` gives; what ``load`` raises ends up in the future too."""
        return self._threads.submit(self._run, load)

    def _run(self, load: Callable[[], bytes]) -> Page:
        raw = load()
        child = self._free.get()
        try:
            return child.read(raw)
        finally:
            self._free.put(child)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in self._children:
            child.stop()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for child in self._children:
            child.kill()


def _page(answer: Mapping[str, Any]) -> Page:
    if "rejected" in answer:
        raise InputRejected(*answer["rejected"])
    if "failed" in answer:
        raise ExtractionFailed(answer["failed"])
    return Page(**answer["page"])


def _search_path() -> str:
    """Where the child finds this very package, then what its parent was told to search."""
    own = str(Path(auditor.__file__).resolve().parent.parent)
    return os.pathsep.join(filter(None, (own, os.environ.get("PYTHONPATH"))))


def _stdin(process: subprocess.Popen[bytes]) -> IO[bytes]:
    assert process.stdin is not None
    return process.stdin


def _frame_within(process: subprocess.Popen[bytes], seconds: float) -> bytes | None:
    """The next frame of a process; empty where it ended without one, None where time ran out."""
    assert process.stdout is not None
    until = time.monotonic() + seconds
    received = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            if not selector.select(max(0.0, until - time.monotonic())):
                return None
            part = os.read(process.stdout.fileno(), _READ_SIZE)
            received += part
            length = FRAME.unpack_from(received)[0] if len(received) >= FRAME.size else 0
            if not part or length > _LONGEST_ANSWER:
                return b""
            if length and len(received) >= FRAME.size + length:
                return bytes(received[FRAME.size : FRAME.size + length])
