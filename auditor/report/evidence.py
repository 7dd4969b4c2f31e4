"""The pages of an evidence pack: a case with its passages side by side, and the method.

It reads the store through the report's protocol and is handed what was found and decided. It must not know
how a pack is put together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from auditor.licensing import Finding
from auditor.licensing.decisions import Entry
from auditor.registry import Registry
from auditor.report import gather
from auditor.report.reading import union_length
from auditor.report.render import Renderer
from auditor.report.store import ReportStore
from auditor.report.views.method import TextDigest, method_page
from auditor.report.views.pair import PairPage, pair_page


@dataclass(frozen=True, slots=True)
class TextFacts:
    """A text of the case as the page names it; ``file`` is where it lies in the pack, "" where it is gone."""

    id: str
    source: str
    role: str
    url: str
    published: str
    captured: str
    sha256: str
    removed: str
    file: str


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """Everything that the page of a case shows."""

    case: str
    source: str
    licensor: str
    texts: tuple[TextFacts, ...]
    findings: tuple[Finding, ...]
    superseded: tuple[Finding, ...]
    decisions: tuple[Entry, ...]
    terms: tuple[tuple[str, str], ...]
    pairs: tuple[PairPage, ...]
    passages: int


def evidence_html(
    store: ReportStore,
    registry: Registry,
    *,
    case: str,
    findings: Sequence[Finding],
    superseded: Sequence[Finding],
    decisions: Sequence[Entry],
    terms: Sequence[tuple[str, str]],
    texts: Sequence[TextFacts],
) -> str:
    """The page of one case; times are UTC. ``terms`` are names with what was written."""
    about = (findings or superseded)[0]
    parents = [text.id for text in texts if text.id != about.article]
    pairs = side_by_side(store, registry, about.article, parents)
    page = EvidencePage(
        case=case,
        source=registry.name_of(about.source) or "unknown",
        licensor=registry.name_of(about.licensor) or about.licensor,
        texts=tuple(texts),
        findings=tuple(findings),
        superseded=tuple(superseded),
        decisions=tuple(decisions),
        terms=tuple(terms),
        pairs=pairs,
        passages=union_length(exhibit.span for one in findings for exhibit in one.exhibits),
    )
    return Renderer().page("evidence", page, zone="UTC", linked=False)


def side_by_side(
    store: ReportStore, registry: Registry, child: str, parents: Sequence[str]
) -> tuple[PairPage, ...]:
    """The article beside each of these texts that it was taken from directly."""
    gathered = gather.of_loners(store, sorted({child, *parents}), registry, ZoneInfo("UTC"))
    facts = {one.article.id: one for one in gathered}
    direct = {row.parent.article for row in facts[child].derivations if row.parent}
    beside = [facts[name] for name in parents if name in direct and name in facts]
    return tuple(pair_page(facts[child], other, registry) for other in beside)


def method_html(store: ReportStore, ids: Sequence[str]) -> str:
    """The method page over these articles alone, so that it is the same whatever else is stored."""
    digest = TextDigest()
    articles = list(store.articles(sorted(ids)))
    for article in articles:
        digest.add(article)
    return Renderer().page("method", method_page(len(articles), digest.value), zone="UTC", linked=False)
