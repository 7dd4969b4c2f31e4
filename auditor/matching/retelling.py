"""Passages retold so freely that no match proves them: told apart from chance only where more is known.

Two texts of one story share its names, figures and turns of phrase whoever wrote them, so ``align`` rightly
says nothing of sentences that have no more in common. Where something else says that the one text probably
had the other before it (a paper that the wire's report of that story reached), the same sentences are
evidence: how much of each stands in the other text as words, pairs and triples of words (the measures that
did best on METER: Clough et al. 2002). This module must not know what that something else is: it is for
lineage to say which texts to ask about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.domain import Aligned, MatchKind
from auditor.matching.pairings import retells_story, word_length
from auditor.matching.parameters import PARAMETERS
from auditor.matching.views import View, Whole, view_of
from auditor.text.layer import code_points

Flags = NDArray[np.bool_]


def retellings(text: Whole, other: Whole) -> tuple[Aligned, ...]:
    """The sentences of ``text`` that may be retold from ``other``, in order; none if the stories differ.

    ``Aligned.a`` is a sentence of ``text``, ``b`` the sentence of ``other`` that has most of it. The
    similarity is the share of its letters that stand in ``other``, as the mean over its words, pairs and
    triples of words. Of a sentence with too little of that the runs of words that ``other`` has are given, as
    alike as the least such sentence. Not symmetrical, and no proof: see above.
    """
    one, two = view_of(text.matter), view_of(other.matter)
    if not retells_story(one.pairings, two.pairings):
        return ()
    size = word_length(one.tokens)
    words, pairs, triples = (_held(one, [two], count * size) for count in (1, 2, 3))
    letters = one.letters.astype(np.float64)
    whole = np.maximum(np.add.reduceat(letters, one.units[:-1]), 1.0)
    shares = np.add.reduceat(letters * (words + 0.0 + pairs + triples), one.units[:-1]) / (3 * whole)
    ranges = []
    for unit, share in enumerate(shares.tolist()):
        first, last = int(one.units[unit]), int(one.units[unit + 1])
        if share >= PARAMETERS.retold_share:
            ranges.append((first, last, share))
        else:
            ranges += [(*run, PARAMETERS.retold_share) for run in _runs(one, pairs, first, last)]
    places = _likeliest(one, two, [(first, last) for first, last, _ in ranges])
    return tuple(
        Aligned(one.tokens.span(first, last), two.tokens.span(*where), round(share, 4), MatchKind.REWORDED)
        for (first, last, share), where in zip(ranges, places, strict=True)
    )


def _runs(view: View, held: Flags, first: int, last: int) -> list[tuple[int, int]]:
    """Runs of held tokens in a range that have enough words and letters, few others between them."""
    at = np.flatnonzero(held[first:last]) + first
    if len(at) < PARAMETERS.retold_run:
        return []
    runs = np.split(at, np.flatnonzero(np.diff(at) > PARAMETERS.retold_gap + 1) + 1)
    return [
        (int(run[0]), int(run[-1]) + 1)
        for run in runs
        if len(run) >= PARAMETERS.retold_run
        and int(view.letters[run].sum()) >= PARAMETERS.retold_run * PARAMETERS.telling_letters
    ]


def _held(one: View, others: Iterable[View], size: int) -> Flags:
    """Which tokens stand in a run of so many that one of the others has too; single ones by their stems."""
    covered = np.zeros(len(one.tokens), np.bool_)
    runs = one.runs(size)
    there = np.zeros(len(runs), np.bool_)
    for two in others:
        there |= two.has(size, runs)
    for step in range(size):
        covered[step : step + len(there)] |= there
    return covered


@dataclass(frozen=True, slots=True)
class Unheld:
    """What a text has that no report has: words it quotes and figures it gives, of so many words."""

    quoted: int
    figures: int
    words: int


def unheld(text: Whole, reports: Sequence[Whole]) -> Unheld:
    """Words in quotation marks of which no report has a pair, and figures that none has.

    Who has them was there, or asked somebody else: the more there are, the less need the text owe to the
    reports what it merely has in common with them.
    """
    one, others = view_of(text.matter), [view_of(report.matter) for report in reports]
    size = word_length(one.tokens)
    quoted = np.zeros(len(one.tokens), np.bool_)
    for first, last in one.quotations:
        quoted[first:last] = True
    first_letters = code_points(one.tokens.layer.text)[one.tokens.layer_starts]
    figures = (first_letters >= ord("0")) & (first_letters <= ord("9"))
    return Unheld(
        int((quoted & ~_held(one, others, 2 * size)).sum()),
        int((figures & ~_held(one, others, 1)).sum()),
        len(one.tokens),
    )


def _likeliest(one: View, two: View, ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """For each range the other's sentence that has most letters of its words; of equals the first."""
    words, own = two.vocabulary
    known = np.minimum(np.searchsorted(words, one.stems), len(words) - 1)
    known[words[known] != one.stems] = len(words)  # where the words count that the other hasn't
    step = max(1, _AT_ONCE // len(own))
    found: list[int] = []
    for begin in range(0, len(ranges), step):
        told = np.zeros((len(ranges[begin : begin + step]), len(words) + 1), np.int64)
        for row, (first, last) in enumerate(ranges[begin : begin + step]):
            told[row, known[first:last]] = 1
        shared = np.add.reduceat(told[:, own] * two.letters, two.units[:-1], axis=1)
        found += shared.argmax(axis=1).tolist()
    return [(int(two.units[unit]), int(two.units[unit + 1])) for unit in found]


_AT_ONCE = 1 << 20  # words of the other text times ranges that are compared together
