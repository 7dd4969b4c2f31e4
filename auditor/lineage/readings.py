"""How a relative reads the text of the article being traced, token by token.

Matches say which stretches belong together; here each token of the traced article gets the relative's
word for it, so that several relatives can be compared at one place: who has the same reading, who has
another, who lacks it. This module must not know times, sources or credits.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from auditor.domain import Aligned, MatchKind, Span
from auditor.lineage.style import SLIGHT, style_kind
from auditor.text import Document

Ints = NDArray[np.int32]
Hashes = NDArray[np.uint64]

# What a relative has for a token: nothing aligned; the same word; another word; no word; the same word
# in another house's style.
OUTSIDE, SAME, OTHER, ADDED, STYLED = range(5)

# What a relative has and the traced text lacks is a passage from this many words on; 4 and 20 measure alike.
PASSAGE = 8


class Block(NamedTuple):
    """Token ranges of a match: ``[first, last)`` of the traced text, ``[b_first, b_last)`` of the other."""

    first: int
    last: int
    b_first: int
    b_last: int


@dataclass(frozen=True)
class Reading:
    """A relative's readings along the tokens of the traced text (n tokens).

    ``state`` is one of OUTSIDE, SAME, OTHER, ADDED, STYLED; ``partner`` the index of the relative's token,
    -1 for none; ``heard`` the hash of the relative's word, 0 where it has none, ``said`` of the text's own;
    ``match`` the index of the match, -1 outside; ``missing`` (n + 1) how many of the relative's words are
    left out before a token inside a match, ``passed`` (n + 1) outside: between matches or around them.
    ``styles`` are the habits of house style in which the two differ.
    """

    state: NDArray[np.uint8]
    partner: Ints
    heard: Hashes
    said: Hashes
    match: Ints
    missing: Ints
    passed: Ints
    matches: tuple[Aligned, ...]
    blocks: tuple[Block, ...]
    styles: frozenset[str]

    @cached_property
    def covered(self) -> NDArray[np.bool_]:
        """Which tokens are aligned to the relative at all."""
        return np.not_equal(self.state, OUTSIDE)

    @cached_property
    def extent(self) -> int:
        """How many tokens are aligned to the relative at all."""
        return int(self.covered.sum())

    @cached_property
    def otherwise(self) -> NDArray[np.bool_]:
        """Which tokens the relative has another word for."""
        return np.equal(self.state, OTHER)

    @cached_property
    def differing(self) -> NDArray[np.intp]:
        """The tokens for which the relative has another word or none, sorted."""
        return np.flatnonzero((self.state == OTHER) | (self.state == ADDED))

    @cached_property
    def leaving(self) -> NDArray[np.intp]:
        """The tokens before which words of the relative are left out, sorted."""
        return np.flatnonzero(self.missing[:-1] > 0)

    @cached_property
    def passages(self) -> NDArray[np.intp]:
        """The tokens before which the relative has a passage outside the matches that is left out, sorted."""
        return np.flatnonzero(self.passed >= PASSAGE)

    @cached_property
    def runs_on(self) -> NDArray[np.bool_]:
        """Which tokens follow the one before in the relative as they do in the traced text."""
        same = self.state == SAME
        runs = same & (self.missing[:-1] == 0)
        runs[1:] &= same[:-1]
        runs[:1] = False
        return np.asarray(runs, np.bool_)

    @cached_property
    def novelty(self) -> NDArray[np.float64]:
        """How much each other word counts, 0..1: a swap made over and over is one decision, not many.

        Each kind of swap (these words for those) counts once, and a fifth for each time it is repeated.
        """
        weights = np.ones(len(self.state))
        where = np.flatnonzero(self.state == OTHER)
        if len(where) > 1:
            swaps = self.heard[where] * np.uint64(31) + self.said[where]
            _, kinds, counts = np.unique(swaps, return_inverse=True, return_counts=True)
            weights[where] = ((1 + (counts - 1) / 5) / counts)[kinds]
        return weights

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


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two texts: the document, and which of its tokens are page litter.

    ``printed`` are those that are litter because a site prints them everywhere: another may have copied them.
    """

    document: Document
    litter: NDArray[np.bool_]
    printed: NDArray[np.bool_]


def read_against(ours: Side, theirs: Side, matches: Sequence[Aligned], *, along: bool = False) -> Reading:
    """The relative's readings of a text, from their matches (``Aligned.a`` in ``ours``).

    Where matches overlap in the text, the one with more equal words has the tokens, a paraphrase last.
    Litter on either side is no reading: it counts neither as added nor as left out. Of texts of two sources
    what the one prints everywhere was taken ``along`` where a match has it on both sides.
    """
    tokens, other = ours.document.tokens, theirs.document.tokens
    size = len(tokens)
    ordered = sorted(matches, key=_precedence)
    blocks = tuple(Block(*tokens.within(match.a), *other.within(match.b)) for match in ordered)
    state = np.zeros(size, np.uint8)
    partner = np.full(size, -1, np.int32)
    owner = np.full(size, -1, np.int32)
    missing = np.zeros(size + 1, np.int32)
    for index, block in enumerate(blocks):
        free = np.flatnonzero(owner[block.first : block.last] < 0) + block.first
        if not len(free):
            continue
        found = _align(tokens.hashes, other.hashes, block)
        owner[free] = index
        here = free - block.first
        state[free], partner[free] = found.state[here], found.partner[here]
        missing[free] = found.missing[here]
    heard = np.zeros(size, np.uint64)
    told = partner >= 0
    heard[told] = other.hashes[partner[told]]
    styles = _set_styles_apart(ours, theirs, state, partner)
    _forgive_omissions(theirs, partner, missing)
    litter = ours.litter & ~(ours.printed & (state == SAME)) if along else ours.litter
    state[litter], owner[litter], partner[litter] = OUTSIDE, -1, -1
    passed = _passed_over(theirs, partner, owner)
    return Reading(
        state, partner, heard, tokens.hashes, owner, missing, passed, tuple(ordered), blocks, styles
    )


def _passed_over(theirs: Side, partner: Ints, owner: Ints) -> Ints:
    """How many words of the relative the traced text passes over between matches, before and after them.

    Before each token; words that are litter, or that the traced text has elsewhere, aren't counted.
    """
    passed = np.zeros(len(partner) + 1, np.int32)
    at = np.flatnonzero(partner >= 0)
    if not len(at):
        return passed
    there = partner[at]
    own = ~theirs.litter
    own[there] = False
    before = np.concatenate(([0], np.cumsum(own)))
    passed[at[0]] = before[there[0]]
    passed[at[-1] + 1] = before[-1] - before[there[-1] + 1]
    gap = before[there[1:]] - before[there[:-1] + 1]
    apart = (owner[at[1:]] != owner[at[:-1]]) & (gap > 0)
    passed[at[1:][apart]] = gap[apart]
    return passed


def _precedence(match: Aligned) -> tuple[bool, float, Span, Span]:
    """Sorts what has the same words first: a paraphrase may span whole texts and hold a copied passage."""
    return match.kind is MatchKind.REWORDED, -match.a.length * match.similarity, match.a, match.b


def _set_styles_apart(ours: Side, theirs: Side, state: NDArray[np.uint8], partner: Ints) -> frozenset[str]:
    """Take words that differ by house style only out of the differences, in place; returns the habits."""
    kinds = set()
    words, others = ours.document.tokens.words, theirs.document.tokens.words
    for at in np.flatnonzero(state == OTHER).tolist():
        kind = style_kind(words[at], others[partner[at]])
        if kind:
            kinds.add(kind)
            state[at] = STYLED
    for at in np.flatnonzero(state == ADDED).tolist():
        if words[at] in SLIGHT:
            state[at] = STYLED
    return frozenset(kinds)


def _forgive_omissions(theirs: Side, partner: Ints, missing: Ints) -> None:
    """Words left out that are litter or slight don't count as left out."""
    words = theirs.document.tokens.words
    for at in np.flatnonzero(missing).tolist():
        last = int(partner[at - 1]) if at else -1
        if last >= 0:
            left = range(last + 1, min(len(words), last + 1 + int(missing[at])))
            missing[at] = sum(not theirs.litter[place] and words[place] not in SLIGHT for place in left)


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
    """Edits between two token sequences."""
    # As arrays of this type they are compared as numbers, as fast as characters of a text.
    for code in Levenshtein.opcodes(array("Q", a.tobytes()), array("Q", b.tobytes())):
        yield code.tag, code.src_start, code.src_end, code.dest_start, code.dest_end
