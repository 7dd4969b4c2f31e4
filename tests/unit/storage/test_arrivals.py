"""What becomes of an arriving article, decided without any database."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from auditor.domain import Article, Disposition, Moment, Status
from auditor.storage.arrivals import Arrivals, Held


def arrivals() -> Arrivals:
    return Arrivals(run=1, held={}, sources={"echo"}, next_key=7)


def take(state: Arrivals, articles: Sequence[Article]) -> list[Disposition]:
    return [state.take("input", article).disposition for article in articles]


def current_text_digests(held: dict[str, Held]) -> dict[str, bytes]:
    return {
        name: next(each["digest"] for each in state.revisions if each["number"] == state.current)
        for name, state in held.items()
    }


def test_new_articles_are_numbered_from_the_next_number() -> None:
    state = arrivals()
    take(state, [Article("a", "1"), Article("b", "2"), Article("a", "1")])
    assert [(row["key"], row["id"]) for row in state.new_articles] == [(7, "a"), (8, "b")]


def test_a_rejected_article_leaves_no_row_and_takes_no_number() -> None:
    state = arrivals()
    take(state, [Article("a", "\x00"), Article("b", "text", source="nobody"), Article("c", "text")])
    assert [row["id"] for row in state.new_articles] == ["c"]
    assert state.new_articles[0]["key"] == 7
    assert len(state.new_revisions) == 1


ARTICLES = st.lists(
    st.builds(
        Article,
        id=st.sampled_from("ab"),
        text=st.sampled_from(["one", "two", "three"]),
        source=st.sampled_from([None, "echo"]),
        published=st.sampled_from([None, Moment.parse("2020-01-01"), Moment.parse("2020-01-01T10:00:00Z")]),
        status=st.sampled_from(Status),
        extra=st.dictionaries(st.sampled_from("xy"), st.just(1)),
    ),
    max_size=12,
)


@given(ARTICLES)
def test_the_same_articles_again_are_all_duplicates_and_change_nothing(articles: list[Article]) -> None:
    held: dict[str, Held] = {}
    take(Arrivals(run=1, held=held, sources={"echo"}, next_key=1), articles)
    again = Arrivals(run=2, held=held, sources={"echo"}, next_key=99)
    assert set(take(again, articles)) <= {Disposition.DUPLICATE}
    assert not again.new_articles
    assert not again.new_revisions
    assert not again.current
    assert not again.filled_in
    assert not again.stale


@given(ARTICLES)
def test_each_id_has_one_row_and_each_of_its_texts_one_revision(articles: list[Article]) -> None:
    state = arrivals()
    take(state, articles)
    assert sorted(row["id"] for row in state.new_articles) == sorted({each.id for each in articles})
    assert len(state.new_revisions) == len({(each.id, each.text) for each in articles})


@given(ARTICLES, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter_where_captures_are_timed(
    articles: list[Article], chance: object
) -> None:
    from random import Random
    from typing import cast

    hours = {"one": "01", "two": "02", "three": "03"}
    timed = [
        Article(each.id, each.text, captured=Moment.parse(f"2020-01-01T{hours[each.text]}:00:00Z"))
        for each in articles
    ]
    shuffled = list(timed)
    cast("Random", chance).shuffle(shuffled)
    first: dict[str, Held] = {}
    second: dict[str, Held] = {}
    take(Arrivals(run=1, held=first, sources=set(), next_key=1), timed)
    take(Arrivals(run=1, held=second, sources=set(), next_key=1), shuffled)
    assert current_text_digests(first) == current_text_digests(second)
