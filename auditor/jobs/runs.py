"""The ledger as it is shown: the runs of a store, and what became of the inputs of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditor.domain import Disposition, Outcome

if TYPE_CHECKING:
    from auditor.storage import Run, Store


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
    """One run with its inputs. Raises NotFound."""
    run = store.run(key)
    bad = (Disposition.REJECTED, Disposition.FAILED)
    problems = tuple(outcome for outcome in store.outcomes(key) if outcome.disposition in bad)
    return Shown(run, store.counts(key), problems)


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
