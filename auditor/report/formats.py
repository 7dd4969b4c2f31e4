"""How numbers, shares, times and delays are written for readers: always with unit and zone.

Pure functions from values to short texts. It must not know pages or stores.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from auditor.domain import Moment, Stale, Status

NO_TIME = "time unknown"
THIN = "\u202f"  # narrow no-break space between groups of digits
DASH = "–"
_DAY = timedelta(days=1)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WORDS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


@dataclass(frozen=True, slots=True)
class When:
    """A time as a reader sees it. ``iso`` is "" where unknown; ``zone`` "" where only the day is known."""

    text: str
    iso: str = ""
    clock: str = ""
    day: str = ""
    precise: bool = False


def number(value: float) -> str:
    """An integer in groups of three, from five digits on."""
    digits = f"{value:,.0f}"
    return digits.replace(",", THIN) if abs(value) >= 10_000 else digits.replace(",", "")


def count(value: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 pickup", "12 pickups"."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def in_words(value: int) -> str:
    """A small number as a word, a larger one in digits."""
    return _WORDS[value] if 0 <= value < len(_WORDS) else number(value)


def share(value: float) -> str:
    """A share 0..1 as per cent: never "0%" for something, never "100%" for less than all."""
    if 0 < value < 0.01:
        return "< 1%"
    if 0.99 < value < 1:
        return "> 99%"
    return f"{value * 100:.0f}%"


def size(codepoints: int) -> str:
    """The length of a text."""
    return count(codepoints, "character")


def clip(text: str, limit: int) -> str:
    """A text on one line, cut at a word with an ellipsis where it is longer than ``limit``."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    head = line[:limit]
    cut = head.rfind(" ")
    return (head[:cut] if cut > limit * 0.6 else head).rstrip(" ,;:.–-") + "…"


def _zone_name(at: datetime) -> str:
    name = at.tzname() or "UTC"
    if name.lstrip("+-").isdigit():
        name = f"UTC{name[:3]}:{name[3:] or '00'}"
    return name


def day(at: datetime) -> str:
    """A calendar day: "11 Dec 2015"."""
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


def month(label: str) -> str:
    """A month given as "2015-12": "Dec 2015"."""
    year, _, number_of = label.partition("-")
    return f"{_MONTHS[int(number_of) - 1]} {year}"


def is_day(moment: Moment) -> bool:
    """Is it one whole day of UTC, which is how a bare date is read?"""
    start = moment.earliest
    return (start.hour, start.minute, start.second) == (
        0,
        0,
        0,
    ) and moment.latest - start == _DAY - timedelta(seconds=1)


def when(moment: Moment | None, zone: ZoneInfo) -> When:
    """A moment in the reader's zone; a bare date stays the date that it is."""
    if moment is None:
        return When(NO_TIME)
    if is_day(moment):
        date = day(moment.earliest)
        return When(f"{date}, time of day unknown", str(moment), day=date)
    first = moment.earliest.astimezone(zone)
    date, clock = day(first), f"{first:%H:%M}"
    if moment.is_exact:
        stamp = f"{clock} {_zone_name(first)}"
        return When(f"{date}, {stamp}", str(moment), stamp, date, precise=True)
    last = moment.latest.astimezone(zone)
    text = f"between {date}, {clock} and {day(last)}, {last:%H:%M} {_zone_name(last)}"
    return When(text, moment.earliest.isoformat(), day=date)


def clock_of(at: datetime, zone: ZoneInfo) -> str:
    """A date and time for a stamp on a page, with its zone."""
    local = (at.replace(tzinfo=UTC) if at.tzinfo is None else at).astimezone(zone)
    return f"{day(local)}, {local:%H:%M} {_zone_name(local)}"


def duration(seconds: float, *, units: int = 2) -> str:
    """A length of time in its one or two largest units: "41 min", "3 h 32 min", "2 days 4 h"."""
    minutes = round(abs(seconds) / 60)
    if minutes < 1:
        return "under a minute"
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return count(days, "day") + (f" {hours} h" if hours and days < 14 and units > 1 else "")
    if hours:
        return f"{hours} h" + (f" {minutes} min" if minutes and units > 1 else "")
    return f"{minutes} min"


def delay(earlier: Moment | None, later: Moment | None) -> str:
    """How long after, as precisely as both times allow; "" where nothing can be said."""
    if earlier is None or later is None:
        return ""
    if earlier.is_exact and later.is_exact:
        gap = (later.earliest - earlier.earliest).total_seconds()
        return duration(gap) if gap >= 0 else f"{duration(gap)} before"
    days = (later.earliest.astimezone(UTC).date() - earlier.earliest.astimezone(UTC).date()).days
    if days == 0:
        return "same day"
    return f"{count(days, 'day')} later" if days > 0 else f"{count(-days, 'day')} before"


def outdated(stale: Stale) -> str:
    """What became of the version that was taken, and how long ago that was when the copy was last seen."""
    word = _FATES.get(stale.status, "changed")
    if stale.hours is None:
        return f"{word}, no telling how long ago"
    if not stale.hours:
        return f"{word} after this was last seen"
    return f"{word} {duration(stale.hours * 3600)} before this was last seen"


_FATES = {Status.CORRECTED: "corrected", Status.WITHHELD: "withheld", Status.CANCELED: "withdrawn"}


def later(told: str) -> str:
    """What ``delay`` gave, as it stands beside a time: "after 41 min", "same day", "2 days later"."""
    return told if not told or told.endswith(("later", "before", "day")) else f"after {told}"


def sentence(text: str) -> str:
    """A statement with a capital and a full stop."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "…")) else ".") if text else ""


def listing(names: list[str], limit: int = 4) -> str:
    """Names as a sentence has them: "A, B and 3 more"."""
    if len(names) > limit:
        names = [*names[: limit - 1], f"{number(len(names) - limit + 1)} more"]
    if len(names) <= 1:
        return "".join(names)
    return ", ".join(names[:-1]) + " and " + names[-1]
