"""Boilerplate: furniture in the text, and news that speaks of it."""

from __future__ import annotations

import pytest

from auditor.domain import GarbleKind, Severity
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
