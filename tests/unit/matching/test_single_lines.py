"""Whole lines are copied where two texts share copied text besides; alone they tie nothing."""

from __future__ import annotations

import pytest

from auditor.domain import Aligned, MatchKind
from auditor.matching import align
from auditor.text import Document, read

COPY = "The ferry to Vellmar leaves on even days only, and the fare is paid on board in small coins."
OWN = "Nobody in our street has ever taken that boat, as far as anyone remembers, so I asked around."
OTHER = "Bring a blanket, some tea and a good deal of patience, because the crossing can take until dusk."
ROW = "Vellmar harbour | Alder quay | northbound"


def text(*lines: str) -> Document:
    return read("\n".join(lines))


def rest(one: Document, two: Document, *, along: bool = True) -> list[str]:
    """What is found besides the first match, which is the copied passage."""
    found = align(one, two, along=along)
    back = align(two, one, along=along)
    assert sorted(found, key=_place) == sorted((match.flipped() for match in back), key=_place)
    assert found[0].kind is MatchKind.VERBATIM
    return [match.a.of(one.text) for match in found[1:]]


def _place(match: Aligned) -> tuple[int, int]:
    return match.a.start, match.b.start


def test_a_line_that_stands_apart_from_a_copy_was_copied_too() -> None:
    assert rest(text(COPY, OTHER, ROW), text(COPY, OWN, ROW)) == [ROW]


def test_the_ruler_under_it_comes_along() -> None:
    ruler = "-" * 60
    assert rest(text(COPY, OTHER, ROW, ruler), text(COPY, OWN, ROW, ruler)) == [f"{ROW}\n{ruler}"]


def test_a_line_alone_ties_no_two_texts() -> None:
    assert not align(text(OWN, ROW), text(OTHER, ROW))


def test_a_mere_quotation_is_no_copy_that_lines_could_come_with() -> None:
    quoted = f'"{COPY}"'
    (found,) = align(text(OWN, "", quoted, OWN, ROW), text(OTHER, "", quoted, OTHER, ROW))
    assert found.kind is MatchKind.QUOTATION


def test_a_source_prints_its_own_lines_again() -> None:
    assert not rest(text(COPY, OTHER, ROW), text(COPY, OWN, ROW), along=False)


@pytest.mark.parametrize("line", ["as I said", "it is as it was to be", "Vellmar, 06:40"])
def test_few_or_short_words_are_chance(line: str) -> None:
    assert not rest(text(COPY, OTHER, line), text(COPY, OWN, line))


def test_a_part_of_a_line_is_none() -> None:
    assert not rest(text(COPY, OTHER, ROW), text(COPY, OWN, f"{ROW} nightly"))


def test_a_line_that_stands_twice_in_both_is_found_twice() -> None:
    assert rest(text(COPY, OTHER, ROW, OTHER, ROW), text(COPY, OWN, ROW, OWN, ROW)) == [ROW, ROW]
