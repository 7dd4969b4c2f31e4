"""From the store to facts: what the stages found of some articles, with the heads of all they speak of.

The only module of the report that asks the store for findings. A call holds one story, or one batch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar
from zoneinfo import ZoneInfo

from auditor import text
from auditor.domain import Article, Derivation, Garble, Span, Stale, Story, Verdict
from auditor.registry import Registry
from auditor.report.crediting import credited_sources
from auditor.report.facts import ArticleFacts
from auditor.report.heads import Head, head_of
from auditor.report.reading import covered, owners
from auditor.report.store import ReportStore
from auditor.report.units import Unit

Finding = TypeVar("Finding", Derivation, Garble, Stale)

BATCH = 200  # articles without a story that are read together


def of_story(
    store: ReportStore, story: Story, registry: Registry, zone: ZoneInfo
) -> tuple[ArticleFacts, ...]:
    """The facts of a story's articles, sorted by id."""
    return Batch(store, [Unit(story, story.articles)], registry, zone, furniture_of(store)).members[0]


def of_loners(
    store: ReportStore, ids: Iterable[str], registry: Registry, zone: ZoneInfo
) -> Iterator[ArticleFacts]:
    """The facts of articles as if they belonged to no story, in batches."""
    remaining, furniture = iter(ids), furniture_of(store)
    while batch := list(islice(remaining, BATCH)):
        units = [Unit(None, (each,)) for each in batch]
        for members in Batch(store, units, registry, zone, furniture).members:
            yield from members


def furniture_of(store: ReportStore) -> text.Known:
    """The lines known as furniture, for reading texts as the audit read them."""
    return text.Known.of(store.furniture_lines())


@dataclass(slots=True)
class _Read:
    """A text with what is worked out of it alone."""

    document: text.Document
    head: Head


class Batch:
    """What the store holds of some units, asked for all at once.

    ``members`` has the facts of each unit's articles, sorted by id, without those that aren't held.
    """

    def __init__(
        self,
        store: ReportStore,
        units: Sequence[Unit],
        registry: Registry,
        zone: ZoneInfo,
        furniture: text.Known,
    ) -> None:
        ids = [each for unit in units for each in unit.articles]
        self._registry, self._furniture = registry, furniture
        self._articles: dict[str, Article] = {article.id: article for article in store.articles(ids)}
        self._derivations = _grouped(store.derivations(ids))
        self._garbles = _grouped(store.garbles(ids))
        self._stale = _grouped(store.stale(ids))
        self._verdicts: dict[str, Verdict] = {verdict.article: verdict for verdict in store.verdicts(ids)}
        self._taken = self._takings(store, ids)
        self._read = {article.id: self._reading(article, zone) for article in self._articles.values()}
        self._heads = {name: read.head for name, read in self._read.items()}
        missing = sorted(self._named() - self._heads.keys())
        self._strangers = {article.id: article for article in store.articles(missing)} if missing else {}
        self._heads.update((name, head_of(each, registry, zone)) for name, each in self._strangers.items())
        self.members = [
            tuple(self._facts(each, unit.story) for each in sorted(unit.articles) if each in self._articles)
            for unit in units
        ]

    def stranger(self, name: str) -> ArticleFacts | None:
        """Of an article that those of the batch speak of: its text and its head, and nothing found of it."""
        article = self._strangers.get(name) or self._articles.get(name)
        if article is None:
            return None
        document = self._document(article)
        return ArticleFacts(article, self._heads[name], (), (), None, None, self._heads, document, (), 0, {})

    def _takings(self, store: ReportStore, ids: Sequence[str]) -> Mapping[str, list[Derivation]]:
        """What others took from each of these articles, whether or not they are among them."""
        asked = set(ids)
        outside = {child for child, parent in store.links(ids) if parent in asked} - asked
        taken: dict[str, list[Derivation]] = defaultdict(list)
        own = [each for group in self._derivations.values() for each in group]
        for derivation in (*own, *(store.derivations(sorted(outside)) if outside else ())):
            if derivation.parent and derivation.parent.article in asked:
                taken[derivation.parent.article].append(derivation)
        return taken

    def _reading(self, article: Article, zone: ZoneInfo) -> _Read:
        document = self._document(article)
        return _Read(document, head_of(article, self._registry, zone, document))

    def _document(self, article: Article) -> text.Document:
        return text.read(
            article.text, title=article.title, registry=self._registry, furniture=self._furniture
        )

    def _named(self) -> set[str]:
        """The articles that those of the batch speak of, or that took from them."""
        named = {d.parent.article for group in self._derivations.values() for d in group if d.parent}
        named |= {d.article for group in self._taken.values() for d in group}
        for garble in (each for group in self._garbles.values() for each in group):
            named.add(garble.introduced_by)
            if garble.parent:
                named.add(garble.parent.article)
        named |= {name for group in self._stale.values() for s in group for name in (s.taken, s.current)}
        return named

    def _facts(self, name: str, story: Story | None) -> ArticleFacts:
        article, read = self._articles[name], self._read[name]
        own = tuple(self._derivations.get(name, ()))
        stretches = owners(len(article.text), own)
        body = read.document.body or (Span(0, len(article.text)),)
        return ArticleFacts(
            article=article,
            head=read.head,
            derivations=own,
            garbles=tuple(self._garbles.get(name, ())),
            verdict=self._verdicts.get(name),
            story=story,
            heads=self._heads,
            document=read.document,
            stretches=stretches,
            body=sum(span.length for span in body),
            covered=covered(len(own), stretches, body),
            taken_by=tuple(self._taken.get(name, ())),
            credited=credited_sources(article, read.document, self._registry) if own else frozenset(),
            stale=tuple(self._stale.get(name, ())),
        )


def _grouped(findings: Iterable[Finding]) -> Mapping[str, list[Finding]]:
    """Findings by the article that they are of."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.article].append(finding)
    return found
