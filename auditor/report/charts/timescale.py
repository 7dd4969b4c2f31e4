"""A scale from time to x that stays honest: linear, with long silences cut out and the cuts marked.

Pure. Times are POSIX seconds, x is in units of a view box.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from auditor.report import formats

SILENCE = 0.22  # a gap longer than this part of the whole is cut out …
CUT_WIDTH = 54.0  # … to this width
TICK_GAP = 84.0  # smallest distance between two labels of the axis
MIN_RANGE = 30 * 60.0
_HOURS = (1 / 12, 1 / 6, 1 / 2, 1, 3, 6, 12, 24, 48, 168, 672, 2184, 8760, 87600)
_STEPS = tuple(timedelta(hours=hours) for hours in _HOURS)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of time on its stretch of x; ``cut`` where a silence was taken out."""

    start: float
    end: float
    left: float
    right: float
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A label of the axis; ``strong`` where a day begins."""

    x: float
    label: str
    strong: bool = False


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
            Cut((s.left + s.right) / 2, formats.duration(s.end - s.start)) for s in self.segments if s.cut
        )

    def ticks(self, zone: ZoneInfo) -> tuple[Tick, ...]:
        """Round times in the reader's zone, far enough apart to be read."""
        shown = [segment for segment in self.segments if not segment.cut]
        width = sum(segment.right - segment.left for segment in shown)
        total = sum(segment.end - segment.start for segment in shown)
        step = next((s for s in _STEPS if s.total_seconds() / total * width >= TICK_GAP), _STEPS[-1])
        found: list[Tick] = []
        for segment in shown:
            for at in _round_times(segment.start, segment.end, step, zone):
                x = self.x(at.timestamp())
                if not found or x - found[-1].x >= TICK_GAP * 0.75:
                    found.append(_tick(at, x, step, found))
        return tuple(found)


def _tick(at: datetime, x: float, step: timedelta, before: Sequence[Tick]) -> Tick:
    midnight = (at.hour, at.minute) == (0, 0)
    if step >= timedelta(days=1) or midnight:
        return Tick(round(x, 1), formats.day(at), midnight)
    if not before:
        return Tick(round(x, 1), f"{at.day} {formats.day(at).split()[1]}, {at:%H:%M}")
    return Tick(round(x, 1), f"{at:%H:%M}")


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


def scale(spans: Sequence[tuple[float, float]], left: float, right: float) -> Scale:
    """The scale that shows these spans of time (points have no length) between two x."""
    clusters = _clusters(sorted(spans))
    start, end = clusters[0][0], max(last for _, last in clusters)
    if end - start < MIN_RANGE:
        middle = (start + end) / 2
        start, end = middle - MIN_RANGE / 2, middle + MIN_RANGE / 2
        return Scale((Segment(start, end, left, right),))
    margin = (end - start) * 0.015
    if len(clusters) == 1:
        return Scale((Segment(start - margin, end + margin, left, right),))
    return _with_cuts(clusters, left, right)


def _clusters(spans: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The spans joined where the silence between them is short against the whole."""
    whole = max(end for _, end in spans) - spans[0][0]
    found = [spans[0]]
    for start, end in spans[1:]:
        if start - found[-1][1] > whole * SILENCE:
            found.append((start, end))
        else:
            found[-1] = (found[-1][0], max(found[-1][1], end))
    lively = sum(end - start for start, end in found)
    if lively < whole * 0.004 or len(spans) < 4:  # a few lone points: nothing would be left to show
        return [(spans[0][0], max(end for _, end in spans))]
    return found


def _with_cuts(clusters: Sequence[tuple[float, float]], left: float, right: float) -> Scale:
    lively = sum(end - start for start, end in clusters)
    pad = lively * 0.06 + 60
    total = lively + 2 * pad * len(clusters)
    unit = (right - left - CUT_WIDTH * (len(clusters) - 1)) / total
    segments: list[Segment] = []
    x = left
    for at, (start, end) in enumerate(clusters):
        if at:
            segments.append(Segment(segments[-1].end, start - pad, x, x + CUT_WIDTH, cut=True))
            x += CUT_WIDTH
        width = (end - start + 2 * pad) * unit
        segments.append(Segment(start - pad, end + pad, x, x + width))
        x += width
    return Scale(tuple(segments))
