"""What the pages of the review application show, as plain values from the store.

It must not know HTTP nor HTML.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from auditor.jobs.findings import Listed, show_finding
from auditor.licensing import Certainty, Finding, RuleKind, State
from auditor.licensing.decisions import Decision, Entry, standing
from auditor.registry import Registry

if TYPE_CHECKING:
    from auditor.report.views.pair import PairPage
    from auditor.storage import Store
    from auditor.storage.licence_findings import FindingOutline

# Cases on one page of the queue: what fits on a few screens.
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in the queue: its gravest finding in words, and how far it is decided."""

    id: str
    article: str
    story: str
    rank: int
    findings: int
    decided: int
    stale: int
    sentence: str


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """The cases of one source; those of one story stand together."""

    source: str
    rows: tuple[CaseRow, ...]


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue, and what can be asked of it."""

    groups: tuple[SourceGroup, ...]
    cases: int
    number: int
    pages: int
    asked: Mapping[str, str]
    sources: tuple[tuple[str, str], ...]
    rules: tuple[str, ...] = tuple(rule.value for rule in RuleKind)
    certainties: tuple[str, ...] = tuple(one.value for one in Certainty)


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case to be decided. ``seen`` is the number of the log's last entry when the page was made."""

    id: str
    article: str
    source: str
    licensor: str
    story: str
    findings: tuple[Listed, ...]
    superseded: tuple[Listed, ...]
    passages: Mapping[str, tuple[str, ...]]
    log: tuple[Entry, ...]
    seen: int
    pairs: tuple[PairPage, ...]
    reviewer: str
    trouble: str = ""
    decisions: tuple[str, ...] = tuple(one.value for one in Decision)


def queue_page(store: Store, registry: Registry, asked: Mapping[str, str]) -> QueuePage:
    """The cases that are asked for, by source; sources and cases with the gravest findings first.

    ``asked`` may hold source, rule, certainty, open and page; what can't be understood is passed over.
    """
    decided = standing(store.decisions())
    by_case: dict[str, list[FindingOutline]] = {}
    worst: dict[str | None, int] = {}
    sources: set[str | None] = set()
    for one in store.finding_outlines():
        if one.state != State.FINDING:
            continue
        sources.add(one.source)
        if _is_asked(one, asked, decided):
            by_case.setdefault(one.case, []).append(one)
            worst[one.source] = max(worst.get(one.source, 0), one.rank)
    order = sorted(by_case.values(), key=lambda case: _place(case[0], worst))
    pages = max(1, -(-len(order) // PAGE_SIZE))
    number = min(max(1, _number(asked.get("page", "1"))), pages)
    shown = order[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    told = store.findings_named(case[0].id for case in shown)
    names = {key: registry.name_of(key) or "unknown" for key in sources}
    groups = groupby(shown, key=lambda case: names[case[0].source])
    return QueuePage(
        groups=tuple(
            SourceGroup(name, tuple(_row(case, told[case[0].id], decided) for case in cases))
            for name, cases in groups
        ),
        cases=len(order),
        number=number,
        pages=pages,
        asked=asked,
        sources=tuple(sorted(((key or "", name) for key, name in names.items()), key=lambda one: one[1])),
    )


def case_page(store: Store, registry: Registry, name: str, reviewer: str, *, trouble: str = "") -> CasePage:
    """A case with its passages side by side. Raises NotFound."""
    from auditor.report.evidence import side_by_side

    every = show_finding(store, name)
    now = tuple(one for one in every if not one.superseded)
    about = (now or every)[-1].finding
    parents = {place.parent.article for one in every for place in one.finding.exhibits if place.parent}
    log = tuple(store.decisions())
    text = store.article(about.article).text
    return CasePage(
        id=about.case,
        article=about.article,
        source=registry.name_of(about.source) or "unknown",
        licensor=registry.name_of(about.licensor) or about.licensor,
        story=about.story or "",
        findings=tuple(
            sorted(now, key=lambda one: (one.finding.state.value != "finding", -one.finding.rank))
        ),
        superseded=tuple(one for one in every if one.superseded),
        passages={one.finding.id: _quoted(one, text) for one in now},
        log=tuple(entry for entry in log if entry.case == about.case),
        seen=log[-1].number if log else 0,
        pairs=side_by_side(store, registry, about.article, sorted(parents - {about.article})),
        reviewer=reviewer,
        trouble=trouble,
    )


def _quoted(one: Listed, text: str) -> tuple[str, ...]:
    return tuple(exhibit.span.of(text) for exhibit in one.finding.exhibits)


def _is_asked(one: FindingOutline, asked: Mapping[str, str], decided: Mapping[str, Entry]) -> bool:
    """Does the queue ask for this finding? A choice that there isn't is passed over."""
    choices = (
        (one.source, "source", None),
        (one.rule, "rule", RuleKind),
        (one.certainty, "certainty", Certainty),
    )
    for value, name, kind in choices:
        wanted = asked.get(name, "")
        if wanted and wanted != value and (kind is None or wanted in set(kind)):
            return False
    return not (asked.get("open") == "1" and _is_decided(one, decided))


def _is_decided(one: FindingOutline, decided: Mapping[str, Entry]) -> bool:
    last = decided.get(one.id)
    return last is not None and last.version == one.version


def _place(one: FindingOutline, worst: Mapping[str | None, int]) -> tuple[int, str, str, int, str]:
    return (-worst[one.source], one.source or "", one.story or "", -one.rank, one.case)


def _row(case: Sequence[FindingOutline], gravest: Finding, decided: Mapping[str, Entry]) -> CaseRow:
    return CaseRow(
        id=gravest.case,
        article=gravest.article,
        story=gravest.story or "",
        rank=gravest.rank,
        findings=len(case),
        decided=sum(_is_decided(one, decided) for one in case),
        stale=sum(one.id in decided and not _is_decided(one, decided) for one in case),
        sentence=gravest.sentence,
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
