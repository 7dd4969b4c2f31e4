"""The archives under test: a source archive of the tracked files, and the wheel made from it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder of the project."""
    return CHECKOUT


@pytest.fixture(scope="session")
def tracked() -> tuple[str, ...]:
    """The paths of all tracked files; skips where this isn't a git checkout (an unpacked archive)."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, check=True, text=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout: what is tracked can't be told")
    return tuple(path for path in listed.split("\0") if path and (CHECKOUT / path).is_file())


@pytest.fixture(scope="session")
def archives(tracked: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive and the wheel built from it.

    Built from a copy that also holds what a used checkout gathers: such things must not be shipped.
    """
    copy = tmp_path_factory.mktemp("source")
    for path in tracked:
        target = copy / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(CHECKOUT / path, target)
    for left in ("migrations/__pycache__/env.cpython-311.pyc", "templates/left.db", "auditor/left.db"):
        target = copy / left
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"left behind")
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out)],
        cwd=copy,
        check=True,
        capture_output=True,
        text=True,
    )
    return out


@pytest.fixture(scope="session")
def wheel(archives: Path) -> Path:
    """The wheel."""
    (found,) = archives.glob("*.whl")
    return found


@pytest.fixture(scope="session")
def sdist(archives: Path) -> Path:
    """The source archive."""
    (found,) = archives.glob("*.tar.gz")
    return found
