"""Passages as token ranges of two texts, and how several of them get along.

It must not know how passages are found or what the tokens are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.matching.parameters import PARAMETERS

Range = tuple[int, int]


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A token range of each text; the two say the same."""

    a: Range
    b: Range

    def flipped(self) -> Passage:
        """The same seen from the other text."""
        return Passage(self.b, self.a)

    @property
    def size(self) -> int:
        """Tokens of the shorter side."""
        return min(length(self.a), length(self.b))


def length(tokens: Range) -> int:
    """Tokens in a range."""
    return tokens[1] - tokens[0]


def overlap(one: Range, two: Range) -> int:
    """Tokens that two ranges share."""
    return max(0, min(one[1], two[1]) - max(one[0], two[0]))


def meet(one: Passage, two: Passage) -> bool:
    """Do the passages share tokens on both sides?"""
    return overlap(one.a, two.a) > 0 and overlap(one.b, two.b) > 0


def mostly_in(part: Passage, whole: Passage) -> bool:
    """Does more than half of the part lie in the whole, on both sides?"""
    return all(
        2 * overlap(inner, outer) > length(inner) for inner, outer in ((part.a, whole.a), (part.b, whole.b))
    )


def one_to_one(passages: Iterable[Passage]) -> list[Passage]:
    """Those of which no earlier one has taken half of either side, or anything on both."""
    kept: list[Passage] = []
    for passage in passages:
        taken_a = sum(overlap(passage.a, other.a) for other in kept)
        taken_b = sum(overlap(passage.b, other.b) for other in kept)
        free = 2 * taken_a <= length(passage.a) and 2 * taken_b <= length(passage.b)
        if free and not any(meet(passage, other) for other in kept):
            kept.append(passage)
    return kept


def joined(passages: Iterable[Passage]) -> list[Passage]:
    """Passages that follow each other on both sides, at about the same distance, made one; sorted."""
    done: list[Passage] = []
    for passage in sorted(passages):
        if done and _continues(done[-1], passage):
            done[-1] = hull([done[-1], passage])
        else:
            done.append(passage)
    return done


def _continues(before: Passage, after: Passage) -> bool:
    """Is there at most a sentence between the two, on both sides?"""
    gap_a, gap_b = after.a[0] - before.a[1], after.b[0] - before.b[1]
    return (
        after.a[1] > before.a[1]
        and after.b[1] > before.b[1]
        and max(abs(gap_a), abs(gap_b)) <= PARAMETERS.join_gap
        and abs(gap_a - gap_b) <= PARAMETERS.join_drift
    )


def hull(passages: Sequence[Passage]) -> Passage:
    """The least passage that holds all of them."""
    return Passage(
        (min(one.a[0] for one in passages), max(one.a[1] for one in passages)),
        (min(one.b[0] for one in passages), max(one.b[1] for one in passages)),
    )
