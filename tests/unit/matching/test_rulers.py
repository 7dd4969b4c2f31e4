"""Matches take along the rulers that both texts have beside them, and nothing else."""

from __future__ import annotations

import pytest

from auditor.domain import Aligned
from auditor.matching import align
from auditor.text import read

COPY = "The ferry to Vellmar leaves on even days only, and the fare is paid on board in small coins."
BEFORE = "Nobody in our street has ever taken that boat, as far as anyone remembers, so I asked around."
AFTER = "Bring a blanket, some tea and a good deal of patience, because the crossing can take until dusk."
RULER = "=" * 30


def _only(one: str, two: str) -> Aligned:
    (found,) = align(read(one), read(two))
    assert align(read(two), read(one)) == (found.flipped(),)
    return found


def test_rulers_on_both_sides_belong_to_the_match_whatever_space_is_around_them() -> None:
    one = f"{RULER}\n{COPY}\n{RULER}"
    two = f"{BEFORE}\n\n  {RULER}\n\n{COPY}\n{RULER}\n\n{AFTER}"
    found = _only(one, two)
    assert found.a.of(one) == one
    assert found.b.of(two) == f"{RULER}\n\n{COPY}\n{RULER}"


@pytest.mark.parametrize("end", ["", "....", "*" * 30], ids=["no marks", "too few", "other marks"])
def test_where_no_ruler_is_shared_a_match_ends_with_its_last_word(end: str) -> None:
    one, two = f"{COPY}{RULER}", f"{COPY}{end} {AFTER}"
    assert _only(one, two).a.of(one) == COPY.rstrip(".")


def test_a_shorter_ruler_is_taken_as_far_as_both_have_it() -> None:
    one, two = f"{COPY}\n{RULER}", f"{COPY}\n{RULER[:12]}\n{AFTER}"
    found = _only(one, two)
    assert found.a.of(one).endswith("\n" + "=" * 12)
    assert found.b.of(two).endswith("\n" + "=" * 12)


def test_a_ruler_between_two_matches_belongs_to_one_of_them() -> None:
    one = f"{COPY}\n{RULER}\n{AFTER}"
    two = f"{AFTER}\n{RULER}\n{BEFORE}\n{COPY}\n{RULER}"
    found = align(read(one), read(two))
    assert len(found) == 2
    assert not any(
        x.a.overlap(y.a) and x.b.overlap(y.b) for at, x in enumerate(found) for y in found[at + 1 :]
    )
    assert sum(RULER in match.a.of(one) for match in found) == 1
