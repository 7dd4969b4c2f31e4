"""Whether a relative can change an article's rows: where it is said that it can't, tracing gives the same."""

from __future__ import annotations

import random

import pytest

from auditor.lineage import Kin, Relative, Witness, may_bear, trace
from auditor.lineage.crediting import Reach
from tests.unit.lineage.invented import REGISTRY, WIRE, relative, told

TIMES = ("2026-03-01T09:00:00Z", "2026-03-01T09:01:00Z", "2026-03-01T12:00:00Z", "2026-03-01", "2026-03-02")
SOURCES = ("ferrywire", "gullwire", "northpost", "southpost", "eastpost")
CREDITS = ("", "(Ferry Wire) - ", "Source: South Post\n\n", "")
WORLDS = 400


def varied(name: str, chance: random.Random) -> Witness:
    """An article that has most of the wire's sentences, with some words exchanged."""
    sentences = [each for each in WIRE.split(". ") if chance.random() < 0.9] or [WIRE]
    words = ". ".join(sentences).split(" ")
    for _ in range(chance.randrange(4)):
        words[chance.randrange(len(words))] = chance.choice(("several", "Tarn", "never"))
    text = chance.choice(CREDITS) + " ".join(words)
    when = chance.choice((*TIMES, None))
    return told(
        name,
        text,
        when,
        chance.choice((*SOURCES, None)),
        byline=chance.choice((None, "ilse@quay.example")),
        revises=chance.choice((None, None, "r1")),
    )


def kin(one: Relative) -> Kin:
    return Kin(one.witness.article, sum(match.a.length for match in one.matches))


def credited(child: Witness) -> set[str]:
    return {scope.source for scope in child.credited if scope.reach is not Reach.SENTENCE}


def test_what_cannot_bear_on_an_article_leaves_its_rows_as_they_are() -> None:
    answers = set()
    for seed in range(WORLDS):
        chance = random.Random(seed)
        child = varied("c", chance)
        relatives = [relative(child, varied(f"r{at}", chance)) for at in range(chance.randrange(1, 6))]
        cut = chance.randrange(len(relatives))
        steady, changed = relatives[:cut], relatives[cut:]
        rows = trace(child, steady, REGISTRY)
        known = chance.choice((None, credited(child)))
        bears = may_bear(child.article, known, [*map(kin, changed)], [*map(kin, steady)], rows, REGISTRY)
        answers.add(bears)
        if not bears:
            assert trace(child, relatives, REGISTRY) == rows, seed
    assert answers == {True, False}


FIRST = told("a", WIRE, "2026-03-01T09:00:00Z", "northpost")
COPIES = [
    told(f"b{at}", WIRE.replace("nine", f"{at}"), f"2026-03-02T{at + 10}:00:00Z", "southpost")
    for at in range(8)
]


def test_nothing_that_came_later_bears_on_the_first_of_a_story() -> None:
    late, *others = [kin(relative(FIRST, copy)) for copy in COPIES]
    assert not may_bear(FIRST.article, (), [late], others, (), REGISTRY)


def test_a_later_article_whose_source_may_be_credited_is_asked_for_its_credits() -> None:
    late = [kin(relative(FIRST, COPIES[0]))]
    assert may_bear(FIRST.article, None, late, [], (), REGISTRY)
    assert may_bear(FIRST.article, ("southpost",), late, [], (), REGISTRY)
    assert not may_bear(FIRST.article, ("eastpost",), late, [], (), REGISTRY)


def test_an_earlier_article_always_bears() -> None:
    assert may_bear(COPIES[0].article, (), [kin(relative(COPIES[0], FIRST))], [], (), REGISTRY)


@pytest.mark.parametrize(("fuller", "bears"), [(5, True), (6, False)])
def test_without_a_wire_only_the_few_later_ones_that_share_most_bear(fuller: int, bears: bool) -> None:
    second = told("s", WIRE, "2026-03-01T19:00:00Z", "eastpost")
    steady = [kin(relative(second, FIRST)), *(Kin(copy.article, 200) for copy in COPIES[:fuller])]
    rows = trace(second, [relative(second, FIRST)], REGISTRY)
    assert may_bear(second.article, (), [Kin(COPIES[-1].article, 150)], steady, rows, REGISTRY) is bears


def test_beside_a_wire_that_was_read_no_later_article_bears() -> None:
    wire = told("w", WIRE, "2026-03-01T09:00:00Z", "ferrywire")
    second = told("s", WIRE, "2026-03-01T19:00:00Z", "eastpost")
    steady = [relative(second, wire)]
    late, rows = [kin(relative(second, COPIES[0]))], trace(second, steady, REGISTRY)
    assert not may_bear(second.article, (), late, [*map(kin, steady)], rows, REGISTRY)
    assert may_bear(second.article, (), late, [*map(kin, steady)], (), REGISTRY)
