"""Passages retold so freely that no match proves them: told apart from chance only where more is known.

Two texts of one story share its names, figures and turns of phrase whoever wrote them, so ``align`` rightly
says nothing of sentences that have no more in common. Where something else says that the one text probably
had the other before it (a paper that the wire's report of that story reached), the same sentences are
evidence: how much of each stands in the other text as words, pairs and triples of words (the measures that
did best on METER: Clough et al. 2002). This module must not know what that something else is: it is for
lineage to say which texts to ask about.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from auditor.domain import Aligned, MatchKind
from auditor.fingerprint import kgram_hashes
from auditor.matching.pairings import retells_story
from auditor.matching.parameters import PARAMETERS
from auditor.matching.views import View, Whole, view_of
from auditor.text.tokens import Hashes

Weights = NDArray[np.float64]


def retellings(text: Whole, other: Whole) -> tuple[Aligned, ...]:
    """The sentences of ``text`` that may be retold from ``other``, in order; none if the stories differ.

    ``Aligned.a`` is a sentence of ``text``, ``b`` the sentence of ``other`` that has most of it. The
    similarity is the share of its letters that stand in ``other``, as the mean over its words, pairs and
    triples of words. Not symmetrical, and no proof: see above.
    """
    one, two = view_of(text.matter), view_of(other.matter)
    if not retells_story(one.pairings, two.pairings):
        return ()
    held = _held(one, two)
    letters = one.letters.astype(np.float64)
    whole = np.maximum(np.add.reduceat(letters, one.units[:-1]), 1.0)
    shares = np.add.reduceat(letters * held, one.units[:-1]) / whole
    found = []
    for unit in np.flatnonzero(shares >= PARAMETERS.retold_share).tolist():
        first, last = int(one.units[unit]), int(one.units[unit + 1])
        where = _likeliest(two, one.stems[first:last])
        spans = one.tokens.span(first, last), two.tokens.span(*where)
        found.append(Aligned(*spans, round(float(shares[unit]), 4), MatchKind.REWORDED))
    return tuple(found)


def _held(one: View, two: View) -> Weights:
    """For each token how much of it the other text has: 1/3 the word, 1/3 its pair, 1/3 its triple."""
    held = np.isin(one.stems, two.stems).astype(np.float64)
    for size in (2, 3):
        there = np.isin(kgram_hashes(one.tokens.hashes, size), kgram_hashes(two.tokens.hashes, size))
        covered = np.zeros(len(one.tokens), np.bool_)
        for step in range(size):
            covered[step : step + len(there)] |= there
        held += covered
    return held / 3


def _likeliest(view: View, stems: Hashes) -> tuple[int, int]:
    """The sentence that has most letters of these words, as a token range; the first of equals."""
    shared = np.where(np.isin(view.stems, stems), view.letters, 0)
    best = int(np.add.reduceat(shared, view.units[:-1]).argmax())
    return int(view.units[best]), int(view.units[best + 1])
