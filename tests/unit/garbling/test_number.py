"""Number: what a figure says, not how it is written."""

from __future__ import annotations

from auditor.domain import GarbleKind
from tests.unit.garbling.comparing import between, kinds, said

PARENT = (
    "The ferry carried nearly 70 passengers and 5,000 crates when it left Hasle on Monday, the "
    "port office said."
)


def test_another_figure_is_high() -> None:
    found = between(PARENT, PARENT.replace("5,000", "500"))
    assert said(found) == [("number", "high", "5,000", "500")]


def test_a_hedge_that_went_is_told_with_its_figure() -> None:
    found = between(PARENT, PARENT.replace("nearly 70", "70"))
    assert said(found) == [("number", "high", "nearly 70", "70")]
    assert "hedge" in found[0].detail


def test_another_weekday_is_another_date() -> None:
    assert said(between(PARENT, PARENT.replace("Monday", "Sunday"))) == [
        ("number", "high", "Monday", "Sunday")
    ]


def test_the_same_value_in_words_is_only_spelling() -> None:
    found = between(PARENT, PARENT.replace("5,000", "five thousand"))
    assert kinds(found) == [GarbleKind.SPELLING]


def test_a_weekday_that_moved_is_nothing() -> None:
    moved = PARENT.replace(" on Monday", "").replace("port office said", "port office said on Monday")
    assert between(PARENT, moved) == ()


def test_a_unit_that_became_another_word_is_told_with_its_figure() -> None:
    parent = "The tug was doing 7 knots when it struck the pier of the old harbour, the pilot told the court."
    assert said(between(parent, parent.replace("knots", "bows"))) == [("number", "high", "7 knots", "7 bows")]


def test_an_amount_that_is_gone_from_a_sentence_that_stands_is_high() -> None:
    found = between(PARENT, PARENT.replace("5,000 crates", "crates"))
    assert [(row.kind, row.before, row.after) for row in found] == [(GarbleKind.NUMBER, "5,000", "")]


def test_an_amount_that_left_with_its_clause_is_not_a_figure_gone() -> None:
    assert GarbleKind.NUMBER not in kinds(between(PARENT, PARENT.replace(" and 5,000 crates", "")))


def test_a_table_of_another_week_is_not_four_wrong_figures() -> None:
    parent = "Wheat 4.10 up 12, rye 3.20 up 11, oats 2.30 down 14, barley 5.40 up 15 at the close in Lunden."
    child = "Wheat 4.60 up 17, rye 3.70 up 16, oats 2.80 down 19, barley 5.90 up 13 at the close in Lunden."
    assert GarbleKind.NUMBER not in kinds(between(parent, child))


def test_a_small_number_in_letters_is_the_same() -> None:
    parent = "The mayor of Hasle said on Monday that the bridge was the town's No. 1 problem this year."
    assert GarbleKind.NUMBER not in kinds(between(parent, parent.replace("No. 1", "number one")))


def test_the_same_day_put_in_other_words_is_the_same() -> None:
    parent = (
        "Beginning on January 20, 2017, the bridge over the Orm will be closed to lorries, the mayor said."
    )
    child = parent.replace("January 20, 2017", "January 20th of 2017")
    assert GarbleKind.NUMBER not in kinds(between(parent, child))


def test_a_half_in_letters_is_the_same_half() -> None:
    parent = "After 3 1/2 years in the council the mayor of Hasle said that she would not stand again in May."
    found = between(parent, parent.replace("3 1/2", "three-and-a-half"))
    assert GarbleKind.NUMBER not in kinds(found)
