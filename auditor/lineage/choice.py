"""The best source of every stretch of a text among its relatives (after seriatim, Smith et al. 2014).

The text is cut into units where sentences or matches begin and end; a path through the units chooses for
each one relative or none. Words in common speak for a relative, other readings against it, and changing
the relative costs: neighbouring passages are mostly from one place, and texts have few parents, so that
each further relative costs too.
This module must not know times, sources or credits: it is handed a prior for each relative.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.lineage.parameters import Parameters
from auditor.lineage.readings import OTHER, Reading
from auditor.lineage.variants import Variants, reads_alike
from auditor.text import Document

Floats = NDArray[np.float64]
_NEVER = -1e9


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens ``[first, last)`` and the index of the relative that explains them best.

    ``margin`` is the lead over the next best relative for this stretch, in nats; infinite where there
    is no other. ``rivals`` are the others' scores behind the best one's, by index.
    """

    first: int
    last: int
    relative: int
    margin: float
    rivals: tuple[tuple[int, float], ...]


def choose(
    document: Document,
    readings: Sequence[Reading],
    variants: Sequence[Variants],
    priors: Sequence[float],
    parameters: Parameters,
) -> tuple[Stretch, ...]:
    """The stretches of a text that have a source, in order; ``priors`` are nats, one a relative."""
    cuts = _cuts(document, readings)
    if len(cuts) < 2 or not readings:
        return ()
    scores = _unit_scores(readings, variants, cuts, parameters)
    entry = np.asarray(priors, np.float64) - max(priors)
    path, entry = _fewest_parents(scores, entry, parameters)
    return tuple(_stretches(path, cuts, scores, entry))


def _fewest_parents(
    scores: Floats, entry: Floats, parameters: Parameters
) -> tuple[NDArray[np.int64], Floats]:
    """The best path where each further relative costs, and the entry costs with which it was found.

    Begins with the relative that explains most of the text, and takes in others while they earn it.
    """
    used = {int((np.maximum(scores, 0.0).sum(axis=1) + entry).argmax())}
    while True:
        charged = entry - parameters.another_parent
        charged[sorted(used)] = entry[sorted(used)]
        path = _best_path(scores, charged, parameters.switch)
        fresh = [index for index in np.unique(path).tolist() if index >= 0 and index not in used]
        if not fresh:
            return path, charged
        gains = [float(scores[index, path == index].sum()) for index in fresh]
        used.add(fresh[gains.index(max(gains))])


def _cuts(document: Document, readings: Sequence[Reading]) -> NDArray[np.int64]:
    """Token indices at which a sentence or a match begins or ends."""
    size = len(document.tokens)
    change = np.zeros(size + 1, np.bool_)
    change[[0, size]] = True
    starts = np.searchsorted(document.tokens.starts, [span.start for span in document.sentences])
    change[starts] = True
    for reading in readings:
        change[1:size] |= reading.match[1:] != reading.match[:-1]
    return np.flatnonzero(change)


def _unit_scores(
    readings: Sequence[Reading],
    variants: Sequence[Variants],
    cuts: NDArray[np.int64],
    parameters: Parameters,
) -> Floats:
    """Relatives × units: how well each explains each unit."""
    rows = []
    small = np.diff(cuts) < parameters.shortest_unit
    for reading, variant in zip(readings, variants, strict=True):
        alike = reads_alike(reading)
        other = reading.covered & ~alike
        cost = parameters.same_word + parameters.other_word + parameters.undone * variant.undone
        gain = np.where(reading.covered, parameters.same_word, 0.0)
        gain -= np.where(other, cost * reading.novelty, 0.0)
        gain -= np.where(reading.missing[:-1] > 0, parameters.omission, 0.0)
        gain -= parameters.undone * variant.undone_gaps
        unit = np.add.reduceat(gain, cuts[:-1])
        unit[small] *= parameters.by_chance
        told = np.add.reduceat((alike | (reading.state == OTHER)).astype(np.int64), cuts[:-1])
        rows.append(np.where(told > 0, unit, _NEVER))
    return np.array(rows)


def _best_path(scores: Floats, entry: Floats, switch: float) -> NDArray[np.int64]:
    """For each unit the index of its relative, or -1 for new text (Viterbi)."""
    relatives, units = scores.shape
    best = np.append(np.full(relatives, _NEVER), 0.0)  # the last state is "new"
    back = np.empty((units, relatives + 1), np.int64)
    for unit in range(units):
        leader = int(best.argmax())
        start = best[leader] - switch + np.append(entry, switch)
        start[:-1] = np.where(leader == relatives, start[:-1] + switch, start[:-1])
        stay = best
        from_new = best[-1] + np.append(entry, 0.0)
        options = np.stack([stay, start, from_new])
        pick = options.argmax(axis=0)
        origin = np.stack(
            [np.arange(relatives + 1), np.full(relatives + 1, leader), np.full(relatives + 1, relatives)]
        )
        back[unit] = origin[pick, np.arange(relatives + 1)]
        best = options[pick, np.arange(relatives + 1)] + np.append(scores[:, unit], 0.0)
    path = np.empty(units, np.int64)
    state = int(best.argmax())
    for unit in range(units - 1, -1, -1):
        path[unit] = state
        state = int(back[unit, state])
    path[path == relatives] = -1
    return path


def _stretches(
    path: NDArray[np.int64], cuts: NDArray[np.int64], scores: Floats, entry: Floats
) -> list[Stretch]:
    found = []
    begin = 0
    for unit in range(1, len(path) + 1):
        if unit < len(path) and path[unit] == path[begin]:
            continue
        chosen = int(path[begin])
        if chosen >= 0:
            totals = np.maximum(scores[:, begin:unit], 0.0).sum(axis=1) + entry
            possible = np.flatnonzero((scores[:, begin:unit] > 0).any(axis=1))
            rivals = sorted((float(totals[chosen] - totals[i]), int(i)) for i in possible if i != chosen)
            margin = rivals[0][0] if rivals else float("inf")
            found.append(
                Stretch(
                    int(cuts[begin]), int(cuts[unit]), chosen, margin, tuple((i, lead) for lead, i in rivals)
                )
            )
        begin = unit
    return found
