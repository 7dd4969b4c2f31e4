"""Furniture is learnt by audits whatever the order and the batches; only beside copied text is it copied."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import count, pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.domain import Article, Moment, PassageKind, Source, SourceKind
from auditor.engine import tasks
from auditor.jobs.audit import audit
from auditor.jobs.check import check
from auditor.jobs.furniture import add_furniture, keep_as_text, remove_furniture
from auditor.registry import Registry
from auditor.storage import LineStanding, Store, open_store

REGISTRY = Registry(
    [
        Source("lantern", "Lantern", SourceKind.PUBLISHER),
        Source("hill-wire", "Hill Wire", SourceKind.WIRE),
        Source("echo", "Echo", SourceKind.AGGREGATOR),
        Source("gull", "Gull", SourceKind.PUBLISHER),
        Source("beacon", "Beacon", SourceKind.PUBLISHER),
    ]
)
PLEA = "Keep the Lantern burning: give what you can today, however little it may be."
SOUNDS = ("ba", "do", "fi", "gu", "ke", "lo", "mi", "nu", "pe", "ra", "si", "to")
numbers = count()


def story(topic: int) -> str:
    chance = random.Random(topic)
    words = ["".join(chance.choices(SOUNDS, k=4)) for _ in range(60)]
    return " ".join(" ".join(chance.choices(words, k=9)).capitalize() + "." for _ in range(6))


def article(name: str, source: str, hour: int, *parts: str) -> Article:
    return Article(
        name,
        "\n\n".join(parts),
        source,
        published=Moment.parse(f"2026-03-{1 + hour // 24:02}T{hour % 24:02}:00:00Z"),
    )


COLLECTION = (
    article("hill-1", "hill-wire", 1, story(1)),
    article("lantern-1", "lantern", 2, story(1), PLEA),
    article("lantern-2", "lantern", 30, story(2), PLEA),
    article("lantern-2-again", "lantern", 31, story(2), "It was put right.", PLEA),
    article("lantern-3", "lantern", 60, story(3), PLEA),
    article("echo-2", "echo", 40, story(2), PLEA),
    article("echo-4", "echo", 70, story(4), PLEA),
    article("echo-5", "echo", 71, story(5), "Keep the Lantern burning: give what you can."),
)


def night(store: Store, *articles: Article) -> None:
    run = store.begin_run("ingest", {})
    store.add([(each.id, each) for each in articles], run=run)
    audit(store, REGISTRY)


def found(store: Store) -> object:
    verdicts = [(each.article, round(each.derived_share, 6)) for each in store.verdicts()]
    rows = [(row.article, row.span, row.parent, row.origin) for row in store.derivations()]
    lines = [(each.line, each.standing, each.sources) for each in store.furniture()]
    return list(store.matches()), rows, verdicts, lines, sorted(one.articles for one in store.stories())


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    store.put_sources(REGISTRY)
    return store


def touching_plea(store: Store) -> list[tuple[str, str]]:
    texts = {each.id: each.text for each in store.articles()}
    return [
        (match.a.article, match.b.article)
        for match in store.matches()
        if "burning" in match.a.span.of(texts[match.a.article])
        or "burning" in match.b.span.of(texts[match.b.article])
    ]


def test_a_plea_is_learnt_and_ties_no_articles(store: Store) -> None:
    night(store, *COLLECTION)
    (learnt,) = store.furniture()
    assert (learnt.text, learnt.standing, learnt.source) == (
        PLEA.removesuffix("."),
        LineStanding.LEARNT,
        "lantern",
    )
    assert learnt.seen == ("lantern-1", "lantern-2", "lantern-3")
    assert not list(store.matches(["echo-4"]))
    assert not list(store.derivations(["echo-4"]))
    assert ("lantern-2", "lantern-2-again") not in touching_plea(store), "one source prints it anyhow"


def test_a_plea_printed_below_the_copy_of_its_story_was_copied_with_it(store: Store) -> None:
    night(store, *COLLECTION)
    texts = {each.id: each.text for each in store.articles()}
    assert touching_plea(store) == [("echo-2", "lantern-2"), ("echo-2", "lantern-2-again")]
    rows = [row for row in store.derivations(["echo-2"]) if "burning" in row.span.of(texts["echo-2"])]
    assert [row.parent.article for row in rows if row.parent] == ["lantern-2"]
    (verdict,) = store.verdicts(["echo-2"])
    assert verdict.derived_share == 1.0, "furniture is no part of the body"
    assert not any(
        "burning" in row.span.of(texts[row.article]) for row in store.derivations() if row.article != "echo-2"
    )


def test_two_strangers_are_not_enough(store: Store) -> None:
    night(store, *(each for each in COLLECTION if each.id != "lantern-3"))
    assert not store.furniture()
    assert touching_plea(store)


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> object:
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('once') / 'a.db'}") as store:
        store.put_sources(REGISTRY)
        night(store, *COLLECTION)
        return found(store)


@given(order=st.permutations(range(len(COLLECTION))), cuts=st.sets(st.integers(1, len(COLLECTION) - 1)))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_in_any_batches_finds_the_same(
    order: list[int], cuts: set[int], at_once: object, tmp_path: Path
) -> None:
    articles = [COLLECTION[place] for place in order]
    bounds = [0, *sorted(cuts), len(articles)]
    with open_store(f"sqlite:///{tmp_path / str(next(numbers))}.db") as store:
        store.put_sources(REGISTRY)
        for first, last in pairwise(bounds):
            night(store, *articles[first:last])
        assert found(store) == at_once


def test_what_a_person_keeps_as_text_is_text_again(store: Store) -> None:
    night(store, *COLLECTION)
    keep_as_text(store, PLEA)
    audit(store, REGISTRY)
    assert ("lantern-1", "lantern-2") in touching_plea(store)
    (kept,) = store.furniture()
    assert kept.standing is LineStanding.KEPT
    remove_furniture(store, kept.line)
    audit(store, REGISTRY)
    assert touching_plea(store) == [("echo-2", "lantern-2"), ("echo-2", "lantern-2-again")]
    assert [each.standing for each in store.furniture()] == [LineStanding.LEARNT]


def test_what_a_person_adds_is_furniture_from_the_next_audit_on(store: Store, at_once: object) -> None:
    few = [each for each in COLLECTION if each.id in ("lantern-1", "echo-4")]
    night(store, *few)
    assert touching_plea(store)
    add_furniture(store, f"  {PLEA.upper()}\n")
    audit(store, REGISTRY)
    assert not list(store.matches())
    (added,) = store.furniture()
    remove_furniture(store, added.line)
    audit(store, REGISTRY)
    assert touching_plea(store)


def test_check_takes_furniture_for_furniture(store: Store) -> None:
    night(store, *COLLECTION)
    pasted = check(
        store, REGISTRY, f"{story(9)}\n\n{PLEA}", name="pasted", now=Moment.parse("2026-04-01T00:00:00Z")
    )
    assert not pasted.passages
    read = tasks.document_of(Article("x", f"{story(9)}\n\n{PLEA}"))
    assert read.passages[-1].kind is PassageKind.FURNITURE


def test_an_audit_of_everything_learns_anew_and_finds_the_same(store: Store, at_once: object) -> None:
    night(store, *COLLECTION)
    audit(store, REGISTRY, everything=True)
    assert found(store) == at_once


APART = article("gull-2", "gull", 45, story(2), story(8), PLEA)
BEACON = tuple(article(f"beacon-{at}", "beacon", 80 + at, story(20 + at), PLEA) for at in range(3))
BEACON_COPY = article("beacon-copy", "beacon", 90, story(2), story(9), PLEA)


def test_a_plea_apart_from_a_copied_story_was_copied_with_it(store: Store) -> None:
    night(store, *COLLECTION, APART)
    assert ("gull-2", "lantern-2") in touching_plea(store)
    text = APART.text
    rows = [row for row in store.derivations(["gull-2"]) if "burning" in row.span.of(text)]
    assert [row.parent.article for row in rows if row.parent] == ["lantern-2"]


def test_whose_plea_it_is_has_it_from_nobody(store: Store) -> None:
    early = article("gull-0", "gull", 0, story(3), story(8), PLEA)
    night(store, *COLLECTION, early)
    texts = {each.id: each.text for each in store.articles()}
    rows = [row for row in store.derivations(["lantern-3"]) if "burning" in row.span.of(texts["lantern-3"])]
    assert not rows
    assert [row.parent.article for row in store.derivations(["lantern-3"]) if row.parent]


def test_what_two_sources_print_neither_has_from_the_other(store: Store) -> None:
    night(store, *COLLECTION, *BEACON, BEACON_COPY)
    (learnt,) = store.furniture()
    assert (learnt.source, learnt.also) == ("beacon", ("lantern",))
    assert ("beacon-copy", "lantern-2") not in touching_plea(store)


def test_who_has_a_line_in_three_articles_prints_it_too_be_they_strangers_or_not(store: Store) -> None:
    versions = [replace(APART, id=f"gull-2-{at}", text=f"{APART.text}\n\nEdition {at}.") for at in range(2)]
    night(store, *COLLECTION, APART, *versions)
    (learnt,) = store.furniture()
    assert learnt.sources == ("gull", "lantern")
    assert ("gull-2", "lantern-2") not in touching_plea(store)


@pytest.mark.parametrize("beacon_first", [True, False])
def test_a_second_source_that_prints_a_line_is_learnt_in_any_order(
    beacon_first: bool, store: Store, tmp_path: Path
) -> None:
    night(store, *COLLECTION, *BEACON, BEACON_COPY, APART)
    nights = [(*COLLECTION, APART, BEACON_COPY), BEACON]
    with open_store(f"sqlite:///{tmp_path / 'b.db'}") as other:
        other.put_sources(REGISTRY)
        for articles in reversed(nights) if beacon_first else nights:
            night(other, *articles)
        assert found(other) == found(store)


@pytest.mark.parametrize("also", [(), BEACON])
def test_what_was_learnt_from_a_text_that_was_replaced_is_forgotten(
    also: tuple[Article, ...], store: Store, tmp_path: Path
) -> None:
    night(store, *COLLECTION, *also)
    revised = replace(COLLECTION[4], text=story(3))
    night(store, revised)
    assert bool(store.furniture()) == bool(also)
    with open_store(f"sqlite:///{tmp_path / 'b.db'}") as other:
        other.put_sources(REGISTRY)
        night(other, *COLLECTION[:4], revised, *COLLECTION[5:], *also)
        assert found(other) == found(store)
