"""Decisions on findings: made, listed, and their log held against itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.domain import Moment
from auditor.errors import NotFound, UsageProblem
from auditor.jobs.findings import Listed, list_findings
from auditor.licensing.decisions import Decision, Entry, broken

if TYPE_CHECKING:
    from auditor.storage import Store

# So that a log can be read: a longer text belongs in a file that the note names.
LONGEST_NOTE = 4000


@dataclass(frozen=True, slots=True)
class Verified:
    """Whether the log is what was written: how many entries, its last digest, and what is wrong."""

    entries: int
    last: str
    problems: tuple[str, ...]


def decide(
    store: Store,
    names: Iterable[str],
    decision: Decision,
    *,
    reviewer: str,
    at: Moment,
    note: str = "",
    after: int | None = None,
) -> tuple[Entry, ...]:
    """Write a decision on findings, or on every finding of cases or stories, into the log.

    Where a finding was decided before, ``after`` must be the number of the last decision on it, or of a later
    one of the log: whoever decides must have seen what another did. All are written, or none. Raises
    NotFound and UsageProblem.
    """
    _expect(reviewer, note)
    with store.transaction():
        chosen = [one for name in dict.fromkeys(names) for one in _named(store, name)]
        _expect_seen(chosen, after or 0)
        return tuple(
            store.add_decision(
                Entry(
                    0,
                    at,
                    reviewer.strip(),
                    one.finding.id,
                    one.version,
                    one.finding.case,
                    decision,
                    note.strip(),
                    one.finding.pairs,
                )
            )
            for one in chosen
        )


def _expect(reviewer: str, note: str) -> None:
    if not reviewer.strip():
        raise UsageProblem("nobody is named as the reviewer", "give --reviewer NAME")
    if len(note) > LONGEST_NOTE:
        raise UsageProblem(f"the note is longer than {LONGEST_NOTE} characters", "name a file in it instead")


def _expect_seen(chosen: Iterable[Listed], after: int) -> None:
    """Refuse to go over the head of somebody whose decision wasn't seen; the last such is named."""
    unseen = [one.decision for one in chosen if one.decision and not one.is_stale]
    last = max((entry for entry in unseen if entry.number > after), key=lambda e: e.number, default=None)
    if last:
        raise UsageProblem(
            f"{last.finding}: {last.reviewer} decided {last.decision.value} on {last.at}",
            f"to decide after that, give --after {last.number}",
        )


def _named(store: Store, name: str) -> list[Listed]:
    """The findings in force of that id, case or story; where none is, the last version of a past one."""
    found = [
        one for one in list_findings(store) if name in (one.finding.id, one.finding.case, one.finding.story)
    ]
    if found:
        return found
    past = store.finding_versions(name)
    if not past:
        raise NotFound(f"no finding, case or story {name!r} in this store", "see auditor findings list")
    last = {one.finding.id: one for one in past}
    decided = {entry.finding: entry for entry in store.decisions(name)}
    return [Listed(one.finding, one.version, decided.get(key), superseded=True) for key, one in last.items()]


def verify(store: Store) -> Verified:
    """Hold the log against itself."""
    log = list(store.decisions())
    return Verified(len(log), log[-1].digest if log else "", tuple(broken(log)))


def export_log(store: Store, out: Path | None) -> int:
    """Write the whole log as JSONL; how many entries. Raises WriteProblem."""
    from auditor.export.writing import jsonl_lines, write_lines

    return write_lines(jsonl_lines(entry.as_dict() for entry in store.decisions()), out)
