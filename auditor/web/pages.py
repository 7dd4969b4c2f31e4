"""What the pages of the review application show, as plain values from the store.

It must not know HTTP nor HTML.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from auditor.jobs.findings import Filter, Listed, list_findings, show_finding
from auditor.licensing import Certainty, RuleKind
from auditor.licensing.decisions import Decision, Entry
from auditor.registry import Registry

if TYPE_CHECKING:
    from auditor.report.views.pair import PairPage
    from auditor.storage import Store

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
    listed = list(list_findings(store, _filter(asked)))
    names = {one.finding.source: registry.name_of(one.finding.source) or "unknown" for one in listed}
    by_case: dict[str, list[Listed]] = {}
    for one in listed:
        by_case.setdefault(one.finding.case, []).append(one)
    worst: dict[str | None, int] = {}
    for one in listed:
        worst[one.finding.source] = max(worst.get(one.finding.source, 0), one.finding.rank)
    order = sorted(by_case.values(), key=lambda case: _place(case[0], worst))
    pages = max(1, -(-len(order) // PAGE_SIZE))
    number = min(max(1, _number(asked.get("page", "1"))), pages)
    shown = order[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    groups = groupby(shown, key=lambda case: names[case[0].finding.source])
    return QueuePage(
        groups=tuple(SourceGroup(name, tuple(map(_row, cases))) for name, cases in groups),
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


def _filter(asked: Mapping[str, str]) -> Filter:
    def one_of(name: str, kind: Iterable[str]) -> frozenset[str]:
        return frozenset({asked.get(name, "")} & set(kind))

    source = asked.get("source", "")
    return Filter(
        sources=frozenset((source,)) if source else frozenset(),
        rules=frozenset(RuleKind(one) for one in one_of("rule", RuleKind)),
        certainties=frozenset(Certainty(one) for one in one_of("certainty", Certainty)),
        undecided_only=asked.get("open") == "1",
    )


def _place(listed: Listed, worst: Mapping[str | None, int]) -> tuple[int, str, str, int, str]:
    one = listed.finding
    return (-worst[one.source], one.source or "", one.story or "", -one.rank, one.case)


def _row(case: Sequence[Listed]) -> CaseRow:
    gravest = case[0].finding
    return CaseRow(
        id=gravest.case,
        article=gravest.article,
        story=gravest.story or "",
        rank=gravest.rank,
        findings=len(case),
        decided=sum(one.decision is not None and not one.is_stale for one in case),
        stale=sum(one.is_stale for one in case),
        sentence=gravest.sentence,
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
