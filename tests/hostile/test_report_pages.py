"""Hostile text in any stored field is inert on every page (RELIABILITY.md 9)."""

from __future__ import annotations

import base64
import csv
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from auditor.report import write_report, write_story
from auditor.report.tables import FORMULA, harmless
from tests.unit.report.odd import EVIL, hostile

ELEMENTS = """
html head meta title style script body nav main header footer section article div p span a b br h1 h2 h3 ol ul
li dl dt dd details summary blockquote figure figcaption table caption thead tbody tr th td time bdi del ins
mark strong q code kbd form label select option output svg g path rect text
"""


class Inspector(HTMLParser):
    """Notes what a browser would act on."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.scripts: list[str] = []
        self.policy = ""
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        values = dict(attrs)
        self.attributes |= set(values)
        self.links += [str(values[key]) for key in ("href", "src", "action", "xlink:href") if key in values]
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = str(values["content"])
        self._in_script = tag == "script"

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts.append(data)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every page of a report on hostile articles, and a story as a single file."""
    out = tmp_path_factory.mktemp("hostile")
    store, registry = hostile()
    write_report(store, registry, out / "report")
    write_story(store, registry, EVIL, out / "single.html")
    return {str(path.relative_to(out)): path.read_text("utf-8") for path in out.rglob("*.html")}


def inspect(page: str) -> Inspector:
    """The page as a parser sees it."""
    inspector = Inspector()
    inspector.feed(page)
    return inspector


def test_the_report_has_a_page_of_every_kind(pages: dict[str, str]) -> None:
    folders = {name.split("/")[1] for name in pages if name.count("/") > 1}
    assert folders == {"articles", "stories", "pairs", "sources"}
    assert {"report/index.html", "report/garbles.html", "report/method.html", "report/articles.html"} <= set(
        pages
    )


def test_no_page_has_an_element_that_the_templates_do_not_use(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        assert inspect(page).tags <= set(ELEMENTS.split()), name


def test_no_page_has_an_event_handler_or_an_inline_style(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        handlers = {
            key for key in inspect(page).attributes if key.startswith("on") or key in {"style", "srcdoc"}
        }
        assert not handlers, name


def test_links_lead_into_the_report_or_to_the_web(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        for link in inspect(page).links:
            assert re.match(r"https?://|#|(\.\./)?[\w/.-]+\.(html|csv|xlsx)(#|$)", link), f"{name}: {link}"


def test_the_policy_allows_the_projects_own_style_and_script_only(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        inspector = inspect(page)
        assert inspector.policy.startswith("default-src 'none';"), name
        assert "unsafe" not in inspector.policy
        for script in inspector.scripts:
            digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
            assert f"script-src 'sha256-{digest}'" in inspector.policy, name
            assert "pwned" not in script


def test_template_marks_in_a_text_stay_text(pages: dict[str, str]) -> None:
    assert any("{{ 7*7 }}" in page for page in pages.values())
    assert not any("A dam at Orlow" in page and ">49<" in page for page in pages.values())


def test_no_control_character_reaches_a_page(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", page), name


def test_no_file_is_written_outside_the_report(tmp_path: Path) -> None:
    store, registry = hostile()
    write_report(store, registry, tmp_path / "in" / "report")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    assert [path.name for path in (tmp_path / "in").iterdir()] == ["report"]


@pytest.mark.parametrize("start", FORMULA)
def test_a_cell_that_begins_like_a_formula_is_made_harmless(start: str) -> None:
    assert harmless(f"{start}cmd|' /C calc'!A0").startswith("'")


def test_hostile_cells_stay_in_their_columns(tmp_path: Path) -> None:
    store, registry = hostile()
    write_report(store, registry, tmp_path)
    for path in (tmp_path / "tables").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.reader(handle))
        assert {len(row) for row in rows} == {len(rows[0])}, path.name
        assert not any(cell.startswith(FORMULA) for row in rows for cell in row), path.name
