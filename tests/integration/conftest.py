"""The fixture of all that calls the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.calling import Call, caller


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Calls the command in an empty folder, with that folder's auditor.db as the store."""
    monkeypatch.chdir(tmp_path)
    return caller(monkeypatch, capsys)
