"""Encoding: what a machine broke, and foreign text that is whole."""

from __future__ import annotations

from auditor.domain import GarbleKind
from tests.unit.garbling.comparing import alone, between, kinds, said

PARENT = (
    "The mayor's office told the volunteers to wait at the café until the emergency crews had "
    "come — and they did."
)


def test_mojibake_is_told_with_what_the_parent_says() -> None:
    found = between(PARENT, PARENT.replace("café", "cafÃ©"))
    assert said(found) == [("encoding", "medium", "café", "cafÃ©")]


def test_a_raw_entity() -> None:
    found = between(PARENT, PARENT.replace("mayor's", "mayor&#39;s"))
    assert kinds(found) == [GarbleKind.ENCODING]


def test_a_lost_letter() -> None:
    found = between(PARENT, PARENT.replace("emergency", "emergncy"))
    assert said(found) == [("encoding", "medium", "emergency", "emergncy")]


def test_a_lost_dash() -> None:
    assert kinds(between(PARENT, PARENT.replace(" — ", " "))) == [GarbleKind.ENCODING]


def test_a_word_that_stands_twice_shows_by_itself() -> None:
    assert kinds(alone("The crews came at noon and closed the the old road to the lighthouse.")) == [
        GarbleKind.ENCODING
    ]


def test_other_dashes_and_quotes_are_nothing() -> None:
    assert between(PARENT, PARENT.replace("—", "-").replace("'", "’")) == ()


def test_foreign_text_is_nothing() -> None:
    assert (
        alone("Der Bürgermeister fuhr über die Brücke nach Zürich. El niño llegó a São Paulo. Où est l’été ?")
        == ()
    )
