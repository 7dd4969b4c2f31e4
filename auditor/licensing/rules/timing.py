"""When the text was shown: after its archive days, before its embargo was over.

What is known of an article's time is when it was published and when it was captured, each perhaps only as a
day. A time that doesn't decide gives a finding that says so, never a guess. This module must not know of a
clock: a copy is late only by a time at which it was seen.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from auditor.domain import Moment
from auditor.licensing.rules.measure import Measure, duration, hours
from auditor.licensing.taking import Taking
from auditor.licensing.terms import Archive, Embargo
from auditor.lineage import Witness

EMBARGO_KEYS = ("embargo", "embargoed", "embargoed_until")


def archive(rule: Archive, taking: Taking, agreement: str) -> Measure | None:
    """How long after its release the item was still shown; None where a time isn't known."""
    released = taking.item.article.published if taking.item else None
    seen = last_seen(taking.witness)
    if released is None or seen is None:
        return None
    late, unsure = after(seen, released, timedelta(days=rule.days))
    age = max(seen.earliest - released.latest, timedelta(0))
    days = f"{rule.days} day{'' if rule.days == 1 else 's'}"
    return Measure(
        kept=not late,
        says=f", seen {duration(age)} after its release; agreement {agreement} allows {days}",
        value=round(age.total_seconds() / 86400, 2),
        bound=rule.days,
        unit="days",
        unsure=unsure,
    )


def embargo(rule: Embargo, taking: Taking, agreement: str) -> Measure | None:
    """Whether the article came before the item's embargo, or before the holdback, was over."""
    item, published = taking.item, taking.witness.article.published
    if item is None or published is None:
        return None
    told = _embargo_of(item)
    free = told or _holdback(item.article.published, rule.hours)
    if free is None:
        return None
    early = published.latest < free.earliest
    unsure = not early and published.earliest < free.earliest
    gap = free.earliest - published.earliest
    until = f"its embargo of {free}" if told else f"the {hours(rule.hours)} from its release"
    when = f"{duration(gap)} before the end of" if early or unsure else "after"
    return Measure(
        kept=not early and not unsure,
        says=f", {when} {until} that agreement {agreement} asks to wait",
        value=round(gap.total_seconds() / 3600, 2),
        bound=0,
        unit="hours early",
        unsure=unsure,
    )


def _embargo_of(item: Witness) -> Moment | None:
    told = next((item.article.extra[key] for key in EMBARGO_KEYS if key in item.article.extra), None)
    if not isinstance(told, str):
        return None
    try:
        return Moment.parse(told)
    except ValueError:
        return None


def _holdback(released: Moment | None, length: float) -> Moment | None:
    if released is None or not length:
        return None
    wait = timedelta(hours=length)
    return Moment(_plus(released.earliest, wait), _plus(released.latest, wait))


def last_seen(witness: Witness) -> Moment | None:
    """The last time at which the article is known to have been there."""
    times = [time for time in (witness.article.captured, witness.article.published) if time]
    return max(times, key=lambda time: time.earliest, default=None)


def after(seen: Moment, start: Moment, allowed: timedelta) -> tuple[bool, bool]:
    """Was it seen more than that long after the start, perhaps at least; and is that undecided?"""
    surely = seen.earliest > _plus(start.latest, allowed)
    perhaps = seen.latest > _plus(start.earliest, allowed)
    return surely or perhaps, perhaps and not surely


def _plus(time: datetime, length: timedelta) -> datetime:
    try:
        return time + length
    except OverflowError:
        return datetime.max.replace(tzinfo=time.tzinfo)
