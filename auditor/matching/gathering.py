"""A digest in pieces: a short place of one text whose sentences were taken from all over the other.

Piece by piece it is found as several passages; it is one, and stands for what it was taken from as a whole.
That holds where the text has nothing else of the other and is about something else: an article that itself is
such a digest, or takes up the other again, is better shown by its sentences. It must not know how passages
are found.
"""

from __future__ import annotations

from collections.abc import Sequence

from auditor.matching.parameters import PARAMETERS
from auditor.matching.passages import Passage, Range, hull, length
from auditor.matching.views import Document


def gathered(a: Document, b: Document, passages: Sequence[Passage]) -> Passage | None:
    """The passage that all of them make up, if either text's side of it is a digest of the other."""
    if len(passages) < 2:
        return None
    whole = hull(passages)
    turned = whole.flipped()
    if _is_digest(a, b, whole, [passage.a for passage in passages]):
        return whole
    return whole if _is_digest(b, a, turned, [passage.b for passage in passages]) else None


def _is_digest(text: Document, other: Document, whole: Passage, pieces: Sequence[Range]) -> bool:
    """Do the pieces stand together in a text that is otherwise alien, and come from a wider place?"""
    size, source = _letters(text, whole.a), _letters(other, whole.b)
    if not PARAMETERS.gathered_letters <= size <= PARAMETERS.digest_letters:
        return False
    return (
        PARAMETERS.gathered_alien * length(whole.a) <= len(text.tokens)
        and size <= source <= PARAMETERS.digest_most * size
        and _covered(pieces) >= PARAMETERS.gathered_share * length(whole.a)
    )


def _covered(pieces: Sequence[Range]) -> int:
    """Tokens in any of the ranges."""
    total = end = 0
    for first, last in sorted(pieces):
        total += max(0, last - max(first, end))
        end = max(end, last)
    return total


def _letters(document: Document, tokens: Range) -> int:
    return document.tokens.span(*tokens).length
