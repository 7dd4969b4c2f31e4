"""Lineage depends on what is known, never on the order in which it came; and it has no cycles."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.domain import Derivation
from auditor.lineage import Witness, settle, trace
from auditor.lineage.candidates import candidates
from auditor.lineage.parameters import DEFAULTS
from tests.unit.lineage.invented import REGISTRY, WIRE, relative, told

TIMES = (None, "2026-03-01", "2026-03-01T09:00:00Z", "2026-03-01T12:00:00Z", "2026-03-02")
SOURCES = (None, "ferrywire", "northpost", "southpost")
SWAPS = (("nine", "ten"), ("small", "little"), ("Monday", "Friday"), ("storm", "gale"), ("wreck", "wrek"))

articles = st.lists(
    st.tuples(st.sampled_from(TIMES), st.sampled_from(SOURCES), st.sets(st.sampled_from(SWAPS))),
    min_size=2,
    max_size=5,
)


def _witnesses(drawn: list[tuple[str | None, str | None, set[tuple[str, str]]]]) -> list[Witness]:
    found = []
    for number, (published, source, swaps) in enumerate(drawn):
        text = WIRE
        for old, new in sorted(swaps):
            text = text.replace(old, new)
        found.append(told(f"n{number}", text, published, source))
    return found


def _settled(witnesses: list[Witness]) -> dict[str, tuple[Derivation, ...]]:
    traced = {
        one.article.id: trace(one, [relative(one, two) for two in witnesses if two is not one], REGISTRY)
        for one in witnesses
    }
    return settle(traced, {one.article.id: one.standing(REGISTRY) for one in witnesses}, REGISTRY)


@settings(deadline=None, max_examples=60)
@given(articles, st.randoms(use_true_random=False))
def test_any_order_gives_the_same_rows(
    drawn: list[tuple[str | None, str | None, set[tuple[str, str]]]], dice: random.Random
) -> None:
    witnesses = _witnesses(drawn)
    shuffled = list(witnesses)
    dice.shuffle(shuffled)
    assert _settled(witnesses) == _settled(shuffled)


@settings(deadline=None, max_examples=60)
@given(articles)
def test_no_article_is_above_itself(drawn: list[tuple[str | None, str | None, set[tuple[str, str]]]]) -> None:
    settled = _settled(_witnesses(drawn))
    parents = {name: {row.parent.article for row in rows if row.parent} for name, rows in settled.items()}
    for start, direct in parents.items():
        above, todo = set[str](), list(direct)
        while todo:
            name = todo.pop()
            if name not in above:
                above.add(name)
                todo += parents[name]
        assert start not in above


@settings(deadline=None, max_examples=60)
@given(articles)
def test_two_articles_see_their_order_with_opposite_odds(
    drawn: list[tuple[str | None, str | None, set[tuple[str, str]]]],
) -> None:
    one, two = _witnesses(drawn)[:2]
    seen = [
        candidates(child, [relative(child, other)], REGISTRY, DEFAULTS)
        for child, other in ((one, two), (two, one))
    ]
    if all(seen):
        assert abs(seen[0][0].order_odds + seen[1][0].order_odds) < 1e-6


@settings(deadline=None, max_examples=40)
@given(articles)
def test_settling_settled_rows_changes_nothing(
    drawn: list[tuple[str | None, str | None, set[tuple[str, str]]]],
) -> None:
    witnesses = _witnesses(drawn)
    once = _settled(witnesses)
    assert settle(once, {one.article.id: one.standing(REGISTRY) for one in witnesses}, REGISTRY) == once
