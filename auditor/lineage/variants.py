"""Readings compared across relatives: which of two texts has the changed word, by what the others have.

The classical argument of textual criticism: where a relative reads otherwise and an earlier text reads as
the traced one does, the relative changed it, and the traced text can't have it from there. Where the
traced text stands alone, the change is its own and tells nothing against the relative. This module must
not know times or sources: it is handed how likely each relative is the earlier one.
"""

from __future__ import annotations

import math
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
    ``ours`` those where they read as this relative does. ``sides`` is the odds, in nats, of the relative
    being the earlier by how many texts read with either where the two differ (see ``_sides``).
    ``styles_undone`` counts the habits of house style in which this relative differs and a leading one
    doesn't, ``styles_new`` the other ones.
    """

    undone: Floats
    undone_gaps: Floats
    theirs: float
    ours: float
    sides: float
    styles_undone: int
    styles_new: int


def compare(
    readings: Sequence[Reading],
    earlier: Sequence[float],
    leads: NDArray[np.bool_],
    *,
    is_known: Sequence[bool] = (),
) -> tuple[Variants, ...]:
    """The variants of each relative.

    ``earlier`` is how likely (0..1) each relative is the earlier text; ``leads[i, j]`` tells that
    relative i begins the story (a wire, or the earliest) and relative j doesn't. Of those whose order
    ``is_known`` nobody asks what tells of it: ``ours`` and ``sides`` are nought.
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
            fullest=None if is_known and is_known[index] else fullest,
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
    fullest: _Fullest | None,
) -> Variants:
    undone, gaps = np.zeros(len(agrees)), np.zeros(len(agrees))
    undone[reading.differing] = agrees[reading.differing]
    gaps[reading.leaving] = clean[reading.leaving]
    # A run of tokens counts once, with the greatest weight in it.
    runs = _runs(np.flatnonzero(undone > 0).tolist())
    theirs = float(sum(undone[start:end].max() for start, end in runs)) + float(gaps.sum())
    restyled = {kind for kind in reading.styles if any(kind not in other.styles for other in leaders)}
    return Variants(
        undone=undone,
        undone_gaps=gaps,
        theirs=theirs,
        ours=_own_changes(reading, fullest) if fullest else 0.0,
        sides=_sides(reading, fullest) if fullest else 0.0,
        styles_undone=len(restyled),
        styles_new=len(reading.styles - restyled),
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


def _sides(reading: Reading, others: _Fullest) -> float:
    """How surely the relative is the earlier by how many texts read with it and with the traced one, in nats.

    Where two texts differ and the others follow the one or the other, one of the two began a branch of the
    tree. If each copy was made of any text that there was, the greater part of k texts to one holds the
    first with odds of 2k - 1 to 1 (for two parts of any size about twice their ratio, less one), however
    many the places are: they only tell that the parting is no chance. The mean over the places, each
    of which is a run of tokens; little of a single one.
    """
    places, left = reading.differing, reading.leaving
    besides = others.without(reading)
    if not besides.any() or not (len(places) or len(left)):
        return 0.0
    states = others.states[:, places][besides]
    with_us = (states == SAME).sum(axis=0)
    with_it = _alike(reading, others, besides).sum(axis=0)
    parts: list[tuple[int, int]] = []
    at = 0
    for begin, end in _runs(places.tolist()):
        run = slice(at, at + end - begin)
        parts.append((int(with_us[run].max()), int(with_it[run].max())))
        at = run.stop
    kept = sum(one.runs_on[left].astype(np.int64) for one in others.readings if one is not reading)
    left_out = (others.missing[:, left][besides] == reading.missing[left]).sum(axis=0)
    parts += zip(np.asarray(kept).tolist(), left_out.tolist(), strict=True)
    odds = [_odds_of_parts(*part) for part in parts if any(part)]
    return sum(odds) / (len(odds) + 1)


def _alike(reading: Reading, others: _Fullest, besides: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Others × places where the relative reads otherwise: who of them reads as it does."""
    places = reading.differing
    state, heard = reading.state[places], reading.heard[places]
    same = others.states[:, places][besides] == state
    return np.asarray(same & ((state == ADDED) | (others.heard[:, places][besides] == heard)), np.bool_)


def _odds_of_parts(ours: int, theirs: int) -> float:
    """The odds that the relative's part holds the first text, where so many others read with either."""
    greater, lesser = max(ours, theirs) + 1, min(ours, theirs) + 1
    odds = math.log(2 * greater / lesser - 1)
    return odds if theirs > ours else -odds


def _own_changes(reading: Reading, others: _Fullest) -> float:
    """Places where another relative reads as this one does, and the traced text stands alone."""
    places, left = reading.differing, reading.leaving
    if not (len(places) or len(left)):
        return 0.0
    besides = others.without(reading)
    if not besides.any():
        return 0.0
    found = _count(places[_alike(reading, others, besides).any(axis=0)])
    left_out = (others.missing[:, left][besides] == reading.missing[left]).any(axis=0)
    return float(found) + float(left_out.sum())


@dataclass(frozen=True, slots=True)
class _Parting:
    """Places where one of three texts stands alone: the relative, the traced text, the third."""

    theirs: int
    ours: int
    third: int


def stand_apart(reading: Reading, earlier: Sequence[Reading], later: Sequence[Reading]) -> int:
    """How surely traced text and relative are siblings: changes of both that a third text has not.

    Three texts of which each has changed something that the other two have kept are copies of one that none
    of them is (the star of three copies of one lost text). A third text that has changed nothing itself may
    stand between the two: if it may be the ``earlier`` of it and the traced text, then the relative may be
    the ancestor by way of it. One that is ``later`` can't. Counts the least of what each has changed, for the
    third text that shows most.
    """
    if not (len(reading.differing) or len(reading.leaving)):
        return 0
    before = [_parting(reading, other) for other in earlier if other is not reading]
    after = [_parting(reading, other) for other in later]
    most = max((one.theirs for one in (*before, *after)), default=0)
    if any(one.third == 0 and one.theirs and 2 * one.theirs >= most for one in before):
        return 0
    stars = [min(one.theirs, one.ours, one.third) for one in before]
    return max((*stars, *(min(one.theirs, one.ours) for one in after)), default=0)


def _parting(reading: Reading, other: Reading) -> _Parting:
    """Who of relative, traced text and a third text stands alone how often."""
    places, left = reading.differing, reading.leaving
    there, gone = other.differing, other.leaving
    state = other.state[places]
    alike = (state == reading.state[places]) & (
        (state == ADDED) | (other.heard[places] == reading.heard[places])
    )
    return _Parting(
        theirs=_count(places[state == SAME]) + int(other.runs_on[left].sum()),
        ours=_count(places[alike]) + int((other.missing[left] == reading.missing[left]).sum()),
        third=_count(there[reading.state[there] == SAME]) + int(reading.runs_on[gone].sum()),
    )


def reads_alike(reading: Reading) -> NDArray[np.bool_]:
    """Tokens read the same but for house style."""
    return np.asarray((reading.state == SAME) | (reading.state == STYLED), np.bool_)
