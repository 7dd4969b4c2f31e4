"""Quote: words inside the marks, and the marks."""

from __future__ import annotations

from auditor.domain import GarbleKind, Relation, Severity
from tests.unit.garbling.comparing import between, kinds, said

PARENT = (
    'The strike is over. "This is a fair deal, and we won it in the rain," Wick said on '
    "Sunday. The docks open today."
)


def test_a_word_cut_silently_is_high() -> None:
    found = between(PARENT, PARENT.replace("a fair deal", "a deal"))
    assert said(found) == [("quote", "high", "fair", "")]


def test_a_changed_word_is_high() -> None:
    assert said(between(PARENT, PARENT.replace("fair", "good"))) == [("quote", "high", "fair", "good")]


def test_marks_that_went_are_high() -> None:
    found = between(PARENT, PARENT.replace('"', ""))
    assert kinds(found) == [GarbleKind.QUOTE]
    assert "gone" in found[0].detail


def test_an_ellipsis_makes_it_a_low_truncation() -> None:
    found = between(PARENT, PARENT.replace(", and we won it in the rain", " …"))
    assert [(row.kind, row.severity) for row in found] == [(GarbleKind.TRUNCATION, Severity.LOW)]


def test_the_style_of_the_marks_is_nothing() -> None:
    assert between(PARENT, PARENT.replace('"This', "“This").replace(' rain,"', " rain”,")) == ()


def test_a_bracketed_explanation_is_nothing() -> None:
    assert between(PARENT, PARENT.replace("we won it", "we [the dockers] won it")) == ()


def test_whole_statements_quoted_from_a_transcript_are_nothing() -> None:
    parent = (
        "Thank you all. We just need to open our eyes and our hearts to know that the river still "
        "rises each spring."
    )
    child = (
        "“We just need to open our eyes and our hearts to know that the river still rises each "
        "spring,” Moor said."
    )
    assert between(parent, child) == ()


def test_a_statement_set_off_as_a_paragraph_needs_no_marks() -> None:
    child = "The strike is over, said Wick:\n\nThis is a fair deal, and we won it in the rain.\n\nIt is over."
    assert GarbleKind.QUOTE not in kinds(between(PARENT, child))


def test_an_explanation_in_brackets_may_go() -> None:
    assert between(PARENT.replace("we won it", "we (the dockers) won it"), PARENT) == ()


def test_two_reporters_of_one_statement_are_both_right() -> None:
    assert between(PARENT, PARENT.replace("a fair deal", "a good deal"), Relation.COMMON_SOURCE) == ()


def test_the_rest_of_a_replaced_name_is_told_with_the_name() -> None:
    parent = PARENT.replace("in the rain", "against the Harbour Board")
    assert GarbleKind.QUOTE not in kinds(between(parent, parent.replace("the Harbour Board", "Montfort")))


def test_an_accent_is_nothing() -> None:
    parent = (
        'The mayor said on Monday: "He was the eminence grise of the council for twenty years, you know."'
    )
    assert between(parent, parent.replace("eminence", "éminence")) == ()
