"""Wires that nobody holds, known by the credits of copies: the first article of a chain gets them too.

Where an article takes its text from nobody that is held, and articles that have the text from it credit
a wire for the whole of theirs, then the text is most probably the wire's. So is what such an article has
in common with another copy of that wire's text, and most of a long run of paragraphs beside it. Such rows
have no parent. This module must not know texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from auditor.domain import Derivation, Evidence, MatchKind, Origin, Relation, Span
from auditor.lineage.attributed import is_attributed, is_credited
from auditor.lineage.crediting import Reach
from auditor.lineage.witness import Standing
from auditor.registry import Registry

Rows = tuple[Derivation, ...]
# For each wire the copies that credit it, and the parts of the article's text that they have.
Claims = dict[str, dict[str, list[Span]]]

# How often a wire inferred for a passage is right: judged, on the safe side of what was measured.
_CREDITED_CONFIDENCE = 0.7
INFERRED = "credited_by_copies"
CONTINUED = "continues_wire"
COMMON = "common_with_copies"


def is_inferred(row: Derivation) -> bool:
    """Was this row inferred from what copies credit?"""
    return any(item.kind in (INFERRED, CONTINUED, COMMON) for item in row.evidence)


def whole_credit(standing: Standing, registry: Registry) -> str | None:
    """The wire that an article credits for its whole text."""
    return next(
        (
            scope.source
            for scope in standing.credited
            if scope.reach is Reach.WHOLE and registry.is_wire(scope.source)
        ),
        None,
    )


def with_inferred(
    rows: Mapping[str, Rows],
    parents_first: Sequence[str],
    standings: Mapping[str, Standing],
    registry: Registry,
) -> dict[str, Rows]:
    """The rows, with one without parent for each stretch whose copies credit a wire that isn't held."""
    kept = dict(rows)
    claims: dict[str, Claims] = defaultdict(dict)
    for article in reversed(parents_first):
        own = standings.get(article)
        if own is None or own.is_wire:
            continue
        claimed = claims.pop(article, {})
        credited = whole_credit(own, registry)
        if credited is None:
            kept[article] += _rows(article, claimed, rows[article], registry)
        else:
            claimed = {credited: {article: [Span(0, own.length)]}}
        shared = _shared(rows[article])
        for row in rows[article]:
            if row.parent is None or row.kind is MatchKind.QUOTATION:
                continue
            if shared[row.parent.article] >= _ENOUGH * own.length:
                _pass_on(claimed, row, claims[row.parent.article])
    return kept


# A credit at the foot of a text speaks for what it shares with another only if that is a good part of it.
_ENOUGH = 0.1


def _shared(rows: Rows) -> dict[str, int]:
    """Characters that an article has from each parent."""
    found: dict[str, int] = defaultdict(int)
    for row in rows:
        if row.parent is not None:
            found[row.parent.article] += row.span.length
    return found


def _pass_on(claimed: Claims, row: Derivation, above: Claims) -> None:
    """Hand the claims on a row's passage to its parent."""
    if row.parent is None:
        return
    for wire, copies in claimed.items():
        for copy, spans in copies.items():
            if any(2 * span.overlap(row.span) >= row.span.length for span in spans):
                above.setdefault(wire, {}).setdefault(copy, []).append(row.parent.span)


def _rows(article: str, claimed: Claims, rows: Rows, registry: Registry) -> Rows:
    """Rows for the stretches that are claimed for a wire and that the article has from nobody held."""
    if not claimed:
        return ()
    wire = min(claimed, key=lambda key: (-_size(claimed[key].values()), key))
    copies = sorted(claimed[wire])
    more = f" and {len(copies) - 1} more" if len(copies) > 1 else ""
    detail = f"{copies[0]}{more}, with the same text, credits {registry.name_of(wire)} for it"
    evidence = Evidence(INFERRED, detail, 1.0)
    return tuple(
        _row(article, span, wire, evidence, _CREDITED_CONFIDENCE)
        for span in _apart(span for spans in claimed[wire].values() for span in spans)
        if not any(span.overlap(row.span) for row in rows)
    )


def _row(article: str, span: Span, wire: str, evidence: Evidence, confidence: float) -> Derivation:
    """A row without parent for a passage of a wire that isn't held."""
    return Derivation(
        article=article,
        span=span,
        parent=None,
        origin=Origin(wire, None),
        relation=Relation.COPY,
        confidence=confidence,
        kind=MatchKind.EDITED,
        similarity=0.0,
        evidence=(evidence,),
    )


def _size(groups: Iterable[Sequence[Span]]) -> int:
    return sum(span.length for spans in groups for span in spans)


def _apart(spans: Iterable[Span]) -> list[Span]:
    """The spans joined where they overlap, in order."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


# Passages that no credit speaks for

# What a desk adds of its own is mostly a paragraph or two: so many or more in a row, in an article that has
# nothing else from anybody, are rather the rest of the item, which those who credit it have cut. With two .67
# to .77 of the sentences were the wire's, with three .85 to .91, with four .91 to .95 of fewer (worlds 11 to
# 15).
_LONG = 3
# So much of an article (characters of its body) has to be known for the wire's: a sentence may be all that
# it took.
_KNOWN = 0.15
# So much of all that is known to be taken has to be the one wire's.
_ALONE = 0.9
_CONTINUED_CONFIDENCE = 0.7


def continued(rows: Sequence[Derivation], standing: Standing, registry: Registry) -> Rows:
    """Rows for the long runs of paragraphs that stand beside a lost wire's text and that no row tells of.

    ``rows`` are the article's with their origins. Copies are cut: where those stop that tell of the wire,
    they say nothing of what its item had besides.
    """
    wire = lost_wire(rows, registry)
    body = sorted(standing.body)
    spans = _apart(row.span for row in rows if not is_attributed(row))
    if wire is None or sum(span.overlap(part) for span in spans for part in body) < _KNOWN * _size([body]):
        return ()
    detail = f"runs on beside text of {registry.name_of(wire)}, and nothing else is known to be taken"
    found: list[Derivation] = []
    for is_open, run in groupby(body, lambda part: not any(part.overlap(span) for span in spans)):
        parts = list(run)
        if is_open and len(parts) >= _LONG:
            found += [
                _row(standing.article, part, wire, Evidence(CONTINUED, detail, 0.5), _CONTINUED_CONFIDENCE)
                for part in parts
                if not any(part.overlap(row.span) for row in rows)
            ]
    return tuple(found)


def to_continue(traced: Mapping[str, Rows], standings: Mapping[str, Standing]) -> set[str]:
    """The articles whose paragraphs ``continued`` may ask for.

    Those tied by rows, however far, to one that credits somebody for the whole of its text: without it no
    row would tell of a text that isn't held.
    """
    tied: dict[str, set[str]] = defaultdict(set)
    for article, rows in traced.items():
        for row in rows:
            if row.parent is not None:
                tied[article].add(row.parent.article)
                tied[row.parent.article].add(article)
    waiting = [
        article
        for article, rows in traced.items()
        if any(is_credited(row) for row in rows)
        or any(scope.reach is Reach.WHOLE for scope in standings[article].credited)
    ]
    found: set[str] = set()
    while waiting:
        if (article := waiting.pop()) not in found:
            found.add(article)
            waiting += tied[article]
    return found


def lost_wire(rows: Sequence[Derivation], registry: Registry) -> str | None:
    """The wire whose text, not held, nearly all of the rows go back to that tell of somebody."""
    sizes: dict[Origin, int] = defaultdict(int)
    for row in rows:
        if row.kind is not MatchKind.QUOTATION and not is_attributed(row):
            sizes[row.origin] += row.span.length
    unknown = sizes.pop(Origin(None, None), 0)
    for origin, size in sizes.items():
        is_alone = size >= _ALONE * sum(sizes.values()) and size >= unknown
        if is_alone and origin.article is None and registry.is_wire(origin.source):
            return origin.source
    return None


def in_common(settled: Mapping[str, Rows], registry: Registry) -> dict[str, Rows]:
    """Rows for passages that two articles have in common, of which both have other text of one lost wire.

    Such a passage is neither's own; ``settled`` has the rows with their origins. By the article that the
    other's row names.
    """
    wires = {article: lost_wire(rows, registry) for article, rows in settled.items()}
    found: dict[str, list[Derivation]] = defaultdict(list)
    for article, rows in sorted(settled.items()):
        wire = wires[article]
        for row in rows:
            if wire is None or row.parent is None or not _is_unknown(row):
                continue
            other, span = row.parent.article, row.parent.span
            if wires.get(other) == wire and not any(span.overlap(known.span) for known in found[other]):
                detail = f"{article} has it too, and both have other text of {registry.name_of(wire)}"
                evidence = Evidence(COMMON, detail, 1.0)
                found[other].append(_row(other, span, wire, evidence, _CREDITED_CONFIDENCE))
    return {article: tuple(those) for article, those in found.items()}


def _is_unknown(row: Derivation) -> bool:
    """Is it text in common with another, of whose source nothing is known?"""
    return (
        row.relation is Relation.COMMON_SOURCE
        and row.kind is not MatchKind.QUOTATION
        and row.origin == Origin(None, None)
    )
