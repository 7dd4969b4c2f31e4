"""Floors of passage detection on PAN 2013 text alignment, all 5,185 pairs of the training corpus."""

from __future__ import annotations

import tarfile
from pathlib import Path
from typing import Any

import pytest

from tests.quality.matching_measure import aligned, data, scorer

pytestmark = [pytest.mark.quality, pytest.mark.shared]

DIGEST = "bce03108a772b029"
FLOORS = {"overall": 0.928, "02": 0.979, "03": 0.92, "04": 0.905, "05": 0.775}
MOST_FALSE_PAIRS = 1
MOST_GRANULARITY = 1.005


@pytest.fixture(scope="module")
def scores(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    archive = data(shared, "pan13/train.tar.gz", DIGEST)
    pan, listing = scorer(shared, "score_pan"), scorer(shared, "pan_pairs")
    folder = tmp_path_factory.mktemp("pan")
    with tarfile.open(archive) as members:
        members.extractall(folder, filter="data")
    train = folder / "train"
    wanted = {pair for pairs in listing.pairs_by_type(train).values() for pair in pairs}
    texts = {
        name: (train / side / name).read_bytes().decode("utf-8")
        for pair in wanted
        for side, name in zip(("susp", "src"), pair, strict=True)
    }
    found = aligned(texts, sorted(wanted))
    cases = {
        pair: [pan.Case(tuple(match.a), tuple(match.b)) for match in found.get(pair, ())] for pair in wanted
    }
    result: dict[str, Any] = pan.score(train, cases, wanted)
    return result


def named(scores: dict[str, Any], start: str) -> dict[str, Any]:
    (found,) = (value for name, value in scores.items() if name.startswith(start))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("kind", FLOORS)
def test_plagdet_stays_above_its_floor(scores: dict[str, Any], kind: str) -> None:
    assert named(scores, kind)["plagdet"] >= FLOORS[kind]


def test_a_case_is_found_in_one_piece(scores: dict[str, Any]) -> None:
    assert scores["overall"]["granularity"] <= MOST_GRANULARITY


def test_hardly_anything_is_found_where_nothing_is(scores: dict[str, Any]) -> None:
    assert named(scores, "01")["false_pairs"] <= MOST_FALSE_PAIRS
