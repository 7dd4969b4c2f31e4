"""Sentences that an article probably retells from a wire's report of the same story, in its own words.

No match proves such sentences: what stands in them stands in every report of the event. But a wire writes to
be taken over, and one that told the story in the days before is where most of it comes from: so here, and
only here, weaker evidence counts. Where the article has copied from that report besides, or credits it, its
retold sentences count as copies too; else whether anything was taken stays undecided. What the article has
beside the reports, quotations and figures, speaks against all of it. This module must not know how sentences
are compared.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from auditor.domain import Aligned, Derivation, Evidence, MatchKind, Moment, Origin, Place, Relation, Span
from auditor.lineage import clock
from auditor.lineage.attributed import is_attributed
from auditor.lineage.crediting import Reach
from auditor.lineage.order import from_what_is_known
from auditor.lineage.parameters import Parameters
from auditor.lineage.witness import Relative, Witness
from auditor.matching import align, retellings, unheld
from auditor.registry import Registry
from auditor.text import Document

RETOLD = "retold"
OWN_REPORTING = "own_reporting"

REACH = timedelta(hours=48)
"""How long after a wire's report an article may retell it: a paper prints what was filed the day before."""

WHOLE = 0.9
"""Share of an article from which on copies of a report leave nothing to be retold from it."""

Told = Mapping[str, tuple[Aligned, ...]]


def is_retold(row: Derivation) -> bool:
    """Does a row stand on a sentence that is merely told alike?"""
    return any(item.kind == RETOLD for item in row.evidence)


def retold_chance(row: Derivation) -> float:
    """The share of a retold passage that counts as derived.

    That is what the report has of its sentence, and the less the more the article reports of its own.
    """
    against = sum(item.weight for item in row.evidence if item.kind == OWN_REPORTING)
    return row.similarity * math.exp(against)


class Dated(Protocol):
    """What has to be known of an article to say whether it may retell another."""

    @property
    def source(self) -> str | None:
        """Its source's key."""

    @property
    def published(self) -> Moment | None:
        """When it was published, if that is known."""


def may_retell(article: Dated, other: Dated, registry: Registry) -> bool:
    """May an article have retold another: a wire's, of the days before, it being none itself?"""
    if registry.is_wire(article.source) or not registry.is_wire(other.source):
        return False
    if article.published is None or other.published is None:
        return False
    ours, theirs = clock.when(article.published), clock.when(other.published)
    return theirs.earliest <= ours.latest and ours.earliest - theirs.latest <= REACH


@dataclass(frozen=True, slots=True)
class Shared:
    """All that an audit keeps of two articles: what matches, and what the one may retell of the other.

    ``told`` are those of the matches, by their places among them in order, that are merely told alike; None
    where that isn't known, or none of the two may retell the other.
    """

    matches: tuple[Aligned, ...]
    told: tuple[int, ...] | None = None


def shared(one: Dated, first: Document, two: Dated, second: Document, registry: Registry) -> Shared:
    """What an audit keeps of two articles, ``Aligned.a`` in the first."""
    # What a source prints under all that it has wasn't taken from one of its articles to the next. What only
    # one of two sources prints may have been carried to the other; widgets of one house are printed by both.
    carried: Collection[int] = ()
    if first.known_furniture and second.known_furniture:
        carried = first.furniture.by(one.source) ^ second.furniture.by(two.source)
    found = align(first, second, along=one.source is None or one.source != two.source, carried=carried)
    if may_retell(one, two, registry):
        told = _told(first, second, found)
    elif may_retell(two, one, registry):
        back = _told(second, first, [match.flipped() for match in found])
        told = tuple(match.flipped() for match in back)
    else:
        return Shared(found)
    places = {(match.a, match.b) for match in found}
    matches = found + tuple(match for match in told if (match.a, match.b) not in places)
    order = {
        match: place for place, match in enumerate(sorted(matches, key=lambda match: (match.a, match.b)))
    }
    return Shared(matches, tuple(order[match] for match in told) if order.keys() >= set(told) else None)


def _told(text: Document, other: Document, matches: Iterable[Aligned]) -> tuple[Aligned, ...]:
    """What a text may retell, unless it is a copy as a whole; ``matches`` may hold it already."""
    copied = sum(match.a.length for match in matches if match.kind in _COPIED)
    return retellings(text, other) if copied < WHOLE * len(text.text) else ()


_COPIED = (MatchKind.VERBATIM, MatchKind.EDITED)


def told_alike(child: Witness, relatives: Iterable[Relative], registry: Registry) -> Told:
    """What the child may retell of each relative, by its id; ``Aligned.a`` in the child."""
    return {
        relative.witness.article.id: found
        for relative in relatives
        if may_retell(child.article, relative.witness.article, registry)
        and (found := _told_of(child.document, relative))
    }


def _told_of(text: Document, relative: Relative) -> tuple[Aligned, ...]:
    if relative.told is None:
        return _told(text, relative.witness.document, relative.matches)
    return tuple(relative.matches[place] for place in relative.told)


def proven(relatives: Iterable[Relative], told: Told) -> list[Relative]:
    """The relatives without what is merely told alike; those that share nothing else are left out."""
    kept = []
    for relative in relatives:
        alike = set(told.get(relative.witness.article.id, ()))
        matches = tuple(match for match in relative.matches if match not in alike)
        if matches:
            kept.append(replace(relative, matches=matches))
    return kept


def retold_rows(
    child: Witness,
    relatives: Sequence[Relative],
    told: Told,
    rows: Sequence[Derivation],
    registry: Registry,
    parameters: Parameters,
) -> list[Derivation]:
    """A row for each part of a retold sentence that no other row explains, from the report that has most.

    An article that says from whom it has its text retells nobody else.
    """
    credited = {scope.source for scope in child.credited if scope.reach is Reach.WHOLE}
    wires = {
        relative.witness.article.id: relative.witness
        for relative in relatives
        if not credited or relative.witness.article.source in credited
    }
    copied = {row.parent.article for row in rows if row.parent and row.relation is Relation.COPY}
    best = _best(told, wires)
    against = _own_reporting(child, wires, registry, parameters) if best else ()
    found = (
        _row(child, wires[name], match, span, name in copied, against, registry, parameters)
        for match, name in best
        for span in _left(child, match.a, _taken(rows, wires[name]), parameters)
    )
    least = parameters.retold_least
    return [row for row in found if row.relation is Relation.COPY or row.similarity >= least]


def _own_reporting(
    child: Witness, others: Mapping[str, Witness], registry: Registry, parameters: Parameters
) -> tuple[Evidence, ...]:
    """What the child quotes and counts that no report which it may retell has."""
    reports = [
        other.document for other in others.values() if may_retell(child.article, other.article, registry)
    ]
    own = unheld(child.document, reports)
    if not (own.quoted or own.figures):
        return ()
    weight = parameters.own_quotations * own.quoted + parameters.own_figures * own.figures
    detail = f"quotes {own.quoted} words and gives {own.figures} figures that no report of the wire has"
    return (Evidence(OWN_REPORTING, detail, -round(weight / own.words, 4)),)


def _row(
    child: Witness,
    wire: Witness,
    match: Aligned,
    span: Span,
    is_copied: bool,
    against: tuple[Evidence, ...],
    registry: Registry,
    parameters: Parameters,
) -> Derivation:
    """The row of one retold passage; ``is_copied`` tells that other passages were copied from that report."""
    is_copy = is_copied or any(
        scope.reach is Reach.WHOLE and scope.source == wire.article.source for scope in child.credited
    )
    row = Derivation(
        article=child.article.id,
        span=span,
        parent=Place(wire.article.id, match.b),
        origin=Origin(wire.article.source, wire.article.id),
        relation=Relation.COPY if is_copy else Relation.UNDECIDED,
        confidence=0.0,
        kind=MatchKind.REWORDED,
        similarity=match.similarity,
        evidence=(*from_what_is_known(child, wire, registry, parameters), _evidence(match), *against),
    )
    sure = parameters.retold if is_copy else parameters.retold_alone
    return replace(row, confidence=round(sure * retold_chance(row), 4))


def _best(told: Told, wires: Mapping[str, Witness]) -> list[tuple[Aligned, str]]:
    """What is retold, in order, each passage from the report that has most of its sentence.

    Passages don't overlap: runs of words in a sentence that another report has more of are left out.
    """
    found = [(match, name) for name in told.keys() & wires.keys() for match in told[name]]
    found.sort(key=lambda each: (-each[0].similarity, -each[0].a.length, each[0].a, each[1]))
    best: list[tuple[Aligned, str]] = []
    for match, name in found:
        if not any(match.a.overlap(other.a) for other, _ in best):
            best.append((match, name))
    return sorted(best, key=lambda each: each[0].a)


def _evidence(match: Aligned) -> Evidence:
    share = round(100 * match.similarity)
    detail = (
        f"the wire's report of the story has {share}% of the sentence's words, pairs and triples of words"
    )
    return Evidence(RETOLD, detail, 0.0)


def _taken(rows: Iterable[Derivation], wire: Witness) -> list[Span]:
    """What other rows explain: a passage with a parent, or one that names another source as its own."""
    return [
        row.span
        for row in rows
        if (row.parent is not None and not _is_kin(row))
        or (is_attributed(row) and row.origin.source != wire.article.source)
    ]


def _is_kin(row: Derivation) -> bool:
    """Is the parent only the nearest relative known, both texts being from something not held?"""
    return row.parent is not None and row.relation is Relation.COMMON_SOURCE


def with_retold(rows: Iterable[Derivation], retold: Sequence[Derivation]) -> list[Derivation]:
    """All rows, without those of kin where the report that both retell is held after all."""
    kept = [row for row in rows if not (_is_kin(row) and 2 * _overlap(row, retold) > row.span.length)]
    return [*kept, *retold]


def _overlap(row: Derivation, others: Iterable[Derivation]) -> int:
    return sum(row.span.overlap(other.span) for other in others)


def _left(child: Witness, passage: Span, taken: Iterable[Span], parameters: Parameters) -> list[Span]:
    """The parts of a retold passage outside the taken spans that have some words, with the end's marks."""
    parts, at = [], passage.start
    for span in sorted(taken):
        if span.end <= at or span.start >= passage.end:
            continue
        parts.append((at, span.start))
        at = span.end
    parts.append((at, passage.end))
    tokens = child.document.tokens
    found = []
    for start, end in parts:
        first, last = tokens.within(Span(start, end)) if end > start else (0, 0)
        while first < last and tokens.starts[first] < start:
            first += 1
        while first < last and tokens.ends[last - 1] > end:
            last -= 1
        if last - first >= parameters.shortest:
            found.append(_with_marks(child, first, last, end == passage.end))
    return found


def _with_marks(child: Witness, first: int, last: int, is_end: bool) -> Span:
    """The span of a token range; at the end of a passage with the full stop and quotation marks after it."""
    tokens, text = child.document.tokens, child.article.text
    start, end = tokens.span(first, last)
    if is_end:
        limit = int(tokens.starts[last]) if last < len(tokens) else len(text)
        while end < limit and not text[end].isspace():
            end += 1
        if end == limit < len(text):  # no space before the next word: the marks may be its own
            end = int(tokens.ends[last - 1])
    return Span(start, end)
