"""Properties of matching: order and batches change nothing, offsets hold, mirrors agree."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from auditor.domain import MatchKind
from auditor.fingerprint import Fingerprints, fingerprint_texts
from auditor.matching import Postings, Standing, align, find_candidates, tie_of
from auditor.text import read

WORDS = [
    *("harbour", "quay", "ferry", "timber", "winter", "island", "board", "market", "crowns", "province"),
    *("engineer", "divers", "spring", "trade", "the", "of", "a", "to", "in", "on", "and", "12", "40", "1987"),
]
bodies = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
collections = st.lists(st.sampled_from(range(6)), min_size=2, max_size=24)


@given(bodies, bodies)
def test_alignment_is_its_own_mirror_image_in_extent(one: str, two: str) -> None:
    there, back = align(read(one), read(two)), align(read(two), read(one))
    assert (not there) == (not back)


@given(bodies, bodies, bodies)
def test_matches_lie_inside_their_texts_and_verbatim_ones_agree(before: str, shared: str, after: str) -> None:
    one, two = f"{before}. {shared}", f"{shared}. {after}"
    for match in align(read(one), read(two)):
        assert 0 <= match.a.start < match.a.end <= len(one)
        assert 0 <= match.b.start < match.b.end <= len(two)
        assert 0 <= match.similarity <= 1
        if match.kind is MatchKind.VERBATIM:
            words = [
                span.of(text).replace(".", "").split() for span, text in ((match.a, one), (match.b, two))
            ]
            assert words[0] == words[1]


def stories() -> list[str]:
    """Six texts of which some share passages."""
    chance = random.Random(5)
    parts = [" ".join(chance.choice(WORDS) + chance.choice("aeiou") for _ in range(25)) for _ in range(6)]
    whole = [parts[:3], parts[1:4], parts[2:3], parts[3:], parts, parts[5:]]
    return [". ".join(story) for story in whole]


STORIES = fingerprint_texts(stories())


def articles(kinds: list[int], times: list[int]) -> list[tuple[Standing, Fingerprints]]:
    return [
        (Standing(key, time, tie_of(str(key)), kind == 4), STORIES[kind])
        for key, (kind, time) in enumerate(zip(kinds, times, strict=True))
    ]


@given(collections, st.data())
def test_any_order_and_any_batches_give_the_same_candidates(kinds: list[int], data: st.DataObject) -> None:
    times = data.draw(st.lists(st.integers(0, 5), min_size=len(kinds), max_size=len(kinds)))
    every = articles(kinds, times)
    whole = {tuple(pair) for pair in find_candidates(Postings.of(every), list).pairs.tolist()}
    order = data.draw(st.permutations(range(len(every))))
    size = data.draw(st.integers(1, 6))
    found: set[tuple[int, ...]] = set()
    stored: list[int] = []
    for first in range(0, len(order), size):
        batch = list(order[first : first + size])
        found = search(every, batch, stored, found)
        stored += batch
    assert found == whole


def search(
    every: list[tuple[Standing, Fingerprints]], new: list[int], stored: list[int], found: set[tuple[int, ...]]
) -> set[tuple[int, ...]]:
    """One night: search the new, then those that they displaced, whose old pairs are given up."""
    result = find_candidates(Postings.of([every[key] for key in new]), lambda: chunks(every, stored))
    found = found | {tuple(pair) for pair in result.pairs.tolist()}
    again = result.displaced.tolist()
    if again:
        rest = [key for key in stored + new if key not in again]
        second = find_candidates(Postings.of([every[key] for key in again]), lambda: chunks(every, rest))
        found = {pair for pair in found if not set(pair) & set(again)}
        found |= {tuple(pair) for pair in second.pairs.tolist()}
    return found


def chunks(every: list[tuple[Standing, Fingerprints]], keys: list[int]) -> list[Postings]:
    return [Postings.of([every[key] for key in keys[at : at + 3]]) for at in range(0, len(keys), 3)]
