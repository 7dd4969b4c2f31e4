"""Where in a text, and when: the two values that all others are made of.

Offsets are half-open ranges of code points; a time is known to the second, or is some time of a day. This
module must not know what stands at a place or happened at a time. Import both from ``auditor.domain``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points of one text."""

    start: int
    end: int

    def __bool__(self) -> bool:
        return self.end > self.start

    @property
    def length(self) -> int:
        """Code points covered."""
        return self.end - self.start

    def overlap(self, other: Span) -> int:
        """How many code points both spans cover."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def contains(self, other: Span) -> bool:
        """Does the other span lie wholly inside this one?"""
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The covered text."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened, as precisely as it is known: both ends in UTC, equal when exact.

    A bare date is the whole day: it is never taken for midnight.
    """

    earliest: datetime
    latest: datetime

    @classmethod
    def parse(cls, text: str) -> Moment:
        """Read ISO 8601: a date, or a date with time and zone (none means UTC).

        Raises ValueError where the text is neither.
        """
        text = text.strip()
        if len(text) == len("2015-12-11"):
            start = datetime.fromisoformat(text).replace(tzinfo=UTC)
            return cls(start, start + timedelta(days=1, seconds=-1))
        at = datetime.fromisoformat(text)
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
        at = at.replace(microsecond=0)
        return cls(at, at)

    @property
    def is_exact(self) -> bool:
        """Is the time of day known?"""
        return self.earliest == self.latest

    def before(self, other: Moment) -> bool | None:
        """Was this before the other? None where the two can't be told apart."""
        if self.latest < other.earliest:
            return True
        if other.latest < self.earliest:
            return False
        return None

    def __str__(self) -> str:
        form = "%Y-%m-%dT%H:%M:%SZ" if self.is_exact else "%Y-%m-%d"
        return self.earliest.strftime(form)
