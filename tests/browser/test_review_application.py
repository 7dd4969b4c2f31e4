"""The review application in a real browser: by keyboard alone, without script, and what axe says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from tests.browser import review_walk

pytestmark = pytest.mark.browser

SEVERE = {"serious", "critical"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address that the server of one reviewer prints, over the example collection."""
    with review_walk.served(tmp_path_factory.mktemp("review") / "auditor.db", people=False) as address:
        yield address


@pytest.fixture(scope="module")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with users, over the example collection."""
    with review_walk.served(tmp_path_factory.mktemp("peopled") / "auditor.db") as address:
        yield address


def _opened(browser: Browser, address: str, *, script: bool = True, scheme: str = "light") -> Page:
    context = browser.new_context(
        java_script_enabled=script,
        viewport={"width": 1100, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    page.goto(address)
    return page


def test_a_case_is_decided_by_keyboard_alone(browser: Browser, address: str) -> None:
    page = _opened(browser, address)
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.keyboard.press("n")
    page.keyboard.press("n")
    page.keyboard.press("p")
    page.keyboard.press("Enter")
    page.wait_for_url("**/case/*")
    page.keyboard.press("d")
    page.keyboard.type("lic")
    page.keyboard.press("Tab")
    page.keyboard.type("by phone, d q n p")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=by phone, d q n p")
    assert page.locator("h3:has-text('log of this case')").count() == 1
    page.keyboard.press("q")
    page.wait_for_url(lambda url: url.endswith("/"))
    page.context.close()
    assert heard == []


def test_it_works_without_script(browser: Browser, address: str) -> None:
    page = _opened(browser, address, script=False)
    page.locator("a.case").last.click()
    page.locator("#decision").select_option("fair-dealing")
    page.locator("#note").fill("a short quotation")
    page.get_by_role("button", name="Write it into the log").click()
    assert "a short quotation" in page.content()
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_and_nothing_scrolls_sideways(
    browser: Browser, address: str, scheme: str
) -> None:
    page = _opened(browser, address, scheme=scheme)
    cases = [link.get_attribute("href") or "" for link in page.locator("a.case").all()]
    root = address.partition("/enter")[0]
    found: list[str] = []
    story = page.locator("a.small[href*=story]").first.get_attribute("href") or ""
    for path in ["/", "/?rule=same_owner", story, "/log", *cases[:3]]:
        page.goto(root + path)
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in SEVERE:
                nodes = [node["html"][:160] for node in violation["nodes"][:3]]
                found.append(f"{path}: {violation['id']}: {nodes}")
        for width in (390, 1024):
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                found.append(f"{path}: {wide} wide at {width}")
    page.context.close()
    assert found == []


def test_the_server_is_reached_from_this_machine_only(address: str) -> None:
    assert address.startswith("http://127.0.0.1:")


def test_a_user_does_everything_by_keyboard_alone(browser: Browser, peopled: str) -> None:
    page = browser.new_page(viewport={"width": 1100, "height": 900})
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    review_walk.log_in(page, peopled)
    review_walk.open_case(page)
    review_walk.decide(page)
    assert "awaits a second sign-off" in page.content()
    review_walk.take(page)
    page.reload()
    review_walk.open_story(page)
    chosen = page.locator("input[name=case]:checked").count()
    assert chosen == 2
    assert page.locator("#decision").input_value() == "common-source"
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("input[name=case]:checked", state="detached")
    page.goto(peopled + "log")
    decided = page.locator("td:has-text('common source')").count()
    assert decided >= chosen
    page.goto(peopled)
    review_walk.log_out(page)
    page.goto(peopled)
    page.wait_for_url("**/login")
    page.context.close()
    assert heard == []


def test_without_script_a_user_logs_in_and_decides_on_a_story(browser: Browser, peopled: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(peopled)
    page.fill("#name", "Bo Lindqvist")
    page.fill("#password", review_walk.PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.locator("a.small[href*=story]").last.click()
    page.locator("input[name=case]").first.check()
    page.locator("#decision").select_option("fair-dealing")
    page.get_by_role("button", name="Write it into the log").click()
    assert page.url.partition("?")[2].startswith("story=")
    page.get_by_role("link", name="Users").click()
    assert page.get_by_role("button", name="End Ada Brandt").count() == 1
    page.context.close()


def test_axe_finds_nothing_serious_on_the_pages_of_users(browser: Browser, peopled: str) -> None:
    page = browser.new_page()
    found: list[str] = []

    def look() -> None:
        violations = Axe().run(page).response["violations"]
        found.extend(
            f"{page.url}: {one['id']}: {one['nodes'][0]['html'][:160]}"
            for one in violations
            if one["impact"] in SEVERE
        )
        page.set_viewport_size({"width": 390, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > 390:
            found.append(f"{page.url}: too wide")

    page.goto(peopled)
    look()
    page.fill("#name", "Bo Lindqvist")
    page.fill("#password", review_walk.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("a.case")
    paths = [page.locator(where).first.get_attribute("href") or "" for where in ("a.case", "a.small")]
    for path in ("/", "/users", "/log", *paths):
        page.goto(peopled.rstrip("/") + path)
        look()
    page.context.close()
    assert found == []


def test_pictures_can_be_taken(browser: Browser, address: str, tmp_path: Path) -> None:
    page = _opened(browser, address)
    page.screenshot(path=tmp_path / "queue.png")
    page.locator("a.case").first.click()
    page.screenshot(path=tmp_path / "case.png", full_page=True)
    page.context.close()
    assert (tmp_path / "case.png").stat().st_size > 10_000
