"""Floors of garbling on known damage done to real news: what is found, and whom it is put down to.

A floor never sinks unless a commit says why. The damage is drawn at random with fixed seeds; a speaker's name
that was swapped is an attribution or an entity, as the damage says, so that the two are judged together, too.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.domain import GarbleKind
from tests.quality.garble_measure import Measured, measure

pytestmark = [pytest.mark.quality, pytest.mark.shared]

ARTICLES, SEED = 400, 11
OVERALL = (0.98, 0.96)
EACH = (0.85, 0.80)
SURE = (GarbleKind.NUMBER, GarbleKind.NEGATION, GarbleKind.ENTITY, GarbleKind.QUOTE)
SURE_PRECISION = 0.97
BLAME = 0.99


@pytest.fixture(scope="module")
def measured(shared: Path) -> Measured:
    return measure(shared, ARTICLES, SEED)


def test_overall(measured: Measured) -> None:
    assert measured.precision(*GarbleKind) >= OVERALL[0], measured.confused
    assert measured.recall(*GarbleKind) >= OVERALL[1], measured.missed


@pytest.mark.parametrize("kind", list(GarbleKind))
def test_each_kind(measured: Measured, kind: GarbleKind) -> None:
    assert measured.precision(kind) >= EACH[0], measured.confused
    assert measured.recall(kind) >= EACH[1], measured.missed


@pytest.mark.parametrize("kind", SURE)
def test_kinds_that_must_be_sure(measured: Measured, kind: GarbleKind) -> None:
    assert measured.precision(kind) >= SURE_PRECISION, measured.confused


def test_garbles_are_put_down_to_whom_they_began_with(measured: Measured) -> None:
    right, wrong = measured.blamed[True], measured.blamed[False]
    assert right / (right + wrong) >= BLAME
