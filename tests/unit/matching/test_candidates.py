"""Candidates: who is compared with whom, whatever the order."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from auditor.fingerprint import fingerprint_texts
from auditor.matching import Postings, Standing, find_candidates, tie_of
from auditor.matching.parameters import PARAMETERS

STORY = (
    "The harbour board of Vellmar voted on Monday to close the eastern quay for two winters, saying the "
    "timber had rotted beyond repair and that no ferry over forty tonnes could be moored there safely."
)


def postings(texts: Sequence[str], first_key: int = 0, wire: Sequence[int] = ()) -> Postings:
    return Postings.of(
        [
            (Standing(key, key, tie_of(str(key)), key in wire), prints)
            for key, prints in enumerate(fingerprint_texts(texts), first_key)
        ]
    )


def pairs(found: object) -> set[tuple[int, int]]:
    return {tuple(pair) for pair in found.tolist()}  # type: ignore[attr-defined]


def test_two_copies_are_a_pair_and_a_stranger_is_in_none() -> None:
    found = find_candidates(postings([STORY, "Snow fell on the passes above Lindal all night.", STORY]), list)
    assert pairs(found.pairs) == {(0, 2)}
    assert not len(found.displaced)


def test_nothing_is_found_among_nothing() -> None:
    assert not len(find_candidates(postings([]), list).pairs)
    assert not len(find_candidates(postings(["", "too short"]), list).pairs)


def test_new_articles_meet_stored_ones_but_stored_ones_are_not_searched_again() -> None:
    stored = postings([STORY, STORY])
    found = find_candidates(postings([STORY], first_key=2), lambda: [stored])
    assert pairs(found.pairs) == {(0, 2), (1, 2)}


def test_one_story_costs_a_few_pairs_a_copy_and_every_copy_meets_the_first() -> None:
    count = 300
    found = pairs(find_candidates(postings([STORY] * count), list).pairs)
    assert len(found) <= count * (PARAMETERS.anchors + PARAMETERS.wire_anchors)
    assert {(0, copy) for copy in range(1, count)} <= found


def test_every_copy_meets_the_wire_item_however_late_it_was_stored() -> None:
    count = 50
    found = pairs(find_candidates(postings([STORY] * count, wire=[40]), list).pairs)
    assert all((min(copy, 40), max(copy, 40)) in found for copy in range(count) if copy != 40)


@pytest.mark.parametrize("size", [1, 7, 64])
def test_batches_in_order_of_time_find_what_one_search_finds(size: int) -> None:
    texts = [STORY, STORY[:90], f"Elsewhere. {STORY[60:]}", STORY] * 8
    whole = pairs(find_candidates(postings(texts), list).pairs)
    found: set[tuple[int, int]] = set()
    stored: list[Postings] = []
    for first in range(0, len(texts), size):
        new = postings(texts[first : first + size], first_key=first)
        result = find_candidates(new, lambda: stored)
        assert not len(result.displaced)
        found |= pairs(result.pairs)
        stored.append(new)
    assert found == whole
