"""Duplication: a block that stands twice, and what may be said twice."""

from __future__ import annotations

from auditor.domain import GarbleKind
from tests.unit.garbling.comparing import alone, between, kinds

BLOCK = (
    "The harbour of Hasle will close for the winter on Monday. Twelve ferries will be laid up "
    "in the inner dock."
)


def test_a_block_that_stands_twice_is_told_once_at_its_second_place() -> None:
    text = f"{BLOCK}\n\nThe port office gave no reason for it, and the crews were sent home.\n\n{BLOCK}"
    found = alone(text)
    assert kinds(found) == [GarbleKind.DUPLICATION]
    assert found[0].span.start == text.rindex("The harbour")


def test_words_that_follow_themselves_at_once() -> None:
    found = alone(
        "The port office gave no reason gave no reason for it, and the crews were sent home on Sunday."
    )
    assert [(row.kind, row.after) for row in found] == [(GarbleKind.DUPLICATION, "gave no reason")]


def test_what_a_parent_doubled_is_inherited() -> None:
    twice = f"{BLOCK}\n\n{BLOCK}"
    assert [(row.kind, row.introduced_by) for row in between(twice, twice)] == [
        (GarbleKind.DUPLICATION, "parent")
    ]


def test_refrains_and_headlines_are_nothing() -> None:
    assert (
        alone('Hasle to close\nHasle to close\nShut, said the mayor. "We wait," she said. "We wait."') == ()
    )
