"""Floors of lineage on a simulated world of real wire copy; run with -s for the table."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.quality.seen import scores_by_times
from tests.simulator.measure import Score
from tests.simulator.sites import make_registry, make_sites
from tests.simulator.truth import Times
from tests.simulator.wirecopy import read_items
from tests.simulator.world import Shape, make_world

pytestmark = pytest.mark.quality
SEED, STORIES = 11, 80


@pytest.fixture(scope="module")
def scores(shared: Path) -> dict[Times, Score]:
    """One world seen with exact, day-only and missing times; matching doesn't look at times."""
    drafts = make_world(read_items(shared), SEED, Shape(stories=STORIES))
    registry = make_registry(make_sites(random.Random(SEED)))
    return scores_by_times(drafts, registry, SEED)


@pytest.mark.parametrize(
    ("times", "parent", "tellable", "direction", "decided"),
    [
        (Times.EXACT, 0.955, 0.97, 0.985, 0.975),
        (Times.DAY, 0.95, 0.965, 0.98, 0.965),
        (Times.MISSING, 0.93, 0.945, 0.97, 0.95),
    ],
)
def test_parents_and_direction(
    scores: dict[Times, Score], times: Times, parent: float, tellable: float, direction: float, decided: float
) -> None:
    score = scores[times]
    assert score.parent_of_found >= parent
    assert score.parent_tellable >= tellable
    assert score.direction >= direction
    assert score.decided >= decided


@pytest.mark.parametrize("times", list(Times))
def test_origins_known_by_a_credit_are_found(scores: dict[Times, Score], times: Times) -> None:
    assert scores[times].origin_lost >= 0.96


@pytest.mark.parametrize("times", list(Times))
def test_confidence_means_what_it_says(scores: dict[Times, Score], times: Times) -> None:
    assert scores[times].calibration <= 0.04


@pytest.mark.parametrize("times", list(Times))
def test_independent_articles_get_no_parent_to_copy_from(scores: dict[Times, Score], times: Times) -> None:
    assert scores[times].independents <= 0.005
