"""How a story spread, for narrow screens: time runs down, a row is a text, ribbons run from parent to child.

The same items and links as in the wide picture. Rows follow the times; texts without one stand at the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from auditor.report import formats
from auditor.report.charts.spread import Item, Link

WIDTH = 350.0
ROW = 50.0
BAR = 24.0
LEFT = 10.0
INDENT = 20.0
DEEPEST = 5  # further generations stand no further right
MOST_ROWS = 60
LETTER = 7.0  # width of an average letter


@dataclass(frozen=True, slots=True)
class Stop:
    """A text in its row."""

    x: float
    y: float
    height: float
    label_x: float
    name: str
    note: str
    href: str
    wire: bool
    ghost: bool
    harm: int
    slices: tuple[tuple[float, float, str], ...]


@dataclass(frozen=True, slots=True)
class Bend:
    """A ribbon from parent to child."""

    path: str
    width: float
    band: str
    dashed: bool


@dataclass(frozen=True, slots=True)
class Descent:
    """The whole picture; lengths in units of its view box."""

    width: float
    height: float
    stops: tuple[Stop, ...]
    bends: tuple[Bend, ...]
    left_out: int


def descent(items: Sequence[Item], links: Sequence[Link], zone: ZoneInfo) -> Descent:
    """The picture of these texts and takings."""
    ordered = sorted(items, key=lambda item: (not item.ghost, *_time(item), item.depth))[:MOST_ROWS]
    rows = {item.key: at for at, item in enumerate(ordered)}
    links = [link for link in links if link.parent in rows and link.child in rows]
    xs = {item.key: LEFT + INDENT * min(DEEPEST, item.depth) for item in ordered}
    ys = {key: ROW * (at + 0.5) for key, at in rows.items()}
    text_x = max(xs.values(), default=LEFT) + 20
    entering: dict[str, list[Link]] = defaultdict(list)
    for link in sorted(links, key=lambda link: rows[link.parent]):
        entering[link.child].append(link)
    stops = tuple(_stop(item, xs, ys, entering[item.key], text_x, zone) for item in ordered)
    bends = tuple(bend for group in entering.values() for bend in _bends(group, xs, ys))
    return Descent(WIDTH, ROW * max(1, len(ordered)), stops, bends, len(items) - len(ordered))


def _time(item: Item) -> tuple[bool, str]:
    return (item.moment is None, item.moment.earliest.isoformat() if item.moment else "")


def _stop(
    item: Item,
    xs: Mapping[str, float],
    ys: Mapping[str, float],
    entering: Sequence[Link],
    text_x: float,
    zone: ZoneInfo,
) -> Stop:
    y = ys[item.key] - BAR / 2
    slices: list[tuple[float, float, str]] = []
    top = y
    for link in entering:
        slices.append((round(top, 1), round(link.share * BAR, 1), link.band))
        top += link.share * BAR
    taken = sum(link.share for link in entering)
    when = "not in this collection" if item.ghost else formats.when(item.moment, zone).text
    note = f"{when} · {formats.share(min(1.0, taken))}" if entering else when
    return Stop(
        x=xs[item.key],
        y=y,
        height=BAR,
        label_x=text_x,
        name=formats.clip(item.lane_name, int((WIDTH - text_x - 20 * bool(item.harm)) / (LETTER + 0.6))),
        note=formats.clip(note, int((WIDTH - text_x) / LETTER) + 4),
        href=item.href,
        wire=item.wire,
        ghost=item.ghost,
        harm=item.harm,
        slices=tuple(slices),
    )


def _bends(entering: Sequence[Link], xs: Mapping[str, float], ys: Mapping[str, float]) -> list[Bend]:
    found: list[Bend] = []
    top = ys[entering[0].child] - BAR / 2 if entering else 0.0
    for link in entering:
        x0, y0 = (
            xs[link.parent],
            ys[link.parent] + (BAR / 2 if ys[link.child] > ys[link.parent] else -BAR / 2),
        )
        x1, y1 = xs[link.child] - 4, top + link.share * BAR / 2
        top += link.share * BAR
        if x1 <= x0:  # a child no deeper than its parent: the ribbon goes round by the left
            path = f"M{x0:.1f} {y0:.1f}C{x0 - 14:.1f} {y0 + 8:.1f} {x1 - 18:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
        else:
            path = f"M{x0:.1f} {y0:.1f}C{x0:.1f} {y1:.1f} {x0:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
        width = round(max(1.6, link.share * BAR * 0.5), 1)
        found.append(Bend(path, width, link.band, not link.sure))
    return found
