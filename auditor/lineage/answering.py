"""Signs of order in letters and forum posts: an answer shows by what it says that it quotes.

Marks of quotation are often lost, but who answers goes on after the words he quotes, says whose they are,
names their author, and tells that he left some out; who begins a talk asks, and thanks. This module must not
know times, sources or other relatives, nor how much a sign weighs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from auditor.domain import Span
from auditor.lineage.readings import Reading
from auditor.lineage.witness import Witness
from auditor.text import Document
from auditor.text.abbreviations import words

_NAME = re.compile(r"[^\W\d_]{3,}")
# Words that begin an answer, where a line begins.
_REPLIES = words(
    """
    yes yeah yep yup no nope nah not well actually but sure ok okay oh ah hmm huh right true false wrong
    agreed exactly so really why there try i i'd i'm i've you this that that's it it's and
    """
)
# Words that make prose rather than a signature or a table.
_PROSE = _REPLIES | words(
    """
    the a an of to in is are was were be been do does did don't have has had my your he she they we me if as
    for on with at by from or what how when who which would could should can will these those there's
    """
)
_ASKS = words(
    """
    anyone anybody someone somebody please help hi hello thank thanks advance appreciate appreciated
    """
)
_SAYS_WHOSE = re.compile(
    r"\bwr(?:ites|ote)\b|\barticle\b|\bsa(?:id|ys)\W*$|\S@\S{1,64}\.\w|\d\d:\d\d|\bGMT\b", re.IGNORECASE
)
_LEFT_OUT = re.compile(r"\b(?:deleted|snip(?:ped)?|omitted|elided|trimmed)\b|\[ ?\.\. ?\.", re.IGNORECASE)
# Words before and after a shared stretch that are looked at.
_BEFORE, _AFTER, _NEXT_TO = 14, 8, 6
_FEWEST = 3  # words of one's own after it that can be prose


def answering(ours: Witness, theirs: Witness, reading: Reading) -> Iterator[tuple[str, float]]:
    """The kinds and signed values of such signs; positive where this text shows more of them."""
    shared = np.zeros(len(theirs.document.tokens), np.bool_)
    shared[reading.partner[reading.partner >= 0]] = True
    mine = _shown(ours, theirs, reading.covered, [(block.first, block.last) for block in reading.blocks])
    other = _shown(theirs, ours, shared, [(block.b_first, block.b_last) for block in reading.blocks])
    for kind, value in mine.items():
        yield kind, value - other[kind]


def _shown(
    one: Witness, other: Witness, shared: NDArray[np.bool_], ranges: Sequence[tuple[int, int]]
) -> dict[str, float]:
    """How much of each sign one text shows, 0 to 1."""
    document, said = one.document, one.document.tokens.words
    after = [_own(shared, last, 1, _AFTER) for _, last in ranges]
    before = [_own(shared, first - 1, -1, _BEFORE) for first, _ in ranges]
    own = [said[at] for at in np.flatnonzero(~shared).tolist()]
    prose = (sum(said[at] in _PROSE for at in some) for some in after if len(some) >= _FEWEST)
    return {
        "replies": math.tanh(sum(_replies(document, some) for some in after)),
        "prose_after": math.tanh(sum(prose) / _AFTER),
        "says_whose": math.tanh(sum(bool(_SAYS_WHOSE.search(_text(document, some))) for some in before)),
        "left_out": math.tanh(
            sum(bool(_LEFT_OUT.search(_text(document, some[:_NEXT_TO]))) for some in (*after, *before))
        ),
        "names_author": _named(own, _names(other) - _names(one)),
        "asks": math.tanh(sum(word in _ASKS for word in own) / 2),
    }


def _own(shared: NDArray[np.bool_], start: int, step: int, most: int) -> range:
    """The tokens from ``start`` on that aren't shared, in one direction, up to the next that is."""
    end = start
    while 0 <= end < len(shared) and abs(end - start) < most and not shared[end]:
        end += step
    return range(start, end, step)


def _replies(document: Document, after: range) -> bool:
    """Does a line begin there as an answer does?"""
    if not after or after[0] == 0 or document.tokens.words[after[0]] not in _REPLIES:
        return False
    tokens = document.tokens
    return "\n" in Span(int(tokens.ends[after[0] - 1]), int(tokens.starts[after[0]])).of(document.text)


def _text(document: Document, where: range) -> str:
    """What stands there, up to the next token."""
    if not where:
        return ""
    first, last = min(where), max(where) + 1
    tokens = document.tokens
    end = int(tokens.starts[last]) if last < len(tokens) else len(document.text)
    return Span(int(tokens.starts[first]), end).of(document.text)


def _names(witness: Witness) -> frozenset[str]:
    """The words of the author's name, without addresses."""
    told = _NAME.findall(re.sub(r"\S*@\S*", " ", (witness.article.byline or "").casefold()))
    return frozenset(told)


def _named(own: Sequence[str], names: frozenset[str]) -> float:
    """How much of a name is among the words: nought, a half, or all."""
    return min(1.0, len(names.intersection(own)) / 2)
