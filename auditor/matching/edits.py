"""What was changed inside one match: word-level edits, and how alike its two sides are.

Tokens are mapped to one character each, so that rapidfuzz compares words as fast as letters. It must not
decide what is a match, nor judge whether a change does harm.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from rapidfuzz.distance import Indel, Levenshtein

from auditor.domain import Aligned, Span
from auditor.matching.views import Document
from auditor.text.tokens import Hashes, Tokens

_CODES = (range(0x100, 0xD800), range(0xE000, 0x110000))  # all but surrogates


class EditOp(StrEnum):
    """What became of a run of words."""

    EQUAL = "equal"
    REPLACE = "replace"
    INSERT = "insert"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of words of one side of a match and what stands for it on the other (original offsets).

    For an insertion ``a`` is empty, for a deletion ``b``: an empty span stands where the words would.
    """

    op: EditOp
    a: Span
    b: Span


def edits(a: Document, b: Document, aligned: Aligned) -> tuple[Edit, ...]:
    """The edits that turn the match's words in ``a`` into those in ``b``, in order, without gaps."""
    first_a, last_a = a.tokens.within(aligned.a)
    first_b, last_b = b.tokens.within(aligned.b)
    left, right = as_characters(a.tokens.hashes[first_a:last_a], b.tokens.hashes[first_b:last_b])
    return tuple(
        Edit(
            EditOp(code.tag),
            _span(a.tokens, first_a + code.src_start, first_a + code.src_end, aligned.a),
            _span(b.tokens, first_b + code.dest_start, first_b + code.dest_end, aligned.b),
        )
        for code in Levenshtein.opcodes(left, right)
    )


def _span(tokens: Tokens, first: int, last: int, inside: Span) -> Span:
    span = tokens.span(first, last)
    if first < last:
        return span
    before = int(tokens.ends[first - 1]) if first and tokens.ends[first - 1] > inside.start else inside.start
    return Span(before, before)


def as_characters(left: Hashes, right: Hashes) -> tuple[str, str]:
    """Two token sequences as two strings in which equal characters stand for equal tokens."""
    values = left.tolist() + right.tolist()
    characters = dict(zip(dict.fromkeys(values), map(chr, chain(*_CODES)), strict=False))
    text = "".join([characters[value] for value in values])
    return text[: len(left)], text[len(left) :]


def similarity(left: str, right: str) -> float:
    """Levenshtein similarity of two token strings, 0..1."""
    return float(Levenshtein.normalized_similarity(left, right))


def common(left: str, right: str) -> int:
    """How many tokens two token strings have in common, in order (longest common subsequence)."""
    return int(Indel.similarity(left, right)) // 2
