"""Wires that nobody holds, known by the credits of copies: the first article of a chain gets them too.

Where an article takes its text from nobody that is held, and articles that have the text from it credit
a wire for the whole of theirs, then the text is most probably the wire's. Such rows have no parent. This
module must not know texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from auditor.domain import Derivation, Evidence, MatchKind, Origin, Relation, Span
from auditor.lineage.crediting import Reach
from auditor.lineage.witness import Standing
from auditor.registry import Registry

Rows = tuple[Derivation, ...]
# For each wire the copies that credit it, and the parts of the article's text that they have.
Claims = dict[str, dict[str, list[Span]]]

INFERRED = "credited_by_copies"


def is_inferred(row: Derivation) -> bool:
    """Was this row inferred from what copies credit?"""
    return any(item.kind == INFERRED for item in row.evidence)


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
    return tuple(
        Derivation(
            article=article,
            span=span,
            parent=None,
            origin=Origin(wire, None),
            relation=Relation.COPY,
            confidence=0.7,
            kind=MatchKind.EDITED,
            similarity=0.0,
            evidence=(Evidence(INFERRED, detail, 1.0),),
        )
        for span in _apart(span for spans in claimed[wire].values() for span in spans)
        if not any(span.overlap(row.span) for row in rows)
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
