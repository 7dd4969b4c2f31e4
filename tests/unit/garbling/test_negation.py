"""Negation: a statement that was turned round, and one that was only reworded."""

from __future__ import annotations

from auditor.domain import GarbleKind
from tests.unit.garbling.comparing import between, kinds, said

PARENT = (
    "The council did not approve the bridge on Monday, and the mayor said the money would come "
    "from the state."
)


def test_a_lost_not_is_high() -> None:
    found = between(PARENT, PARENT.replace("did not approve", "did approve"))
    assert said(found) == [("negation", "high", "not", "")]


def test_an_added_not_is_high() -> None:
    found = between(PARENT, PARENT.replace("would come", "would not come"))
    assert said(found) == [("negation", "high", "", "not")]


def test_the_opposite_word_counts() -> None:
    parent = PARENT.replace("did not approve", "has approved")
    assert kinds(between(parent, parent.replace("has approved", "has rejected"))) == [GarbleKind.NEGATION]


def test_a_contraction_is_nothing() -> None:
    assert between(PARENT, PARENT.replace("did not", "didn't")) == ()


def test_not_only_negates_nothing() -> None:
    child = PARENT.replace("would come from", "would come not only from")
    assert GarbleKind.NEGATION not in kinds(between(PARENT, child))


def test_a_clause_of_its_own_turns_no_statement() -> None:
    child = PARENT.replace("and the mayor said", "and the mayor, who did not take questions, said")
    assert GarbleKind.NEGATION not in kinds(between(PARENT, child))


def test_an_answer_is_no_turned_statement() -> None:
    parent = (
        'The mayor was asked about the bridge. "No, we have the money that we need for it," the mayor said.'
    )
    assert between(parent, parent.replace("No, we", "We")) == ()


def test_who_begins_anew_says_it_once() -> None:
    parent = '"We did not have the money for the new bridge, and so we waited for the state," the mayor said.'
    child = parent.replace("We did not have", "We did not — we did not have")
    assert GarbleKind.NEGATION not in kinds(between(parent, child))


def test_a_not_that_became_a_sentence_of_its_own_is_still_there() -> None:
    parent = "The ban holds for the sale and the possession of such boats, not for old ones, the mayor said."
    child = parent.replace(
        "boats, not for old ones, the mayor said.", "boats, the mayor said. Not for old ones."
    )
    assert GarbleKind.NEGATION not in kinds(between(parent, child))


def test_a_question_that_became_a_statement_says_the_same() -> None:
    parent = (
        '"If you felt that way about the old bridge, shouldn\'t you feel that way now?" the mayor asked them.'
    )
    child = parent.replace("shouldn't you feel that way now?", "you should feel that way now.")
    assert GarbleKind.NEGATION not in kinds(between(parent, child))
