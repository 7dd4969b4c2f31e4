"""The ledger as it is shown: the runs of a store, and what became of the inputs of one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditor.domain import Disposition, Outcome

if TYPE_CHECKING:
    from auditor.storage import Run, Store

_BAD = (Disposition.REJECTED, Disposition.FAILED)


@dataclass(frozen=True, slots=True)
class Shown:
    """A run with its inputs: how many ended as what by the ledger, and those that aren't stored."""

    run: Run
    counts: dict[Disposition, int]
    problems: tuple[Outcome, ...]

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return row(self.run) | {
            "inputs": {each.value: count for each, count in self.counts.items()},
            "problems": [
                {"input": each.name, "outcome": each.disposition.value, "reason": each.reason}
                for each in self.problems
            ],
        }


def listed(store: Store, last: int) -> list[Run]:
    """The last runs, the latest first."""
    return list(store.runs())[::-1][:last]


def show(store: Store, key: int) -> Shown:
    """One run with its inputs; a night's are those that its ingest took in. Raises NotFound."""
    run = store.run(key)
    parts = [each.key for each in store.runs() if each.parameters.get("nightly") == key]
    counts: Counter[Disposition] = Counter()
    problems: list[Outcome] = []
    for part in (key, *parts):
        counts.update(store.counts(part))
        problems += (each for each in store.outcomes(part) if each.disposition in _BAD)
    return Shown(run, dict(counts), tuple(problems))


def row(run: Run) -> dict[str, Any]:
    """A run for --json."""
    return {
        "run": run.key,
        "command": run.command,
        "status": str(run.status),
        "started": str(run.started),
        "ended": str(run.ended) if run.ended else None,
        "parameters": dict(run.parameters),
        "counts": dict(run.counts),
    }


def took(run: Run) -> str:
    """How long a run took, hours first; nothing where it isn't known."""
    if run.ended is None:
        return ""
    return str(run.ended.earliest - run.started.latest)
