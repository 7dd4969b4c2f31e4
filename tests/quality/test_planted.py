"""Floors for copies planted in Reuters newswire: recall of pairs, and precision among what is claimed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.quality.matching_measure import aligned, candidate_pairs, data, rows
from tests.quality.planter import Plant, plant

pytestmark = [pytest.mark.quality, pytest.mark.shared]

DIGEST = "72c8fdd092f9d81d"
ARTICLES, EACH, SEED = 6000, 30, 7
RECALL, PRECISION = 0.995, 0.97


def test_planted_copies_are_found_and_little_else(shared: Path) -> None:
    wire = rows(data(shared, "news/reuters21578.jsonl.gz", DIGEST))[:ARTICLES]
    plants = {one.id: one for one in plant([(row["id"], row["text"]) for row in wire], EACH, SEED)}
    texts = {row["id"]: row["text"] for row in wire} | {one.id: one.text for one in plants.values()}
    pairs = [pair for pair in candidate_pairs(texts, {}) if set(pair) & plants.keys()]
    found = {frozenset(pair) for pair in aligned(texts, pairs)}
    truth = {frozenset((one.id, source)) for one in plants.values() for source in one.sources}
    strange = [pair for pair in found - truth if not _is_kin(pair, plants, texts)]
    assert len(truth & found) / len(truth) >= RECALL
    assert 1 - len(strange) / len(found) >= PRECISION


def _is_kin(pair: frozenset[str], plants: dict[str, Plant], texts: dict[str, str]) -> bool:
    """Is the other article one whose text the plant holds too: a host, a sibling, a repeat of its source?"""
    planted, other = sorted(pair, key=lambda name: name not in plants)
    held = _held(plants[planted])
    if other in held or (other in plants and held & _held(plants[other])):
        return True
    return bool(aligned(texts, [(name, other) for name in sorted(held)]))


def _held(planted: Plant) -> set[str]:
    return {*planted.sources, *([planted.host] if planted.host else [])}
