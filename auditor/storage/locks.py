"""Keeps who is at work that only one may do at a time.

The row says who; whether a holder that is silent is dead, its caller decides. Must not know what the work is.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import delete, insert, select, update

from auditor.domain import Moment
from auditor.errors import AlreadyRunning
from auditor.storage.connected import Connected
from auditor.storage.records import Holder
from auditor.storage.rows import AnyRow, Values, legible, moment_text
from auditor.storage.tables import LOCK


class Locks(Connected):
    """The locks of a store."""

    def take_lock(self, mine: Holder, is_stale: Callable[[Holder], bool]) -> Holder | None:
        """Take a lock; gives the holder it was taken from where that one was stale.

        Raises AlreadyRunning, which says who holds it since when.
        """
        with self._writing() as connection:
            row = connection.execute(select(LOCK).where(LOCK.c.name == mine.name)).first()
            before = _holder_of(row) if row else None
            if before and not is_stale(before):
                raise AlreadyRunning(
                    f"already running: {before.sentence()}, last heard of {before.heartbeat}",
                    "wait until it ends; a dead one's lock is taken over when it was silent long enough",
                )
            connection.execute(delete(LOCK).where(LOCK.c.name == mine.name))
            connection.execute(insert(LOCK), [_values(mine)])
        return before

    def holder(self, name: str) -> Holder | None:
        """Who holds the lock."""
        row = self._row(select(LOCK).where(LOCK.c.name == name))
        return _holder_of(row) if row else None

    def beat(self, name: str, token: str, now: Moment) -> bool:
        """Say that the holder is alive; False where it holds the lock no longer."""
        mine = (LOCK.c.name == name) & (LOCK.c.token == token)
        with self._writing() as connection:
            done = connection.execute(update(LOCK).where(mine).values(heartbeat_at=moment_text(now)))
            return done.rowcount > 0

    def expect_lock(self, name: str, token: str) -> None:
        """Raise AlreadyRunning unless that taking of the lock still holds: a fence in a ``transaction``."""
        holder = self.holder(name)
        if holder is None or holder.token != token:
            who = holder.sentence() if holder else "somebody, who has ended since"
            raise AlreadyRunning(f"the lock was taken over by {who}", "look why this one was silent so long")

    def release_lock(self, name: str, token: str) -> None:
        """Give the lock back; nothing happens where it is another's by now."""
        with self._writing() as connection:
            connection.execute(delete(LOCK).where((LOCK.c.name == name) & (LOCK.c.token == token)))


def _values(holder: Holder) -> Values:
    return {
        "name": holder.name,
        "token": holder.token,
        "command": legible(holder.command),
        "host": legible(holder.host),
        "machine": legible(holder.machine),
        "pid": holder.pid,
        "started_at": moment_text(holder.started),
        "heartbeat_at": moment_text(holder.heartbeat),
    }


def _holder_of(row: AnyRow) -> Holder:
    return Holder(
        name=row.name,
        token=row.token,
        command=row.command,
        host=row.host,
        machine=row.machine,
        pid=row.pid,
        started=Moment.parse(row.started_at),
        heartbeat=Moment.parse(row.heartbeat_at),
    )
