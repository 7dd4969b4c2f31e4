"""One job at a time on a store: a lock that says who holds it, and is taken over when its holder is dead.

A thread of the holder says every so often that it lives. A holder counts as dead when it was silent for
too long or, where it can be asked because it is of this very machine, when its process is gone. One that
was only asleep finds out at its next step that the lock is another's, and stops.
"""

from __future__ import annotations

import os
import platform
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from auditor.domain import Moment
from auditor.errors import AuditorError

if TYPE_CHECKING:
    from auditor.jobs.progress import Progress
    from auditor.storage import Holder, Store

# Everything that changes findings holds this lock; taking articles in doesn't need it.
LOCK = "findings"
# Signs of life within the time after which a silent holder counts as dead: some may wait for a writer.
BEATS = 6


class Lock:
    """A lock that is held. ``taken_from`` is the dead holder it was taken over from, if any."""

    def __init__(self, store: Store, token: str, taken_from: Holder | None) -> None:
        self._store = store
        self._token = token
        self.taken_from = taken_from
        self._lost = False

    def expect(self) -> None:
        """Raise AlreadyRunning where the lock is another's; in a transaction of the store, a fence."""
        self._store.expect_lock(LOCK, self._token)

    def watch(self) -> None:
        """The same without asking the store: as far as the last sign of life has shown."""
        if self._lost:
            self.expect()

    def beat(self) -> None:
        """Say that the holder lives; trouble with the store is the job's to meet, not the beat's."""
        with suppress(AuditorError):
            self._lost = not self._store.beat(LOCK, self._token, now())

    def release(self) -> None:
        """Give it back. Where that fails the next one finds its holder dead."""
        with suppress(AuditorError):
            self._store.release_lock(LOCK, self._token)


class Watched:
    """A progress that stops the job when its lock was lost."""

    def __init__(self, lock: Lock, told: Progress) -> None:
        self._lock = lock
        self._told = told

    def step(self, stage: str, done: int, total: int | None) -> None:
        """Pass on, unless the lock is another's."""
        self._lock.watch()
        self._told.step(stage, done, total)


@contextmanager
def locked(store: Store, command: str, *, stale_after: int) -> Iterator[Lock]:
    """Hold the lock while the block runs. Raises AlreadyRunning, which says who holds it since when."""
    from auditor.storage import Holder

    token, began = uuid.uuid4().hex, now()
    mine = Holder(LOCK, token, command, platform.node(), machine(), os.getpid(), began, began)
    lock = Lock(store, token, store.take_lock(mine, lambda other: is_dead(other, began, stale_after)))
    over = Event()

    def live() -> None:
        while not over.wait(stale_after / BEATS):
            lock.beat()

    beating = Thread(target=live, name="heartbeat", daemon=True)
    beating.start()
    try:
        yield lock
    finally:
        over.set()
        beating.join()
        lock.release()


def is_dead(holder: Holder, at: Moment, stale_after: int) -> bool:
    """Is the holder dead? A heartbeat from far in the future tells of a wrong clock, and of nothing else."""
    silent = abs(at.earliest - holder.heartbeat.earliest)
    if silent > timedelta(seconds=stale_after):
        return True
    if not holder.machine or holder.machine != machine():
        return False
    # Our own number with another token: this process, or one that had its number, ended without releasing.
    return holder.pid == os.getpid() or not _is_running(holder.pid)


def machine() -> str:
    """A name for where process numbers mean the same: this boot's, in this container; empty if unknown."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return ""


def now() -> Moment:
    """The present second."""
    at = datetime.now(UTC).replace(microsecond=0)
    return Moment(at, at)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
