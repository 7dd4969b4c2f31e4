"""Exact runs: the longest stretches of equal tokens that two texts share, and the copied passages they form.

Seeds are equal k-grams; seeds on one diagonal grow together to maximal runs; runs that lie near each other
on both sides chain to passages. It must not know of sentences or of the original offsets.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from auditor.matching.parameters import PARAMETERS
from auditor.matching.views import View
from auditor.text.tokens import Indices

_MOST_SEEDS = 1 << 20  # of one pair; past that, k-grams that stand often in both texts are left out
_OFTEN = 8


@dataclass(frozen=True, slots=True)
class Runs:
    """Maximal exact runs: ``length[i]`` equal tokens from ``a[i]`` and ``b[i]``; sorted by a, then b."""

    a: Indices
    b: Indices
    length: Indices

    def __len__(self) -> int:
        return len(self.a)

    def take(self, which: Indices) -> Runs:
        """Some of the runs."""
        return Runs(self.a[which], self.b[which], self.length[which])


@dataclass(frozen=True, slots=True)
class Block:
    """Two token ranges that belong together, and how many letters their equal runs have."""

    a: tuple[int, int]
    b: tuple[int, int]
    mass: int
    equal: int


def exact_runs(a: View, b: View) -> Runs:
    """All maximal runs of at least ``seed`` equal tokens."""
    grams_a, where_a = a.grams
    grams_b, where_b = b.grams
    if len(grams_a) < len(grams_b):
        swapped = exact_runs(b, a)
        order = np.lexsort((swapped.a, swapped.b))
        return Runs(swapped.b[order], swapped.a[order], swapped.length[order])
    first = np.searchsorted(grams_a, grams_b, side="left")
    last = np.searchsorted(grams_a, grams_b, side="right")
    counts = last - first
    if counts.sum() > _MOST_SEEDS:
        counts[counts > _OFTEN] = 0
    hit = np.flatnonzero(counts)
    counts = counts[hit]
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    at_a = where_a[np.repeat(first[hit], counts) + within]
    at_b = np.repeat(where_b[hit], counts)
    return _grow(at_a, at_b)


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


def chain(runs: Runs, gap: int) -> list[Runs]:
    """Group runs that follow each other on both sides with at most ``gap`` tokens between them."""
    count = len(runs)
    leader = list(range(count))

    def find(run: int) -> int:
        while leader[run] != run:
            leader[run] = leader[leader[run]]
            run = leader[run]
        return run

    a, b, length = runs.a.tolist(), runs.b.tolist(), runs.length.tolist()
    reach = gap + (max(length) if length else 0)
    for one in range(count):
        end_a, end_b = a[one] + length[one], b[one] + length[one]
        for two in range(one + 1, count):
            if a[two] > end_a + gap or a[two] > a[one] + reach:
                break
            ahead = b[two] - end_b
            if -length[one] <= ahead <= gap and b[two] + length[two] > end_b:
                leader[find(two)] = find(one)
    groups: dict[int, list[int]] = {}
    for run in range(count):
        groups.setdefault(find(run), []).append(run)
    return [runs.take(np.array(group)) for group in groups.values()]


def copied(a: View, runs: Runs) -> list[Block]:
    """The copied passages among the runs, the heaviest first; none inside another on both sides."""
    blocks = []
    for group in chain(runs, PARAMETERS.copy_gap):
        block = _block(a, group)
        if _bears_evidence(block):
            blocks.append(block)
    return sorted(blocks, key=lambda block: (-block.mass, block.a, block.b))


def _block(a: View, group: Runs) -> Block:
    start_a, end_a = int(group.a.min()), int((group.a + group.length).max())
    start_b, end_b = int(group.b.min()), int((group.b + group.length).max())
    equal = np.zeros(end_a - start_a, np.bool_)
    equal_b = np.zeros(end_b - start_b, np.bool_)
    for at_a, at_b, size in zip(group.a.tolist(), group.b.tolist(), group.length.tolist(), strict=True):
        equal[at_a - start_a : at_a - start_a + size] = True
        equal_b[at_b - start_b : at_b - start_b + size] = True
    mass = int(a.letters[start_a:end_a][equal].sum())
    return Block((start_a, end_a), (start_b, end_b), mass, min(int(equal.sum()), int(equal_b.sum())))


def _bears_evidence(block: Block) -> bool:
    longer = max(block.a[1] - block.a[0], block.b[1] - block.b[0])
    return (
        block.equal >= PARAMETERS.copy_tokens
        and block.mass >= PARAMETERS.copy_mass
        and block.equal >= PARAMETERS.copy_share * longer
    )
