"""Signs of order in single words: misspellings, abbreviations written out, damage, marked omissions.

Each compares the two words that stand at one place. This module must not know where in the texts they
stand, nor any other text.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from rapidfuzz.distance import Levenshtein

from auditor.domain import Span
from auditor.lineage.readings import ADDED, OTHER, STYLED, Reading
from auditor.text import Document

_MARKED = re.compile(r"…|\.\s?\.\s?\.")
_DAMAGE = re.compile("\ufffd|Ã.|â[€\x80]|Â.|&(?:amp|quot|nbsp|#\\d{2,5});")
_TODAY = frozenset(("today", "tonight"))
_YESTERDAY = frozenset(("yesterday", "last"))
_LONG = 4  # letters from which a word can be told misspelt
_NEAR = 2  # letters that differ in a misspelling


def wording(
    ours: Document, theirs: Document, reading: Reading, usual: Callable[[], Counter[str]]
) -> Iterator[tuple[str, float]]:
    """The kinds and signed values of such signs; positive where the relative is the earlier.

    ``usual`` gives how often three letters follow each other in either text; it is asked only if needed.
    """
    others = _pairs(reading, OTHER)
    styled = _pairs(reading, STYLED)
    yield "expanded", math.tanh(sum(_longer(ours, theirs, *pair) for pair in styled) / 2)
    if others:
        yield "misprint", math.tanh(2 * _oddness(ours, theirs, others, usual))
        yield "next_day", math.tanh(sum(_next_day(ours, theirs, *pair) for pair in others))
    spelled = _spelled_out(ours, theirs, reading) - _spelled_out_there(ours, theirs, reading)
    yield "spelled_out", math.tanh(spelled)
    yield "damage", math.tanh(_damaged(ours, reading) - _damaged_there(theirs, reading))
    yield "elision", math.tanh(_marked(ours, reading) - _marked_there(theirs, reading))


def _spelled_out(ours: Document, theirs: Document, reading: Reading) -> int:
    """How many names this text has only in a longer form, again and again, where the other has the short one.

    "Russian Federation" wherever the other has "Russia": the trace of a tool that replaces names.
    """
    words, others = ours.tokens.words, theirs.tokens.words
    found = 0
    for at, there in _pairs(reading, OTHER):
        if at + 1 < len(words) and reading.state[at + 1] == ADDED and _grown(words[at], others[there]):
            found += _again(words, (words[at], words[at + 1]))
    return found


def _spelled_out_there(ours: Document, theirs: Document, reading: Reading) -> int:
    words, others = ours.tokens.words, theirs.tokens.words
    found = 0
    for at, there in _pairs(reading, OTHER):
        if at + 1 < len(words) and reading.missing[at + 1] > 0 and _grown(others[there], words[at]):
            found += _again(others, (others[there], others[there + 1]))
    return found


def _grown(longer: str, shorter: str) -> bool:
    return len(shorter) >= _LONG and longer.startswith(shorter[:-1]) and len(longer) >= len(shorter)


_OFTEN = 3


def _again(words: Sequence[str], pair: tuple[str, str]) -> int:
    """1 where two words follow each other so often in a text that it is no chance."""
    return int(sum(one == pair for one in itertools.pairwise(words)) >= _OFTEN)


def _pairs(reading: Reading, state: int) -> list[tuple[int, int]]:
    where = np.flatnonzero((reading.state == state) & (reading.partner >= 0))
    return list(zip(where.tolist(), reading.partner[where].tolist(), strict=True))


def _longer(ours: Document, theirs: Document, at: int, there: int) -> int:
    """1 where this text writes out what the other abbreviates ("percent" for "pct")."""
    one, two = ours.tokens.words[at], theirs.tokens.words[there]
    return (len(one) > len(two)) - (len(one) < len(two))


def _next_day(ours: Document, theirs: Document, at: int, there: int) -> int:
    one, two = ours.tokens.words[at], theirs.tokens.words[there]
    return (one in _YESTERDAY and two in _TODAY) - (two in _YESTERDAY and one in _TODAY)


# Misspellings: the word whose letters follow each other as they seldom do in either text


def _oddness(
    ours: Document, theirs: Document, pairs: list[tuple[int, int]], usual: Callable[[], Counter[str]]
) -> float:
    """How much odder this text's words are than the other's, over pairs that differ in a letter or two."""
    near = [
        (one, two)
        for at, there in pairs
        if _is_misspelling(one := ours.tokens.words[at], two := theirs.tokens.words[there])
    ]
    if not near:
        return 0.0
    runs = usual()
    return sum(_usual(two, runs) - _usual(one, runs) for one, two in near)


def _is_misspelling(one: str, two: str) -> bool:
    return (
        min(len(one), len(two)) >= _LONG
        and one.isalpha()
        and two.isalpha()
        and 0 < Levenshtein.distance(one, two, score_cutoff=_NEAR) <= _NEAR
    )


def threes(word: str) -> list[str]:
    """Each three letters of a word that follow each other, with its bounds."""
    bounded = f"^{word}$"
    return [bounded[at : at + 3] for at in range(len(bounded) - 2)]


def _usual(word: str, usual: Counter[str]) -> float:
    runs = threes(word)
    return sum(math.log1p(usual[three]) for three in runs) / max(1, len(runs))


# Damaged characters and words left out with a mark


def _damaged(ours: Document, reading: Reading) -> int:
    where = np.flatnonzero((reading.state == OTHER) | (reading.state == ADDED)).tolist()
    return sum(bool(_DAMAGE.search(_around(ours, at, at + 1))) for at in where)


def _damaged_there(theirs: Document, reading: Reading) -> int:
    where = reading.partner[(reading.state == OTHER) & (reading.partner >= 0)].tolist()
    return sum(bool(_DAMAGE.search(_around(theirs, at, at + 1))) for at in where)


def _marked(ours: Document, reading: Reading) -> int:
    """Places where the other has words and this text an ellipsis."""
    where = np.flatnonzero(reading.missing[1:-1] > 0) + 1
    return sum(bool(_MARKED.search(_around(ours, at - 1, at))) for at in where.tolist())


def _marked_there(theirs: Document, reading: Reading) -> int:
    """Places where this text has words and the other an ellipsis."""
    added = reading.state == ADDED
    last = np.flatnonzero(~added[1:] & added[:-1]) + 1
    partners = reading.partner[last]
    return sum(bool(_MARKED.search(_around(theirs, at - 1, at))) for at in partners[partners > 0].tolist())


def _around(document: Document, first: int, last: int) -> str:
    """The text from the start of token ``first`` to the start of token ``last``."""
    tokens = document.tokens
    end = int(tokens.starts[last]) if last < len(tokens) else len(document.text)
    return Span(int(tokens.starts[first]), end).of(document.text)
