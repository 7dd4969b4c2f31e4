"""The geometry of the pictures: honest in time, in width, and when there is too much."""

from __future__ import annotations

import re
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as some

from auditor.domain import Moment
from auditor.report.charts.descent import descent
from auditor.report.charts.spread import MAX_LANES, Item, Link, spread
from auditor.report.charts.timescale import Kind, scale

UTC = ZoneInfo("UTC")
HOUR, DAY = 3600.0, 86400.0
times = some.lists(some.floats(0, 40 * DAY), max_size=12)
days = some.lists(some.integers(0, 40).map(lambda day: (day * DAY, day * DAY + DAY - 1)), max_size=4)


@given(times, days)
def test_later_never_stands_left_of_earlier(points: list[float], spans: list[tuple[float, float]]) -> None:
    if not points and not spans:
        return
    found = scale(points, spans, 100, 900)
    xs = [found.x(at) for at in sorted(points)]
    assert all(before <= after + 1e-6 for before, after in pairwise(xs))
    assert all(100 - 1e-6 <= x <= 900 + 1e-6 for x in xs)
    assert found.segments[0].left == 100
    assert abs(found.segments[-1].right - 900) < 1e-6


def test_a_long_silence_is_cut_out_and_said_to_be() -> None:
    found = scale([0, HOUR, 2 * HOUR, 3 * HOUR, 9 * DAY, 9 * DAY + HOUR], [], 0, 1000)
    assert [segment.kind for segment in found.segments] == [Kind.LINEAR, Kind.CUT, Kind.LINEAR]
    assert [cut.label for cut in found.cuts] == ["8 days"]


def test_a_day_without_hours_has_its_date_and_no_clock() -> None:
    found = scale([0, HOUR, 2 * HOUR], [(DAY, 2 * DAY - 1)], 0, 1000)
    assert found.segments[-1].kind is Kind.DAYS
    assert [tick.label for tick in found.ticks(UTC) if not tick.line] == ["2 Jan 1970"]


def test_ticks_are_round_times_of_the_readers_zone() -> None:
    labels = [tick.label for tick in scale([0, 9 * HOUR], [], 0, 1000).ticks(ZoneInfo("Asia/Kolkata"))]
    assert labels[0].startswith("1 Jan, ")
    assert all(label.endswith(":00") or ", " in label for label in labels)


def item(key: str, at: str | None, *, depth: int = 0, lane: str = "", ghost: bool = False) -> Item:
    """A text of the picture."""
    moment = Moment.parse(at) if at else None
    return Item(key, lane or key, lane or key, moment, depth, key, f"{key}.html", ghost=ghost)


def test_a_day_only_time_is_drawn_as_its_whole_day_and_right_of_its_parent() -> None:
    items = [
        item("a", "2026-03-02T06:00:00Z"),
        item("b", "2026-03-02", depth=1),
        item("c", "2026-03-02T20:00:00Z", depth=1),
    ]
    picture = spread(items, [Link("a", "b", 1, "verbatim", True)], UTC)
    a, b, c = picture.nodes
    assert (a.whisker, c.whisker) == (None, None)
    assert b.whisker is not None
    assert b.whisker[0] <= b.x <= b.whisker[1]
    assert b.x > a.x


def test_a_text_without_a_time_stands_in_its_own_zone() -> None:
    items = [item("a", "2026-03-02T06:00:00Z"), item("b", "2026-03-02T09:00:00Z"), item("c", None, depth=1)]
    picture = spread(items, [Link("a", "c", 1, "verbatim", True)], UTC)
    zone = picture.zones[0]
    assert zone.label == "no time known"
    inside = [zone.x <= node.x <= zone.x + zone.width for node in picture.nodes]
    assert inside == [False, False, True]


def test_without_any_time_there_is_no_axis() -> None:
    picture = spread([item("a", None), item("b", None, depth=1)], [Link("a", "b", 1, "edited", False)], UTC)
    assert (picture.axis, picture.ticks) == (None, ())
    assert picture.nodes[0].x < picture.nodes[1].x


def test_a_ribbon_is_as_thick_at_the_child_as_the_share_it_brings() -> None:
    items = [item("a", "2026-03-02T06:00:00Z"), item("b", "2026-03-02T09:00:00Z", depth=1)]
    picture = spread(items, [Link("a", "b", 0.5, "verbatim", True)], UTC)
    ends = re.search(r" ([\d.]+)V([\d.]+)C", picture.edges[0].shape)
    assert ends is not None
    assert float(ends[2]) - float(ends[1]) == picture.nodes[1].height / 2
    assert picture.nodes[1].slices[0].height == picture.nodes[1].height / 2


def test_only_what_is_not_sure_has_a_dashed_line() -> None:
    items = [item("a", None), item("b", None, depth=1), item("c", None, depth=1)]
    links = [Link("a", "b", 1, "edited", True), Link("a", "c", 1, "edited", False)]
    assert [bool(edge.line) for edge in spread(items, links, UTC).edges] == [False, True]


def test_too_many_sources_are_counted_and_not_drawn() -> None:
    items = [item(f"s{n}", f"2026-03-02T{n % 24:02}:00:00Z") for n in range(MAX_LANES + 7)]
    picture = spread(items, [], UTC)
    assert len(picture.lanes) == MAX_LANES
    assert picture.left_out == 7


def test_texts_of_one_lane_at_one_time_stand_below_each_other() -> None:
    items = [item(key, "2026-03-02T06:00:00Z", lane="same") for key in "abc"]
    picture = spread(items, [], UTC)
    assert len(picture.lanes) == 1
    assert len({node.y for node in picture.nodes}) == 3


def test_the_narrow_picture_has_a_row_a_text_in_the_order_of_time() -> None:
    items = [item("late", "2026-03-03", depth=1), item("early", "2026-03-02"), item("never", None, depth=1)]
    picture = descent(items, [Link("early", "late", 0.4, "edited", True)], UTC)
    assert [stop.name for stop in picture.stops] == ["early", "late", "never"]
    assert len(picture.bends) == 1
