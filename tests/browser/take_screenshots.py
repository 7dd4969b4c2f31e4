"""Takes the pictures that the documents show: `python -m tests.browser.take_screenshots REPORT FOLDER`.

REPORT is the report of the example collection (`auditor demo`), whose texts are all invented. Only the report
of a night has news: for that picture, give one whose last articles came in a second night.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import chromium

LARGEST = 200_000  # bytes of a picture
STORY = "Aldermoss Dam"  # the story that is shown: its title has these words
NEWS = "changes.html"
# name: page, width, height, colour scheme, the element to begin at
SHOTS = {
    "story": ("stories/*", 1200, 1080, "light", ""),
    "story-dark": ("stories/*", 1200, 760, "dark", "#spread"),
    "story-narrow": ("stories/*", 390, 1000, "light", "#spread"),
    "overview": ("index.html", 1200, 1000, "light", ""),
    "article": ("articles/heap-hoard*", 1200, 1100, "light", ""),
    "side-by-side": ("pairs/heap-dam*", 1200, 1000, "light", ""),
    "source": ("sources/daily-heap*", 1200, 900, "light", ""),
    "changes": ("garbles.html", 1200, 900, "light", "#all"),
    "method": ("method.html", 1200, 800, "light", ""),
    "news": (NEWS, 1200, 1000, "light", ""),
}


def wanted(report: Path, pattern: str) -> Path:
    """The page of that pattern: of stories the one that is shown, else the largest."""
    found = sorted(report.glob(pattern), key=lambda path: (-path.stat().st_size, path.name))
    if pattern.startswith("stories"):
        title = re.compile(rf"<h1[^>]*>[^<]*{STORY}")
        found = [path for path in found if title.search(path.read_text("utf-8"))]
    return found[0]


def main() -> None:
    """Take them all; a picture that is too large is a mistake."""
    report, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium())
        for name, (pattern, width, height, scheme, start) in SHOTS.items():
            if pattern == NEWS and not (report / NEWS).exists():
                continue
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
                reduced_motion="reduce",
            )
            page = context.new_page()
            shown = wanted(report, pattern)
            page.goto(shown.as_uri())
            if start:
                page.locator(start).evaluate("element => element.scrollIntoView()")
            picture = page.screenshot(path=folder / f"{name}.png")
            if len(picture) > LARGEST:
                raise SystemExit(f"{name}.png has {len(picture)} bytes, more than {LARGEST}")
            print(f"{name}.png {len(picture) // 1000} kB of {shown.name}")
        browser.close()


if __name__ == "__main__":
    main()
