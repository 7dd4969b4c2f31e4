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

from auditor.lineage.cuts import Cuts
from auditor.lineage.readings import ADDED, PASSAGE, SAME, STYLED, Reading

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Variants:
    """What one relative's differences look like beside the other relatives.

    ``undone`` (a token): how surely the traced text would have undone a change of this relative, 0..1.
    ``undone_gaps`` the same for words that this relative has and the traced text and others lack.
    ``cuts`` (a token): nats against it for a passage that this relative has there and another, earlier one
    had cut already.
    ``theirs`` counts the places where others read as the traced text does and this relative doesn't,
    ``ours`` those where they read as this relative does. ``sides`` is the odds, in nats, of the relative
    being the earlier by how many texts read with either where the two differ (see ``_sides``).
    ``styles_undone`` counts the habits of house style in which this relative differs and a leading one
    doesn't, ``styles_new`` the other ones.
    """

    undone: Floats
    undone_gaps: Floats
    cuts: Floats
    theirs: float
    ours: float
    sides: float
    styles_undone: int
    styles_new: int


def compare(
    readings: Sequence[Reading],
    earlier: Sequence[float],
    leads: NDArray[np.bool_],
    cuts: Sequence[Cuts],
    *,
    shared_cut: Sequence[float],
    is_known: Sequence[bool] = (),
    cuts_tell: Sequence[bool] = (),
) -> tuple[Variants, ...]:
    """The variants of each relative.

    ``earlier`` is how likely (0..1) each relative is the earlier text; ``leads[i, j]`` tells that
    relative i begins the story (a wire, or the earliest) and relative j doesn't; ``cuts`` are those of the
    relatives (see ``passages_cut``), of which one that is shared weighs ``shared_cut`` nats. Of those whose
    order ``is_known`` nobody asks what tells of it: ``ours`` and ``sides`` are nought; nor of those whose
    ``cuts_tell`` nothing of it what they cut.
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
    chances = np.asarray(earlier, np.float64)
    fullest = _Fullest.of(sorted(readings, key=lambda reading: -reading.same)[:_MOST_COMPARED])
    return tuple(
        _variants(
            reading,
            agrees,
            clean,
            shared_cut[index] * _cut_before(cuts[index], chances, size),
            leaders=[readings[position] for position in np.flatnonzero(leads[:, index]).tolist()],
            fullest=None if is_known and is_known[index] else fullest,
            told_by_cuts=cuts[index].parts(len(readings)) if not cuts_tell or cuts_tell[index] else (),
        )
        for index, reading in enumerate(readings)
    )


def _cut_before(found: Cuts, chances: Floats, size: int) -> Floats:
    """By tokens, how surely passages of a relative that the traced text lacks were cut before, 0..1."""
    weights = np.zeros(size)
    if len(found.places):
        surest = np.where(found.also[: len(chances)], chances[:, None], 0.0).max(axis=0)
        np.add.at(weights, found.places, surest)
    return weights


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
    cuts: Floats,
    *,
    leaders: Sequence[Reading],
    fullest: _Fullest | None,
    told_by_cuts: Sequence[tuple[int, int]],
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
        cuts=cuts,
        theirs=theirs,
        ours=_own_changes(reading, fullest) if fullest else 0.0,
        sides=_sides(reading, fullest, told_by_cuts) if fullest else 0.0,
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


def _sides(reading: Reading, others: _Fullest, told_by_cuts: Sequence[tuple[int, int]]) -> float:
    """How surely the relative is the earlier by how many texts read with it and with the traced one, in nats.

    Where two texts differ and the others follow the one or the other, one of the two began a branch of the
    tree. If each copy was made of any text that there was, the greater part of k texts to one holds the
    first with odds of 2k - 1 to 1 (for two parts of any size about twice their ratio, less one), however
    many the places are: they only tell that the parting is no chance. The mean over the places, each
    of which is a run of tokens; little of a single one.
    """
    places, left = reading.differing, reading.leaving
    besides = others.without(reading)
    if not besides.any() or not (len(places) or len(left) or told_by_cuts):
        return 0.0
    states = others.states[:, places][besides]
    with_us = (states == SAME).sum(axis=0)
    with_it = _alike(reading, others, besides).sum(axis=0)
    parts = list(told_by_cuts)
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


def stand_apart(
    index: int,
    readings: Sequence[Reading],
    cuts: Sequence[Cuts],
    earlier: Sequence[int],
    later: Sequence[int],
) -> int:
    """How surely traced text and relative ``index`` are siblings: changes of both that a third text has not.

    Three texts of which each has changed something that the other two have kept are copies of one that none
    of them is (the star of three copies of one lost text). A third text that has changed nothing itself may
    stand between the two: if it may be the ``earlier`` of it and the traced text, then the relative may be
    the ancestor by way of it. One that is ``later`` can't. Counts the least of what each has changed, for the
    third text that shows most. Passages cut count where there are ``cuts``.
    """
    before = [_parting(index, other, readings, cuts) for other in earlier if other != index]
    after = [_parting(index, other, readings, cuts) for other in later]
    most = max((one.theirs for one in (*before, *after)), default=0)
    if any(one.third == 0 and one.theirs and 2 * one.theirs >= most for one in before):
        return 0
    stars = [min(one.theirs, one.ours, one.third) for one in before]
    return max((*stars, *(min(one.theirs, one.ours) for one in after)), default=0)


def _parting(index: int, other: int, readings: Sequence[Reading], cuts: Sequence[Cuts]) -> _Parting:
    """Who of relative, traced text and a third text stands alone how often."""
    relative, third = readings[index], readings[other]
    places, left = relative.differing, relative.leaving
    there, gone = third.differing, third.leaving
    state = third.state[places]
    alike = (state == relative.state[places]) & (
        (state == ADDED) | (third.heard[places] == relative.heard[places])
    )
    theirs = _count(places[state == SAME]) + int(third.runs_on[left].sum())
    ours = _count(places[alike]) + int((third.missing[left] == relative.missing[left]).sum())
    thirds = _count(there[relative.state[there] == SAME]) + int(relative.runs_on[gone].sum())
    if cuts:
        theirs += _passages(third.covered & ~relative.covered)
        ours += int(cuts[index].kept[other].sum())
        thirds += _passages(relative.covered & ~third.covered)
    return _Parting(theirs, ours, thirds)


def _passages(where: NDArray[np.bool_]) -> int:
    """How many passages there are among tokens."""
    return sum(end - begin >= PASSAGE for begin, end in _runs(np.flatnonzero(where).tolist()))


def reads_alike(reading: Reading) -> NDArray[np.bool_]:
    """Tokens read the same but for house style."""
    return np.asarray((reading.state == SAME) | (reading.state == STYLED), np.bool_)
