"""Dates and times of day around a run of digits.

A month's name beside a day or a year makes a date. This module knows nothing of amounts.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from auditor.text import units

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SLASHED = re.compile(r"(\d{1,2})([/.])(\d{1,2})\2(\d{4}|\d{2})")
_MONTH_DAY = re.compile(r"(1[0-2]|[1-9])/(1\d|2\d|3[01]|7|9)")  # "9/11"; smaller numbers below are fractions
_MONTH_BEFORE = re.compile(r"(?<![^\W_])([A-Z][A-Za-z]{2,8})\.?[ \u00a0]{1,2}(?:the )?$")
_MONTH_AFTER = re.compile(r"(?:st|nd|rd|th)?\.?[ \u00a0-](?:of )?([A-Z][A-Za-z]{2,8})(?![^\W_])\.?")
_YEAR_AFTER = re.compile(r"(?:st|nd|rd|th)?(?:,? |, ?)(\d{4})(?![-/.,]?\d|[^\W_])")
_YEAR = re.compile(r"[12]\d{3}")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::(\d{2}))?")
_HALF_DAY = re.compile(r"[ \u00a0]?([ap])\.?[ ]?m(?:\.|\b)", re.IGNORECASE)
_YEAR_PAIR = re.compile(r"([12]\d{3})[-/](\d{2}|\d{4})")
_LONGEST_MONTH = 16  # characters before a number in which a month's name may stand
_DIGITS = re.compile(r"\d+")
_LONGEST_DAY = 2  # digits
_DAYS = re.compile(r"(\d{1,2})-(\d{1,2})")
_GLUED = re.compile(r"st|nd|rd|th")
_LEAP_YEAR = 2000  # a day without its year is counted in a leap year, so that 29 February has a number


class When(NamedTuple):
    """A date (ordinal day) or a time of day (minutes) and where it stands."""

    start: int
    end: int
    value: float


def date_around(text: str, start: int, end: int, said: str) -> When | None:
    """The date that a run of digits belongs to, with the month before or after it; None if to none."""
    written = _ISO.fullmatch(said)
    if written:
        return _when(start, end, int(written[1]), int(written[2]), int(written[3]))
    slashed = _SLASHED.fullmatch(said)
    if slashed:
        return _from_slashed(start, end, slashed)
    day = _MONTH_DAY.fullmatch(said)
    if day:
        return _when(start, end, _LEAP_YEAR, int(day[1]), int(day[2]), yearless=True)
    return _beside_month(text, start, end, said)


def _beside_month(text: str, start: int, end: int, said: str) -> When | None:
    first = _DIGITS.match(said)
    digits = first.group() if first else said
    before = _MONTH_BEFORE.search(text, max(0, start - _LONGEST_MONTH), start)
    month = units.MONTHS.get(before[1].casefold()) if before else None
    if before and month and said == digits and _YEAR.fullmatch(digits):
        return _when(before.start(), end, int(digits), month, 1)
    if len(digits) > _LONGEST_DAY or not _ends_here(said, digits):
        return None
    if before and month:
        return _with_year(text, before.start(), start + len(digits), month, int(digits))
    after = _MONTH_AFTER.match(text, end) if said == digits else None
    month = units.MONTHS.get(after[1].casefold()) if after else None
    if after and month and not text.startswith(" be", after.end()):  # "6 may be"
        return _with_year(text, start, after.end(), month, int(digits))
    return None


def last_day(said: str, first: When) -> When | None:
    """The second day of "Sept. 3-5", when the first is known."""
    days = _DAYS.fullmatch(said)
    if not days or int(days[2]) <= int(days[1]):
        return None
    return When(first.end + 1, first.end + 1 + len(days[2]), first.value + int(days[2]) - int(days[1]))


def _ends_here(said: str, digits: str) -> bool:
    """A day may open a run only as "Sept. 3-5" or "Sept. 30,2015" do."""
    return said == digits or said[len(digits)] in "-,"


def _with_year(text: str, start: int, end: int, month: int, day: int) -> When | None:
    year = _YEAR_AFTER.match(text, end)
    if year and _YEAR.fullmatch(year[1]):
        return _when(start, year.end(), int(year[1]), month, day)
    glued = _GLUED.match(text, end)
    return _when(start, glued.end() if glued else end, _LEAP_YEAR, month, day, yearless=True)


def _from_slashed(start: int, end: int, slashed: re.Match[str]) -> When | None:
    """Read 12/31/2015 and 31.12.2015; where either order is possible, slashes are read the American way."""
    first, second, year = int(slashed[1]), int(slashed[3]), int(slashed[4])
    if len(slashed[4]) == 2:
        year += 2000 if year < 70 else 1900
    month, day = (first, second) if slashed[2] == "/" and first <= 12 else (second, first)
    return _when(start, end, year, month, day)


def _when(start: int, end: int, year: int, month: int, day: int, *, yearless: bool = False) -> When | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return When(start, end, float(found.timetuple().tm_yday if yearless else found.toordinal()))


def clock(text: str, start: int, end: int, said: str) -> When | None:
    """The time of day that a run of digits tells: "14:05", "3 p.m.", "7.30pm"."""
    parts = _CLOCK.fullmatch(said)
    if not parts:
        return None
    half = _HALF_DAY.match(text, end)
    if half is None and (":" not in said or len(said) < 4):
        return None
    hour, minute = int(parts[1]), int(parts[2] or 0)
    if hour > (12 if half else 24) or minute > 59:
        return None
    if half:
        hour = hour % 12 + (12 if half[1] in "pP" else 0)
    return When(start, half.end() if half else end, float(60 * hour + minute))


def year_pair(said: str) -> tuple[int, int] | None:
    """Both years of "2015-16", "1987/88", "2014-2016"."""
    pair = _YEAR_PAIR.fullmatch(said)
    if not pair:
        return None
    first = int(pair[1])
    second = int(pair[2]) if len(pair[2]) == 4 else first // 100 * 100 + int(pair[2])
    return (first, second) if first < second <= first + 200 else None
