"""How a relative reads the text of the article being traced, token by token.

Matches say which stretches belong together; here each token of the traced article gets the relative's
word for it, so that several relatives can be compared at one place: who has the same reading, who has
another, who lacks it. This module must not know times, sources or credits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from auditor.domain import Aligned, MatchKind, Span
from auditor.text import Document

Ints = NDArray[np.int32]
Hashes = NDArray[np.uint64]

# What a relative has for a token: nothing aligned; the same word; another word; no word.
OUTSIDE, SAME, OTHER, ADDED = range(4)


class Block(NamedTuple):
    """Token ranges of a match: ``[first, last)`` of the traced text, ``[b_first, b_last)`` of the other."""

    first: int
    last: int
    b_first: int
    b_last: int


@dataclass(frozen=True)
class Reading:
    """A relative's readings along the tokens of the traced text (n tokens).

    ``state`` is one of OUTSIDE, SAME, OTHER, ADDED; ``partner`` the index of the relative's token, -1
    for none; ``heard`` the hash of the relative's word, 0 where it has none; ``match`` the index of the
    match, -1 outside; ``missing`` (n + 1) how many of the relative's words are left out before a token.
    """

    state: NDArray[np.uint8]
    partner: Ints
    heard: Hashes
    match: Ints
    missing: Ints
    matches: tuple[Aligned, ...]
    blocks: tuple[Block, ...]

    @cached_property
    def covered(self) -> NDArray[np.bool_]:
        """Which tokens are aligned to the relative at all."""
        return np.not_equal(self.state, OUTSIDE)

    @cached_property
    def same(self) -> int:
        """How many tokens read the same."""
        return int((self.state == SAME).sum())

    @cached_property
    def changed(self) -> int:
        """How many tokens read otherwise inside the matches, on either side."""
        inside = (self.state == OTHER) | (self.state == ADDED)
        return int(inside.sum()) + int(self.missing.sum())

    def kind_at(self, first: int, last: int) -> tuple[MatchKind, float]:
        """The kind and similarity of the match that most tokens of a range belong to."""
        inside = self.match[first:last]
        inside = inside[inside >= 0]
        if not len(inside):
            return MatchKind.VERBATIM, 0.0
        best = self.matches[int(np.bincount(inside).argmax())]
        return best.kind, best.similarity

    def partners(self, first: int, last: int) -> tuple[int, int] | None:
        """The relative's token range for a range of the traced text; None where nothing is aligned.

        Where a range touches two matches, the one with most tokens counts.
        """
        match = self.match[first:last]
        inside = match >= 0
        if not inside.any():
            return None
        main = int(np.bincount(match[inside]).argmax())
        theirs = self.partner[first:last][(match == main) & (self.partner[first:last] >= 0)]
        if not len(theirs):
            return None
        return int(theirs.min()), int(theirs.max()) + 1


def read_against(document: Document, other: Document, matches: Sequence[Aligned]) -> Reading:
    """The relative's readings of a text, from their matches (``Aligned.a`` in ``document``).

    Where matches overlap in the text, the one with more equal words has the tokens.
    """
    size = len(document.tokens)
    ordered = sorted(matches, key=lambda match: (-match.a.length * match.similarity, match.a, match.b))
    state = np.zeros(size, np.uint8)
    partner = np.full(size, -1, np.int32)
    heard = np.zeros(size, np.uint64)
    owner = np.full(size, -1, np.int32)
    missing = np.zeros(size + 1, np.int32)
    blocks = []
    for index, match in enumerate(ordered):
        block = Block(*document.tokens.within(match.a), *other.tokens.within(match.b))
        blocks.append(block)
        free = np.flatnonzero(owner[block.first : block.last] < 0) + block.first
        if not len(free):
            continue
        found = _align(document.tokens.hashes, other.tokens.hashes, block)
        owner[free] = index
        here = free - block.first
        state[free], partner[free] = found.state[here], found.partner[here]
        missing[free] = found.missing[here]
    theirs = partner >= 0
    heard[theirs] = other.tokens.hashes[partner[theirs]]
    return Reading(state, partner, heard, owner, missing, tuple(ordered), tuple(blocks))


class _Found(NamedTuple):
    state: NDArray[np.uint8]
    partner: Ints
    missing: Ints


def _align(ours: Hashes, theirs: Hashes, block: Block) -> _Found:
    """States, partners and omissions of one match."""
    a, b = ours[block.first : block.last], theirs[block.b_first : block.b_last]
    if len(a) == len(b) and bool((a == b).all()):
        return _Found(
            np.full(len(a), SAME, np.uint8),
            np.arange(block.b_first, block.b_last, dtype=np.int32),
            np.zeros(len(a), np.int32),
        )
    state = np.full(len(a), ADDED, np.uint8)
    partner = np.full(len(a), -1, np.int32)
    missing = np.zeros(len(a) + 1, np.int32)
    for tag, i1, i2, j1, j2 in _opcodes(a, b):
        if tag == "equal":
            state[i1:i2] = SAME
            partner[i1:i2] = np.arange(block.b_first + j1, block.b_first + j2)
        elif tag == "replace":
            paired = min(i2 - i1, j2 - j1)
            state[i1 : i1 + paired] = OTHER
            partner[i1 : i1 + paired] = np.arange(block.b_first + j1, block.b_first + j1 + paired)
            missing[i2] += j2 - j1 - paired
        elif tag == "insert":
            missing[i1] += j2 - j1
    return _Found(state, partner, missing[:-1])


def _opcodes(a: Hashes, b: Hashes) -> Iterator[tuple[str, int, int, int, int]]:
    """Edits between two token sequences, each token mapped to one character (so that it is fast)."""
    _, codes = np.unique(np.concatenate([a, b]), return_inverse=True)
    # Characters from 0x100000 on are plain code points without surrogates.
    joined = (codes + 0x10000).astype(np.uint32).tobytes().decode("utf-32-le")
    for code in Levenshtein.opcodes(joined[: len(a)], joined[len(a) :]):
        yield code.tag, code.src_start, code.src_end, code.dest_start, code.dest_end


def span_of(document: Document, first: int, last: int) -> Span:
    """The text range of tokens ``[first, last)``, with the marks that close it (quotes, full stop)."""
    span = document.tokens.span(first, last)
    text, start, end = document.text, span.start, span.end
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    while start > 0 and text[start - 1] in _OPENING:
        start -= 1
    return Span(start, end)


_CLOSING = ".,;:!?…”’\"')]"
_OPENING = "“‘\"'(["
