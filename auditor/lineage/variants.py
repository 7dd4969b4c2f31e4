"""Readings compared across relatives: which of two texts has the changed word, by what the others have.

The classical argument of textual criticism: where a relative reads otherwise and an earlier text reads as
the traced one does, the relative changed it, and the traced text can't have it from there. Where the
traced text stands alone, the change is its own and tells nothing against the relative. This module must
not know times or sources: it is handed how likely each relative is the earlier one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.lineage.readings import ADDED, SAME, STYLED, Reading

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Variants:
    """What one relative's differences look like beside the other relatives.

    ``undone`` (a token): how surely the traced text would have undone a change of this relative, 0..1.
    ``undone_gaps`` the same for words that this relative has and the traced text and others lack.
    ``theirs`` counts the places where others read as the traced text does and this relative doesn't,
    ``ours`` those where they read as this relative does. ``styles_undone`` counts the habits of house
    style in which this relative differs and a leading one doesn't, ``styles_new`` the other ones.
    """

    undone: Floats
    undone_gaps: Floats
    theirs: float
    ours: float
    styles_undone: int
    styles_new: int


def compare(
    readings: Sequence[Reading], earlier: Sequence[float], leads: NDArray[np.bool_]
) -> tuple[Variants, ...]:
    """The variants of each relative.

    ``earlier`` is how likely (0..1) each relative is the earlier text; ``leads[i, j]`` tells that
    relative i begins the story (a wire, or the earliest) and relative j doesn't.
    """
    if not readings:
        return ()
    size = len(readings[0].state)
    agrees = np.zeros(size)
    clean = np.zeros(size)
    for reading, chance in zip(readings, earlier, strict=True):
        same = reading.state == SAME
        agrees = np.maximum(agrees, same * chance)
        clean = np.maximum(clean, reading.runs_on * chance)
    fullest = _Fullest.of(sorted(readings, key=lambda reading: -reading.same)[:_MOST_COMPARED])
    return tuple(
        _variants(
            reading,
            agrees,
            clean,
            leaders=[readings[position] for position in np.flatnonzero(leads[:, index]).tolist()],
            fullest=fullest,
        )
        for index, reading in enumerate(readings)
    )


# A change that is shared is seen in the first few texts; comparing all with all would be quadratic.
_MOST_COMPARED = 8


@dataclass(frozen=True)
class _Fullest:
    """The readings of the relatives that share most, one below the other, to be compared with at once."""

    readings: tuple[Reading, ...]
    states: NDArray[np.uint8]
    heard: NDArray[np.uint64]
    missing: NDArray[np.int32]

    @classmethod
    def of(cls, readings: Sequence[Reading]) -> _Fullest:
        return cls(
            tuple(readings),
            np.array([reading.state for reading in readings]),
            np.array([reading.heard for reading in readings]),
            np.array([reading.missing[:-1] for reading in readings]),
        )

    def without(self, reading: Reading) -> NDArray[np.bool_]:
        """Which of them are not this one."""
        return np.array([other is not reading for other in self.readings])


def _variants(
    reading: Reading,
    agrees: Floats,
    clean: Floats,
    *,
    leaders: Sequence[Reading],
    fullest: _Fullest,
) -> Variants:
    undone, gaps = np.zeros(len(agrees)), np.zeros(len(agrees))
    undone[reading.differing] = agrees[reading.differing]
    gaps[reading.leaving] = clean[reading.leaving]
    # A run of tokens counts once, with the greatest weight in it.
    runs = _runs(np.flatnonzero(undone > 0).tolist())
    theirs = float(sum(undone[start:end].max() for start, end in runs)) + float(gaps.sum())
    restyled = {kind for kind in reading.styles if any(kind not in other.styles for other in leaders)}
    return Variants(
        undone, gaps, theirs, _own_changes(reading, fullest), len(restyled), len(reading.styles - restyled)
    )


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The runs of neighbours among places that are sorted: the first, and after the last."""
    begin = last = -2
    for place in places:
        if place != last + 1:
            if begin >= 0:
                yield begin, last + 1
            begin = place
        last = place
    if begin >= 0:
        yield begin, last + 1


def _count(places: NDArray[np.intp]) -> int:
    """How many runs of neighbours there are: a change of some words in a row is one."""
    return int((np.diff(places) > 1).sum()) + 1 if len(places) else 0


def _own_changes(reading: Reading, others: _Fullest) -> float:
    """Places where another relative reads as this one does, and the traced text stands alone."""
    places, left = reading.differing, reading.leaving
    if not (len(places) or len(left)):
        return 0.0
    besides = others.without(reading)
    if not besides.any():
        return 0.0
    found = 0
    if len(places):
        state, theirs = reading.state[places], others.states[:, places][besides]
        alike = (theirs == state) & (
            (state == ADDED) | (others.heard[:, places][besides] == reading.heard[places])
        )
        found = _count(places[alike.any(axis=0)])
    left_out = (others.missing[:, left][besides] == reading.missing[left]).any(axis=0)
    return float(found) + float(left_out.sum())


def stand_apart(reading: Reading, others: Sequence[Reading]) -> int:
    """How surely traced text and relative are siblings: changes of both that a third text has not.

    A third text that reads with the one where the other stands alone, and the other way round, shows
    that both changed something that neither took from the other (the star of three copies of one lost
    text). Counts the lesser of the two, for the third text that shows most.
    """
    places, left = reading.differing, reading.leaving
    if not (len(places) or len(left)):
        return 0
    state, heard = reading.state[places], reading.heard[places]
    most = 0
    for other in others:
        if other is reading:
            continue
        theirs = other.state[places]
        they_changed = _count(places[theirs == SAME]) + int(other.runs_on[left].sum())
        alike = (theirs == state) & ((state == ADDED) | (other.heard[places] == heard))
        ours = _count(places[alike]) + int((other.missing[left] == reading.missing[left]).sum())
        most = max(most, min(they_changed, ours))
    return most


def reads_alike(reading: Reading) -> NDArray[np.bool_]:
    """Tokens read the same but for house style."""
    return np.asarray((reading.state == SAME) | (reading.state == STYLED), np.bool_)
