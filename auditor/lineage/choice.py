"""The best source of every stretch of a text among its relatives (after seriatim, Smith et al. 2014).

The text is cut into units where sentences or matches begin and end; a path through the units chooses for
each one relative or none. Words in common speak for a relative, other readings against it, and changing
the relative costs: neighbouring passages are mostly from one place, and texts have few parents, so that
each further relative costs too.
This module must not know times, sources or credits: it is handed a prior for each relative.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.lineage.parameters import Parameters
from auditor.lineage.readings import Reading
from auditor.lineage.variants import Variants, reads_alike
from auditor.text import Document

Floats = NDArray[np.float64]
_NEVER = -1e9


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens ``[first, last)`` and the index of the relative that explains them best.

    ``leads`` is by how much it leads each rival over all that it explains in the text, in nats, least
    first; empty where no other relative has any of it.
    """

    first: int
    last: int
    relative: int
    leads: tuple[float, ...]


def choose(
    document: Document,
    readings: Sequence[Reading],
    variants: Sequence[Variants],
    priors: Sequence[float],
    parameters: Parameters,
) -> tuple[Stretch, ...]:
    """The stretches of a text that have a source, in order; ``priors`` are nats, one a relative."""
    if not readings:
        return ()
    cuts = _cuts(document, readings)
    if len(cuts) < 2:
        return ()
    scores = _unit_scores(readings, variants, cuts, parameters)
    entry = np.asarray(priors, np.float64) - max(priors)
    path = _fewest_parents(scores, entry, parameters)
    leads = {
        chosen: _leads(path, chosen, scores, entry) for chosen in np.unique(path).tolist() if chosen >= 0
    }
    return tuple(
        Stretch(int(cuts[begin]), int(cuts[end]), chosen, leads[chosen]) for begin, end, chosen in _runs(path)
    )


def _fewest_parents(scores: Floats, entry: Floats, parameters: Parameters) -> NDArray[np.int64]:
    """The best path where each further relative costs.

    Begins with the relative that explains most of the text, and takes in others while they earn it.
    """
    if len(entry) == 1:
        return np.where(scores[0] > _NEVER / 2, 0, -1).astype(np.int64)
    used = {int((np.maximum(scores, 0.0).sum(axis=1) + entry).argmax())}
    while True:
        charged = entry - parameters.another_parent
        charged[sorted(used)] = entry[sorted(used)]
        path = _best_path(scores, charged, parameters.switch)
        fresh = [index for index in np.unique(path).tolist() if index >= 0 and index not in used]
        if not fresh:
            return path
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
    small = np.diff(cuts) < parameters.shortest_unit
    covered = np.array([reading.covered for reading in readings])
    alike = np.array([reads_alike(reading) for reading in readings])
    undone = np.array([variant.undone for variant in variants])
    cost = parameters.same_word + parameters.other_word + parameters.undone * undone
    gain = np.where(covered, parameters.same_word, 0.0)
    gain -= np.where(covered & ~alike, cost * np.array([reading.novelty for reading in readings]), 0.0)
    left_out = np.array([reading.missing[:-1] > 0 for reading in readings])
    gain -= np.where(left_out, parameters.omission, 0.0)
    gain -= parameters.undone * np.array([variant.undone_gaps for variant in variants])
    gain -= np.array([variant.cuts for variant in variants])
    units = np.add.reduceat(gain, cuts[:-1], axis=1)
    units[:, small] *= parameters.by_chance
    otherwise = np.array([reading.otherwise for reading in readings])
    told = np.logical_or.reduceat(alike | otherwise, cuts[:-1], axis=1)
    return np.where(told, units, _NEVER)


def _best_path(scores: Floats, entry: Floats, switch: float) -> NDArray[np.int64]:
    """For each unit the index of its relative, or -1 for new text (Viterbi)."""
    relatives, units = scores.shape
    best = np.append(np.full(relatives, _NEVER), 0.0)  # the last state is "new"
    back = np.empty((units, relatives + 1), np.int64)
    states = np.arange(relatives + 1)
    switching, entering = np.append(entry, switch), np.append(entry, 0.0)
    gains = np.vstack([scores, np.zeros(units)]).T
    options = np.empty((3, relatives + 1))
    origin = np.stack([states, states, np.full(relatives + 1, relatives)])
    for unit in range(units):
        leader = int(best.argmax())
        options[0] = best  # stays
        options[1] = best[leader] - switch + switching
        if leader == relatives:
            options[1, :-1] += switch
        options[2] = best[-1] + entering  # comes from new text
        pick = options.argmax(axis=0)
        origin[1] = leader
        back[unit] = origin[pick, states]
        best = options[pick, states] + gains[unit]
    path = np.empty(units, np.int64)
    state = int(best.argmax())
    for unit in range(units - 1, -1, -1):
        path[unit] = state
        state = int(back[unit, state])
    path[path == relatives] = -1
    return path


def _runs(path: NDArray[np.int64]) -> Iterator[tuple[int, int, int]]:
    """Units in a row that one relative explains: first, after the last, the relative."""
    bounds = [0, *(np.flatnonzero(np.diff(path)) + 1).tolist(), len(path)]
    for begin, end in itertools.pairwise(bounds):
        if path[begin] >= 0:
            yield begin, end, int(path[begin])


def _leads(path: NDArray[np.int64], chosen: int, scores: Floats, entry: Floats) -> tuple[float, ...]:
    """By how much a relative leads each other that has some of what it explains, in nats, least first."""
    units = scores[:, path == chosen]
    totals = np.maximum(units, 0.0).sum(axis=1) + entry
    rivals = [index for index in np.flatnonzero((units > 0).any(axis=1)).tolist() if index != chosen]
    return tuple(sorted(float(totals[chosen] - totals[index]) for index in rivals))
