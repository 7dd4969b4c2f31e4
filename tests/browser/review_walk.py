"""A reviewer's way through the application by keyboard alone: for its test and its pictures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from playwright.sync_api import Page

from auditor.assets import example_dir
from auditor.config import load_settings
from auditor.domain import Moment
from auditor.jobs.audit import audit
from auditor.jobs.findings import update_findings
from auditor.jobs.ingest import ingest
from auditor.jobs.sources import registry_of
from auditor.jobs.users import Role, add_user
from auditor.storage import open_store
from auditor.web.server import Listening, make_review_server

NAME, PASSWORD = "Ada Brandt", "ferry lantern marrow dusk"
NOTE = "Their editor was asked on 3 May; no answer yet."
NOW = Moment.parse("2024-06-01T09:00:00Z")


@contextmanager
def served(file: Path, *, people: bool = True) -> Iterator[str]:
    """The address of a server over the example collection: for users who log in, or for one by a key."""
    settings = load_settings(config=example_dir() / "auditor.toml")
    with open_store(f"sqlite:///{file}") as store:
        registry = registry_of(store, settings.sources)
        ingest(store, registry, [example_dir() / "articles"])
        audit(store, registry)
        update_findings(store, registry, example_dir() / "licences")
        if people:
            add_user(store, NAME, Role.REVIEWER, PASSWORD, at=NOW)
            add_user(store, "Bo Lindqvist", Role.ADMINISTRATOR, PASSWORD, at=NOW)
        second = ("unlicensed",) if people else ()
        reviewer = None if people else "ada"
        server = make_review_server(store, registry, Listening(port=0), reviewer=reviewer, second=second)
        thread = Thread(target=server.serve)
        thread.start()
        try:
            yield server.address
        finally:
            server.stop()
            thread.join()


def log_in(page: Page, address: str) -> None:
    """From the address to the queue: the form has the focus in its first field."""
    page.goto(address)
    page.wait_for_url("**/login")
    # The browser moves the focus with the first frame that it draws, maybe after the page has loaded.
    page.wait_for_selector("input[autofocus]:focus")
    page.keyboard.type(NAME)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Cases to review')")


def open_case(page: Page) -> None:
    """From the queue to its first case, by the keys that stand at its foot."""
    for key in ("n", "n", "p", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url("**/case/*")


def decide(page: Page) -> None:
    """Decide on the case that is shown, with a note."""
    page.keyboard.press("d")
    page.keyboard.type("unl")
    page.keyboard.press("Tab")
    page.keyboard.type(NOTE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"text={NOTE}")


def take(page: Page) -> None:
    """Take the case: the button after the one that writes a decision."""
    page.get_by_role("button", name="Write it into the log").focus()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Take it":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector(f"text=Given to {NAME}")


def open_story(page: Page) -> None:
    """From a case to every case of its story, with two of them chosen and a decision begun."""
    for _ in range(20):
        page.keyboard.press("Tab")
        if (page.evaluate("document.activeElement.textContent") or "").startswith("every case of the story"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Decide on the chosen cases")
    for key in "nxnx":
        page.keyboard.press(key)
    page.keyboard.press("d")
    page.keyboard.type("com")


def log_out(page: Page) -> None:
    """Out again, by the button at the top."""
    page.reload()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Log out":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/login")
