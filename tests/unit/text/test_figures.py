"""Figures: value, unit, hedge and span."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.text.figures import figures

LEAP = 2000


def only(text: str) -> tuple[str, float, str, str]:
    (figure,) = figures(text)
    return figure.span.of(text), figure.value, figure.unit, figure.hedge


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("killed more than 5,000 people", ("more than 5,000", 5000, "", "more than")),
        ("nearly 70 percent of it", ("nearly 70 percent", 70, "%", "nearly")),
        ("around 70 per cent of it", ("around 70 per cent", 70, "%", "about")),
        ("up 70pc since", ("70pc", 70, "%", "")),
        ("cost $4.1 million in all", ("$4.1 million", 4_100_000, "USD", "")),
        ("cost £4.2m in all", ("£4.2m", 4_200_000, "GBP", "")),
        ("cost 5 million euros", ("5 million euros", 5_000_000, "EUR", "")),
        ("flew 4,000 sorties", ("4,000", 4000, "", "")),
        ("moved 214,000 metric tons of it", ("214,000 metric tons", 214_000, "tonne", "")),
        ("for 17 seconds", ("17 seconds", 17, "second", "")),
        ("three men came", ("three", 3, "", "")),
        ("nearly a third of them", ("nearly a third", pytest.approx(1 / 3), "", "nearly")),
        ("two-thirds of them", ("two-thirds", pytest.approx(2 / 3), "", "")),
        ("half a million dollars", ("half a million dollars", 500_000, "USD", "")),
        ("twenty-one thousand came", ("twenty-one thousand", 21_000, "", "")),
        ("one hundred and five came", ("one hundred and five", 105, "", "")),
        ("tens of thousands of people", ("tens of thousands", 10_000, "", "many")),
        ("2½ years", ("2½ years", 2.5, "years", "")),
        ("rose 7-1/4 pct", ("7-1/4 pct", 7.25, "%", "")),
        ("fell to minus 5 degrees", ("minus 5 degrees", -5, "degree", "")),
        ("the 24th day", ("24th", 24, "ordinal", "")),
        ("the third quarter", ("third", 3, "ordinal", "")),
        ("a 16-year-old", ("16-year-old", 16, "years", "")),
        ("5,000 or more came", ("5,000 or more", 5000, "", "at least")),
        ("60,000-plus came", ("60,000-plus", 60_000, "", "more than")),
        ("as many as 12 people", ("as many as 12", 12, "", "up to")),
        ("in 2013", ("2013", 2013, "year", "")),
        ("in the 1990s", ("1990s", 1990, "year", "")),
        ("2000 people voted", ("2000", 2000, "", "")),
        ("at 3:45 p.m. on", ("3:45 p.m.", 15 * 60 + 45, "time", "")),
        ("at 14:05 there", ("14:05", 14 * 60 + 5, "time", "")),
        ("about one percent", ("about one percent", 1, "%", "about")),
    ],
)
def test_a_figure(text: str, expected: tuple[str, float, str, str]) -> None:
    assert only(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "on Sept. 30 it",
        "on September 30 it",
        "on 30 September it",
        "on 30th September it",
        "on the 30th of September",
    ],
)
def test_a_date_without_year_is_the_day_of_a_leap_year(text: str) -> None:
    _, value, unit, _ = only(text)
    assert (value, unit) == (date(LEAP, 9, 30).timetuple().tm_yday, "date")


@pytest.mark.parametrize(
    "text",
    [
        "on Sept. 30, 2015 it",
        "on 30 September 2015 it",
        "on 2015-09-30 it",
        "on 9/30/2015 it",
        "am 30.9.2015 ist",
    ],
)
def test_a_date_with_year_is_its_ordinal_day(text: str) -> None:
    _, value, unit, _ = only(text)
    assert (value, unit) == (date(2015, 9, 30).toordinal(), "date")


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("between 5,000 and 7,000 citizens", [5000, 7000], ""),
        ("10 to 15 percent", [10, 15], "%"),
        ("$5-7 million", [5e6, 7e6], "USD"),
        ("3 to 5 million tonnes", [3e6, 5e6], "tonne"),
        ("Dec. 3-5", [338, 340], "date"),
        ("in 2015-16", [2015, 2016], "year"),
    ],
)
def test_a_range_is_two_figures_of_one_unit(text: str, values: list[float], unit: str) -> None:
    found = figures(text)
    assert [figure.value for figure in found] == values
    assert {figure.unit for figure in found} == {unit}


@pytest.mark.parametrize(
    "text",
    [
        "an S-400 and a Su-24",
        "COVID-19",
        "the G7 and B2B",
        "one of them",
        "no one",
        "split second",
        "call 555-123-4567",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert figures(text) == ()


def test_hyphens_after_lower_case_words_leave_a_figure() -> None:
    assert only("since mid-2015 or") == ("2015", 2015, "year", "")


def test_house_style_of_unit_and_hedge_has_one_form() -> None:
    first, second = only("over 5 per cent"), only("more than 5%")
    assert first[1:] == second[1:]
