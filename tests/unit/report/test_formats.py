"""Numbers, times and delays as readers see them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from auditor.domain import Moment
from auditor.report import formats

UTC, PARIS, KOLKATA, LIMA = map(ZoneInfo, ("UTC", "Europe/Paris", "Asia/Kolkata", "America/Lima"))


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (999, "999"), (9_999, "9999"), (10_000, "10\u202f000"), (1_234_567, "1\u202f234\u202f567")],
)
def test_numbers_are_grouped_from_five_digits(value: int, shown: str) -> None:
    assert formats.number(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0%"), (0.002, "< 1%"), (0.5, "50%"), (0.996, "> 99%"), (1, "100%")]
)
def test_a_share_never_rounds_to_nothing_or_all(value: float, shown: str) -> None:
    assert formats.share(value) == shown


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        (UTC, "11 Dec 2015, 23:05 UTC"),
        (PARIS, "12 Dec 2015, 00:05 CET"),
        (KOLKATA, "12 Dec 2015, 04:35 IST"),
        (LIMA, "11 Dec 2015, 18:05 UTC-05:00"),
    ],
)
def test_an_exact_time_is_told_in_the_readers_zone_and_names_it(zone: ZoneInfo, shown: str) -> None:
    assert formats.when(Moment.parse("2015-12-11T23:05:00Z"), zone).text == shown


@pytest.mark.parametrize("zone", [UTC, KOLKATA, LIMA])
def test_a_bare_date_stays_that_date_in_every_zone(zone: ZoneInfo) -> None:
    assert formats.when(Moment.parse("2015-12-11"), zone).text == "11 Dec 2015, time of day unknown"


def test_an_unknown_time_is_said_to_be_unknown() -> None:
    assert formats.when(None, UTC) == formats.When("time unknown")


@pytest.mark.parametrize(
    ("earlier", "later", "shown"),
    [
        ("2026-03-02T09:14:00Z", "2026-03-02T09:55:00Z", "41 min"),
        ("2026-03-02T09:14:00Z", "2026-03-02T12:46:00Z", "3 h 32 min"),
        ("2026-03-02T09:14:00Z", "2026-03-04T10:14:00Z", "2 days 1 h"),
        ("2026-03-02T09:14:00Z", "2026-03-02T09:04:00Z", "10 min before"),
        ("2026-03-02", "2026-03-02T09:04:00Z", "same day"),
        ("2026-03-02T23:00:00Z", "2026-03-03", "1 day later"),
        ("2026-03-05", "2026-03-03", "2 days before"),
    ],
)
def test_a_delay_is_no_more_precise_than_both_times(earlier: str, later: str, shown: str) -> None:
    assert formats.delay(Moment.parse(earlier), Moment.parse(later)) == shown


def test_without_a_time_there_is_no_delay() -> None:
    assert formats.delay(None, Moment.parse("2026-03-03")) == ""


def test_a_clipped_text_ends_at_a_word() -> None:
    assert formats.clip("The lantern parade at Ulm Ferry", 20) == "The lantern parade…"
    assert formats.clip("short\n text", 20) == "short text"


def test_a_long_list_of_names_is_counted() -> None:
    assert formats.listing(["A"]) == "A"
    assert formats.listing(["A", "B", "C"]) == "A, B and C"
    assert formats.listing(["A", "B", "C", "D", "E", "F"]) == "A, B, C and 3 more"
