"""The ranges of two texts that a row stands for: words that both have, with the marks that go with them.

A line of dashes, a row of stars or a picture made of marks has no words, so that no match of words tells
of it; where both texts have the same marks beside what they share, they belong to it. This module must
not know why the words belong together.
"""

from __future__ import annotations

import itertools

from auditor.domain import Span
from auditor.text import Document

_CLOSING = ".,;:!?…”’\"')]"
_OPENING = "“‘\"'(["
# Marks in a row that both texts must have: fewer are the punctuation of a sentence.
_RULE = 3

Tokens = tuple[int, int]


def span_of(document: Document, first: int, last: int) -> Span:
    """The text range of tokens ``[first, last)``, with the marks that close it (quotes, full stop)."""
    span = document.tokens.span(first, last)
    text, start, end = document.text, span.start, span.end
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    while start > 0 and text[start - 1] in _OPENING:
        start -= 1
    return Span(start, end)


def spans_of(ours: Document, theirs: Document, mine: Tokens, other: Tokens, free: int) -> tuple[Span, Span]:
    """The ranges of one passage in two texts, from its token ranges in each.

    Rules and pictures of marks that stand beside it in both texts are taken in; in the first text none
    before ``free``, where another passage ends.
    """
    one, two = span_of(ours, *mine), span_of(theirs, *other)
    after = _marks_after(ours, mine[1], one.end), _marks_after(theirs, other[1], two.end)
    before = _marks_before(ours, mine[0], one.start), _marks_before(theirs, other[0], two.start)
    ends = _beside(ours.text, after[0], theirs.text, after[1])
    starts = _beside(ours.text, [at for at in before[0] if at >= free], theirs.text, before[1])
    if ends:
        one, two = Span(one.start, ends[0] + 1), Span(two.start, ends[1] + 1)
    if starts:
        one, two = Span(starts[0], one.end), Span(starts[1], two.end)
    return one, two


def _beside(ours: str, mine: list[int], theirs: str, other: list[int]) -> tuple[int, int] | None:
    """Where the furthest mark that both texts have stands in each; None for less than a rule."""
    pairs = itertools.takewhile(lambda at: ours[at[0]] == theirs[at[1]], zip(mine, other, strict=False))
    same = list(pairs)
    return same[-1] if len(same) >= _RULE else None


def _marks_after(document: Document, token: int, start: int) -> list[int]:
    """Where marks stand between a passage's end and the next word, nearest first."""
    tokens, text = document.tokens, document.text
    end = int(tokens.starts[token]) if token < len(tokens) else len(text)
    return [at for at in range(start, end) if not text[at].isspace()]


def _marks_before(document: Document, token: int, end: int) -> list[int]:
    """Where marks stand between a passage's beginning and the end of what is before it, nearest first."""
    start = span_of(document, token - 1, token).end if token else 0
    return [at for at in range(end - 1, start - 1, -1) if not document.text[at].isspace()]
