"""How a story spread: x is time, a lane is a source, a ribbon runs from parent to child.

A node is a bar as tall as its whole text: the ribbons that enter it are as tall as the share they
brought, what is left is new. Where only the day is known a whisker spans the day; texts without a time
stand in a zone of their own, in the order in which they took from each other; origins that nobody
captured stand before everything else, dashed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from auditor.domain import Moment
from auditor.report import formats
from auditor.report.charts.timescale import Cut, Scale, Tick, scale
from auditor.report.composition import Part

WIDTH = 1080.0
LABELS = 176.0  # room for the names of the lanes
ZONE = 64.0  # the zone of origins that aren't held
COLUMN = 92.0  # a step in the zone of unknown times
RIGHT = 56.0  # room for the last node's label
TOP = 34.0
AXIS = 30.0
NODE = 9.0
MAX_LANES = 36
THINNEST = 1.6  # of a ribbon
STEP = 30.0  # a child stands at least this much right of its parent where its time allows it
_SIZES = ((8, 54.0, 30.0), (16, 42.0, 24.0), (MAX_LANES + 1, 30.0, 17.0))  # lanes up to, lane, bar


@dataclass(frozen=True, slots=True)
class Item:
    """A text of the story, as the picture needs it. ``ghost`` where it isn't held."""

    key: str
    lane: str
    lane_name: str
    moment: Moment | None
    depth: int
    title: str
    href: str
    wire: bool = False
    ghost: bool = False
    harm: int = 0
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A taking: who from whom, how much, mostly in which band, and whether that is sure."""

    parent: str
    child: str
    share: float
    band: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a node's bar."""

    y: float
    height: float
    band: str


@dataclass(frozen=True, slots=True)
class Node:
    """A text where it stands. ``whisker`` is the span of its day where only that is known."""

    x: float
    y: float
    height: float
    href: str
    title: str
    label: str
    wire: bool
    ghost: bool
    root: bool
    harm: int
    slices: tuple[Slice, ...]
    whisker: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Edge:
    """A ribbon's outline, as thick at the child as the share taken; ``line`` where it isn't sure."""

    shape: str
    line: str
    band: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A source's lane."""

    y: float
    height: float
    name: str
    full_name: str


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the width that isn't on the time axis."""

    x: float
    width: float
    label: str


@dataclass(frozen=True, slots=True)
class Spread:
    """The whole picture; lengths in units of its view box."""

    width: float
    height: float
    bottom: float
    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    ticks: tuple[Tick, ...]
    cuts: tuple[Cut, ...]
    zones: tuple[Zone, ...]
    axis: tuple[float, float] | None
    zone_name: str
    left_out: int


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the three zones lie."""

    scale: Scale | None
    unknown: float
    column: float
    zones: tuple[Zone, ...]
    axis: tuple[float, float] | None


def spread(items: Sequence[Item], links: Sequence[Link], zone: ZoneInfo) -> Spread:
    """The picture of these texts and takings: at most ``MAX_LANES`` sources, the other texts are counted."""
    kept, left_out = _kept(items, links)
    names = {item.key for item in kept}
    links = [link for link in links if link.parent in names and link.child in names]
    frame = _frame(kept)
    xs = _positions(kept, links, frame)
    lanes, rows, bottom, bar = _lanes(kept, xs)
    nodes, slots = _nodes(kept, links, xs, rows, bar, frame, zone)
    return Spread(
        width=WIDTH,
        height=round(bottom + AXIS, 1),
        bottom=round(bottom, 1),
        lanes=lanes,
        nodes=nodes,
        edges=_edges(links, xs, rows, bar, slots),
        ticks=frame.scale.ticks(zone) if frame.scale else (),
        cuts=frame.scale.cuts if frame.scale else (),
        zones=frame.zones,
        axis=frame.axis,
        zone_name=str(zone),
        left_out=left_out,
    )


def _kept(items: Sequence[Item], links: Sequence[Link]) -> tuple[list[Item], int]:
    """The lanes that explain most where there are too many: parents, damage, then the earliest."""
    lanes = list(dict.fromkeys(item.lane for item in items))
    if len(lanes) <= MAX_LANES:
        return list(items), 0
    weight: dict[str, float] = defaultdict(float)
    parents = {link.parent for link in links}
    for at, item in enumerate(items):
        weight[item.lane] += 1000 * (item.ghost or item.key in parents) + 100 * item.harm - at / len(items)
    best = set(sorted(lanes, key=lambda lane: -weight[lane])[:MAX_LANES])
    kept = [item for item in items if item.lane in best]
    return kept, len(items) - len(kept)


def _frame(items: Sequence[Item]) -> _Frame:
    zones: list[Zone] = []
    left, right = LABELS, WIDTH - RIGHT
    timed = [item for item in items if item.moment and not item.ghost]
    untimed = [item for item in items if not item.moment and not item.ghost]
    if any(item.ghost for item in items):
        zones.append(Zone(left, ZONE, "not held"))
        left += ZONE + 26
    if not timed:
        depth = max((item.depth for item in untimed), default=0)
        zones.append(Zone(left, WIDTH - left, "no time known: order only"))
        return _Frame(None, left + 24, min(240.0, (right - left - 40) / max(1, depth)), tuple(zones), None)
    unknown = right
    column = COLUMN
    if untimed:
        steps = 1 + max(item.depth for item in untimed)
        width = min((right - left) * 0.4, steps * COLUMN)
        unknown, column = right - width + 30, width / steps
        zones.append(Zone(right - width, WIDTH - right + width, "no time known"))
        right -= width + 24
    moments = [item.moment for item in timed if item.moment]
    points = [moment.earliest.timestamp() for moment in moments if moment.is_exact]
    days = [(m.earliest.timestamp(), m.latest.timestamp()) for m in moments if not m.is_exact]
    return _Frame(scale(points, days, left + 14, right), unknown, column, tuple(zones), (left, right + 8))


def _positions(items: Sequence[Item], links: Sequence[Link], frame: _Frame) -> dict[str, float]:
    """The x of each text: exact where the time is, right of its parents where only a span is known."""
    parents: Mapping[str, list[str]] = _grouped((link.child, link.parent) for link in links)
    children: Mapping[str, list[str]] = _grouped((link.parent, link.child) for link in links)
    exact = {
        item.key: frame.scale.x(item.moment.earliest.timestamp())
        for item in items
        if frame.scale and item.moment and item.moment.is_exact
    }
    found: dict[str, float] = {}
    for item in sorted(items, key=lambda item: item.depth):
        if item.ghost:
            found[item.key] = LABELS + ZONE / 2
        elif item.key in exact:
            found[item.key] = exact[item.key]
        elif item.moment is None or frame.scale is None:
            found[item.key] = frame.unknown + item.depth * frame.column
        else:
            low = frame.scale.x(item.moment.earliest.timestamp())
            high = frame.scale.x(item.moment.latest.timestamp())
            x = low + (high - low) * min(0.85, 0.3 + 0.2 * item.depth)
            after = max((found[key] for key in parents[item.key] if key in found), default=low - STEP)
            before = min((exact[key] for key in children[item.key] if key in exact), default=high + STEP)
            found[item.key] = min(high, max(low, min(max(x, after + STEP), before - STEP)))
    return {key: round(x, 1) for key, x in found.items()}


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def _lanes(
    items: Sequence[Item], xs: Mapping[str, float]
) -> tuple[tuple[Lane, ...], dict[str, float], float, float]:
    """The lanes from the top, the middle line of each text, the bottom, the height of a bar."""
    members: dict[str, list[Item]] = defaultdict(list)
    for item in sorted(items, key=lambda item: (not item.ghost, xs[item.key], item.depth, item.lane_name)):
        members[item.lane].append(item)
    height, bar = next((lane, bar) for most, lane, bar in _SIZES if len(members) <= most)
    lanes: list[Lane] = []
    rows: dict[str, float] = {}
    y = TOP
    for group in members.values():
        ends: list[float] = []
        for item in group:
            row = next((at for at, end in enumerate(ends) if xs[item.key] - end > NODE * 3), len(ends))
            ends[row : row + 1] = [xs[item.key]]
            rows[item.key] = y + height * (row + 0.5)
        size = height * len(ends)
        lanes.append(Lane(round(y, 1), size, formats.clip(group[0].lane_name, 23), group[0].lane_name))
        y += size
    return tuple(lanes), rows, y, bar


def _nodes(
    items: Sequence[Item],
    links: Sequence[Link],
    xs: Mapping[str, float],
    rows: Mapping[str, float],
    bar: float,
    frame: _Frame,
    zone: ZoneInfo,
) -> tuple[tuple[Node, ...], dict[tuple[str, str], float]]:
    """The nodes, and at which y each ribbon enters its child."""
    entering: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        entering[link.child].append(link)
    slots: dict[tuple[str, str], float] = {}
    nodes: list[Node] = []
    for item in items:
        top = rows[item.key] - bar / 2
        slices: list[Slice] = []
        y = top
        for link in sorted(entering[item.key], key=lambda link: rows[link.parent]):
            slots[link.parent, link.child] = y + link.share * bar / 2
            slices.append(Slice(round(y, 1), round(link.share * bar, 1), link.band))
            y += link.share * bar
        taken = sum(link.share for link in entering[item.key])
        nodes.append(_node(item, xs[item.key], top, bar, tuple(slices), taken, frame, zone))
    return tuple(nodes), slots


def _node(
    item: Item,
    x: float,
    top: float,
    bar: float,
    slices: tuple[Slice, ...],
    taken: float,
    frame: _Frame,
    zone: ZoneInfo,
) -> Node:
    whisker = None
    if frame.scale and item.moment and not item.moment.is_exact and not item.ghost:
        low = frame.scale.x(item.moment.earliest.timestamp())
        whisker = (round(low, 1), round(frame.scale.x(item.moment.latest.timestamp()), 1))
    time = formats.when(item.moment, zone)
    label = formats.share(min(1.0, taken)) if slices else (time.clock.split(" ")[0] if time.clock else "")
    return Node(
        x=x,
        y=round(top, 1),
        height=bar,
        href=item.href,
        title=f"{item.title} ({item.lane_name}, {time.text})"
        if not item.ghost
        else f"{item.title}, not held",
        label=label,
        wire=item.wire,
        ghost=item.ghost,
        root=not slices,
        harm=item.harm,
        slices=slices,
        whisker=whisker,
    )


def _edges(
    links: Sequence[Link],
    xs: Mapping[str, float],
    rows: Mapping[str, float],
    bar: float,
    slots: Mapping[tuple[str, str], float],
) -> tuple[Edge, ...]:
    leaving = _leaving(links, xs, rows, bar)
    found: list[Edge] = []
    for link in sorted(links, key=lambda link: -link.share):
        x0, x1 = xs[link.parent] + NODE / 2, xs[link.child] - NODE / 2
        (y0, thin), y1 = leaving[link.parent, link.child], slots[link.parent, link.child]
        thick = max(THINNEST, link.share * bar)
        reach = max(16.0, min(150.0, abs(x1 - x0) * 0.55))
        shape = _ribbon((x0, y0, thin / 2), (x1, y1, thick / 2), reach)
        line = f"M{x0:.1f} {y0:.1f}C{x0 + reach:.1f} {y0:.1f} {x1 - reach:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
        found.append(Edge(shape, "" if link.sure else line, link.band))
    return tuple(found)


def _ribbon(begin: tuple[float, float, float], end: tuple[float, float, float], reach: float) -> str:
    """The outline from x, y, half a thickness to the same at its other end."""
    (x0, y0, h0), (x1, y1, h1) = begin, end
    c0, c1 = x0 + reach, x1 - reach
    return (
        f"M{x0:.1f} {y0 - h0:.1f}C{c0:.1f} {y0 - h0:.1f} {c1:.1f} {y1 - h1:.1f} {x1:.1f} {y1 - h1:.1f}"
        f"V{y1 + h1:.1f}C{c1:.1f} {y1 + h1:.1f} {c0:.1f} {y0 + h0:.1f} {x0:.1f} {y0 + h0:.1f}Z"
    )


def _leaving(
    links: Sequence[Link], xs: Mapping[str, float], rows: Mapping[str, float], bar: float
) -> dict[tuple[str, str], tuple[float, float]]:
    """At which y each ribbon leaves its parent and how thick: beside each other, as the bar has room.

    Those that turn off first leave nearest to where they turn, so that siblings don't cross.
    """
    groups: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        groups[link.parent].append(link)
    found: dict[tuple[str, str], tuple[float, float]] = {}
    for parent, group in groups.items():
        total = sum(link.share for link in group)
        unit = bar * (min(1.0, 1 / total) if total else 1.0)
        y = rows[parent] - total * unit / 2
        for link in sorted(group, key=lambda link: _turning(link, xs, rows)):
            size = link.share * unit
            found[parent, link.child] = (y + size / 2, max(THINNEST / 2, size))
            y += size
    return found


def _turning(link: Link, xs: Mapping[str, float], rows: Mapping[str, float]) -> tuple[bool, float, float]:
    """Upward ribbons first, the nearest of them topmost; then downward ones, the nearest lowest."""
    down = rows[link.child] >= rows[link.parent]
    return (down, -xs[link.child] if down else xs[link.child], rows[link.child])
