"""The parents of an article as its page lists them: a letter, a share, how sure, where they were used.

Pure. It must not know HTML or stores.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.registry import Registry
from auditor.report import formats, naming, wording
from auditor.report.charts.score import Block, Score
from auditor.report.composition import ParentKey, Part, Taking
from auditor.report.facts import ArticleFacts
from auditor.report.heads import Head


@dataclass(frozen=True, slots=True)
class Parent:
    """One of the texts that an article was made from, with the letter that stands for it on the page."""

    letter: str
    head: Head | None
    name: str
    origin: str
    share: str
    parts: tuple[Part, ...]
    relation: wording.Term
    confidence: str
    confidence_words: str
    passages: str
    pair_href: str | None
    delay: str
    blocks: tuple[Block, ...] = ()


def letter(index: int) -> str:
    """The letter of the n-th parent: A … Z, then A2 …"""
    return chr(ord("A") + index % 26) + (str(index // 26 + 1) if index >= 26 else "")


def parents_of(
    facts: ArticleFacts, taken: Sequence[Taking], registry: Registry, chart: Score
) -> Mapping[ParentKey, Parent]:
    """The parents, lettered in the order in which the text uses them."""
    ordered = sorted(taken, key=lambda taking: taking.first)
    return {
        taking.parent: _parent(index, taking, facts, registry, chart) for index, taking in enumerate(ordered)
    }


def origin_name(source: str | None, article: str | None, registry: Registry) -> str:
    """Where a chain begins, in words."""
    if source is None:
        return "origin not known" if article is None else ""
    name = registry.name_of(source) or ""
    return name if article else f"{name}, item not held, inferred"


def _parent(index: int, taking: Taking, facts: ArticleFacts, registry: Registry, chart: Score) -> Parent:
    head = facts.heads.get(taking.parent.article) if taking.parent.article else None
    origin = taking.origins[0]
    name = head.label if head else (registry.name_of(taking.parent.source) or "A text not held")
    return Parent(
        letter=letter(index),
        head=head,
        name=name,
        origin=origin_name(origin.source, origin.article, registry),
        share=formats.share(taking.share),
        parts=taking.parts,
        relation=wording.RELATIONS[taking.relation],
        confidence=formats.share(taking.confidence),
        confidence_words=wording.confidence_in_words(taking.confidence),
        passages=formats.count(taking.passages, "passage"),
        pair_href=naming.pair_page(facts.article.id, head.id) if head else None,
        delay=formats.delay(head.published, facts.article.published) if head else "",
        blocks=chart.lines.get(taking.parent, ()),
    )
