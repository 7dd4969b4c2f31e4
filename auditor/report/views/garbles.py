"""The list of all changes: by kind and severity, on one page while they are few, on pages by kind else.

Pure. Memory holds at most one page of each kind; it must not know HTML or stores.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

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
    rank: tuple[int, bool]


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
    rows: tuple[GarbleRow, ...]


@dataclass(frozen=True, slots=True)
class KindPage:
    """A page of the changes of one kind."""

    kind: wording.Term
    number: int
    total: int
    earlier: str
    later: str
    rows: tuple[GarbleRow, ...]


def garble_row(facts: ArticleFacts, garble: Garble) -> GarbleRow:
    """A change as a row."""
    entered = garble.introduced_by == garble.article
    return GarbleRow(
        article=facts.head,
        kind=wording.KINDS[garble.kind],
        severity=wording.SEVERITIES[garble.severity],
        before=garble.before[: LONGEST + 1],
        after=garble.after[: LONGEST + 1],
        detail=garble.detail,
        introduced=None if entered else facts.heads.get(garble.introduced_by),
        entered=entered,
        href=f"{facts.head.href}#{naming.garble_anchor(garble)}",
        pair_href=facts.pair_href(garble),
        story=facts.story.title if facts.story else "",
        story_href=naming.story_page(facts.story.id) if facts.story else None,
        rank=(wording.RANK[garble.severity], not entered),
    )


def kind_page_name(kind: wording.Term, number: int) -> str:
    """The file of the n-th page of a kind."""
    return f"garbles-{kind.key}{f'-{number}' if number > 1 else ''}.html"


@dataclass(slots=True)
class Shelf:
    """Changes on their way to pages; ``put`` is called with each page of a kind that is full."""

    put: Callable[[str, KindPage], None]
    total: int = 0
    entered: int = 0
    _counts: Counter[tuple[GarbleKind, Severity]] = field(default_factory=Counter)
    _entered: Counter[GarbleKind] = field(default_factory=Counter)
    _waiting: dict[GarbleKind, list[GarbleRow]] = field(default_factory=dict)
    _pages: Counter[GarbleKind] = field(default_factory=Counter)

    def add(self, facts: ArticleFacts) -> None:
        """Take the changes of an article."""
        for garble in facts.garbles:
            self.total += 1
            self._counts[garble.kind, garble.severity] += 1
            own = garble.introduced_by == garble.article
            self.entered += own
            self._entered[garble.kind] += own
            waiting = self._waiting.setdefault(garble.kind, [])
            if len(waiting) == A_PAGE:
                self._put(garble.kind, more=True)
            self._waiting[garble.kind].append(garble_row(facts, garble))

    def _put(self, kind: GarbleKind, *, more: bool) -> None:
        """Set a page of a kind; that another follows is known, since one is set only when it is full."""
        self._pages[kind] += 1
        number, term = self._pages[kind], wording.KINDS[kind]
        page = KindPage(
            kind=term,
            number=number,
            total=self._entered[kind],
            earlier=kind_page_name(term, number - 1) if number > 1 else "",
            later=kind_page_name(term, number + 1) if more else "",
            rows=_sorted(self._waiting[kind]),
        )
        self.put(kind_page_name(term, number), page)
        self._waiting[kind] = []

    def close(self) -> GarblesPage:
        """Set what waits, and make the first page."""
        few = self.total <= ON_ONE_PAGE and not self._pages
        rows = [row for waiting in self._waiting.values() for row in waiting] if few else []
        if not few:
            for kind in sorted(self._waiting):
                self._put(kind, more=False)
        return GarblesPage(
            total=self.total,
            entered=self.entered,
            counts=tuple(self._count(kind, few=few) for kind in GarbleKind if self._of(kind)),
            severities=tuple(wording.SEVERITIES.values()),
            rows=_sorted(rows),
        )

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


def _sorted(rows: Sequence[GarbleRow]) -> tuple[GarbleRow, ...]:
    """The gravest first, those that entered before those inherited, then by story and text."""
    return tuple(sorted(rows, key=lambda row: (*row.rank, row.kind.key, row.story, row.article.id, row.href)))
