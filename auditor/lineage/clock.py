"""Which of two articles came first, as far as their times tell.

A day alone is a whole day, and a time of exactly midnight is one too: such times are dates that some
program completed. A capture time bounds an unknown publication from above. This module must not know
the texts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from auditor.domain import Moment

_BEGINNING = datetime(1800, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1, seconds=-1)
# Clocks differ; within this time an order is likely but not certain: of two sites, and of two people, whose
# machines may be set to another zone.
SITES, PEOPLE = timedelta(minutes=2), timedelta(hours=12)


class Timed(Protocol):
    """Something of which may be known when it was published, and when it was seen."""

    @property
    def published(self) -> Moment | None:
        """When it was published."""

    @property
    def captured(self) -> Moment | None:
        """When it was seen by whoever collected it."""


@dataclass(frozen=True, slots=True)
class Window:
    """The time within which something was published."""

    earliest: datetime
    latest: datetime

    @property
    def is_exact(self) -> bool:
        """Is the time of day known?"""
        return self.earliest == self.latest


@dataclass(frozen=True, slots=True)
class Order:
    """What the times say of "the first came before the second": ``weight`` in nats, and why in words.

    ``sure`` tells that the windows don't overlap.
    """

    weight: float
    detail: str
    sure: bool = False


def window(article: Timed) -> Window | None:
    """When the article was published; None where nothing bounds it."""
    if article.published:
        return when(article.published)
    if article.captured:
        return Window(_BEGINNING, article.captured.latest)
    return None


def when(moment: Moment) -> Window:
    """The time that a moment as told may stand for."""
    at = moment.earliest
    if moment.is_exact and (at.hour, at.minute, at.second) == (0, 0, 0):
        return Window(at, at + _DAY)
    return Window(moment.earliest, moment.latest)


def order(first: Timed, second: Timed, sure: float, near: float, skew: timedelta = SITES) -> Order:
    """How strongly the times say that ``first`` came before ``second``; negative for the reverse.

    ``sure`` is the weight of a clear order, ``near`` that of one within the ``skew`` of two clocks.
    """
    one, two = window(first), window(second)
    if one is None or two is None:
        return Order(0.0, "")
    if one.latest < two.earliest:
        return _clear(one, two, sure, near, skew)
    if two.latest < one.earliest:
        back = _clear(two, one, sure, near, skew)
        return Order(-back.weight, back.detail.replace("earlier", "later"), sure=True)
    return _overlapping(one, two)


def at_once(first: Timed, second: Timed) -> bool:
    """Are both known to be published at the same moment, so that neither can be a copy of the other?"""
    one, two = window(first), window(second)
    return one is not None and one == two and one.is_exact


def _clear(one: Window, two: Window, sure: float, near: float, skew: timedelta) -> Order:
    gap = two.earliest - one.latest
    if one.is_exact and two.is_exact:
        return Order(near if gap <= skew else sure, f"published {_words(gap)} earlier", sure=True)
    if one.earliest == _BEGINNING:
        return Order(sure, "captured before the other was published: earlier", sure=True)
    days = max(1, (two.earliest.date() - one.earliest.date()).days)
    return Order(
        sure, f"published {days} day{'s' if days > 1 else ''} earlier (only days are known)", sure=True
    )


def _overlapping(one: Window, two: Window) -> Order:
    """Some time within a day against a time of that day: how likely the first is the earlier."""
    if _BEGINNING in {one.earliest, two.earliest} or one.is_exact == two.is_exact:
        return Order(0.0, "")
    day, exact = (two, one) if one.is_exact else (one, two)
    length = (day.latest - day.earliest).total_seconds() or 1.0
    passed = (exact.earliest - day.earliest).total_seconds() / length
    passed = min(0.95, max(0.05, passed))
    chance = 1 - passed if one.is_exact else passed
    weight = math.log(chance / (1 - chance))
    return Order(weight, f"the same day, one of them at {exact.earliest:%H:%M} UTC")


def _words(gap: timedelta) -> str:
    minutes = int(gap.total_seconds()) // 60
    if minutes < 1:
        return f"{int(gap.total_seconds())} seconds"
    if minutes < 120:
        return f"{minutes} minute{'s' if minutes > 1 else ''}"
    hours, rest = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    return f"{hours // 24} days"
