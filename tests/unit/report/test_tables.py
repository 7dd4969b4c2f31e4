"""The tables as files, and lists too long for one page."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from auditor.domain import GarbleKind
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
    assert counts == {
        "stories": 1,
        "pickups": 4,
        "garbles": 9,
        "sources": 5,
        "unexamined": 1,
        "alone": 1,
        "changes": 0,
    }


def lines(members: Iterable[ArticleFacts]) -> garbles.Lines:
    """The changes of these articles as rows are listed, without their HTML."""

    def of(kind: GarbleKind) -> Iterator[garbles.Listed]:
        for facts in members:
            for garble in facts.garbles:
                if garble.kind is kind:
                    row = garbles.garble_row(facts, garble)
                    yield garbles.Listed("", row.kind.label, row.article.label, row.story, row.rank)

    return of


def test_many_changes_are_listed_by_kind_on_pages_that_lead_to_each_other(
    members: dict[str, ArticleFacts], monkeypatch: Any
) -> None:
    monkeypatch.setattr(garbles, "A_PAGE", 2)
    monkeypatch.setattr(garbles, "ON_ONE_PAGE", 5)
    shelf = garbles.Shelf()
    shelf.add(garbles.counts_of(members.values()))
    pages = dict(shelf.kind_pages(lines(members.values())))
    first = shelf.first_page(lines(members.values()))
    assert first.rows == ()
    assert sum(len(page.rows) for page in pages.values()) == first.total == 9
    numbers = [pages["garbles-number.html"], pages["garbles-number-2.html"]]
    assert [(page.earlier, page.later) for page in numbers] == [
        ("", "garbles-number-2.html"),
        ("garbles-number.html", ""),
    ]


def test_few_changes_stand_on_one_page_the_gravest_first(members: dict[str, ArticleFacts]) -> None:
    shelf = garbles.Shelf()
    shelf.add(garbles.counts_of(members.values()))
    assert list(shelf.kind_pages(lines(members.values()))) == []
    ranks = [row.rank for row in shelf.first_page(lines(members.values())).rows]
    assert [severity for severity, *_ in ranks] == [0] * 7 + [1, 2]
    assert [inherited for _, inherited, *_ in ranks[:7]] == [False] * 4 + [True] * 3


def test_lone_articles_are_paged_each_with_its_reason(
    store: MemoryStore, registry: Registry, monkeypatch: Any
) -> None:
    monkeypatch.setattr(loners, "A_PAGE", 1)
    found = [loners.loner(facts) for facts in gather.of_loners(store, ["alone", "wire-1"], registry, UTC)]
    pages = dict(loners.loner_pages(2, [row.head.id for row in found]))
    assert [(name, page.later, page.rows) for name, page in pages.items()] == [
        ("articles.html", "articles-2.html", ("alone",)),
        ("articles-2.html", "", ("wire-1",)),
    ]
    assert all(row.reason for row in found)
