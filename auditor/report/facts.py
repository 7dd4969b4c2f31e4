"""All that the stages found of one article, with the little that its pages need of others.

A plain bundle that the writer fills from the store and the views read. It must not know either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.domain import Article, Derivation, Garble, Span, Stale, Story, Verdict
from auditor.report import naming
from auditor.report.heads import Head, Heads
from auditor.report.reading import Stretch
from auditor.text import Document

# Code points between two passages of a removed text that are taken for the space there was.
MOST_SPACE = 4


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """One article; ``heads`` names every article that its derivations and garbles speak of.

    What several pages need is worked out once: the text's parts and which derivation owns which stretch.
    """

    article: Article
    head: Head
    derivations: tuple[Derivation, ...]
    garbles: tuple[Garble, ...]
    verdict: Verdict | None
    story: Story | None
    heads: Heads
    document: Document
    stretches: tuple[Stretch, ...]  # the whole text, by the derivation that each part belongs to
    body: int  # code points of its own matter: white space, furniture and credit lines left out
    covered: Mapping[int, int]  # how many of them belong to each derivation, by its index
    taken_by: tuple[Derivation, ...] = ()  # derivations of others whose parent is this article
    credited: frozenset[str] = frozenset()  # keys of the sources that it credits, where it took anything
    stale: tuple[Stale, ...] = ()  # what it still carries that its source has since changed or withdrawn

    @property
    def named(self) -> frozenset[str]:
        """The articles that its pages speak of: parents, takers, where changes entered, later versions."""
        found = {d.parent.article for d in self.derivations if d.parent}
        found.update(derivation.article for derivation in self.taken_by)
        for garble in self.garbles:
            found.add(garble.introduced_by)
            if garble.parent:
                found.add(garble.parent.article)
        found.update(name for each in self.stale for name in (each.taken, each.current))
        return frozenset(found)

    def is_space(self, span: Span) -> bool:
        """Is there nothing but white space, as far as can be told of a text that was removed?"""
        if self.article.removed:
            return span.length <= MOST_SPACE
        return span.of(self.article.text).isspace()

    @property
    def is_version(self) -> bool:
        """Does it go on from an earlier text of its own source only, as a correction or a later lead does?"""
        own = self.article.source
        parents = {d.parent.article for d in self.derivations if d.parent}
        held = {self.heads[key].source_key for key in parents if key in self.heads}
        return own is not None and bool(parents) and held | self._inferred() == {own}

    def _inferred(self) -> set[str | None]:
        return {d.origin.source for d in self.derivations if d.parent is None}

    @property
    def is_pickup(self) -> bool:
        """Does it take part or all of a story from another source?"""
        return self.story is not None and bool(self.derivations) and not self.is_version

    def pair_with(self, garble: Garble) -> tuple[str, str] | None:
        """The parent beside which a garble is shown, and the anchor there: its own or its passage's."""
        if garble.parent and any(
            d.parent and d.parent.article == garble.parent.article for d in self.derivations
        ):
            return garble.parent.article, naming.garble_anchor(garble)
        for derivation in self.derivations:
            if derivation.parent and derivation.span.contains(garble.span):
                return derivation.parent.article, naming.place_anchor(derivation.span)
        return None

    def pair_href(self, garble: Garble) -> str | None:
        """The place of a garble on the page of two texts side by side, where there is such a page."""
        found = self.pair_with(garble)
        return f"{naming.pair_page(self.article.id, found[0])}#{found[1]}" if found else None
