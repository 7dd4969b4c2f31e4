"""The list of all changes: by kind and severity, on one page while they are few, on pages by kind else.

Pure. Memory holds one page; it must not know HTML or stores.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from auditor.domain import Garble, GarbleKind, Severity
from auditor.report import naming, wording
from auditor.report.facts import ArticleFacts
from auditor.report.heads import Head

ON_ONE_PAGE = 300  # all changes stand on one page up to so many
A_PAGE = 300  # rows of a page by kind
LONGEST = 160  # code points shown of a before or after
FIRST = "garbles.html"


@dataclass(frozen=True, slots=True)
class GarbleRow:
    """A change as a row of the list."""

    article: Head
    kind: wording.Term
    severity: wording.Term
    before: str
    after: str
    detail: str
    introduced: Head | None
    entered: bool
    href: str
    pair_href: str | None
    story: str
    story_href: str | None
    rank: tuple[int, bool, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Listed:
    """A change as a page lists it: the row as it is set, what the filters know of it, where it stands."""

    html: str
    kind: str
    source: str
    story: str
    rank: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class KindCount:
    """A line of the table of kinds: how many of each severity, and where they are listed."""

    kind: wording.Term
    counts: tuple[int, ...]  # by severity, the gravest first
    total: int
    entered: int
    href: str


@dataclass(frozen=True, slots=True)
class GarblesPage:
    """The first page of the changes: counts, and the changes themselves while they are few."""

    total: int
    entered: int
    counts: tuple[KindCount, ...]
    severities: tuple[wording.Term, ...]
    rows: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class KindPage:
    """A page of the changes of one kind."""

    kind: wording.Term
    number: int
    total: int
    earlier: str
    later: str
    rows: tuple[Listed, ...]


def garble_row(facts: ArticleFacts, garble: Garble) -> GarbleRow:
    """A change as a row."""
    entered = garble.introduced_by == garble.article
    href = f"{facts.head.href}#{naming.garble_anchor(garble)}"
    story = facts.story.title if facts.story else ""
    kind = wording.KINDS[garble.kind]
    return GarbleRow(
        article=facts.head,
        kind=kind,
        severity=wording.SEVERITIES[garble.severity],
        before=garble.before[: LONGEST + 1],
        after=garble.after[: LONGEST + 1],
        detail=garble.detail,
        introduced=None if entered else facts.heads.get(garble.introduced_by),
        entered=entered,
        href=href,
        pair_href=facts.pair_href(garble),
        story=story,
        story_href=naming.story_page(facts.story.id) if facts.story else None,
        rank=(wording.RANK[garble.severity], not entered, kind.key, story, facts.article.id, href),
    )


def kind_page_name(kind: wording.Term, number: int) -> str:
    """The file of the n-th page of a kind."""
    return f"garbles-{kind.key}{f'-{number}' if number > 1 else ''}.html"


Counts = Mapping[str, Sequence[int]]  # by kind and severity: how many changes, and how many of them entered
Lines = Callable[[GarbleKind], Iterable[Listed]]


def counts_of(members: Iterable[ArticleFacts]) -> Counts:
    """How many changes of each kind and severity these articles have: plain enough to be kept as JSON."""
    found: dict[str, list[int]] = {}
    for facts in members:
        for garble in facts.garbles:
            count = found.setdefault(f"{garble.kind.value} {garble.severity.value}", [0, 0])
            count[0] += 1
            count[1] += garble.introduced_by == garble.article
    return found


class Shelf:
    """The changes of all units, counted, and set on pages."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[GarbleKind, Severity]] = Counter()
        self._entered: Counter[GarbleKind] = Counter()

    def add(self, counts: Counts) -> None:
        """Take the counts of a unit."""
        for key, (total, entered) in counts.items():
            kind, severity = key.split()
            self._counts[GarbleKind(kind), Severity(severity)] += total
            self._entered[GarbleKind(kind)] += entered

    def first_page(self, lines: Lines) -> GarblesPage:
        """The page of all changes while they are few, else that of the kinds."""
        few = self._is_few
        rows = [row for kind in GarbleKind for row in lines(kind)] if few else []
        return GarblesPage(
            total=self._counts.total(),
            entered=self._entered.total(),
            counts=tuple(self._count(kind, few=few) for kind in GarbleKind if self._of(kind)),
            severities=tuple(wording.SEVERITIES.values()),
            rows=_sorted(rows),
        )

    def kind_pages(self, lines: Lines) -> Iterator[tuple[str, KindPage]]:
        """The pages of each kind with their names; none while the changes are few."""
        for kind in [] if self._is_few else sorted({kind for kind, _ in self._counts}):
            term, remaining = wording.KINDS[kind], iter(lines(kind))
            pages = -(-self._of(kind) // A_PAGE)
            for number in range(1, pages + 1):
                yield (
                    kind_page_name(term, number),
                    KindPage(
                        kind=term,
                        number=number,
                        total=self._entered[kind],
                        earlier=kind_page_name(term, number - 1) if number > 1 else "",
                        later=kind_page_name(term, number + 1) if number < pages else "",
                        rows=_sorted(list(islice(remaining, A_PAGE))),
                    ),
                )

    @property
    def _is_few(self) -> bool:
        return self._counts.total() <= ON_ONE_PAGE

    def _of(self, kind: GarbleKind) -> int:
        return sum(self._counts[kind, severity] for severity in Severity)

    def _count(self, kind: GarbleKind, *, few: bool) -> KindCount:
        return KindCount(
            kind=wording.KINDS[kind],
            counts=tuple(self._counts[kind, severity] for severity in wording.SEVERITIES),
            total=self._of(kind),
            entered=self._entered[kind],
            href="" if few else kind_page_name(wording.KINDS[kind], 1),
        )


def _sorted(rows: Sequence[Listed]) -> tuple[Listed, ...]:
    """The gravest first, those that entered before those inherited, then by story and text."""
    return tuple(sorted(rows, key=lambda row: row.rank))
