"""Keeps the runs and, for each, what became of every input.

Must not know what a job does, or how an article is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from auditor.domain import Disposition, Moment, Outcome
from auditor.errors import NotFound
from auditor.storage.connected import BATCH, Connected, batched, insert_rows
from auditor.storage.records import Run, RunStatus
from auditor.storage.rows import legible, moment_text, packed, parameters_text, run_of
from auditor.storage.tables import OUTCOME, RUN


class Ledger(Connected):
    """The runs of a store and their outcomes."""

    def begin_run(self, command: str, parameters: Mapping[str, Any]) -> int:
        """Note that a job begins; returns the run's number."""
        with self._writing() as connection:
            key = 1 + (connection.execute(select(func.max(RUN.c.key))).scalar() or 0)
            values = {
                "key": key,
                "command": command,
                "parameters": parameters_text(parameters),
                "started_at": _now(),
                "status": RunStatus.RUNNING.value,
                "counts": "{}",
            }
            insert_rows(connection, RUN, [values])
        return key

    def end_run(self, run: int, status: str, counts: Mapping[str, int]) -> None:
        """Note how the run ended; raises NotFound."""
        values = {"ended_at": _now(), "status": str(status), "counts": packed(dict(counts))}
        with self._writing() as connection:
            if connection.execute(update(RUN).where(RUN.c.key == run).values(**values)).rowcount == 0:
                raise NotFound(f"no run {run} in this store")

    def runs(self) -> tuple[Run, ...]:
        """All runs in the order in which they began."""
        return tuple(map(run_of, self._rows(select(RUN).order_by(RUN.c.key))))

    def run(self, key: int) -> Run:
        """The run of that number; raises NotFound."""
        row = self._row(select(RUN).where(RUN.c.key == key))
        if row is None:
            raise NotFound(f"no run {key} in this store", "see auditor runs list")
        return run_of(row)

    def note_interrupted(self, runs: Iterable[int]) -> None:
        """Note that these runs, which say that they run, were killed."""
        with self._writing() as connection:
            running = self._among(RUN.c.key, list(runs)) & (RUN.c.status == RunStatus.RUNNING.value)
            connection.execute(update(RUN).where(running).values(status=RunStatus.INTERRUPTED.value))

    def record(self, outcomes: Iterable[Outcome], *, run: int) -> None:
        """Note what became of inputs that ``add`` never saw: rejected, failed or known duplicates."""
        with self._writing() as connection:
            for batch in batched(outcomes, BATCH):
                write_outcomes(connection, batch, run)

    def outcomes(self, run: int | None = None) -> Iterator[Outcome]:
        """What became of the inputs of a run, or of all runs, in the order of recording."""
        query = select(OUTCOME).order_by(OUTCOME.c.run_key, OUTCOME.c.number)
        for row in self._rows(query if run is None else query.where(OUTCOME.c.run_key == run)):
            yield Outcome(row.name, Disposition(row.disposition), row.article_id, row.reason)

    def counts(self, run: int) -> dict[Disposition, int]:
        """How many inputs of the run ended in each disposition; their sum is the inputs."""
        query = select(OUTCOME.c.disposition, func.count()).where(OUTCOME.c.run_key == run)
        counts = dict.fromkeys(Disposition, 0)
        for row in self._rows(query.group_by(OUTCOME.c.disposition)):
            counts[Disposition(row[0])] = row[1]
        return counts


def write_outcomes(connection: Connection, outcomes: Sequence[Outcome], run: int) -> None:
    """Append outcomes to the run's ledger, within the caller's transaction."""
    last = (
        connection.execute(select(func.max(OUTCOME.c.number)).where(OUTCOME.c.run_key == run)).scalar() or 0
    )
    insert_rows(
        connection,
        OUTCOME,
        [
            {
                "run_key": run,
                "number": number,
                "name": legible(outcome.name),
                "disposition": outcome.disposition.value,
                "article_id": None if outcome.article is None else legible(outcome.article),
                "reason": legible(outcome.reason),
            }
            for number, outcome in enumerate(outcomes, start=last + 1)
        ],
    )


def _now() -> str:
    now = datetime.now(UTC)
    return str(moment_text(Moment(now, now)))
