"""Exact runs: the longest stretches of equal tokens that two texts share, and the copied passages they form.

Seeds are equal k-grams; seeds on one diagonal grow together to maximal runs; runs that lie near each other
on both sides chain to passages. It must not know of sentences or of the original offsets.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.matching.parameters import PARAMETERS
from auditor.matching.passages import Passage, length
from auditor.matching.views import View
from auditor.text.tokens import Indices

_MOST_SEEDS = 1 << 20  # of one pair; past that, k-grams that stand often in both texts are left out
_OFTEN = 8
_MOST_RUNS = 1 << 14  # of one pair; past that, which only encoded files and tables reach, the longest count
_NEIGHBOURS = 64  # earlier runs that one may continue; more only stand there in texts that repeat themselves
_REACH = 4096  # tokens by which a chained run may begin after the one before it

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Runs:
    """Maximal exact runs: ``length[i]`` equal tokens from ``a[i]`` and ``b[i]``; sorted by a, then b."""

    a: Indices
    b: Indices
    length: Indices

    def __len__(self) -> int:
        return len(self.a)

    def lists(self) -> tuple[list[int], list[int], list[int]]:
        """The three columns as lists, for loops over few runs."""
        return self.a.tolist(), self.b.tolist(), self.length.tolist()

    def take(self, which: Indices) -> Runs:
        """Some of the runs."""
        return Runs(self.a[which], self.b[which], self.length[which])


@dataclass(frozen=True, slots=True)
class Block:
    """A passage that is copied, changes and all.

    ``equal`` are the tokens in its equal runs, ``mass`` their letters, ``plain`` the letters of those that
    aren't capitalised, ``longest`` the tokens of the longest run.
    """

    passage: Passage
    mass: int
    plain: int
    equal: int
    longest: int


def exact_runs(a: View, b: View) -> Runs:
    """All maximal runs of at least ``seed`` equal tokens."""
    if len(a.grams[0]) < len(b.grams[0]):
        at_b, at_a = _seeds(b, a)
    else:
        at_a, at_b = _seeds(a, b)
    return _grow(at_a, at_b)


def _seeds(a: View, b: View) -> tuple[Indices, Indices]:
    """Where equal k-grams begin in the longer text and in the shorter, in no order."""
    (grams_a, where_a), (grams_b, where_b) = a.grams, b.grams
    first = np.searchsorted(grams_a, grams_b, side="left")
    if a.grams_differ:
        first[first == len(grams_a)] = 0
        hit = np.flatnonzero(grams_a[first] == grams_b) if len(grams_a) else first
        return where_a[first[hit]], where_b[hit]
    counts = np.searchsorted(grams_a, grams_b, side="right") - first
    if counts.sum() > _MOST_SEEDS:
        counts[counts > _OFTEN] = 0
    hit = np.flatnonzero(counts)
    counts = counts[hit]
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return where_a[np.repeat(first[hit], counts) + within], np.repeat(where_b[hit], counts)


def _grow(at_a: Indices, at_b: Indices) -> Runs:
    """Join seeds that follow each other on one diagonal."""
    if not len(at_a):
        return Runs(at_a, at_b, at_a)
    diagonal = at_a - at_b
    order = np.lexsort((at_a, diagonal))
    at_a, at_b, diagonal = at_a[order], at_b[order], diagonal[order]
    begins = np.ones(len(at_a), np.bool_)
    begins[1:] = (diagonal[1:] != diagonal[:-1]) | (at_a[1:] != at_a[:-1] + 1)
    heads = np.flatnonzero(begins)
    length = np.diff(np.append(heads, len(at_a))) + PARAMETERS.seed - 1
    order = np.lexsort((at_b[heads], at_a[heads]))
    heads = heads[order]
    return Runs(at_a[heads], at_b[heads], length[order])


def copied(a: View, b: View, runs: Runs) -> list[Block]:
    """The copied passages among the runs, the heaviest first.

    Each token of either text belongs to one passage at most: of a phrase or block that stands twice in one
    text, the heaviest passage takes its own, and the first of equals.
    """
    chains = _chains(a, runs)
    if not chains:
        return []
    runs = _longest(runs)
    free_a = np.ones(len(a.tokens), np.bool_)
    free_b = np.ones(int((runs.b + runs.length).max(initial=0)), np.bool_)
    blocks = []
    for group in chains:
        kept = _unused(group, free_a, free_b)
        if kept is None:
            continue
        block = _block(a, _trimmed(a, b, kept))
        if _bears_evidence(block):
            blocks.append(block)
            for at_a, at_b, size in zip(*kept.lists(), strict=True):
                free_a[at_a : at_a + size] = False
                free_b[at_b : at_b + size] = False
    return sorted(blocks, key=lambda block: (-block.mass, block.passage))


def _longest(runs: Runs) -> Runs:
    """As many of the runs as can be chained, all of one length or none."""
    if len(runs) <= _MOST_RUNS:
        return runs
    shortest = int(np.sort(runs.length)[-_MOST_RUNS])
    least = shortest if int((runs.length >= shortest).sum()) <= _MOST_RUNS else shortest + 1
    return runs.take(np.flatnonzero(runs.length >= least))


def _chains(a: View, runs: Runs) -> list[Runs]:
    """Runs that follow each other on both sides with few new tokens between, heaviest chain first.

    The usual chaining of anchors: each run continues the best chain that it can. Chains that can't bear
    evidence are left out.
    """
    mass = (a.reach[runs.a + runs.length] - a.reach[runs.a]).tolist()
    at_a, at_b, size = runs.lists()
    score, before = list(mass), [-1] * len(runs)
    oldest = 0
    for run in range(len(runs)):
        while at_a[run] - at_a[oldest] > _REACH:
            oldest += 1
        for other in range(max(oldest, run - _NEIGHBOURS), run):
            overlap = max(at_a[other] + size[other] - at_a[run], at_b[other] + size[other] - at_b[run], 0)
            gap_a = at_a[run] + overlap - at_a[other] - size[other]
            gap_b = at_b[run] + overlap - at_b[other] - size[other]
            if overlap >= size[run] or at_b[other] >= at_b[run] or not _near(gap_a, gap_b):
                continue
            reached = score[other] + mass[run] * (1 - overlap / size[run]) - max(gap_a, gap_b)
            if reached > score[run]:
                score[run], before[run] = reached, other
    return [
        runs.take(np.array(chain))
        for chain in _unwind(score, before)
        if sum(size[run] for run in chain) >= PARAMETERS.copy_tokens
        and sum(mass[run] for run in chain) >= PARAMETERS.copy_mass
    ]


def _near(gap_a: int, gap_b: int) -> bool:
    """Few new words on both sides; or hardly any on one, and on the other no more than a clause cut out."""
    narrow, wide = sorted((gap_a, gap_b))
    return wide <= PARAMETERS.copy_gap or (narrow <= PARAMETERS.cut_edge and wide <= PARAMETERS.cut_gap)


def _trimmed(a: View, b: View, group: Runs) -> Runs:
    """The runs without the words of a neighbouring sentence that both texts happen to share at an end."""
    at_a, at_b, size = (column.copy() for column in (group.a, group.b, group.length))
    before = _stray_before(a, b, int(at_a[0]), int(at_b[0]), int(size[0]))
    at_a[0] += before
    at_b[0] += before
    size[0] -= before
    size[-1] -= _stray_after(a, b, int(at_a[-1] + size[-1]), int(at_b[-1] + size[-1]), int(size[-1]))
    return Runs(at_a, at_b, size)


def _stray_before(a: View, b: View, at_a: int, at_b: int, size: int) -> int:
    """How many tokens of an unfinished sentence stand before the first that begins in both texts."""
    if a.begins[at_a] or b.begins[at_b]:
        return 0
    for count in range(1, min(PARAMETERS.stray + 1, size)):
        if a.begins[at_a + count] and b.begins[at_b + count]:
            return count if _is_slight(a, at_a, at_a + count) else 0
    return 0


def _stray_after(a: View, b: View, end_a: int, end_b: int, size: int) -> int:
    """How many tokens of an unfinished sentence stand after the last that ends in both texts."""
    if a.begins[end_a] or b.begins[end_b]:
        return 0
    for count in range(1, min(PARAMETERS.stray + 1, size)):
        if a.begins[end_a - count] and b.begins[end_b - count]:
            return count if _is_slight(a, end_a - count, end_a) else 0
    return 0


def _is_slight(view: View, first: int, last: int) -> bool:
    """Are these words so short that two texts may share them by chance?"""
    return int(view.reach[last] - view.reach[first]) <= PARAMETERS.stray_letters


def _unwind(score: list[float], before: list[int]) -> list[list[int]]:
    """Read the chains back from their ends, each run in one chain only."""
    used = [False] * len(score)
    chains = []
    for end in sorted(range(len(score)), key=lambda run: (-score[run], run)):
        group, run = [], end
        while run >= 0 and not used[run]:
            used[run] = True
            group.append(run)
            run = before[run]
        if group:
            chains.append(group[::-1])
    return chains


def _unused(group: Runs, free_a: Flags, free_b: Flags) -> Runs | None:
    """The longest part of each run that no heavier passage holds on either side."""
    kept = []
    for at_a, at_b, size in zip(*group.lists(), strict=True):
        free = free_a[at_a : at_a + size] & free_b[at_b : at_b + size]
        if free.all():
            kept.append((at_a, at_b, size))
            continue
        edges = np.flatnonzero(np.diff(free, prepend=False, append=False))
        if len(edges):
            best = int(np.argmax(edges[1::2] - edges[::2]))
            start, end = int(edges[2 * best]), int(edges[2 * best + 1])
            kept.append((at_a + start, at_b + start, end - start))
    if not kept:
        return None
    return Runs(*np.array(kept, dtype=np.int64).T)


def _block(a: View, group: Runs) -> Block:
    start_a, end_a = int(group.a.min()), int((group.a + group.length).max())
    start_b, end_b = int(group.b.min()), int((group.b + group.length).max())
    equal_a = np.zeros(end_a - start_a, np.bool_)
    equal_b = np.zeros(end_b - start_b, np.bool_)
    for at_a, at_b, size in zip(*group.lists(), strict=True):
        equal_a[at_a - start_a : at_a - start_a + size] = True
        equal_b[at_b - start_b : at_b - start_b + size] = True
    mass = int(a.letters[start_a:end_a][equal_a].sum())
    plain = int(a.weight[start_a:end_a][equal_a].sum())
    equal = min(int(equal_a.sum()), int(equal_b.sum()))
    return Block(Passage((start_a, end_a), (start_b, end_b)), mass, plain, equal, int(group.length.max()))


def _bears_evidence(block: Block) -> bool:
    longer = max(length(block.passage.a), length(block.passage.b))
    return (
        block.equal >= PARAMETERS.copy_tokens
        and block.mass >= PARAMETERS.copy_mass
        and block.plain >= PARAMETERS.copy_plain
        and block.equal >= PARAMETERS.copy_share * longer
    )
