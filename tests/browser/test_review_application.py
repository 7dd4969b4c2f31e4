"""The review application in a real browser: by keyboard alone, without script, and what axe says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from auditor.assets import example_dir
from auditor.config import load_settings
from auditor.jobs.audit import audit
from auditor.jobs.findings import update_findings
from auditor.jobs.ingest import ingest
from auditor.jobs.sources import registry_of
from auditor.storage import open_store
from auditor.web.server import Listening, make_review_server

pytestmark = pytest.mark.browser

SEVERE = {"serious", "critical"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address that the server of a reviewer prints, over the example collection."""
    file = tmp_path_factory.mktemp("review") / "auditor.db"
    settings = load_settings(config=example_dir() / "auditor.toml")
    with open_store(f"sqlite:///{file}") as store:
        registry = registry_of(store, settings.sources)
        ingest(store, registry, [example_dir() / "articles"])
        audit(store, registry)
        update_findings(store, registry, example_dir() / "licences")
        server = make_review_server(store, registry, Listening(port=0), reviewer="ada")
        thread = Thread(target=server.serve)
        thread.start()
        yield server.address
        server.stop()
        thread.join()


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


def test_pictures_can_be_taken(browser: Browser, address: str, tmp_path: Path) -> None:
    page = _opened(browser, address)
    page.screenshot(path=tmp_path / "queue.png")
    page.locator("a.case").first.click()
    page.screenshot(path=tmp_path / "case.png", full_page=True)
    page.context.close()
    assert (tmp_path / "case.png").stat().st_size > 10_000
