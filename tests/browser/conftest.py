"""A Chromium for the tests of pages, and reports to open in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from auditor.report import write_report, write_story
from tests.unit.report.odd import EVIL, changed, edges, hostile
from tests.unit.report.sample import collection, registry


def chromium() -> str | None:
    """The Chromium of AUDITOR_CHROMIUM or of the path; None for playwright's own."""
    named = os.environ.get("AUDITOR_CHROMIUM")
    return named or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium: that of AUDITOR_CHROMIUM, of the path, or playwright's own."""
    with sync_playwright() as playwright:
        program = chromium()
        if program is None and not Path(playwright.chromium.executable_path).exists():
            pytest.skip("no Chromium on this machine")
        opened = playwright.chromium.launch(executable_path=program)
        yield opened
        opened.close()


@dataclass(frozen=True)
class Reports:
    """Folders of reports, and their pages."""

    folder: Path

    def pages(self) -> list[Path]:
        """Every page of every report."""
        return sorted(self.folder.rglob("*.html"))

    def page(self, start: str) -> Path:
        """The first page whose path below the folder starts so."""
        return next(path for path in self.pages() if str(path.relative_to(self.folder)).startswith(start))

    def kinds(self, *names: str) -> list[Path]:
        """A page of every kind of these reports, or of all."""
        found: dict[str, Path] = {}
        for path in self.pages():
            if names and path.relative_to(self.folder).parts[0] not in names:
                continue
            parts = path.relative_to(self.folder).parts
            found.setdefault("/".join(parts[:-1]) if len(parts) > 2 else "/".join(parts), path)
        return list(found.values())


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Reports:
    """The reports of the sample, of what is hard to show, of hostile text, and of nothing."""
    folder = tmp_path_factory.mktemp("reports")
    write_report(collection(), registry(), folder / "sample", timezone="Europe/Paris")
    write_story(collection(), registry(), "story-1", folder / "single" / "story.html")
    write_report(*edges(), folder / "edges")
    write_report(*hostile(), folder / "hostile")
    write_report(*changed(), folder / "changed")
    write_story(*hostile(), EVIL, folder / "single" / "hostile.html")
    empty = type(collection())()
    write_report(empty, registry(), folder / "empty")
    return Reports(folder)
