"""When a page says it was published: every form of time that pages use, and the one to believe.

Pages state their time in several places with different precision; extractors that keep the day alone
lose what tells who was first. Knows times as text, not where on a page they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from auditor.domain import Moment

_EARLIEST_YEAR, _LATEST_YEAR = 1600, 2200  # newspapers exist since 1605; anything outside is a slip
_UNSET = datetime(1970, 1, 1)  # noqa: DTZ001 - what an empty field becomes, in whatever zone
_LONGEST = 60  # characters of a time: the longest form has some 35
_EPOCH_SECONDS = re.compile(r"\d{10}(?:\d{3})?")
# With a zone of three letters or more: "PM" at that place would be taken for a zone.
_RFC_2822 = re.compile(
    r"(?:[A-Z][a-z]{2}, ?)?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d?:\d\d(?::\d\d)? (?:[A-Z]{3,4}|[+-]\d{4})"
)
_FORMS = (
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%B %d, %Y %I:%M %p",
    "%B %d, %Y",
    "%b %d, %Y %I:%M %p",
    "%b %d, %Y",
    "%d %B %Y",
    "%d %b %Y",
    "%Y-%m-%d %I:%M:%S %p",
    "%a %b %d %Y %H:%M:%S GMT%z",
)
_SLOPPY_ZONE = re.compile(r"\s*(?:UTC|GMT|Z)$", re.IGNORECASE)
_SAME = timedelta(hours=36)  # two statements of one time may differ by their zones and by a night


@dataclass(frozen=True, slots=True)
class Stated:
    """A time as a page states it: where, in what words, and what they mean.

    ``zoned`` is whether the zone was said; without one the time is read as UTC.
    """

    where: str
    value: str
    moment: Moment
    zoned: bool


def stated(where: str, value: str) -> Stated | None:
    """Read one statement of a time; None where it can't be read. Midnight sharp means that day."""
    value = value[:_LONGEST].strip()
    at = _parsed(value)
    if at is None or not _EARLIEST_YEAR <= at.year <= _LATEST_YEAR or at.replace(tzinfo=None) == _UNSET:
        return None
    if at.hour == at.minute == at.second == 0:
        return Stated(where, value, Moment.parse(at.date().isoformat()), zoned=False)
    zoned = at.tzinfo is not None
    with suppress(OverflowError, ValueError):
        return Stated(where, value, Moment.parse(at.isoformat()), zoned)
    return None


def believed(statements: Iterable[Stated]) -> Moment | None:
    """The time to believe, of statements in the order of their trust.

    The first one's, said more precisely where a later statement of the same time does: with its hour,
    and with its zone.
    """
    known = list(statements)
    if not known:
        return None
    first = known[0]
    same = [one for one in known if abs(one.moment.earliest - first.moment.earliest) <= _SAME]
    exact = [one for one in same if one.moment.is_exact]
    zoned = [one for one in exact if one.zoned]
    if first in zoned:
        return first.moment
    return (zoned or exact or [first])[0].moment


def _parsed(value: str) -> datetime | None:
    if _EPOCH_SECONDS.fullmatch(value):
        return datetime.fromtimestamp(int(value[:10]), UTC)
    with suppress(ValueError):
        return datetime.fromisoformat(value)
    with suppress(ValueError):
        return datetime.fromisoformat(_SLOPPY_ZONE.sub("+00:00", value))
    if _RFC_2822.fullmatch(value):
        with suppress(ValueError, TypeError, IndexError, OverflowError):
            return parsedate_to_datetime(value)
    for form in _FORMS:
        with suppress(ValueError):
            return datetime.strptime(value, form)  # noqa: DTZ007 - its zone is not said
    return None
