"""Pairing the words of a replaced block: which word stands for which, and of what class the change is.

The cheapest pairing by dynamic programming: words of one class replace each other, a word and its parts are
one, forms of one word are one; what is left has no partner. No kind of garble is decided here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from auditor.garbling import vocabulary
from auditor.garbling.blocks import Range
from auditor.garbling.reading import Reading, WordClass

_GAP_COST = 0.55
_PAIR_COSTS = {
    WordClass.NUMBER: 0.3,
    WordClass.NAME: 0.3,
    WordClass.SPEECH: 0.3,
    WordClass.NEGATION: 0.3,
    WordClass.FUNCTION: 0.4,
    WordClass.OTHER: 0.6,
}
_CROSS_COST = 1.15  # above two gaps: words of different classes don't replace each other
_HALF_CROSS = {
    frozenset((WordClass.NEGATION, WordClass.SPEECH)),
    frozenset((WordClass.NEGATION, WordClass.OTHER)),
    frozenset((WordClass.NEGATION, WordClass.FUNCTION)),
    frozenset((WordClass.OTHER, WordClass.SPEECH)),
}
_HALF_COST = 0.7
_MOST_JOINED = 3
_ALONE = (WordClass.FORM, WordClass.JOINED)

_Step = tuple[int, int, WordClass]


def pieces(
    parent: Reading, child: Reading, before: Range, after: Range
) -> Iterator[tuple[Range, Range, WordClass]]:
    """Part a replaced block into changes of one class each, by the cheapest pairing of its words."""
    start_b, start_a = at_b, at_a = before[0], after[0]
    current: WordClass | None = None
    for take_b, take_a, kind in _pairing(parent, child, before, after):
        if current is not None and (kind != current or kind in _ALONE):
            yield (start_b, at_b), (start_a, at_a), current
            start_b, start_a = at_b, at_a
        current = kind
        at_b, at_a = at_b + take_b, at_a + take_a
    if current is not None:
        yield (start_b, at_b), (start_a, at_a), current


def _pairing(parent: Reading, child: Reading, before: Range, after: Range) -> list[_Step]:
    rows, columns = before[1] - before[0], after[1] - after[0]
    best: list[list[tuple[float, _Step | None]]] = [[(0.0, None)] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows, -1, -1):
        for column in range(columns, -1, -1):
            if row == rows and column == columns:
                continue
            least, chosen = math.inf, None
            for cost, step in _steps(
                parent, child, (before[0] + row, before[1]), (after[0] + column, after[1])
            ):
                whole = cost + best[row + step[0]][column + step[1]][0]
                if whole < least:
                    least, chosen = whole, step
            best[row][column] = (least, chosen)
    steps: list[_Step] = []
    row = column = 0
    while (step_here := best[row][column][1]) is not None:
        steps.append(step_here)
        row, column = row + step_here[0], column + step_here[1]
    return steps


def _steps(parent: Reading, child: Reading, before: Range, after: Range) -> Iterator[tuple[float, _Step]]:
    """What can be done with the next words of both sides, and what it costs; ties go to the first."""
    (b, last_b), (a, last_a) = before, after
    if b < last_b and a < last_a:
        yield _pair(parent, child, b, a)
        yield from _joins(parent, child, before, after)
    if b < last_b:
        yield _GAP_COST, (1, 0, parent.classes[b])
    if a < last_a:
        yield _GAP_COST, (0, 1, child.classes[a])


def _joins(parent: Reading, child: Reading, before: Range, after: Range) -> Iterator[tuple[float, _Step]]:
    (b, last_b), (a, last_a) = before, after
    for size in range(2, _MOST_JOINED + 1):
        if b + size <= last_b and _is_joined(parent, (b, b + size), child, (a, a + 1)):
            yield 0.0, (size, 1, WordClass.JOINED)
        if a + size <= last_a and _is_joined(child, (a, a + size), parent, (b, b + 1)):
            yield 0.0, (1, size, WordClass.JOINED)
    for one, other, step in (
        (parent.forms[b : b + 2], child.forms[a], (2, 1)),
        (child.forms[a : a + 2], parent.forms[b], (1, 2)),
    ):
        if (
            one == ["per", "cent"]
            and vocabulary.styled(other) == "percent"
            and b + step[0] <= last_b
            and a + step[1] <= last_a
        ):
            yield 0.0, (*step, WordClass.NUMBER)


def _is_joined(apart: Reading, words: Range, joined: Reading, word: Range) -> bool:
    """Are these words the same letters as that one, by their forms or as they stand?"""
    form = joined.forms[word[0]]
    begins = apart.text[apart.starts[words[0]]]
    if form[0] not in (begins, begins.lower(), apart.forms[words[0]][0]):
        return False  # most words aren't, and putting letters together takes time
    return "".join(apart.forms[slice(*words)]) == form or apart.squeezed(*words) == form


def _pair(parent: Reading, child: Reading, old: int, new: int) -> tuple[float, _Step]:
    return _pair_of(parent.forms[old], child.forms[new], parent.classes[old], child.classes[new])


@lru_cache(maxsize=16384)
def _pair_of(one: str, other: str, of_one: WordClass, of_other: WordClass) -> tuple[float, _Step]:
    """What it costs that the one word stands for the other, and of what class that is."""
    kinds = (of_one, of_other)
    if WordClass.NUMBER in kinds:
        kind = WordClass.NUMBER
    elif WordClass.NEGATION in kinds:
        kind = WordClass.NEGATION
    else:
        kind = max(kinds)
    if one == other or vocabulary.styled(one) == vocabulary.styled(other):
        return 0.0, (1, 1, kind if kind is WordClass.NUMBER else WordClass.FORM)
    if kinds[0] == kinds[1]:
        likeness = Levenshtein.normalized_similarity(one, other)
        return _PAIR_COSTS[kind] * (1.0 - 0.5 * likeness), (1, 1, kind)
    if vocabulary.same_word(one, other) or Levenshtein.normalized_similarity(one, other) >= 0.7:
        return 0.3, (1, 1, kind)
    half = frozenset(kinds) in _HALF_CROSS or (one in vocabulary.UNITS and kinds[1] is WordClass.OTHER)
    return (_HALF_COST if half else _CROSS_COST), (1, 1, kind)
