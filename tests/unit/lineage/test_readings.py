"""Readings: what a relative has for each word of the text, and what it shows beside others."""

from __future__ import annotations

import math

import numpy as np
import pytest

from auditor.domain import Aligned, MatchKind, Span
from auditor.lineage.cuts import passages_cut
from auditor.lineage.readings import ADDED, OTHER, SAME, STYLED, Reading, read_against
from auditor.lineage.style import style_kind
from auditor.lineage.variants import Variants, compare, stand_apart
from tests.unit.lineage.invented import told

TEXT = "The mill owner told the court that the weir was old and the fence was built by his father in spring"


def _read(ours: str, theirs: str) -> Reading:
    one, two = told("one", ours), told("two", theirs)
    match = Aligned(Span(0, len(ours)), Span(0, len(theirs)), 0.9, MatchKind.EDITED)
    return read_against(one.side, two.side, (match,))


def _compared(*readings: Reading) -> tuple[Variants, ...]:
    """The variants of relatives that all came earlier, none of which leads."""
    nobody = np.zeros((len(readings), len(readings)), np.bool_)
    return compare(
        readings, [1.0] * len(readings), nobody, passages_cut(readings), shared_cut=[2.0] * len(readings)
    )


def _apart(relative: Reading, *, earlier: tuple[Reading, ...] = (), later: tuple[Reading, ...] = ()) -> int:
    readings = (relative, *earlier, *later)
    before, after = range(1, 1 + len(earlier)), range(1 + len(earlier), len(readings))
    return stand_apart(0, readings, passages_cut(readings), before, after)


def test_equal_texts_read_the_same_throughout() -> None:
    reading = _read(TEXT, TEXT)
    assert (reading.state == SAME).all()
    assert reading.changed == 0


def test_another_word_an_added_word_and_a_word_left_out_are_told_apart() -> None:
    reading = _read(TEXT.replace(" old", " ancient").replace("his father", "his own father"), TEXT)
    assert (reading.state == OTHER).sum() == 1
    assert (reading.state == ADDED).sum() == 1
    assert reading.missing.sum() == 0
    assert _read(TEXT, TEXT.replace("his father", "his own father")).missing.sum() == 1


@pytest.mark.parametrize(
    ("one", "two", "kind"),
    [
        ("pct", "percent", "percent"),
        ("mln", "million", "million"),
        ("modernise", "modernize", "spelling"),
        ("colour", "color", "spelling"),
        ("centre", "center", "spelling"),
        ("sept", "september", "september"),
        ("seven", "7", "7"),
    ],
)
def test_house_style_is_known_as_such(one: str, two: str, kind: str) -> None:
    assert style_kind(one, two) == kind


@pytest.mark.parametrize(
    ("one", "two"), [("seven", "8"), ("four", "for"), ("rise", "fall"), ("march", "may")]
)
def test_other_words_are_no_house_style(one: str, two: str) -> None:
    assert style_kind(one, two) is None


def test_house_style_is_no_difference() -> None:
    reading = _read(TEXT + " for 5 percent", TEXT + " for 5 pct")
    assert (reading.state == STYLED).sum() == 1
    assert reading.changed == 0


def test_page_litter_inside_a_match_is_no_reading() -> None:
    first, rest = TEXT[:45], TEXT[45:]
    reading = _read(f"{first}\n\nAdvertisement\n\n{rest}", f"{first}\n\n{rest}")
    assert reading.changed == 0


def test_a_swap_made_over_and_over_counts_little_more_than_once() -> None:
    often = "He said it. She said it too. They all said it to him. Nobody said it twice."
    reading = _read(often.replace("said", "stated"), often)
    where = reading.state == OTHER
    assert where.sum() == 4
    assert reading.novelty[where].sum() == pytest.approx(1.6)


def test_a_change_that_an_earlier_text_has_not_is_found_undone() -> None:
    changed, kept = _read(TEXT, TEXT.replace(" old", " rotten")), _read(TEXT, TEXT)
    variants = _compared(changed, kept)
    assert variants[0].theirs == 1
    assert variants[1].theirs == 0


def test_a_text_that_stands_alone_has_changed_the_words_itself() -> None:
    ours = TEXT.replace(" old", " rotten")
    readings = [_read(ours, TEXT), _read(ours, TEXT)]
    variants = _compared(*readings)
    assert [variant.ours for variant in variants] == [1, 1]
    assert [variant.theirs for variant in variants] == [0, 0]


def test_three_copies_of_one_lost_text_stand_apart() -> None:
    ours, second, third = (
        TEXT.replace(" old", " rotten"),
        TEXT.replace("mill", "barn"),
        TEXT.replace("spring", "May"),
    )
    assert _apart(_read(ours, second), earlier=(_read(ours, third),)) == 1
    assert _apart(_read(ours, second), later=(_read(ours, third),)) == 1


def test_a_copy_does_not_stand_apart_from_its_parent() -> None:
    parent, child, grandchild = (
        TEXT,
        TEXT.replace(" old", " rotten"),
        TEXT.replace(" old", " rotten").replace("mill", "barn"),
    )
    assert _apart(_read(child, parent), earlier=(_read(child, grandchild),)) == 0


def test_an_ancestor_does_not_stand_apart_from_what_was_copied_by_way_of_another() -> None:
    first, between = TEXT, TEXT.replace(" old", " rotten")
    last = between.replace("mill", "barn")
    middle = _read(last, between)
    assert _apart(_read(last, first), earlier=(middle,)) == 0
    # one that came after it can't have stood between: then both changed what a lost text had
    assert _apart(_read(last, first), later=(middle,)) == 1


def test_of_a_parting_the_part_with_more_texts_holds_the_first_however_much_it_changed() -> None:
    ours, theirs = TEXT.replace(" old", " rotten").replace("mill", "barn"), TEXT
    readings = [_read(ours, theirs) for _ in range(3)]
    alone = _compared(*readings)[0].sides
    # three to one, at two places: the mean of ln 5 with a third, empty one
    assert alone == pytest.approx(2 * math.log(5) / 3)
    back = _compared(_read(theirs, ours), _read(theirs, theirs), _read(theirs, theirs))
    assert back[0].sides == pytest.approx(-alone)
    assert back[1].sides == 0


def test_two_texts_by_themselves_tell_nothing_of_a_parting() -> None:
    reading = _read(TEXT.replace(" old", " rotten"), TEXT)
    assert _compared(reading)[0].sides == 0
