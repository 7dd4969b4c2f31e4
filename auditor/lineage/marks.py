"""What one text alone shows of its history: page litter, damaged characters, blocks that stand twice.

Such marks gather on the way and are hardly ever cleaned off again, so that of two texts the one with
more of them is more likely the later. This module must not know any other text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditor.domain import PassageKind
from auditor.text import Document


@dataclass(frozen=True, slots=True)
class Marks:
    """Counts for one text.

    ``litter``: furniture passages. ``damage``: characters lost or doubly encoded, words run together.
    ``doubled``: sentences that stand twice. ``elisions``: quotations with words left out ("…").
    ``yesterday`` and ``today``: how often the text uses such words.
    """

    litter: int = 0
    damage: int = 0
    doubled: int = 0
    elisions: int = 0
    yesterday: int = 0
    today: int = 0


_DAMAGE = re.compile(
    "\ufffd|Ã[\u0080-¿]|â€|Â[\u0080-¿]|&(?:amp|quot|nbsp|#\\d{2,5});|[a-z][.!?][A-Z][a-z]|[a-z]'[a-z]{5}"
)
_ELISION = re.compile(r"…|\.\s?\.\s?\.")
_YESTERDAY = re.compile(r"\b(?:yesterday|last night)\b", re.IGNORECASE)
_TODAY = re.compile(r"\b(?:today|tonight|this (?:morning|afternoon|evening))\b", re.IGNORECASE)
_LONG_SENTENCE = 40


def marks(document: Document) -> Marks:
    """Count the marks of one text."""
    text = document.text
    sentences = [span.of(text).strip() for span in document.sentences if span.length >= _LONG_SENTENCE]
    return Marks(
        litter=sum(passage.kind is PassageKind.FURNITURE for passage in document.passages),
        damage=len(_DAMAGE.findall(text)),
        doubled=len(sentences) - len(set(sentences)),
        elisions=sum(bool(_ELISION.search(quote.inner.of(text))) for quote in document.quotations),
        yesterday=len(_YESTERDAY.findall(text)),
        today=len(_TODAY.findall(text)),
    )
