"""Lists what was damaged, with the words around it, and how badly each article and source was hit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from auditor.domain import Article, Garble, GarbleKind, Moment, Severity, Span
from auditor.garbling import Score, rules, score
from auditor.text import read

if TYPE_CHECKING:
    from auditor.garbling import Rule
    from auditor.registry import Registry
    from auditor.storage import Store

# Characters shown on either side of a change.
CONTEXT = 40
GRAVEST_FIRST = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which garbles are asked for; nothing given means all.

    ``source`` is a key, ``since`` a time; without ``style`` what is only another house's form is left out.
    """

    kinds: Collection[GarbleKind] = ()
    severities: Collection[Severity] = ()
    source: str | None = None
    since: Moment | None = None
    inherited: bool = True
    style: bool = True

    def takes(self, garble: Garble) -> bool:
        """Is this garble asked for, as far as it can tell by itself?"""
        return (
            (not self.kinds or garble.kind in self.kinds)
            and (not self.severities or garble.severity in self.severities)
            and (self.inherited or garble.introduced_by == garble.article)
            and (self.style or garble.kind is not GarbleKind.SPELLING)
        )

    def takes_from(self, article: Article) -> bool:
        """Are the garbles of this article asked for? An unknown time is never "since"."""
        if self.source is not None and article.source != self.source:
            return False
        return self.since is None or (
            article.published is not None and article.published.latest >= self.since.earliest
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """A garble with its article's source and the words around it."""

    garble: Garble
    source: str
    context: str

    def row(self) -> dict[str, Any]:
        """For --json."""
        garble = self.garble
        return {
            "id": garble.article,
            "source": self.source,
            "start": garble.span.start,
            "end": garble.span.end,
            "kind": garble.kind.value,
            "severity": garble.severity.value,
            "before": garble.before,
            "after": garble.after,
            "context": self.context,
            "introduced_by": garble.introduced_by,
            "detail": garble.detail,
        }


@dataclass(frozen=True, slots=True)
class Damage:
    """The garbles asked for, gravest first; the rules among them; each source's score, and each article's.

    Scores are of all that derives, also of articles in which nothing was damaged, and of what was asked for
    only by source and time. ``articles`` has those that were damaged, the worst first.
    """

    listed: tuple[Listed, ...]
    rules: tuple[Rule, ...]
    scores: tuple[tuple[str, Score], ...]
    articles: tuple[tuple[str, Score], ...] = ()

    def meets(self, gate: Severity | None) -> bool:
        """Is one of them as grave as the gate, or graver?"""
        grave = () if gate is None else GRAVEST_FIRST[: GRAVEST_FIRST.index(gate) + 1]
        return any(each.garble.severity in grave for each in self.listed)


def garbles(store: Store, registry: Registry, wanted: Wanted) -> Damage:
    """What was damaged in the articles asked for."""
    listed: list[Listed] = []
    found: list[Rule] = []
    scores: dict[str, Score] = defaultdict(lambda: Score(0, 0, 0))
    each: list[tuple[str, Score]] = []
    for article, rows, spans in _by_article(store):
        if not wanted.takes_from(article):
            continue
        name = registry.name_of(article.source) or "source unknown"
        own = score(read(article.text), spans, rows)
        scores[name] += own
        if own.high:
            each.append((article.id, own))
        kept = [row for row in rows if wanted.takes(row)]
        listed += [Listed(row, name, _context(article.text, row.span)) for row in kept]
        found += rules(kept)
    listed.sort(key=lambda one: GRAVEST_FIRST.index(one.garble.severity))
    return Damage(tuple(listed), tuple(found), _worst_first(scores.items()), _worst_first(each))


def _worst_first(scores: Iterable[tuple[str, Score]]) -> tuple[tuple[str, Score], ...]:
    return tuple(sorted(scores, key=lambda item: (-item[1].per_thousand, item[0])))


def _by_article(store: Store) -> Iterator[tuple[Article, list[Garble], list[Span]]]:
    """Every article that derives or is damaged, its garbles, and which spans of it derive."""
    rows = {name: list(some) for name, some in groupby(store.garbles(), key=lambda garble: garble.article)}
    spans: dict[str, list[Span]] = defaultdict(list)
    for derivation in store.derivations():
        spans[derivation.article].append(derivation.span)
    for article in store.articles(sorted(rows.keys() | spans.keys())):
        yield article, rows.get(article.id, []), spans.get(article.id, [])


def _context(text: str, span: Span) -> str:
    """The words around a change, the change itself between brackets."""
    before = text[max(0, span.start - CONTEXT) : span.start]
    after = text[span.end : span.end + CONTEXT]
    return " ".join(f"…{before}[{span.of(text)}]{after}…".split())
