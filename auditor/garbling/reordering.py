"""Reordering: sentences or paragraphs stand in another order than in the parent.

Of what was taken from one parent the longest run in order stands; the rest was moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.domain import GarbleKind, Severity
from auditor.garbling.changes import Stretch
from auditor.garbling.finding import Finding, at

KIND = GarbleKind.REORDERING


def moved(stretches: Sequence[Stretch]) -> Iterator[Finding]:
    """The stretches that stand before what they follow in their parent."""
    for parent_id in dict.fromkeys(stretch.parent_id for stretch in stretches):
        ours = [stretch for stretch in stretches if stretch.parent_id == parent_id]
        kept = _longest_in_order(
            [stretch.before[0] for stretch in ours], [len(stretch.twins) for stretch in ours]
        )
        for index, stretch in enumerate(ours):
            if index in kept or any(_overlap(stretch, ours[other]) for other in kept):
                continue
            after, before = stretch.child.span(*stretch.after), stretch.parent.span(*stretch.before)
            yield at(KIND, Severity.LOW, stretch, after, before, "moved from another place of its parent")


def _overlap(one: Stretch, other: Stretch) -> bool:
    """Were both taken from the same words? Then one repeats the other, and isn't out of order."""
    shared = len(one.twins.keys() & other.twins.keys())
    return shared >= 0.5 * min(len(one.twins), len(other.twins))


def _longest_in_order(places: Sequence[int], weights: Sequence[int]) -> frozenset[int]:
    """The indices of the increasing run of places with the greatest weight."""
    best: list[int] = []
    back: list[int] = []
    for index, place in enumerate(places):
        before = [other for other in range(index) if places[other] < place]
        parent = max(before, key=lambda other: best[other], default=-1)
        back.append(parent)
        best.append(weights[index] + (best[parent] if parent >= 0 else 0))
    chosen: set[int] = set()
    at_index = max(range(len(best)), key=best.__getitem__, default=-1)
    while at_index >= 0:
        chosen.add(at_index)
        at_index = back[at_index]
    return frozenset(chosen)
