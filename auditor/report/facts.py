"""All that the stages found of one article, with the little that its pages need of others.

A plain bundle that the writer fills from the store and the views read. It must not compute.
"""

from __future__ import annotations

from dataclasses import dataclass

from auditor.domain import Article, Derivation, Garble, Story, Verdict
from auditor.report.heads import Head, Heads


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """One article; ``heads`` names every article that its derivations and garbles speak of."""

    article: Article
    head: Head
    derivations: tuple[Derivation, ...]
    garbles: tuple[Garble, ...]
    verdict: Verdict | None
    story: Story | None
    heads: Heads
    taken_by: tuple[Derivation, ...] = ()  # derivations of others whose parent is this article
    credited: frozenset[str] = frozenset()  # keys of the sources that the article credits
