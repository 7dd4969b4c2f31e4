"""Floors of lineage on worlds that its rules weren't made for: another press, and texts copied by hand.

Run with -s for the tables. No rule and no weight was chosen on them, but confidence was fitted on other seeds
of the press too.
"""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from auditor.domain import Derivation, Relation
from auditor.registry import Registry
from tests.quality.pipeline import match, settle_all
from tests.quality.seen import scores_by_times
from tests.simulator.desks import make_desks
from tests.simulator.measure import Score
from tests.simulator.pressroom import Way, make_press, read_reports
from tests.simulator.scribes import Tree, grow
from tests.simulator.sites import make_registry
from tests.simulator.truth import Times

pytestmark = [pytest.mark.quality, pytest.mark.shared]

SEED, STORIES = 1, 80
TREES, LONG = 24, range(700, 900)


@pytest.fixture(scope="module")
def scores(shared: Path) -> dict[Times, Score]:
    drafts = make_press(read_reports(shared), SEED, Way(stories=STORIES))
    registry = make_registry(make_desks(random.Random(SEED)))
    return scores_by_times(drafts, registry, SEED)


@pytest.mark.parametrize(
    ("times", "tellable", "direction", "decided", "origin", "calibration"),
    [
        (Times.EXACT, 0.975, 0.97, 0.975, 0.97, 0.05),
        (Times.DAY, 0.96, 0.955, 0.955, 0.94, 0.06),
        (Times.MISSING, 0.945, 0.955, 0.925, 0.925, 0.06),
    ],
)
def test_another_press(
    scores: dict[Times, Score],
    times: Times,
    tellable: float,
    direction: float,
    decided: float,
    origin: float,
    calibration: float,
) -> None:
    """A third of its copies read as what they were taken from: nobody can tell which of two was copied."""
    score = scores[times]
    assert score.parent_tellable >= tellable
    assert score.direction >= direction
    assert score.decided >= decided
    assert score.origin >= origin
    assert score.calibration <= calibration


def test_texts_copied_by_hand_are_put_below_what_they_were_copied_from(shared: Path) -> None:
    long = [
        item
        for item in read_reports(shared)
        if sum(len(line.split()) for row in item.paragraphs for line in row) in LONG
    ]
    counts: Counter[str] = Counter()
    for seed in range(TREES):
        tree = grow(long, seed)
        registry = Registry()
        _count(tree, settle_all(match(tree.articles.values(), registry), registry).rows, counts)
    print(f"\n{dict(counts)}")
    assert counts["above"] >= 0.85 * counts["copies"]
    assert counts["below"] <= 0.02 * counts["copies"]
    assert counts["first without a parent"] >= 0.7 * TREES


def _count(tree: Tree, rows: dict[str, tuple[Derivation, ...]], counts: Counter[str]) -> None:
    for name in tree.articles:
        takes: Counter[str] = Counter()
        for row in rows[name]:
            if row.parent and row.relation is not Relation.UNDECIDED:
                takes[row.parent.article] += row.span.length
        parent = takes.most_common(1)[0][0] if takes else None
        if name == tree.first:
            counts["first without a parent"] += parent is None
            continue
        counts["copies"] += 1
        counts["parent"] += parent == tree.above[name][0]
        counts["above"] += parent in tree.above[name]
        counts["below"] += parent is not None and name in tree.above[parent]
