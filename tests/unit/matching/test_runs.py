"""Copied passages are found among any number of short runs."""

from __future__ import annotations

import random

from auditor.matching import align
from auditor.matching.runs import exact_runs
from auditor.matching.views import view_of
from auditor.text import read

COPY = (
    "The ferry to Vellmar leaves on even days only, and the fare is paid on board in small coins, as the "
    "purser keeps no change and nobody in the harbour office will give any after noon."
)


def test_a_copy_in_encoded_files_is_found_without_chaining_all_that_recurs() -> None:
    chance = random.Random(5)
    one, two = (" ".join(chance.choices(("m", "ax", "q", "bhj", "g9v", "pl"), k=6_000)) for _ in range(2))
    first, second = read(f"{one} {COPY} {one[:500]}"), read(f"{two} {COPY}")
    assert len(exact_runs(view_of(first), view_of(second))) > 1 << 14
    assert any(COPY.rstrip(".") in match.a.of(first.text) for match in align(first, second))
