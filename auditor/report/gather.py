"""From the store to facts: what the stages found of some articles, with the heads of all they speak of.

The only module of the report that asks the store for findings. A call holds one story, or one batch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar
from zoneinfo import ZoneInfo

from auditor import text
from auditor.domain import Article, Derivation, Garble, PassageKind, Span, Story
from auditor.registry import Registry
from auditor.report.crediting import credited_sources
from auditor.report.facts import ArticleFacts
from auditor.report.heads import Head, head_of
from auditor.report.reading import covered, owners
from auditor.report.store import ReportStore

Finding = TypeVar("Finding", Derivation, Garble)

BATCH = 200  # articles without a story that are read together


def of_story(
    store: ReportStore, story: Story, registry: Registry, zone: ZoneInfo
) -> tuple[ArticleFacts, ...]:
    """The facts of a story's articles, sorted by id."""
    return _facts(store, list(store.articles(story.articles)), registry, zone, story)


def of_loners(
    store: ReportStore, ids: Iterable[str], registry: Registry, zone: ZoneInfo
) -> Iterator[ArticleFacts]:
    """The facts of articles that belong to no story, in batches."""
    remaining = iter(ids)
    while batch := list(islice(remaining, BATCH)):
        yield from _facts(store, list(store.articles(batch)), registry, zone, None)


def _facts(
    store: ReportStore, articles: Sequence[Article], registry: Registry, zone: ZoneInfo, story: Story | None
) -> tuple[ArticleFacts, ...]:
    ids = [article.id for article in articles]
    derivations: Mapping[str, list[Derivation]] = _grouped(store.derivations(ids))
    garbles: Mapping[str, list[Garble]] = _grouped(store.garbles(ids))
    taken: dict[str, list[Derivation]] = defaultdict(list)
    for derivation in (each for group in derivations.values() for each in group):
        if derivation.parent:
            taken[derivation.parent.article].append(derivation)
    verdicts = {verdict.article: verdict for verdict in store.verdicts(ids)}
    heads = {article.id: head_of(article, registry, zone) for article in articles}
    _add_strangers(heads, store, derivations, garbles, registry, zone)
    found: list[ArticleFacts] = []
    for article in articles:
        document = text.read(article.text, title=article.title, registry=registry)
        own = tuple(derivations.get(article.id, ()))
        stretches = owners(len(article.text), own)
        body = _body(document)
        found.append(
            ArticleFacts(
                article=article,
                head=heads[article.id],
                derivations=own,
                garbles=tuple(garbles.get(article.id, ())),
                verdict=verdicts.get(article.id),
                story=story,
                heads=heads,
                document=document,
                stretches=stretches,
                body=sum(span.length for span in body),
                covered=covered(stretches, body),
                taken_by=tuple(taken[article.id]),
                credited=credited_sources(article, document, registry),
            )
        )
    return tuple(found)


def _body(document: text.Document) -> Sequence[Span]:
    """The sentences of the body; the whole text where it has none."""
    found = [passage.span for passage in document.passages if passage.kind is PassageKind.BODY]
    return found or [Span(0, len(document.text))]


def _grouped(findings: Iterable[Finding]) -> Mapping[str, list[Finding]]:
    """Findings by the article that they are of."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.article].append(finding)
    return found


def _add_strangers(
    heads: dict[str, Head],
    store: ReportStore,
    derivations: Mapping[str, list[Derivation]],
    garbles: Mapping[str, list[Garble]],
    registry: Registry,
    zone: ZoneInfo,
) -> None:
    """Heads of articles that are spoken of but aren't among those gathered."""
    named = {d.parent.article for group in derivations.values() for d in group if d.parent}
    named |= {g.introduced_by for group in garbles.values() for g in group}
    named |= {g.parent.article for group in garbles.values() for g in group if g.parent}
    missing = sorted(named - heads.keys())
    if missing:
        heads.update((article.id, head_of(article, registry, zone)) for article in store.articles(missing))
