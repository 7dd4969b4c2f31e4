"""Which articles were written of since when: every write tells, and a store put back says it can't."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from auditor.domain import (
    Article,
    Derivation,
    Garble,
    GarbleKind,
    Label,
    MatchKind,
    Moment,
    Origin,
    Place,
    Relation,
    Severity,
    Source,
    Span,
    Stale,
    Status,
    Story,
    Verdict,
)
from auditor.storage import Store

SPOT = Place("b", Span(0, 4))
ROW = Derivation("a", Span(0, 3), SPOT, Origin("tarn", "b"), Relation.COPY, 0.9, MatchKind.VERBATIM, 1.0)
DAMAGE = Garble("a", Span(0, 3), GarbleKind.NUMBER, Severity.HIGH, "t" * 80, "one", SPOT, "a")


@pytest.fixture
def filled(store: Store) -> Store:
    """Three articles, a story of two of them, one damage."""
    store.put_sources([Source("tarn", "Tarn Wire")])
    run = store.begin_run("fill", {})
    day = Moment.parse("2020-01-01")
    texts = {"a": "one", "b": "three", "c": "two"}
    store.add([("in", Article(name, text, "tarn", captured=day)) for name, text in texts.items()], run=run)
    store.replace_lineage(["a", "b", "c"], [ROW], [Verdict(name, 0, 0, Label.NON) for name in texts])
    store.replace_garbles([], [DAMAGE])
    store.replace_stories([Story("s", "Tarn", ("b", "a"))])
    return store


def _revise(store: Store) -> None:
    store.add([("in", Article("b", "another", "tarn", captured=Moment.parse("2021-01-01")))], run=1)


def _learn(store: Store) -> None:
    store.add([("in", Article("c", "two", "tarn", title="Known now"))], run=1)


def _grow(store: Store) -> None:
    before = [Story("s", "Tarn", ("b", "a"))]
    store.replace_stories([Story("s", "Tarn", ("b", "a", "c"))], instead_of=before)


def _purge(store: Store) -> None:
    store.remove_texts(["tarn"], date(2020, 6, 1), at=Moment.parse("2021-01-01"))


WRITES: dict[str, tuple[Callable[[Store], object], set[str]]] = {
    "a new article": (lambda s: s.add([("in", Article("d", "four"))], run=1), {"d"}),
    "a revision and those that took from it": (_revise, {"a", "b"}),
    "something learnt": (_learn, {"c"}),
    "a duplicate": (lambda s: s.add([("in", Article("c", "two", "tarn"))], run=1), set()),
    "lineage": (lambda s: s.replace_lineage(["c"], [ROW], []), {"a", "c"}),
    "lineage that stayed": (
        lambda s: s.replace_lineage(["a", "b"], [ROW], [Verdict(name, 0, 0, Label.NON) for name in "ab"]),
        set(),
    ),
    "a verdict that is gone": (lambda s: s.replace_lineage(["a"], [ROW], []), {"a"}),
    "garbles": (lambda s: s.replace_garbles(["c"], [DAMAGE]), {"a", "c"}),
    "stale spans": (
        lambda s: s.replace_stale([], [Stale("a", Span(0, 3), "b", "b", Status.CANCELED, 1.0)]),
        {"a"},
    ),
    "a story that grew": (_grow, {"a", "b", "c"}),
    "a story that stayed": (
        lambda s: s.replace_stories([Story("s", "Tarn", ("b", "a"))], instead_of=list(s.stories())),
        set(),
    ),
    "a story that is gone": (lambda s: s.replace_stories([]), {"a", "b"}),
    "verdicts forgotten": (lambda s: s.forget_verdicts(["b"]), {"b"}),
    "examinations forgotten": (lambda s: s.forget_examinations(), {"a", "b", "c"}),
    "texts removed": (_purge, {"a", "b", "c"}),
}


@pytest.mark.parametrize("name", WRITES)
def test_what_is_written_is_touched_and_nothing_else(filled: Store, name: str) -> None:
    write, expected = WRITES[name]
    stamp = filled.stamp()
    write(filled)
    assert filled.touched_since(stamp) == frozenset(expected)


def test_nothing_is_touched_by_reading(filled: Store) -> None:
    stamp = filled.stamp()
    list(filled.articles())
    assert (filled.stamp(), filled.touched_since(stamp)) == (stamp, frozenset())


def test_a_write_that_is_undone_touches_nothing(filled: Store) -> None:
    stamp = filled.stamp()
    with pytest.raises(ZeroDivisionError), filled.transaction():
        filled.replace_garbles(["c"], [])
        raise ZeroDivisionError
    assert filled.stamp() == stamp


@pytest.mark.parametrize("stamp", ["", "no stamp", "1", "1:of another store", "99:0123"])
def test_a_stamp_that_the_store_never_gave_tells_nothing(filled: Store, stamp: str) -> None:
    assert filled.touched_since(stamp) is None


def test_a_transaction_draws_one_stamp_but_what_follows_a_look_is_never_taken_for_seen(filled: Store) -> None:
    store = filled
    before = store.stamp()
    with store.transaction():
        store.replace_garbles(["a"], [])
        store.replace_stale(["a", "b"], [])
        assert int(store.stamp().split(":")[0]) == int(before.split(":")[0]) + 1
        seen = store.stamp()
        store.replace_garbles(["a"], [])
    assert store.touched_since(seen) == frozenset("a")
    assert store.touched_since(before) == frozenset("ab")
