"""The verdict for a whole article: how much of its body is derived, and from whom.

Shares count characters of the body; a statement that two reports both quote is no derived text, and
neither is a wire's own earlier version. A retold sentence counts by as much of it as the wire has, and less
where the article reports of its own. This module must not know other texts.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from auditor.domain import Derivation, Label, MatchKind, Relation, Share, Span, Verdict
from auditor.lineage.attributed import is_attributed
from auditor.lineage.parameters import DEFAULTS, Parameters
from auditor.lineage.retold import is_retold, retold_chance
from auditor.lineage.witness import Witness
from auditor.registry import Registry


def verdict(
    witness: Witness,
    derivations: Sequence[Derivation],
    registry: Registry,
    parameters: Parameters = DEFAULTS,
) -> Verdict:
    """Shares, label and origins of one article from its settled derivations."""
    body = witness.body or (Span(0, len(witness.article.text)),)
    whole = sum(span.length for span in body) or 1
    counted = [row for row in derivations if counts(row, witness)]
    derived = _weighed(counted, body) / whole
    copied = _weighed([row for row in counted if _is_sure(row)], body) / whole
    by_source: dict[str | None, list[Derivation]] = defaultdict(list)
    for row in counted:
        by_source[row.origin.source].append(row)
    shares = {source: _weighed(rows, body) / whole for source, rows in by_source.items()}
    wire = _weighed([row for row in counted if registry.is_wire(row.origin.source)], body) / whole
    return Verdict(
        article=witness.article.id,
        derived_share=round(derived, 4),
        wire_share=round(wire, 4),
        label=_label(copied, derived, whole, parameters),
        origins=tuple(
            Share(source, round(share, 4))
            for source, share in sorted(shares.items(), key=lambda item: (-item[1], item[0] or ""))
        ),
        reason="" if derivations else _reason(witness),
    )


def counts(row: Derivation, witness: Witness) -> bool:
    """Does a row make its passage derived?

    Not a shared quotation, nor text in common with another of whose source nothing is known, nor a sentence
    that names its source, nor an earlier version of the article's own.
    """
    if row.relation is Relation.COMMON_SOURCE and (
        row.kind is MatchKind.QUOTATION or row.origin.source is None
    ):
        return False
    if is_attributed(row):
        return False
    return not (row.parent and row.parent.article == witness.article.revises)


def _is_sure(row: Derivation) -> bool:
    """Is it decided that the passage was taken from somewhere, and not merely told alike?"""
    return row.relation is not Relation.UNDECIDED and not is_retold(row)


def _weighed(rows: Sequence[Derivation], body: Sequence[Span]) -> float:
    """Characters of the body that the rows cover, a retold passage by the chance that it derives.

    Retold passages lie outside all other rows.
    """
    firm = _covered((row.span for row in rows if not is_retold(row)), body)
    return firm + sum(retold_chance(row) * _covered([row.span], body) for row in rows if is_retold(row))


def _label(copied: float, derived: float, length: int, parameters: Parameters) -> Label:
    """The label of an article of which so much is copied, and so much derives with what is retold.

    A little that is surely copied makes an article partly derived; what is undecided or may be retold has to
    be more.
    What a wholly derived article may have of its own grows with the root of its length (in characters): half
    of a brief may be rewording, but in a long report the same share is a paragraph of somebody else's.
    """
    own = (1 - derived) * length
    if derived >= parameters.wholly and own <= parameters.own_by_root * math.sqrt(length):
        return Label.WHOLLY
    if copied >= parameters.partially or derived >= parameters.partially_retold:
        return Label.PARTIALLY
    return Label.NON


def _covered(spans: Iterable[Span], body: Sequence[Span]) -> int:
    """Characters of the body that the spans cover."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    if not joined:
        return 0
    total = at = 0
    for part in sorted(body):
        while at < len(joined) and joined[at].end <= part.start:
            at += 1
        here = at
        while here < len(joined) and joined[here].start < part.end:
            total += part.overlap(joined[here])
            here += 1
    return total


FEW_WORDS = 20
"""Words below which a text is too short for anything to be told of it."""

_ALONE = "no other article held shares a passage with it that it could have been taken from"


def verdict_of_unrelated(article: str) -> Verdict:
    """The verdict on an article with a body and FEW_WORDS, of which nothing derives from anything."""
    return Verdict(article, 0.0, 0.0, Label.NON, (), _ALONE)


def _reason(witness: Witness) -> str:
    """Why an article without derivations has none."""
    words = len(witness.document.tokens)
    if not words:
        return "the text has no words"
    if words < FEW_WORDS:
        return f"the text has only {words} words: too few to tell a copy from a coincidence"
    if not witness.body:
        return "the text is page furniture or credit lines throughout"
    return _ALONE
