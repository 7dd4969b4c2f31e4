"""Floors of garbling on the hand-written cases: at least fifteen a kind, a third of them no garbles.

A floor never sinks unless a commit says why. It takes seconds, so it runs with the plain tests.
"""

from __future__ import annotations

from collections import Counter

import pytest

from auditor.domain import GarbleKind
from tests.quality.garble_casework import Case, Tally, cases, compare, found

OVERALL = (0.98, 0.98)
EACH = (0.95, 0.93)
SURE = (GarbleKind.NUMBER, GarbleKind.NEGATION, GarbleKind.ENTITY, GarbleKind.QUOTE)
SURE_PRECISION = 0.97


@pytest.fixture(scope="module")
def all_cases() -> list[Case]:
    return list(cases())


@pytest.fixture(scope="module")
def tally(all_cases: list[Case]) -> Tally:
    result = Tally({}, {}, {})
    for case in all_cases:
        compare(case, found(case), result)
    return result


def test_each_kind_has_fifteen_cases_a_third_of_them_look_alikes(all_cases: list[Case]) -> None:
    counted = Counter(case.kind for case in all_cases)
    alike = Counter(case.kind for case in all_cases if not any(one[0] == case.kind for one in case.expect))
    for kind in GarbleKind:
        assert counted[kind] >= 15, kind
        assert alike[kind] * 3 >= counted[kind], kind


def rates(tally: Tally, *kinds: str) -> tuple[float, float]:
    hits = sum(tally.hits.get(kind, 0) for kind in kinds)
    alarms = sum(len(tally.alarms.get(kind, ())) for kind in kinds)
    missed = sum(len(tally.missed.get(kind, ())) for kind in kinds)
    return hits / (hits + alarms), hits / (hits + missed)


def test_overall(tally: Tally) -> None:
    precision, recall = rates(tally, *GarbleKind)
    assert precision >= OVERALL[0], tally.alarms
    assert recall >= OVERALL[1], tally.missed


@pytest.mark.parametrize("kind", list(GarbleKind))
def test_each_kind(tally: Tally, kind: GarbleKind) -> None:
    precision, recall = rates(tally, kind)
    assert precision >= (SURE_PRECISION if kind in SURE else EACH[0]), tally.alarms.get(kind)
    assert recall >= EACH[1], tally.missed.get(kind)
