"""Reordering: sentences or paragraphs stand in another order than in the parent.

Of what was taken from one parent the longest run in order stands; the rest was moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.domain import GarbleKind, MatchKind, Severity
from auditor.garbling import boilerplate
from auditor.garbling.changes import Stretch
from auditor.garbling.finding import Finding, at

KIND = GarbleKind.REORDERING

TAKEN_OVER = 0.8
"""A passage that was written anew in another place wasn't moved there: this share of its words must stand."""

LEAST_WORDS = 8
"""The shortest passage whose place a reader would remember."""

STRAY_WORDS = 3
"""Words at either end of a stretch that may have been matched by chance ("The", "said")."""


def moved(stretches: Sequence[Stretch]) -> Iterator[Finding]:
    """The stretches that stand before what they follow in their parent."""
    for parent_id in dict.fromkeys(stretch.parent_id for stretch in stretches):
        ours = [stretch for stretch in stretches if stretch.parent_id == parent_id and stretch.twins]
        kept = _longest_in_order(ours)
        for index, stretch in enumerate(ours):
            size = stretch.after[1] - stretch.after[0]
            if (
                index in kept
                or len(stretch.twins) < TAKEN_OVER * max(size, stretch.before[1] - stretch.before[0])
                or size < LEAST_WORDS
                or stretch.kind is MatchKind.QUOTATION
                or _is_furnished(stretch)
                or any(_overlap(stretch, ours[other]) for other in kept)
            ):
                continue
            after, before = stretch.child.span(*stretch.after), stretch.parent.span(*stretch.before)
            yield at(KIND, Severity.LOW, stretch, after, before, "moved from another place of its parent")


def _is_furnished(stretch: Stretch) -> bool:
    """Does furniture, as of a gallery's captions, stand inside on either side?"""
    return any(
        span.overlap(reading.span(*words))
        for reading, words in ((stretch.child, stretch.after), (stretch.parent, stretch.before))
        for span in boilerplate.spans(reading.document)
    )


def _overlap(one: Stretch, other: Stretch) -> bool:
    """Were both taken from the same words? Then one repeats the other, and isn't out of order."""
    shared = len(one.twins.keys() & other.twins.keys())
    return shared >= 0.5 * min(len(one.twins), len(other.twins))


def _longest_in_order(runs: Sequence[Stretch]) -> frozenset[int]:
    """The indices of those stretches, together the longest, whose places in the parent follow one another."""
    places = [sorted(run.twins) for run in runs]
    firsts = [place[min(STRAY_WORDS, len(place) // 10)] for place in places]
    lasts = [place[-1 - min(STRAY_WORDS, len(place) // 10)] for place in places]
    best: list[int] = []
    back: list[int] = []
    for index, run in enumerate(runs):
        before = [other for other in range(index) if lasts[other] < firsts[index]]
        parent = max(before, key=best.__getitem__, default=-1)
        back.append(parent)
        best.append(len(run.twins) + (best[parent] if parent >= 0 else 0))
    chosen: set[int] = set()
    index = max(range(len(best)), key=best.__getitem__, default=-1)
    while index >= 0:
        chosen.add(index)
        index = back[index]
    return frozenset(chosen)
