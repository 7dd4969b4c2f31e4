"""The report's pages in a real browser: quiet, accessible, narrow enough, and at the keyboard's command."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Reports

pytestmark = pytest.mark.browser

SEVERE = {"serious", "critical"}


def test_no_page_asks_for_anything_or_complains(browser: Browser, reports: Reports) -> None:
    context = browser.new_context()
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: heard.append(f"{page.url}: {error}"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: heard.append(f"{page.url}: {dialog.message}"))
    for path in reports.kinds():
        page.goto(path.as_uri())
        assert page.evaluate("window.pwned") is None
    context.close()
    assert heard == []
    assert asked == [path.as_uri() for path in reports.kinds()]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Browser, reports: Reports, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    found: list[str] = []
    for path in reports.kinds("sample", "changed", "edges" if scheme == "light" else "single"):
        page.goto(path.as_uri())
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in SEVERE:
                nodes = [node["html"][:160] for node in violation["nodes"][:3]]
                found.append(f"{path.relative_to(reports.folder)}: {violation['id']}: {nodes}")
    context.close()
    assert found == []


@pytest.mark.parametrize("width", [320, 390, 768, 1024])
def test_no_page_scrolls_sideways(browser: Browser, reports: Reports, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    too_wide: list[str] = []
    for path in reports.kinds():
        page.goto(path.as_uri())
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            too_wide.append(f"{path.relative_to(reports.folder)}: {wide}")
    context.close()
    assert too_wide == []


@pytest.fixture
def page(browser: Browser) -> Page:
    """A page of its own."""
    return browser.new_context(viewport={"width": 1280, "height": 800}).new_page()


def test_the_changes_can_be_filtered(page: Page, reports: Reports) -> None:
    page.goto(reports.page("sample/garbles.html").as_uri())
    rows = page.locator("tr[data-kind]:visible")
    assert rows.count() == 9
    page.get_by_role("combobox", name="Kind").select_option("number")
    assert rows.count() == 3
    page.get_by_role("combobox", name="Entered").select_option("inherited")
    assert rows.count() == 1
    assert page.locator(".filters output").inner_text() == "1 of 9 shown"


def test_without_script_all_changes_show_and_no_dead_control_does(browser: Browser, reports: Reports) -> None:
    quiet = browser.new_context(java_script_enabled=False).new_page()
    quiet.goto(reports.page("sample/garbles.html").as_uri())
    assert quiet.locator("tr[data-kind]:visible").count() == 9
    assert quiet.locator(".filters:visible").count() == 0


def test_keys_go_from_change_to_change(page: Page, reports: Reports) -> None:
    page.goto(reports.page("sample/pairs/quay").as_uri())
    places = [row.get_attribute("id") for row in page.locator(".row.changed").all()]
    assert len(places) == 2
    visited = []
    for key in "nnnp":
        page.keyboard.press(key)
        visited.append(page.evaluate("document.activeElement.id"))
    assert visited == [places[0], places[1], places[0], places[1]]
    assert page.url.endswith(f"#{places[1]}")


def test_the_first_tab_leads_past_the_navigation(page: Page, reports: Reports) -> None:
    page.goto(reports.page("sample/stories/").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"


def test_a_picture_gives_way_to_the_one_that_fits(page: Page, reports: Reports) -> None:
    page.goto(reports.page("sample/stories/").as_uri())
    assert page.locator("svg.wide").is_visible()
    assert not page.locator("svg.narrow").is_visible()
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.locator("svg.narrow").is_visible()
    assert not page.locator("svg.wide").is_visible()


def test_a_link_to_a_place_marks_it(page: Page, reports: Reports) -> None:
    page.goto(reports.page("sample/garbles.html").as_uri())
    page.locator("tr[data-kind]").first.get_by_role("link").first.click()
    assert page.locator(":target").count() == 1


def test_a_single_file_links_to_nothing_but_itself(page: Page, reports: Reports) -> None:
    page.goto(reports.page("single/story.html").as_uri())
    targets = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    assert targets
    assert all(target.startswith("#") for target in targets)
    missing = page.evaluate(
        "[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href').slice(1))"
        ".filter(id => !document.getElementById(id))"
    )
    assert missing == []
