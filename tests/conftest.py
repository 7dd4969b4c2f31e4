"""Fixtures of all tests: where the evaluation data lies, and nothing that fakes our own code."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of evaluation data beside the checkout; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("AUDITOR_SHARED", CHECKOUT.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip("the evaluation data (../shared/data) isn't on this machine")
    return folder
