"""Passages of a relative that a traced text passes over, and which other relatives pass over them as well.

A desk cuts where it likes. Where a relative goes on with a passage that the traced text hasn't, and another,
earlier one passes over it at the same place, the traced text would have had to cut there by itself just as
the other did: it more likely has the cut from there. This module must not know times or sources.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.lineage.readings import Reading

# A passage is passed over as well by a text that has no more words than this between the same two.
_NOTHING = 1


@dataclass(frozen=True)
class Cuts:
    """The passages of one relative that the traced text lacks (p places), beside m relatives.

    ``places`` are the tokens before which they would stand, the last token for what follows the shared text;
    ``also`` (m × p) tells which relatives pass over them at the same place, ``kept`` which have as much.
    """

    places: NDArray[np.intp]
    also: NDArray[np.bool_]
    kept: NDArray[np.bool_]

    def parts(self, first: int) -> list[tuple[int, int]]:
        """For each place how many of the first relatives pass over it too, and how many others have it."""
        also, kept = self.also[:first].sum(axis=0), self.kept[:first].sum(axis=0)
        return list(zip(also.tolist(), (kept - 1).tolist(), strict=True))


def passages_cut(readings: Sequence[Reading]) -> tuple[Cuts, ...]:
    """The cuts of each relative; ``readings`` are all of one text of n tokens."""
    if len(readings) == 1 or not any(len(reading.passages) for reading in readings):
        return tuple(_no_cuts(len(readings)) for _ in readings)
    size = len(readings[0].state)
    aligned = np.array([reading.partner >= 0 for reading in readings])
    left_out = np.array([reading.missing + reading.passed for reading in readings], np.int64)
    sums = np.zeros((len(readings), size + 2), np.int64)
    np.cumsum(left_out, axis=1, out=sums[:, 1:])
    following = _following(aligned)
    return tuple(
        _cuts(reading, row, aligned, sums, following) for reading, row in zip(readings, aligned, strict=True)
    )


def _no_cuts(relatives: int) -> Cuts:
    nobody = np.zeros((relatives, 0), np.bool_)
    return Cuts(np.zeros(0, np.intp), nobody, nobody)


def _following(aligned: NDArray[np.bool_]) -> NDArray[np.intp]:
    """For each relative and token, and the end, the next token from there on that is aligned (else n)."""
    size = aligned.shape[1]
    where = np.full((len(aligned), size + 1), size)
    where[:, :-1] = np.where(aligned, np.arange(size), size)
    return np.minimum.accumulate(where[:, ::-1], axis=1)[:, ::-1]


def _cuts(
    reading: Reading,
    own: NDArray[np.bool_],
    aligned: NDArray[np.bool_],
    sums: NDArray[np.int64],
    following: NDArray[np.intp],
) -> Cuts:
    places = reading.passages
    if not len(places):
        return _no_cuts(len(aligned))
    size = len(own)
    tokens = np.flatnonzero(own)
    next_one = np.searchsorted(tokens, places)
    before = np.append(tokens, -1)[next_one - 1]
    after = np.append(tokens, size)[next_one]
    has = (aligned[:, before] | (before < 0)) & (aligned[:, np.minimum(after, size - 1)] | (after == size))
    ends = np.where(after == size, following[:, before + 1], after)
    left_out = np.take_along_axis(sums, ends + 1, axis=1) - sums[:, before + 1]
    return Cuts(
        np.where(after == size, before, after),
        has & (left_out <= _NOTHING),
        has & (2 * left_out >= reading.passed[places]),
    )
