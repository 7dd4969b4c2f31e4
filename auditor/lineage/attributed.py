"""Passages whose source the article names itself: rows without a parent, for a text that may not be held.

This module must not know other articles; whether a row is superseded by a parent that is held is decided
when rows are settled.
"""

from __future__ import annotations

from auditor.domain import Derivation, Evidence, MatchKind, Origin, PassageKind, Relation, Span
from auditor.lineage.crediting import Reach, Scope
from auditor.lineage.witness import Witness
from auditor.registry import Registry

CREDITED = "credited"
ATTRIBUTED = "attributed"

# How often a credit alone is right about its passage: judged, not measured.
_WHOLE_CONFIDENCE = 0.7
_SENTENCE_CONFIDENCE = 0.5


def credited_rows(witness: Witness, registry: Registry) -> list[Derivation]:
    """A row for each body passage that a credit of the article speaks for."""
    if witness.source is not None and registry.is_wire(witness.source.key):
        return []
    whole = next((scope for scope in witness.credited if scope.reach is Reach.WHOLE), None)
    sentences = [scope for scope in witness.credited if scope.reach is Reach.SENTENCE and scope.span]
    rows = []
    for passage in _told(witness):
        said = next((one for one in sentences if one.span and one.span.overlap(passage)), None)
        if scope := said or whole:
            rows.append(_row(witness, passage, scope, registry))
    return rows


def _told(witness: Witness) -> list[Span]:
    """The passages that report something: pictures have their own credits."""
    kinds = (PassageKind.BODY, PassageKind.HEADLINE)
    return [passage.span for passage in witness.document.passages if passage.kind in kinds]


def _row(witness: Witness, passage: Span, scope: Scope, registry: Registry) -> Derivation:
    name = registry.name_of(scope.source)
    is_whole = scope.reach is Reach.WHOLE
    if is_whole:
        reason = Evidence(CREDITED, f"the article credits {name}, whose text isn't held", 1.0)
    else:
        reason = Evidence(ATTRIBUTED, f"the sentence names {name} as its source", 0.0)
    return Derivation(
        article=witness.article.id,
        span=passage,
        parent=None,
        origin=Origin(scope.source, None),
        relation=Relation.COPY,
        confidence=_WHOLE_CONFIDENCE if is_whole else _SENTENCE_CONFIDENCE,
        kind=MatchKind.EDITED if is_whole else MatchKind.REWORDED,
        similarity=0.0,
        evidence=(reason,),
    )


def is_credited(row: Derivation) -> bool:
    """Does this row stand on a credit for the whole article?"""
    return row.parent is None and any(item.kind == CREDITED for item in row.evidence)


def is_attributed(row: Derivation) -> bool:
    """Does this row stand on a sentence that names its source? That is reporting, not copying."""
    return row.parent is None and any(item.kind == ATTRIBUTED for item in row.evidence)
