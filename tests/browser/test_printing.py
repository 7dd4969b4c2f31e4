"""A story printed to PDF by the command, in a process of its own, as a user calls it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from auditor.storage import open_store
from tests.browser.conftest import chromium


def auditor(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "auditor", *words],
        cwd=folder,
        env={**os.environ, **environment},
        text=True,
        capture_output=True,
        check=False,
    )


@pytest.fixture
def story(tmp_path: Path) -> str:
    """The first story of a demo in ``tmp_path``."""
    made = auditor(tmp_path, "demo", "--quiet")
    assert made.returncode == 0, made.stderr
    with open_store(f"sqlite:///{tmp_path / 'demo' / 'auditor.db'}") as store:
        return next(iter(store.stories())).id


def test_a_story_is_printed(tmp_path: Path, story: str, browser: Browser) -> None:
    assert browser.is_connected()
    words = ("--database", "sqlite:///demo/auditor.db", "report", "--story", story, "--pdf", "--out", "s.pdf")
    printed = auditor(tmp_path, *words, AUDITOR_CHROMIUM=chromium() or "")
    assert printed.returncode == 0, printed.stderr
    assert (tmp_path / "s.pdf").read_bytes().startswith(b"%PDF")


def test_without_a_browser_the_remedy_is_named(tmp_path: Path, story: str) -> None:
    words = ("--database", "sqlite:///demo/auditor.db", "report", "--story", story, "--pdf")
    refused = auditor(tmp_path, *words, AUDITOR_CHROMIUM=str(tmp_path / "none"))
    assert refused.returncode == 2
    assert "AUDITOR_CHROMIUM" in refused.stderr
    assert "Traceback" not in refused.stderr
