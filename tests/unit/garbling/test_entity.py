"""Entity: which names are other names."""

from __future__ import annotations

import pytest

from auditor.domain import GarbleKind
from auditor.garbling.entity import is_alias, same_name
from tests.unit.garbling.comparing import alone, between, kinds, said

PARENT = (
    "Officials in Hasle said the Russia desk had warned Pell Adair twice before the ferry sank off Cape Moor."
)


def test_another_name_is_high() -> None:
    assert said(between(PARENT, PARENT.replace("Hasle", "Lunden"))) == [("entity", "high", "Hasle", "Lunden")]


def test_a_misspelt_name_is_high_and_says_so() -> None:
    found = between(PARENT, PARENT.replace("Adair", "Adiar"))
    assert said(found) == [("entity", "high", "Adair", "Adiar")]
    assert "misspelt" in found[0].detail


def test_an_expanded_name_is_high() -> None:
    found = between(PARENT, PARENT.replace("Russia", "Russian Federation"))
    assert said(found) == [("entity", "high", "Russia", "Russian Federation")]


def test_a_replacement_inside_another_name_is_high() -> None:
    parent = (
        "The envoy of the Russian Federation left Hasle on Monday without a word to the men who "
        "waited outside."
    )
    child = parent.replace("Russian Federation", "Russian Federation Federation")
    assert kinds(between(parent, child)) == [GarbleKind.ENTITY]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U.S.", "US"),
        ("ISIS", "Islamic State"),
        ("ISIL", "ISIS"),
        ("Raqqa", "Raqa"),
        ("Free Marsh Front", "FMF"),
        ("Sergei", "Sergey"),
        ("Kiev", "Kyiv"),
        ("Mohammed", "Muhammad"),
    ],
)
def test_listed_aliases_and_transcriptions_name_the_same(one: str, other: str) -> None:
    assert is_alias(one, other)
    assert is_alias(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Russia", "Russian Federation"), ("Turkey", "Syria"), ("Roth", "Rot"), ("Hasle", "Lunden")],
)
def test_other_names_are_no_aliases(one: str, other: str) -> None:
    assert not is_alias(one, other)


def test_a_surname_stands_for_the_whole_name_but_half_a_body_for_none() -> None:
    assert same_name("Michael Moor", "Moor")
    assert same_name("President Ada Moor", "Ada Moor")
    assert not same_name("Free Marsh Army", "Army")
    assert not same_name("North Hasle", "Hasle")


def test_a_formal_name_without_its_article_shows_by_itself() -> None:
    found = alone("The ministers met on Monday. Later Russian Federation began air strikes near the border.")
    assert said(found) == [("entity", "high", "Russia", "Russian Federation")]
    assert found[0].parent is None


def test_a_formal_name_with_its_article_is_nothing() -> None:
    assert (
        alone(
            "The envoy of the Russian Federation began to speak on Monday, and the hall fell silent at once."
        )
        == ()
    )


def test_a_states_abbreviation_and_a_short_first_name_name_the_same() -> None:
    parent = (
        "A man from Reno, Nevada, and his friend James Foley were seen on the bridge at noon, police said."
    )
    assert [one[:2] for one in said(between(parent, parent.replace("Nevada", "Nev.")))] == [("entity", "low")]
    assert [one[:2] for one in said(between(parent, parent.replace("James", "Jim")))] == [("entity", "low")]


def test_a_name_that_only_changed_its_place_is_none() -> None:
    parent = "Burr is the first man on the Armed Services Committee and Fischer sits on its panel, they said."
    child = parent.replace("Armed Services", "Veterans Affairs").replace("its panel", "Armed Services")
    assert ("entity", "high") not in [one[:2] for one in said(between(parent, child))]


def test_a_capital_for_its_government_is_another_name_for_the_same() -> None:
    parent = "Reports from the border showed that Pyongyang could be planning a launch in the coming days."
    assert [one[:2] for one in said(between(parent, parent.replace("Pyongyang", "North Korea")))] == [
        ("entity", "low")
    ]


def test_an_accounts_name_is_no_other_name() -> None:
    parent = (
        "He will not allow any cutting of the transcript while at the State Department, he said on Friday."
    )
    found = between(parent, parent.replace("the State Department", "@StateDept"))
    assert ("entity", "high") not in [one[:2] for one in said(found)]
