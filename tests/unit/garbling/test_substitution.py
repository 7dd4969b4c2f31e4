"""Substitution: words replaced one by one, and sentences written anew."""

from __future__ import annotations

from auditor.domain import GarbleKind
from tests.unit.garbling.comparing import between, kinds, said

PARENT = (
    "The company will buy two large ships next year, the owner told a small crowd in the harbour on Monday."
)


def test_near_synonyms_are_medium() -> None:
    found = between(PARENT, PARENT.replace("buy", "purchase").replace("large", "sizeable"))
    assert said(found) == [
        ("substitution", "medium", "buy", "purchase"),
        ("substitution", "medium", "large", "sizeable"),
    ]


def test_another_form_of_a_word_is_nothing() -> None:
    assert between(PARENT, PARENT.replace("ships", "ship").replace("told", "tells")) == ()


def test_a_sentence_written_anew_is_nothing() -> None:
    parent = (
        PARENT + " It has lost money since the canal was closed to heavy vessels in the spring of last year."
    )
    child = (
        PARENT
        + " Ever since the spring, when heavy vessels were barred from the canal, its books have been red."
    )
    assert between(parent, child) == ()


def test_words_that_changed_places_are_nothing() -> None:
    parent = (
        "The trustees of the old museum made the decision on Sunday after two long years of talks "
        "with the king."
    )
    child = (
        "The decision was made by the trustees of the old museum on Sunday after two long years of "
        "talks with the king."
    )
    assert GarbleKind.SUBSTITUTION not in kinds(between(parent, child))
