"""Takes the pictures of the review application: `python -m tests.browser.take_review_screenshots FOLDER`.

Of the example collection, whose texts are all invented, by the keyboard alone.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from tests.browser import review_walk
from tests.browser.conftest import chromium
from tests.browser.take_screenshots import LARGEST


def main() -> None:
    """Walk through the application and take a picture at each step."""
    folder = Path(sys.argv[1])
    with (
        TemporaryDirectory() as place,
        review_walk.served(Path(place) / "auditor.db") as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium())
        page = browser.new_page(viewport={"width": 1200, "height": 900}, reduced_motion="reduce")
        review_walk.log_in(page, address)
        page.keyboard.press("n")
        _take(page, folder, "review-queue")
        page.reload()
        review_walk.open_case(page)
        review_walk.decide(page)
        review_walk.take(page)
        page.evaluate("window.scrollTo(0, 0)")
        _take(page, folder, "review-case")
        page.locator("section[aria-labelledby=pair-1]").evaluate("element => element.scrollIntoView()")
        _take(page, folder, "review-texts")
        page.evaluate("window.scrollTo(0, 0)")
        page.reload()
        review_walk.open_story(page)
        _take(page, folder, "review-story")
        browser.close()


def _take(page: Page, folder: Path, name: str) -> None:
    picture = page.screenshot(path=folder / f"{name}.png")
    if len(picture) > LARGEST:
        raise SystemExit(f"{name}.png has {len(picture)} bytes, more than {LARGEST}")
    sys.stdout.write(f"{name}.png {len(picture) // 1000} kB\n")


if __name__ == "__main__":
    main()
