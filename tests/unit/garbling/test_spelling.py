"""Spelling: the same in another house's form."""

from __future__ import annotations

import pytest

from auditor.domain import GarbleKind, Severity
from auditor.garbling.vocabulary import styled
from tests.unit.garbling.comparing import between, kinds


@pytest.mark.parametrize(
    ("american", "british"),
    [
        ("modernize", "modernise"), ("analyzed", "analysed"), ("defense", "defence"),
        ("neighbors", "neighbours"), ("traveling", "travelling"), ("center", "centre"),
        ("program", "programme"), ("percent", "per cent"), ("Gen.", "General"), ("Sept.", "September"),
        ("organization", "organisation"), ("cooperate", "co-operate"),
    ],
)  # fmt: skip
def test_house_style_is_low_either_way(american: str, british: str) -> None:
    parent = (
        f"Two men waited by the gate and spoke of the {american} matter until the lamps went out "
        f"over the sea."
    )
    for one, other in ((american, british), (british, american)):
        found = between(parent.replace(american, one), parent.replace(american, other))
        assert [(row.kind, row.severity) for row in found] == [(GarbleKind.SPELLING, Severity.LOW)]


@pytest.mark.parametrize(
    ("one", "other"), [("four", "for"), ("hour", "hor"), ("filled", "filed"), ("u.s.", "us")]
)
def test_other_words_are_not_styles_of_each_other(one: str, other: str) -> None:
    assert styled(one) != styled(other)


def test_a_courtesy_title_is_style() -> None:
    parent = (
        "The judge said Lindqvist had taken the money in cash and shown no remorse for it in eleven years."
    )
    assert kinds(between(parent, parent.replace("Lindqvist", "Mr Lindqvist"))) == [GarbleKind.SPELLING]
