"""Values to columns and back: times keep their precision, and what can't be stored is named."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.domain import Article, Moment
from auditor.storage.rows import legible, metadata_values, moment_of, moment_text, packed, refusal, storable

ANY_TEXT = st.text(st.characters(exclude_categories=[]))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2015-12-11", "2015-12-11"),
        ("2015-12-11T00:00:00Z", "2015-12-11T00:00:00Z"),
        ("2015-12-11T23:59:59Z", "2015-12-11T23:59:59Z"),
        ("2015-12-11T01:05:00+03:00", "2015-12-10T22:05:00Z"),
        ("0999-01-02", "0999-01-02"),
        ("9999-12-31", "9999-12-31"),
    ],
)
def test_a_day_stays_a_day_and_a_time_a_time(given: str, kept: str) -> None:
    moment = Moment.parse(given)
    assert moment_text(moment) == kept
    assert moment_of(kept) == moment


def test_no_time_is_no_time() -> None:
    assert moment_text(None) is None
    assert moment_of(None) is None


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_time_to_the_second_comes_back(at: datetime) -> None:
    exact = at.replace(microsecond=0)
    assert moment_of(moment_text(Moment(exact, exact))) == Moment(exact, exact)


@given(ANY_TEXT)
def test_what_is_accepted_can_be_encoded_and_what_is_made_legible_can_be_stored(text: str) -> None:
    if storable(text):
        assert "\x00" not in text.encode().decode()
        assert legible(text) == text
    assert storable(legible(text))
    assert (refusal(Article("it", text)) is None) == storable(text)


@given(st.dictionaries(ANY_TEXT, st.recursive(ANY_TEXT | st.integers() | st.none(), st.lists, max_leaves=5)))
def test_what_came_along_is_either_kept_whole_or_refused(extra: dict[str, object]) -> None:
    article = Article("it", "text", extra=extra)
    if refusal(article) is None:
        kept = metadata_values(article)["extra"]
        assert (json.loads(kept) if kept else {}) == extra
        assert storable(kept or "")


def test_what_json_cannot_hold_is_refused_by_name() -> None:
    assert "JSON" in (refusal(Article("it", "text", extra={"when": datetime.now(UTC)})) or "")


def test_equal_values_are_equal_bytes_whatever_the_order_of_their_keys() -> None:
    assert packed({"b": 1, "a": {"d": 2, "c": "\u00e9"}}) == packed({"a": {"c": "\u00e9", "d": 2}, "b": 1})
