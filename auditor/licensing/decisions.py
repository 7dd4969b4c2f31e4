"""What reviewers made of findings: a log that is only ever added to, each entry chained to the one before.

An entry carries the digest of the entry before it, so that a change made behind the log's back breaks the
chain from there on. This module must not know where the log is kept, nor who may write in it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import Any, Protocol, TypeVar

from auditor.domain import Moment
from auditor.licensing.terms import canonical

# What stands where the first entry names the one before it.
GENESIS = "0" * 64


class Decision(StrEnum):
    """What a reviewer can make of a finding."""

    LICENSED = "licensed"
    UNLICENSED = "unlicensed"
    FAIR_DEALING = "fair-dealing"  # fair dealing, fair use or quotation
    INDEPENDENT = "independent-report"
    COMMON_SOURCE = "common-source"
    FALSE_MATCH = "false-match"
    NEEDS_INFORMATION = "needs-information"


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision. ``version`` is the digest of the finding as the reviewer saw it, ``pairs`` its texts."""

    number: int
    at: Moment
    reviewer: str
    finding: str
    version: str
    case: str
    decision: Decision
    note: str = ""
    pairs: tuple[tuple[str, str], ...] = ()
    previous: str = GENESIS
    digest: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The form in which decisions are exported."""
        return {
            "number": self.number,
            "at": str(self.at),
            "reviewer": self.reviewer,
            "finding": self.finding,
            "version": self.version,
            "case": self.case,
            "decision": self.decision.value,
            "note": self.note,
            "texts": [list(pair) for pair in self.pairs],
            "previous": self.previous,
            "digest": self.digest,
        }

    def expected_digest(self) -> str:
        """The SHA-256 (hex) of all that the entry says, the digest of the one before it included."""
        said = self.as_dict()
        del said["digest"]
        return sha256(canonical(said).encode()).hexdigest()


def entry_of(row: dict[str, Any]) -> Entry:
    """The entry that ``as_dict`` gave; raises KeyError or ValueError for anything else."""
    return Entry(
        number=row["number"],
        at=Moment.parse(row["at"]),
        reviewer=row["reviewer"],
        finding=row["finding"],
        version=row["version"],
        case=row["case"],
        decision=Decision(row["decision"]),
        note=row["note"],
        pairs=tuple((one, other) for one, other in row["texts"]),
        previous=row["previous"],
        digest=row["digest"],
    )


def chained(entry: Entry, last: Entry | None) -> Entry:
    """The entry as it follows the last one of the log."""
    number, previous = (last.number + 1, last.digest) if last else (1, GENESIS)
    placed = replace(entry, number=number, previous=previous, digest="")
    return replace(placed, digest=placed.expected_digest())


def broken(log: Iterable[Entry]) -> Iterator[str]:
    """Each place at which a log isn't what was written, in plain words; nothing where it is whole.

    What was cut off at the end can't be seen from the log itself: compare its last digest with one that
    was written down elsewhere (an evidence pack holds it).
    """
    number, previous = 0, GENESIS
    for entry in log:
        if entry.number != number + 1:
            yield f"after entry {number} comes entry {entry.number}"
        if entry.previous != previous:
            yield f"entry {entry.number} doesn't follow the entry before it"
        if entry.digest != entry.expected_digest():
            yield f"entry {entry.number} was changed after it was written"
        number, previous = entry.number, entry.digest


class Judged(Protocol):
    """What standing needs of an entry; an outline of one has it too."""

    @property
    def finding(self) -> str:
        """The finding that was decided on."""
        ...

    @property
    def version(self) -> str:
        """The digest of the finding as it was then."""
        ...

    @property
    def decision(self) -> str:
        """What was decided."""
        ...

    @property
    def reviewer(self) -> str:
        """Who decided."""
        ...


AnyJudged = TypeVar("AnyJudged", bound=Judged)


def standing(log: Iterable[AnyJudged]) -> dict[str, AnyJudged]:
    """The last decision on each finding."""
    return {entry.finding: entry for entry in log}


def awaiting(log: Iterable[Judged], second: Container[str]) -> frozenset[str]:
    """The findings whose last decision is of a kind that needs a second sign-off and hasn't got it.

    It has it once another reviewer decided the same of the same version right after.
    """
    signed = _Signed(second)
    for entry in log:
        signed.take(entry)
    return frozenset(finding for finding, is_final in signed.final.items() if not is_final)


class _Signed:
    """Walks a log and knows of each finding whether its last decision needs nobody else."""

    def __init__(self, second: Container[str]) -> None:
        self._second = second
        self._said: dict[str, tuple[str, str, str]] = {}
        self.final: dict[str, bool] = {}

    def take(self, entry: Judged) -> bool:
        """Add an entry; is the decision on its finding final now?"""
        name, reviewer = entry.finding, entry.reviewer
        same = self._said.get(name, ("", "", ""))[:2] == (entry.version, entry.decision)
        first = self._said[name][2] if same else reviewer
        was_final = same and self.final[name]
        self._said[name] = (entry.version, entry.decision, first)
        self.final[name] = was_final or entry.decision not in self._second or first != reviewer
        return self.final[name]


def rejected_pairs(log: Iterable[Entry], second: Container[str] = ()) -> frozenset[tuple[str, str]]:
    """The pairs of texts whose last decision is that they don't match, in both orders.

    Where a false match needs a ``second`` sign-off, only once it has it.
    """
    signed = _Signed(second)
    last: dict[tuple[str, str], Decision] = {}
    for entry in log:
        if signed.take(entry) or entry.decision is not Decision.FALSE_MATCH:
            last |= dict.fromkeys(entry.pairs, entry.decision)
    rejected = {pair for pair, decision in last.items() if decision is Decision.FALSE_MATCH}
    return frozenset(rejected | {(other, one) for one, other in rejected})
