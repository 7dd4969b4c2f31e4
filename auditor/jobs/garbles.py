"""Lists what was damaged, with the words around it, and how badly each article and source was hit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
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
    """Which garbles are asked for; nothing given means all. ``source`` is a key, ``since`` a time."""

    kinds: Collection[GarbleKind] = ()
    severities: Collection[Severity] = ()
    source: str | None = None
    since: Moment | None = None
    inherited: bool = True

    def takes(self, garble: Garble) -> bool:
        """Is this garble asked for, as far as it can tell by itself?"""
        return (
            (not self.kinds or garble.kind in self.kinds)
            and (not self.severities or garble.severity in self.severities)
            and (self.inherited or garble.introduced_by == garble.article)
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
    """The garbles asked for, gravest first; the rules among them; and each source's score."""

    listed: tuple[Listed, ...]
    rules: tuple[Rule, ...]
    scores: tuple[tuple[str, Score], ...]

    def meets(self, gate: Severity | None) -> bool:
        """Is one of them as grave as the gate, or graver?"""
        grave = () if gate is None else GRAVEST_FIRST[: GRAVEST_FIRST.index(gate) + 1]
        return any(each.garble.severity in grave for each in self.listed)


def garbles(store: Store, registry: Registry, wanted: Wanted) -> Damage:
    """What was damaged in the articles asked for."""
    listed: list[Listed] = []
    found: list[Rule] = []
    scores: dict[str, Score] = defaultdict(lambda: Score(0, 0, 0))
    for article, rows in _by_article(store):
        if article is None or not wanted.takes_from(article):
            continue
        name = registry.name_of(article.source) or "source unknown"
        scores[name] += score(read(article.text), store.derivations([article.id]), rows)
        kept = [row for row in rows if wanted.takes(row)]
        listed += [Listed(row, name, _context(article.text, row.span)) for row in kept]
        found += rules(kept)
    listed.sort(key=lambda each: GRAVEST_FIRST.index(each.garble.severity))
    ranked = sorted(scores.items(), key=lambda item: (-item[1].per_thousand, item[0]))
    return Damage(tuple(listed), tuple(found), tuple(ranked))


def _by_article(store: Store) -> Iterator[tuple[Article | None, list[Garble]]]:
    for name, rows in groupby(store.garbles(), key=lambda garble: garble.article):
        yield next(store.articles([name]), None), list(rows)


def _context(text: str, span: Span) -> str:
    """The words around a change, the change itself between brackets."""
    before = text[max(0, span.start - CONTEXT) : span.start]
    after = text[span.end : span.end + CONTEXT]
    return " ".join(f"…{before}[{span.of(text)}]{after}…".split())
