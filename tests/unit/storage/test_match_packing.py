"""Packed matches come back as they were, to the last bit of their similarity, and take little room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from auditor.domain import MatchKind
from auditor.storage.match_packing import packed_keys, packed_matches, unpacked_keys, unpacked_matches

KEYS = st.integers(1, 1 << 40)
PLACES = st.integers(0, 20_000_000)
KINDS = st.sampled_from([kind.value for kind in MatchKind])
ROUND = st.integers(0, 10_000).map(lambda part: part / 10_000)
SPANS = st.tuples(PLACES, PLACES, PLACES, PLACES, ROUND | st.floats(0, 1), KINDS).map(
    lambda spans: (spans[0], spans[0] + spans[1], spans[2], spans[2] + spans[3], *spans[4:])
)


@given(st.dictionaries(KEYS, st.lists(SPANS, min_size=1, max_size=5), max_size=5))
def test_matches_come_back_sorted_each_once(
    matches: dict[int, list[tuple[int, int, int, int, float, str]]],
) -> None:
    assert unpacked_matches(packed_matches(matches)) == {
        key: sorted(set(theirs)) for key, theirs in sorted(matches.items())
    }


@given(st.sets(KEYS, max_size=20))
def test_keys_come_back(keys: set[int]) -> None:
    assert unpacked_keys(packed_keys(keys)) == keys


def test_an_exact_copy_takes_few_bytes() -> None:
    assert len(packed_matches({70_000: [(0, 900, 0, 900, 1.0, "verbatim")]})) == 10


def test_what_is_stored_stays_readable() -> None:
    """Pinned: stores hold such bytes."""
    packed = bytes.fromhex("05 02 00 00 0a 28 00 f9 81 02 05 07 1b 04")
    assert unpacked_matches(packed) == {
        5: [(0, 10, 20, 30, 1.0, "verbatim"), (5, 12, 16, 25, 0.5873, "edited")]
    }
