"""Times with their precision: what they say of the order of two articles."""

from __future__ import annotations

from auditor.domain import Article, Moment
from auditor.lineage.clock import PEOPLE, order, window


def _at(published: str | None = None, captured: str | None = None) -> Article:
    return Article(
        "x",
        "text",
        published=Moment.parse(published) if published else None,
        captured=Moment.parse(captured) if captured else None,
    )


def test_minutes_between_two_exact_times_are_told_in_words() -> None:
    told = order(_at("2026-03-01T09:00:00Z"), _at("2026-03-01T09:43:00Z"), 7, 3)
    assert (told.weight, told.detail, told.sure) == (7, "published 43 minutes earlier", True)


def test_the_order_seen_from_the_other_side_has_the_opposite_weight() -> None:
    one, two = _at("2026-03-01T09:00:00Z"), _at("2026-03-01T09:43:00Z")
    assert order(one, two, 7, 3).weight == -order(two, one, 7, 3).weight


def test_a_minute_apart_is_within_the_skew_of_clocks() -> None:
    assert order(_at("2026-03-01T09:00:00Z"), _at("2026-03-01T09:01:00Z"), 7, 3).weight == 3


def test_hours_apart_are_within_the_skew_of_two_peoples_clocks() -> None:
    first, soon, late = (_at(f"2026-03-01T{hour}:00:00Z") for hour in ("01", "09", "17"))
    assert order(first, soon, 7, 3, PEOPLE).weight == 3
    assert order(first, late, 7, 3, PEOPLE).weight == 7


def test_two_articles_of_one_day_can_not_be_told_apart() -> None:
    assert order(_at("2026-03-01"), _at("2026-03-01"), 7, 3).weight == 0


def test_exact_midnight_is_read_as_the_day_alone() -> None:
    told = window(_at("2026-03-01T00:00:00Z"))
    assert told is not None
    assert not told.is_exact
    assert order(_at("2026-03-01T00:00:00Z"), _at("2026-03-01T09:00:00Z"), 7, 3).sure is False


def test_an_early_hour_is_probably_before_some_time_of_that_day() -> None:
    early = order(_at("2026-03-01T03:00:00Z"), _at("2026-03-01"), 7, 3)
    late = order(_at("2026-03-01T21:00:00Z"), _at("2026-03-01"), 7, 3)
    assert early.weight > 0 > late.weight


def test_a_capture_bounds_an_unknown_publication() -> None:
    assert order(_at(captured="2026-03-01T09:00:00Z"), _at("2026-03-02"), 7, 3).weight == 7
    assert order(_at(captured="2026-03-03T09:00:00Z"), _at("2026-03-02"), 7, 3).weight == 0


def test_without_any_time_nothing_is_said() -> None:
    assert order(_at(), _at("2026-03-02"), 7, 3).weight == 0
