"""The outline of each kind of page: its headings, and the columns of its tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from auditor.report import write_report, write_story
from tests.unit.report.sample import collection, registry

_PART = re.compile(r"<(h[1-3]|th scope=\"col\")[^>]*>(.*?)</(?:h[1-3]|th)>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
PICKUPS = "Source and text|Published|Taken from|What it is made of|Derived|Credit|Changes that entered here"
SOURCES = (
    "Source|Articles|Pickups|Go back to|Derived, mean|Credit kept|Delay, median|Others took|Grave changes"
)
OUTLINES = {
    "index.html": f"""
        1 story, and who passed it on
          The most damaging changes
          Stories
            Story|First seen|Pickups|What the pickups are made of|Credit kept|Grave changes
          Sources
            {SOURCES}
          What was covered, and what wasn't
            Not examined
            Input|Became|Why
    """,
    "stories/": f"""
        Fire destroys half of Tolmere glassworks
          How it spread
          Who took from whom
          Pickups
            {PICKUPS}
          What was kept of the text
          Where it turned
    """,
    "articles/quay": """
        Glassworks fire: the bill
          What it is made of
            Taken from|Where in this text|Share|How sure
          The text
          Who took from it
            Source|Published|Passages|Compare
    """,
    "pairs/quay": """
        Quayside Daily beside Northline
          Where the passages lie
          Passage by passage
            Northline
            Quayside Daily
    """,
    "sources/newsmill": """
        newsmill.example
            Where its words go back to
            Whom it took from
            What was damaged here
          Over time
            Month|Articles|Pickups|Derived, mean|Delay, median|Credit kept|Grave changes
          Its pickups
            Text|Published|Taken from|What it is made of|Derived|Credit|Grave changes
    """,
    "garbles.html": """
        What changed on the way
          By kind
            Kind|What it is|high|medium|low|Entered|All
          All changes
            Kind|Before and after|Where|Entered
    """,
    "articles.html": """
        Articles that stand alone
            Article|Source|Published|Why nothing was found
    """,
    "single.html": f"""
        Fire destroys half of Tolmere glassworks
          How it spread
          Who took from whom
          Pickups
            {PICKUPS}
          What was kept of the text
          Where it turned
          The texts
            Vale Gazette: Half of Tolmere glassworks lost to fire
            newsmill.example: A blaze that seared through the evening
            Tolmere Morning Post: “We saw it from the hill”
            Quayside Daily: Glassworks fire: the bill
            Northline: Fire destroys half of Tolmere glassworks
    """,
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the invented collection, its story in one file beside it."""
    out = tmp_path_factory.mktemp("report")
    write_report(collection(), registry(), out)
    write_story(collection(), registry(), "story-1", out / "single.html")
    return out


def outline(html: str) -> list[str]:
    """Headings by level, and the columns of each table on one line."""
    lines: list[str] = []
    columns: list[str] = []
    for kind, inner in _PART.findall(html):
        words = " ".join(_TAG.sub("", inner).split())
        if kind.startswith("th"):
            columns.append(words)
            continue
        lines += ["|".join(columns)] if columns else []
        columns = []
        lines.append(words)
    return lines + (["|".join(columns)] if columns else [])


@pytest.mark.parametrize("start", OUTLINES)
def test_a_page_has_its_outline(report: Path, start: str) -> None:
    page = next(
        path for path in sorted(report.rglob("*.html")) if str(path.relative_to(report)).startswith(start)
    )
    expected = [line.strip() for line in OUTLINES[start].strip().splitlines()]
    found = outline(page.read_text("utf-8"))
    assert len(found) == len(expected), found
    assert all(line.startswith(want) for line, want in zip(found, expected, strict=True)), found
