"""Decisions on findings: made, listed, and their log held against itself."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.domain import Moment
from auditor.errors import NotFound, UsageProblem
from auditor.jobs.findings import Listed
from auditor.jobs.users import Role
from auditor.licensing import State
from auditor.licensing.decisions import Decision, Entry, awaiting, broken, standing

if TYPE_CHECKING:
    from auditor.report import Reviewed
    from auditor.storage import Store
    from auditor.storage.accounts import Assignment
    from auditor.storage.decisions import DecisionOutline
    from auditor.storage.licence_findings import FindingOutline

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
    versions = store.finding_versions(name)
    now = [one for one in versions if one.superseded is None] or store.findings_of_story(name)
    chosen = [one for one in now if one.finding.state is State.FINDING]
    if not chosen and not versions:
        raise NotFound(f"no finding, case or story {name!r} in this store", "see auditor findings list")
    last = chosen or list({one.finding.id: one for one in versions}.values())
    cases = sorted({one.finding.case for one in last})
    decided = standing(entry for case in cases for entry in store.decisions(case))
    return [
        Listed(one.finding, one.version, decided.get(one.finding.id), superseded=one.superseded is not None)
        for one in last
    ]


def assign(
    store: Store, case: str, assignee: str | None, *, by: str, at: Moment, after: int | None = None
) -> Assignment:
    """Give a case to somebody, or to nobody any more.

    Where it was given before, ``after`` must be the number of that assignment. Raises NotFound and
    UsageProblem: where the store has users, a case is only given to one who may decide.
    """
    from auditor.storage.accounts import Assignment

    with store.transaction():
        if not store.finding_versions(case):
            raise NotFound(f"no case {case!r} in this store", "see auditor findings list")
        if assignee is not None:
            _expect_reviewer(store, assignee)
        last = max(store.assignments(case), key=lambda one: one.number, default=None)
        if last and last.number != after:
            to = last.assignee or "nobody"
            raise UsageProblem(
                f"{case}: {last.by} gave it to {to} on {last.at}",
                f"to give it to another after that, give --after {last.number}",
            )
        return store.assign(Assignment(0, at, case, assignee, by))


def _expect_reviewer(store: Store, name: str) -> None:
    accounts = store.accounts()
    able = [one.name for one in accounts if one.disabled is None and Role(one.role).may(Role.REVIEWER)]
    if accounts and name not in able:
        raise UsageProblem(f"{name!r} isn't a user who may decide", "auditor users list names them all")


class Standings:
    """How far findings are decided, from the whole log.

    What is of neither is ``open``; ``second`` awaits a second sign-off, ``stale`` was decided on what the
    finding no longer says.
    """

    def __init__(self, log: Iterable[DecisionOutline], second: Container[str]) -> None:
        entries = list(log)
        self.last = entries[-1].number if entries else 0
        self.decided = standing(entries)
        self._waits = awaiting(entries, second) if second else frozenset()

    def of(self, one: FindingOutline) -> str:
        """How far a finding is decided: open, second, stale or decided."""
        last = self.decided.get(one.id)
        if last is None:
            return "open"
        if last.version != one.version:
            return "stale"
        return "second" if one.id in self._waits else "decided"


def count_cases(store: Store, second: Container[str] = ()) -> Reviewed | None:
    """How many cases are open, decided, and set aside as false matches; None where there never was one."""
    from auditor.report import Reviewed

    standings = Standings(store.decision_outlines(), second)
    cases: dict[str, set[str]] = {}
    for one in store.finding_outlines():
        cases.setdefault(one.case, set()).add(standings.of(one))
    last = standings.decided.values()
    false = {one.case for one in last if one.decision == Decision.FALSE_MATCH} - cases.keys()
    if not cases and not false:
        return None
    decided = sum(each == {"decided"} for each in cases.values())
    return Reviewed(
        open=len(cases) - decided,
        decided=decided,
        waiting=sum("second" in each for each in cases.values()),
        stale=sum("stale" in each for each in cases.values()),
        false=len(false),
    )


def verify(store: Store) -> Verified:
    """Hold the log against itself."""
    log = list(store.decisions())
    return Verified(len(log), log[-1].digest if log else "", tuple(broken(log)))


def export_log(store: Store, out: Path | None) -> int:
    """Write the whole log as JSONL; how many entries. Raises WriteProblem."""
    from auditor.export.writing import jsonl_lines, write_lines

    return write_lines(jsonl_lines(entry.as_dict() for entry in store.decisions()), out)
