"""Boilerplate: furniture in the text, and news that speaks of it."""

from __future__ import annotations

import pytest

from auditor.domain import GarbleKind, Severity
from auditor.garbling.boilerplate import own
from auditor.matching import lines_in
from auditor.text import Known, read
from tests.unit.garbling.comparing import alone, between


@pytest.mark.parametrize(
    "litter",
    [
        "Advertisement",
        "ADVERTISEMENT",
        "Share",
        "Read more",
        "Story continues below advertisement",
        "harbour-fire",
    ],
)
def test_furniture_between_paragraphs_is_low(litter: str) -> None:
    text = (
        f"The fire broke out before noon in the old mill.\n\n{litter}\n\nNobody was hurt, the mayor "
        f"said on Monday."
    )
    assert [(row.kind, row.severity, row.after) for row in alone(text)] == [
        (GarbleKind.BOILERPLATE, Severity.LOW, litter)
    ]


def test_what_the_parent_carried_is_inherited() -> None:
    text = (
        "The fire broke out before noon in the old mill.\n\nAdvertisement\n\nNobody was hurt, the "
        "mayor said on Monday."
    )
    assert [row.introduced_by for row in between(text, text)] == ["parent"]


def test_news_of_advertisements_and_shares_is_nothing() -> None:
    assert (
        alone(
            "The bank paid for an advertisement. Share prices fell, and children should read more, she said."
        )
        == ()
    )


def test_what_furniture_says_is_no_damage_of_the_text() -> None:
    text = "The fire broke out before noon in the old mill of Hasle, and nobody was hurt.\n\n"
    found = between(f"{text}Hide Caption 7 of 12", f"{text}Hide Caption 9 of 21")
    assert {row.kind for row in found} <= {GarbleKind.BOILERPLATE}


def test_what_a_site_prints_below_all_its_texts_is_no_damage_and_inside_one_it_is() -> None:
    plea = "Keep the Lantern burning: give what you can today."
    known = Known.of(lines_in(plea))
    below = read(f"The ferry sank on Monday.\n\nNobody was hurt, they said.\n\n{plea}", furniture=known)
    inside = read(f"The ferry sank on Monday.\n\n{plea}\n\nNobody was hurt, they said.", furniture=known)
    assert not list(own(below))
    assert [finding.after.of(inside.text).rstrip(".") for finding in own(inside)] == [plea.rstrip(".")]
