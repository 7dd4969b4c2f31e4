"""A report as files: whole, the same twice, never half replaced."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from auditor.domain import GarbleKind, Severity
from auditor.errors import ConfigProblem, WriteProblem
from auditor.registry import Registry
from auditor.report import write_report
from tests.unit.report.sample import QUOTE, MemoryStore, collection, registry

HREF = re.compile(r'href="([^"#]*)(?:#([^"]*))?"')
ID = re.compile(r'\bid="([^"]*)"')


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the invented collection."""
    out = tmp_path_factory.mktemp("report")
    write_report(collection(), registry(), out)
    return out


def pages(out: Path) -> list[Path]:
    """Every page of a report."""
    return sorted(out.rglob("*.html"))


def test_the_summary_counts_stories_and_pickups_apart(tmp_path: Path) -> None:
    summary = write_report(collection(), registry(), tmp_path / "new")
    assert (summary.stories, summary.pickups, summary.articles) == (1, 4, 6)
    assert summary.index.is_file()
    assert summary.unchanged == 0


def test_every_article_has_a_page(report: Path) -> None:
    assert len(list((report / "articles").glob("*.html"))) == 6


def test_writing_again_changes_no_file(tmp_path: Path) -> None:
    out = tmp_path / "report"
    first = write_report(collection(), registry(), out)
    stamps = {path: path.stat().st_mtime_ns for path in pages(out)}
    second = write_report(collection(), registry(), out)
    assert (second.changed, second.unchanged) == (0, first.changed)
    assert {path: path.stat().st_mtime_ns for path in pages(out)} == stamps


def test_only_pages_whose_content_changed_are_written(tmp_path: Path) -> None:
    out = tmp_path / "report"
    write_report(collection(), registry(), out)
    store = collection()
    store.damage("post", "1871", GarbleKind.WHITESPACE, Severity.LOW, None, "")
    summary = write_report(store, registry(), out)
    assert 0 < summary.changed < summary.unchanged


def test_a_parent_whose_passage_lies_under_a_surer_one_has_its_page(tmp_path: Path) -> None:
    store = collection()
    store.derive("quay", QUOTE, "gazette", confidence=0.2)
    out = tmp_path / "report"
    write_report(store, registry(), out)
    assert pages(out / "pairs") != []
    assert len(pages(out / "pairs")) == len(
        {(d.article, d.parent.article) for d in store.all_derivations if d.parent}
    )


class Failing(MemoryStore):
    """A store that breaks after some pages were made."""

    def article_ids(self) -> list[str]:
        raise OSError("the disk went away")


def test_a_report_that_fails_leaves_the_old_one_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "report"
    write_report(collection(), registry(), out)
    before = {path.name: path.read_bytes() for path in pages(out)}
    broken = Failing(**vars(collection()))
    broken.all_garbles.clear()
    with pytest.raises(OSError, match="disk"):
        write_report(broken, registry(), out)
    assert {path.name: path.read_bytes() for path in pages(out)} == before
    assert not (out / ".new").exists()


def test_a_folder_that_holds_something_else_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(WriteProblem):
        write_report(collection(), registry(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_unknown_time_zone_is_a_problem_of_settings(tmp_path: Path) -> None:
    with pytest.raises(ConfigProblem):
        write_report(collection(), registry(), tmp_path, timezone="Atlantis/Capital")


def test_an_empty_store_has_an_overview(tmp_path: Path) -> None:
    summary = write_report(MemoryStore(), Registry(), tmp_path)
    assert "Nothing has been read in yet" in summary.index.read_text("utf-8")


def test_no_page_says_none(report: Path) -> None:
    for page in pages(report):
        text = re.sub(r"<(style|script)>.*?</\1>", "", page.read_text("utf-8"), flags=re.DOTALL)
        assert not re.search(r"\bNone\b(?! keep)", text), page.name


def test_ids_are_unique_on_each_page(report: Path) -> None:
    for page in pages(report):
        ids = ID.findall(page.read_text("utf-8"))
        assert len(ids) == len(set(ids)), page.name


def test_every_link_leads_to_a_page_and_a_place_that_exist(report: Path) -> None:
    anchors = {page: set(ID.findall(page.read_text("utf-8"))) for page in pages(report)}
    for page in pages(report):
        for target, anchor in HREF.findall(page.read_text("utf-8")):
            if target.startswith("https://"):
                continue
            goal = (page.parent / target).resolve() if target else page
            assert goal.is_file(), f"{page.name} links to {target}"
            if anchor:
                assert anchor in anchors[goal], f"{page.name} links to {target}#{anchor}"
