"""Texts that nobody holds and that several articles go back to: which parts of which articles they are.

This module must not know texts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from auditor.domain import Derivation, MatchKind, Relation, Span
from auditor.lineage.attributed import is_attributed

# How much the word of a copy counts that was taken from another copy, where one that wasn't counts 1.
_SECOND_HAND = 0.25


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a copy that goes back to a lost text; first hand where no held copy stands between."""

    span: Span
    is_first_hand: bool


@dataclass(frozen=True, slots=True)
class Lost:
    """A text that several articles go back to and that isn't held.

    ``source`` is the key of who wrote it, None where only is known that the articles have it in common;
    ``copies`` has the parts of each article, those that had them from nobody held first, then by length.
    """

    source: str | None
    copies: Mapping[str, tuple[Part, ...]]


def lost_texts(rows: Iterable[Derivation]) -> tuple[Lost, ...]:
    """The lost texts that the rows of a story go back to and that two or more articles have, largest first.

    An article stitched from several belongs to the one that it has most of.
    """
    lost = [row for row in rows if _is_lost(row)]
    family = _families(lost)
    parts: dict[str, dict[str, list[Part]]] = defaultdict(lambda: defaultdict(list))
    sources: dict[str, Counter[str]] = defaultdict(Counter)
    for row in lost:
        head = family[row.article]
        if row.parent is not None and family[row.parent.article] != head:
            continue
        is_copy = row.parent is not None and row.relation is Relation.COPY
        parts[head][row.article].append(Part(row.span, not is_copy))
        if row.parent is not None and not is_copy:
            parts[head][row.parent.article].append(Part(row.parent.span, is_first_hand=True))
        if row.origin.source is not None:
            sources[head][row.origin.source] += row.span.length
    found = [_lost(those, sources[head]) for head, those in sorted(parts.items()) if len(those) > 1]
    return tuple(sorted(found, key=lambda one: (-_size(one), min(one.copies))))


def _is_lost(row: Derivation) -> bool:
    """Does a row go back to a text that isn't held? A quoted or attributed statement is none."""
    return row.origin.article is None and row.kind is not MatchKind.QUOTATION and not is_attributed(row)


def _families(lost: Iterable[Derivation]) -> dict[str, str]:
    """Each article with the first of those that are tied to it by what each has most of."""
    shared: dict[str, Counter[str]] = defaultdict(Counter)
    for row in lost:
        shared[row.article]  # an article without a parent is a family too
        if row.parent is not None:
            shared[row.article][row.parent.article] += row.span.length
    leader: dict[str, str] = {}

    def find(article: str) -> str:
        leader.setdefault(article, article)
        while leader[article] != article:
            article = leader[article]
        return article

    for article, above in sorted(shared.items()):
        find(article)
        for parent in above:
            find(parent)
        if above:
            main = min(above, key=lambda parent: (-above[parent], parent))
            one, two = find(article), find(main)
            leader[max(one, two)] = min(one, two)
    return {article: find(article) for article in leader}


def _lost(copies: Mapping[str, Sequence[Part]], sources: Counter[str]) -> Lost:
    def place(article: str) -> tuple[bool, int, str]:
        return weight(copies[article]) < 1, -sum(one.span.length for one in copies[article]), article

    source = min(sources, key=lambda key: (-sources[key], key), default=None)
    return Lost(source, {article: tuple(copies[article]) for article in sorted(copies, key=place)})


def _size(lost: Lost) -> int:
    return sum(part.span.length for parts in lost.copies.values() for part in parts)


def weight(parts: Sequence[Part]) -> float:
    """How much the word of a copy counts: 1, or less where most of it was taken from another copy."""
    first_hand = sum(part.span.length for part in parts if part.is_first_hand)
    return 1.0 if 2 * first_hand >= sum(part.span.length for part in parts) else _SECOND_HAND
