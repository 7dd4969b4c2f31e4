"""From derivations to stretches: runs of a child that derive from one parent without a break.

    derivations | join neighbours | widen to sentences | align words | part what only changed its place

What became of the words inside a stretch is for changes to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from rapidfuzz.distance import Indel

from auditor.domain import Derivation, MatchKind, Relation
from auditor.garbling.blocks import Block, Range, differing
from auditor.garbling.changes import Stretch
from auditor.garbling.reading import Reading

JOIN_GAP = 60
"""Neighbouring derivations of one parent with at most this many words between them, on both sides, are one
stretch: about two sentences, so that an edit in the middle of a sentence never parts it."""

MOVED_WORDS = 8
MOVED_LIKENESS = 0.8
"""A missing and an added run of at least so many words, alike to this degree, are one run that was moved."""


class _Run(NamedTuple):
    derivation: Derivation
    after: Range
    before: Range


def stretches(
    child: Reading, derivations: Sequence[Derivation], parents: dict[str, Reading]
) -> tuple[Stretch, ...]:
    """The stretches of a child, in its order; derivations without a held parent give none."""
    runs = []
    for derivation in sorted(derivations, key=lambda one: one.span):
        if derivation.parent and derivation.parent.article in parents:
            parent = parents[derivation.parent.article]
            runs.append(
                _Run(derivation, child.within(derivation.span), parent.within(derivation.parent.span))
            )
    found: list[Stretch] = []
    groups = _joined(runs)
    for index, group in enumerate(groups):
        low = groups[index - 1][-1].after[1] if index else 0
        high = groups[index + 1][0].after[0] if index + 1 < len(groups) else len(child)
        parent_id = group[0].derivation.parent.article if group[0].derivation.parent else ""
        stretch = _stretch(child, parents[parent_id], parent_id, group, (low, max(low, high)))
        if stretch:
            found += _parted_moves(stretch)
    return tuple(found)


def _parted_moves(stretch: Stretch) -> Iterator[Stretch]:
    """The stretch without the runs that only changed their place in it, and each of those by itself."""
    gone = [block for block in stretch.blocks if block[0][1] - block[0][0] >= MOVED_WORDS]
    come = [block for block in stretch.blocks if block[1][1] - block[1][0] >= MOVED_WORDS]
    moves: list[Block] = []
    for old, _ in gone:
        for _, new in come:
            if _is_moved(stretch, old, new):
                moves.append((old, new))
                break
    if not moves:
        yield stretch
        return
    yield replace(stretch, moves=tuple(moves))
    for old, new in moves:
        inside = tuple(differing(stretch.parent, stretch.child, old, new))
        yield replace(stretch, after=new, before=old, core=(old, new), blocks=inside)


def _is_moved(stretch: Stretch, old: Range, new: Range) -> bool:
    one, other = stretch.parent.forms[slice(*old)], stretch.child.forms[slice(*new)]
    return Indel.normalized_similarity(one, other) >= MOVED_LIKENESS


def _joined(runs: Sequence[_Run]) -> list[list[_Run]]:
    groups: list[list[_Run]] = []
    for run in runs:
        if groups and _continues(groups[-1][-1], run):
            groups[-1].append(run)
        else:
            groups.append([run])
    return groups


def _continues(one: _Run, other: _Run) -> bool:
    a, b = one.derivation, other.derivation
    if not a.parent or not b.parent or a.parent.article != b.parent.article:
        return False
    if MatchKind.QUOTATION in (a.kind, b.kind) and a.kind != b.kind:
        return False
    between, left_out = other.after[0] - one.after[1], other.before[0] - one.before[1]
    return -3 <= between <= JOIN_GAP and -3 <= left_out <= JOIN_GAP


def _stretch(
    child: Reading, parent: Reading, parent_id: str, group: Sequence[_Run], free: Range
) -> Stretch | None:
    after = (group[0].after[0], max(run.after[1] for run in group))
    before = (min(run.before[0] for run in group), max(run.before[1] for run in group))
    if after[0] >= after[1] or before[0] >= before[1]:
        return None
    first = group[0].derivation
    core = (before, after)
    if first.kind is not MatchKind.QUOTATION:
        after = _widened(child, after, free)
        before = _widened(parent, before, (0, len(parent)))
    relations = {run.derivation.relation for run in group}
    kinds = {run.derivation.kind for run in group}
    return Stretch(
        child,
        parent,
        parent_id,
        first.relation if len(relations) == 1 else Relation.UNDECIDED,
        first.kind if len(kinds) == 1 else MatchKind.EDITED,
        after,
        before,
        core,
        tuple(differing(parent, child, before, after)),
    )


def _widened(reading: Reading, words: Range, free: Range) -> Range:
    """The range grown to whole sentences, as far as it is free."""
    first = reading.sentence_words[reading.sentence_of[words[0]]][0]
    last = reading.sentence_words[reading.sentence_of[words[1] - 1]][1]
    return min(words[0], max(first, free[0])), max(words[1], min(last, free[1]))
