"""The tables as files, and lists too long for one page."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from auditor.registry import Registry
from auditor.report import gather, write_report
from auditor.report.facts import ArticleFacts
from auditor.report.tables import Table
from auditor.report.views import garbles, loners
from tests.unit.report.conftest import UTC
from tests.unit.report.sample import MemoryStore, collection, registry

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet(path: Path) -> list[list[str]]:
    """The cells of a workbook's first sheet."""
    with zipfile.ZipFile(path) as book:
        assert book.testzip() is None
        root = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    return [["".join(cell.itertext()) for cell in row] for row in root.iter(f"{MAIN}row")]


def test_both_files_hold_the_same_rows(tmp_path: Path) -> None:
    with Table(tmp_path / "t.csv", tmp_path / "t.xlsx", ("name", "count")) as table:
        table.add(('a <b> & "c"\n', 3))
        table.add(("naïve \x07", 0.5))
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.reader(handle))
    assert rows == [["name", "count"], ['a <b> & "c"\n', "3"], ["naïve \ufffd", "0.5"]]
    assert sheet(tmp_path / "t.xlsx") == rows


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    for name in "ab":
        with Table(tmp_path / f"{name}.csv", tmp_path / f"{name}.xlsx", ("x",)) as table:
            table.add(("1",))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_the_files_of_a_report_have_a_row_for_each_pickup_and_change(tmp_path: Path) -> None:
    write_report(collection(), registry(), tmp_path)
    counts = {path.stem: len(sheet(path)) - 1 for path in (tmp_path / "tables").glob("*.xlsx")}
    assert counts == {"stories": 1, "pickups": 4, "garbles": 9, "sources": 5, "unexamined": 1}


def test_many_changes_are_listed_by_kind_on_pages_that_lead_to_each_other(
    members: dict[str, ArticleFacts], monkeypatch: Any
) -> None:
    monkeypatch.setattr(garbles, "A_PAGE", 2)
    monkeypatch.setattr(garbles, "ON_ONE_PAGE", 5)
    pages: dict[str, garbles.KindPage] = {}
    shelf = garbles.Shelf(pages.__setitem__)
    for facts in members.values():
        shelf.add(facts)
    first = shelf.close()
    assert first.rows == ()
    assert sum(len(page.rows) for page in pages.values()) == first.total == 9
    numbers = [pages["garbles-number.html"], pages["garbles-number-2.html"]]
    assert [(page.earlier, page.later) for page in numbers] == [
        ("", "garbles-number-2.html"),
        ("garbles-number.html", ""),
    ]


def test_few_changes_stand_on_one_page_the_gravest_first(members: dict[str, ArticleFacts]) -> None:
    shelf = garbles.Shelf(lambda name, page: None)
    for facts in members.values():
        shelf.add(facts)
    page = shelf.close()
    assert [row.severity.key for row in page.rows] == ["high"] * 7 + ["medium", "low"]
    assert [row.entered for row in page.rows[:7]] == [True] * 4 + [False] * 3


def test_lone_articles_are_paged_each_with_its_reason(
    store: MemoryStore, registry: Registry, monkeypatch: Any
) -> None:
    monkeypatch.setattr(loners, "A_PAGE", 1)
    pages: dict[str, loners.LonersPage] = {}
    found = loners.Loners(pages.__setitem__)
    for facts in gather.of_loners(store, ["alone", "wire-1"], registry, UTC):
        found.add(facts)
    found.close()
    assert [page.later for page in pages.values()] == ["articles-2.html", ""]
    assert all(row.reason for page in pages.values() for row in page.rows)
