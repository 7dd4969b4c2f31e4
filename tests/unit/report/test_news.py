"""What changed since the last night, on the overview and on a page of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from auditor.report import write_report
from auditor.report.overall import told_since
from auditor.report.views import news
from tests.unit.report.sample import MemoryStore, collection, registry

TOLD: dict[str, Any] = {
    "counts": {"articles": 6},
    "stories": [{"id": "story-1", "title": "Fire destroys half of Tolmere glassworks", "articles": 5}],
    "pickups": ["gazette", "mill", "post", "quay"],
    "reparented": [{"id": "mill", "before": ["wire-1"], "after": ["quay", "wire-1"]}],
    "stale": [{"id": "gazette", "reason": "wire-1 was corrected by wire-2"}],
}


def damage(store: MemoryStore, article: str) -> dict[str, Any]:
    """The first garble of an article as a night tells it."""
    found = next(each for each in store.all_garbles if each.article == article)
    place = {"start": found.span.start, "end": found.span.end, "before": found.before, "after": found.after}
    return {"id": article, "kind": found.kind.value, "severity": found.severity.value, **place}


def told(changes: Mapping[str, Any] | None = None) -> MemoryStore:
    """The invented collection, of which a night told this."""
    store = collection()
    gone = {**damage(store, "mill"), "severity": "medium", "start": 0, "end": 3}
    store.told = (1, changes or {**TOLD, "garbles": [damage(store, "quay"), gone]})
    return store


def test_the_overview_counts_what_changed_and_leads_to_it(tmp_path: Path) -> None:
    write_report(told(), registry(), tmp_path)
    overview, page = ((tmp_path / name).read_text("utf-8") for name in ("index.html", "changes.html"))
    counts = re.findall(r'<dt>([^<]+)<b><a href="(changes\.html#[^"]+)">(\d+)', overview)
    assert counts == [
        ("new story", "changes.html#stories", "1"),
        ("new pickups", "changes.html#pickups", "4"),
        ("new grave change entered", "changes.html#changes-high", "1"),
        ("new change entered, severity medium", "changes.html#changes-medium", "1"),
        ("text with another parent", "changes.html#parents", "1"),
        ("stale copy", "changes.html#stale", "1"),
    ]
    assert all(f'id="{href.split("#")[1]}"' in page for _, href, _ in counts)
    assert "Nearly 340 people" in overview
    assert "wire-1 was corrected by wire-2" in overview
    assert len((tmp_path / "tables" / "changes.csv").read_text("utf-8-sig").splitlines()) == 1 + 9


def test_each_line_leads_to_the_place_itself_while_it_stands(tmp_path: Path) -> None:
    write_report(told(), registry(), tmp_path)
    page = (tmp_path / "changes.html").read_text("utf-8")
    links = re.findall(r'href="(articles/[^"#]+)#?([^"]*)"', page)
    for name, anchor in links:
        assert not anchor or f'id="{anchor}"' in (tmp_path / name).read_text("utf-8")
    assert sorted(bool(anchor) for name, anchor in links if "quay" in name) == [False, True]
    assert not any(anchor for name, anchor in links if "mill" in name)


def test_long_lists_are_cut_and_say_so(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(news, "A_LIST", 1)
    write_report(told(), registry(), tmp_path)
    assert "3 more stand in the file." in (tmp_path / "changes.html").read_text("utf-8")


def test_a_night_without_news_says_so_and_has_no_page(tmp_path: Path) -> None:
    nothing = {"counts": {"articles": 0}, "garbles": []} | {key: [] for key in TOLD if key != "counts"}
    write_report(told(nothing), registry(), tmp_path)
    assert "Nothing changed." in (tmp_path / "index.html").read_text("utf-8")
    assert not (tmp_path / "changes.html").exists()


def test_news_that_are_older_than_what_came_in_are_not_told() -> None:
    store = told()
    run = store.all_runs[0]
    assert store.told
    assert told_since(store, run) == store.told[1]
    assert told_since(store, replace(run, key=2)) is None
    assert told_since(store, replace(run, key=2, parameters={"nightly": 1})) == store.told[1]
