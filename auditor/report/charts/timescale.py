"""A scale from time to x that stays honest: linear, with long silences cut out and the cuts marked.

A day of which no time of day is known at all gets a stretch of its own with nothing but its date: hours
would pretend to a precision that nobody has. Pure. Times are POSIX seconds, x is in units of a view box.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from itertools import pairwise
from zoneinfo import ZoneInfo

from auditor.report import formats

SILENCE = 0.22  # a gap longer than this part of the whole, and than …
SHORTEST_SILENCE = 6 * 3600.0  # … this many seconds, is cut out …
CUT_WIDTH = 46.0  # … to this width
DAY_WIDTH = 120.0  # of a day without hours
DAYS_PART = 0.45  # such days take at most this part of the width
TICK_GAP = 84.0  # smallest distance between two labels of the axis
MIN_RANGE = 30 * 60.0
_HOURS = (1 / 12, 1 / 6, 1 / 2, 1, 3, 6, 12, 24, 48, 168, 672, 2184, 8760, 87600)
_STEPS = tuple(timedelta(hours=hours) for hours in _HOURS)


class Kind(Enum):
    """What a stretch of the axis stands for."""

    LINEAR = "linear"
    DAYS = "days"  # without hours
    CUT = "cut"  # a silence


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of time on its stretch of x."""

    start: float
    end: float
    left: float
    right: float
    kind: Kind = Kind.LINEAR


@dataclass(frozen=True, slots=True)
class Tick:
    """A label of the axis; ``strong`` where a day begins, ``line`` False for the name of a whole day."""

    x: float
    label: str
    day: str
    strong: bool = False
    line: bool = True


@dataclass(frozen=True, slots=True)
class Cut:
    """A silence that was taken out: where, and how long it was."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Time to x, in segments."""

    segments: tuple[Segment, ...]

    def x(self, at: float) -> float:
        """Where a time lies; times outside lie at the ends."""
        for segment in self.segments:
            if at <= segment.end:
                part = (max(at, segment.start) - segment.start) / max(1e-9, segment.end - segment.start)
                return segment.left + part * (segment.right - segment.left)
        return self.segments[-1].right

    @property
    def cuts(self) -> tuple[Cut, ...]:
        """The silences taken out."""
        return tuple(
            Cut((s.left + s.right) / 2, formats.duration(s.end - s.start, units=1))
            for s in self.segments
            if s.kind is Kind.CUT
        )

    def ticks(self, zone: ZoneInfo) -> tuple[Tick, ...]:
        """Round times in the reader's zone, far enough apart to be read, and the dates of whole days."""
        shown = [segment for segment in self.segments if segment.kind is Kind.LINEAR]
        width = sum(segment.right - segment.left for segment in shown)
        total = sum(segment.end - segment.start for segment in shown)
        step = next((s for s in _STEPS if s.total_seconds() / max(1, total) * width >= TICK_GAP), _STEPS[-1])
        found: list[Tick] = []
        for segment in self.segments:
            if segment.kind is Kind.DAYS:
                found.append(_whole_day(segment))
            elif segment.kind is Kind.LINEAR:
                _add_round_times(found, segment, self, step, zone)
        return tuple(found)


def _whole_day(segment: Segment) -> Tick:
    first = datetime.fromtimestamp(segment.start, UTC)
    last = datetime.fromtimestamp(segment.end, UTC)
    label = formats.day(first)
    if last.date() != first.date():
        label = f"{label} {formats.DASH} {formats.day(last)}"
    return Tick(round((segment.left + segment.right) / 2, 1), label, "", line=False)


def _add_round_times(
    found: list[Tick], segment: Segment, scale: Scale, step: timedelta, zone: ZoneInfo
) -> None:
    for at in _round_times(segment.start, segment.end, step, zone):
        x = scale.x(at.timestamp())
        if not found or x - found[-1].x >= TICK_GAP * 0.75:
            found.append(_tick(at, x, step, dated=not found or found[-1].day != formats.day(at)))


def _tick(at: datetime, x: float, step: timedelta, *, dated: bool) -> Tick:
    midnight = (at.hour, at.minute) == (0, 0)
    if step >= timedelta(days=1) or midnight:
        return Tick(round(x, 1), formats.day(at), formats.day(at), midnight)
    if dated:
        return Tick(round(x, 1), f"{formats.day(at).rsplit(' ', 1)[0]}, {at:%H:%M}", formats.day(at))
    return Tick(round(x, 1), f"{at:%H:%M}", formats.day(at))


def _round_times(start: float, end: float, step: timedelta, zone: ZoneInfo) -> list[datetime]:
    first = datetime.fromtimestamp(start, UTC).astimezone(zone)
    at = first.replace(hour=0, minute=0, second=0, microsecond=0)
    if step > timedelta(days=1):
        at -= timedelta(days=at.toordinal() % step.days)
    found: list[datetime] = []
    while at.timestamp() <= end:
        if at.timestamp() >= start:
            found.append(at)
        at = (at.astimezone(UTC) + step).astimezone(zone) if step < timedelta(days=1) else at + step
    return found


def scale(points: Sequence[float], days: Iterable[tuple[float, float]], left: float, right: float) -> Scale:
    """The scale that shows exact times and spans of whole days between two x."""
    spans = _free_days(points, sorted(set(days)))
    parts = [(a, b, Kind.DAYS) for a, b in spans] + [
        (a, b, Kind.LINEAR) for a, b in _clusters(sorted(points))
    ]
    parts.sort()
    cuts = sum(later[0] - earlier[1] > 1 for earlier, later in pairwise(parts))
    room = right - left - cuts * CUT_WIDTH
    lively = sum(b - a for a, b, kind in parts if kind is Kind.LINEAR)
    one_day = min(DAY_WIDTH, room * (DAYS_PART if points else 1) / max(1, len(spans)))
    if not points:
        one_day = room / len(spans)
    unit = (room - one_day * len(spans)) / max(1.0, lively)
    segments: list[Segment] = []
    x = left
    for start, end, kind in parts:
        if segments and start - segments[-1].end > 1:
            segments.append(Segment(segments[-1].end, start, x, x + CUT_WIDTH, Kind.CUT))
            x += CUT_WIDTH
        width = one_day if kind is Kind.DAYS else (end - start) * unit
        segments.append(Segment(start, end, x, x + width, kind))
        x += width
    return Scale(tuple(segments))


def _free_days(points: Sequence[float], days: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The spans in which no exact time lies, joined where they overlap."""
    found: list[tuple[float, float]] = []
    for start, end in days:
        if any(start <= point <= end for point in points):
            continue
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _clusters(points: Sequence[float]) -> list[tuple[float, float]]:
    """Stretches that hold all points, with a margin, parted where the silence between them is long."""
    if not points:
        return []
    first, last = points[0], points[-1]
    whole = last - first
    if whole < MIN_RANGE:
        middle = (first + last) / 2
        return [(middle - MIN_RANGE / 2, middle + MIN_RANGE / 2)]
    found = [(first, first)]
    for point in points[1:]:
        if point - found[-1][1] > max(SHORTEST_SILENCE, whole * SILENCE):
            found.append((point, point))
        else:
            found[-1] = (found[-1][0], point)
    lively = sum(end - start for start, end in found)
    if lively < whole * 0.004 or len(points) < 4:  # a few lone points: nothing would be left to show
        return [(first - whole * 0.02, last + whole * 0.02)]
    pad = lively * 0.06 + 60
    return [(start - pad, end + pad) for start, end in found]
