"""Readings compared across relatives: which of two texts has the changed word, by what the others have.

The classical argument of textual criticism: where a relative reads otherwise and an earlier text reads as
the traced one does, the relative changed it, and the traced text can't have it from there. Where the
traced text stands alone, the change is its own and tells nothing against the relative. This module must
not know times or sources: it is handed how likely each relative is the earlier one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.lineage.readings import ADDED, OTHER, SAME, STYLED, Reading

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
    otherwise: NDArray[np.bool_]
    heard: NDArray[np.uint64]
    added: NDArray[np.bool_]
    missing: NDArray[np.int32]

    @classmethod
    def of(cls, readings: Sequence[Reading]) -> _Fullest:
        return cls(
            tuple(readings),
            np.array([reading.otherwise for reading in readings]),
            np.array([reading.heard for reading in readings]),
            np.array([reading.state == ADDED for reading in readings]),
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
    other = (reading.state == OTHER) | (reading.state == ADDED)
    undone = np.where(other, agrees, 0.0)
    gaps = np.where(reading.missing[:-1] > 0, clean, 0.0)
    theirs = _places(undone > 0, undone) + float(gaps.sum())
    restyled = {kind for kind in reading.styles if any(kind not in other.styles for other in leaders)}
    return Variants(
        undone, gaps, theirs, _own_changes(reading, fullest), len(restyled), len(reading.styles - restyled)
    )


def _places(where: NDArray[np.bool_], weight: Floats) -> float:
    """Runs of tokens counted once each, with the greatest weight in the run."""
    if not where.any():
        return 0.0
    edges = np.flatnonzero(np.diff(np.concatenate([[False], where, [False]]).astype(np.int8)))
    return float(sum(weight[start:end].max() for start, end in zip(edges[::2], edges[1::2], strict=True)))


def _own_changes(reading: Reading, others: _Fullest) -> float:
    """Places where another relative reads as this one does, and the traced text stands alone."""
    differs = reading.otherwise
    gaps = reading.missing[:-1] > 0
    added = reading.state == ADDED
    if not (differs.any() or gaps.any() or added.any()):
        return 0.0
    besides = others.without(reading)
    if not besides.any():
        return 0.0
    heard = others.otherwise[besides] & (others.heard[besides] == reading.heard)
    alone = (differs & heard.any(axis=0)) | (added & others.added[besides].any(axis=0))
    left_out = gaps & (others.missing[besides] == reading.missing[:-1]).any(axis=0)
    return _places(alone, np.ones(len(alone))) + float(left_out.sum())


def stand_apart(reading: Reading, others: Sequence[Reading]) -> int:
    """How surely traced text and relative are siblings: changes of both that a third text has not.

    A third text that reads with the one where the other stands alone, and the other way round, shows
    that both changed something that neither took from the other (the star of three copies of one lost
    text). Counts the lesser of the two, for the third text that shows most.
    """
    theirs = (reading.state == OTHER) | (reading.state == ADDED)
    gaps = reading.missing[:-1] > 0
    if not (theirs.any() or gaps.any()):
        return 0
    most = 0
    for other in others:
        if other is reading:
            continue
        same = other.runs_on
        they_changed = int(_places(theirs & (other.state == SAME), np.ones(len(theirs))))
        they_changed += int((gaps & same).sum())
        we_changed = (reading.state == OTHER) & (other.state == OTHER) & (reading.heard == other.heard)
        we_added = (reading.state == ADDED) & (other.state == ADDED)
        we_left = gaps & (other.missing[:-1] == reading.missing[:-1])
        ours = int(_places(we_changed | we_added, np.ones(len(theirs)))) + int(we_left.sum())
        most = max(most, min(they_changed, ours))
    return most


def reads_alike(reading: Reading) -> NDArray[np.bool_]:
    """Tokens read the same but for house style."""
    return np.asarray((reading.state == SAME) | (reading.state == STYLED), np.bool_)
