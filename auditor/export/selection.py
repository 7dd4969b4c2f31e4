"""Rows for each WHAT of ``auditor export``, streamed from a store.

Asks the store for values in its own sorted order and never holds a collection: what one kind of row needs of
another (a verdict, a time, a direction) is fetched for some thousands of rows at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Protocol, TypeVar

from auditor.domain import Article, Derivation, Garble, Match, Moment, Stale, Verdict
from auditor.errors import UsageProblem
from auditor.export.rows import Row, article_row, earlier_place, garble_row, lineage_row, match_row, stale_row
from auditor.registry import Registry

WHAT = ("articles", "matches", "lineage", "garbles", "stale")
_AT_ONCE = 2_000  # rows for which the values beside them are fetched together

T = TypeVar("T")


class Outlined(Protocol):
    """What an export needs of an article whose text it doesn't read."""

    @property
    def id(self) -> str:
        """The article's id."""

    @property
    def source(self) -> str | None:
        """The key of its source."""

    @property
    def title(self) -> str | None:
        """Its title."""

    @property
    def published(self) -> Moment | None:
        """When it was published, as far as is known."""


class ExportStore(Protocol):
    """What an export asks of a store; everything sorted, so that the same store gives the same bytes."""

    def articles(self, ids: Iterable[str] | None = None) -> Iterator[Article]:
        """Articles by id."""

    def outlines(self, ids: Iterable[str] | None = None) -> Iterator[Outlined]:
        """Articles by id, without their texts."""

    def verdicts(self, ids: Iterable[str] | None = None) -> Iterator[Verdict]:
        """Verdicts by article."""

    def matches(self, ids: Iterable[str] | None = None) -> Iterator[Match]:
        """Matches by their two articles and spans."""

    def derivations(self, ids: Iterable[str] | None = None) -> Iterator[Derivation]:
        """Derivations by article and span."""

    def stale(self, ids: Iterable[str] | None = None) -> Iterator[Stale]:
        """Stale spans by article and span."""

    def garbles(self, ids: Iterable[str] | None = None) -> Iterator[Garble]:
        """Garbles by article and span."""


def rows(
    what: str, store: ExportStore, registry: Registry, ids: Iterable[str] | None = None
) -> Iterator[Row]:
    """The rows of one of ``WHAT``; else UsageProblem.

    With ``ids`` only those of these articles; of a match either article may be one of them.
    """
    if what == "articles":
        return _articles(store, registry, ids)
    if what == "matches":
        return _matches(store, ids)
    if what == "lineage":
        return _lineage(store, registry, ids)
    if what == "garbles":
        return (garble_row(one) for one in store.garbles(ids))
    if what == "stale":
        return (stale_row(one) for one in store.stale(ids))
    raise UsageProblem(
        f'there is no export "{what}"', f"choose one of {', '.join(WHAT)}, reconstructions, prov"
    )


def _articles(store: ExportStore, registry: Registry, ids: Iterable[str] | None) -> Iterator[Row]:
    for some in _portions(store.articles(ids)):
        verdicts = {one.article: one for one in store.verdicts([article.id for article in some])}
        for article in some:
            yield article_row(article, verdicts.get(article.id), registry)


def _lineage(store: ExportStore, registry: Registry, ids: Iterable[str] | None) -> Iterator[Row]:
    for some in _portions(store.derivations(ids)):
        stale: dict[str, list[Stale]] = defaultdict(list)
        for one in store.stale(sorted({row.article for row in some})):
            stale[one.article].append(one)
        for row in some:
            yield lineage_row(row, registry, [s for s in stale[row.article] if s.span.overlap(row.span)])


def _matches(store: ExportStore, ids: Iterable[str] | None) -> Iterator[Row]:
    for some in _portions(store.matches(ids)):
        named = {place.article for match in some for place in (match.a, match.b)}
        published = {one.id: one.published for one in store.outlines(sorted(named)) if one.published}
        derived = _derivations_of(store, some, published)
        for match in some:
            beside = (*derived.get(match.a.article, ()), *derived.get(match.b.article, ()))
            yield match_row(match, earlier_place(match, published, beside))


def _derivations_of(
    store: ExportStore, matches: list[Match], published: Mapping[str, Moment]
) -> dict[str, list[Derivation]]:
    """The derivations of the articles whose order the times don't tell."""
    untold: set[str] = set()
    for match in matches:
        a, b = published.get(match.a.article), published.get(match.b.article)
        if a is None or b is None or a.before(b) is None:
            untold |= {match.a.article, match.b.article}
    found: dict[str, list[Derivation]] = defaultdict(list)
    for derivation in store.derivations(sorted(untold)) if untold else ():
        found[derivation.article].append(derivation)
    return found


def _portions(values: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(values)
    while some := list(islice(iterator, _AT_ONCE)):
        yield some
