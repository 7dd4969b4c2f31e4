"""What one text alone shows of its history and its genre: page litter, blocks that stand twice, talk.

Such marks gather on the way and are hardly ever cleaned off again, so that of two texts the one with
more of them is more likely the later. This module must not know any other text.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from auditor.domain import PassageKind
from auditor.text import Document


@dataclass(frozen=True, slots=True)
class Marks:
    """Counts for one text.

    ``litter``: furniture passages. ``doubled``: sentences that stand twice. ``talk``: the share of words
    by which a writer speaks of himself or to a reader, outside quotations: near nothing in news, some
    hundredths in letters and forum posts.
    """

    litter: int = 0
    doubled: int = 0
    talk: float = 0.0


TALK = frozenset(["i", "you", "your", "my", "me", "i'm", "i've", "i'll", "i'd", "don't", "can't", "you're"])
_QUOTED = re.compile(r'"[^"]{0,2000}"|“[^”]{0,2000}”')
_LONG_SENTENCE = 40


def marks(document: Document) -> Marks:
    """Count the marks of one text."""
    text = document.text
    sentences = Counter(span.of(text).strip() for span in document.sentences if span.length >= _LONG_SENTENCE)
    return Marks(
        litter=sum(passage.kind is PassageKind.FURNITURE for passage in document.passages),
        doubled=sum(count - 1 for count in sentences.values()),
        talk=_talk(document),
    )


def _talk(document: Document) -> float:
    """The share of talking words among those that stand outside quotation marks."""
    quoted = [hit.span() for hit in _QUOTED.finditer(document.text)]
    words = spoken = at = 0
    for start, word in zip(document.tokens.starts.tolist(), document.tokens.words, strict=True):
        while at < len(quoted) and quoted[at][1] <= start:
            at += 1
        if at == len(quoted) or start < quoted[at][0]:
            words += 1
            spoken += word in TALK
    return spoken / words if words else 0.0
