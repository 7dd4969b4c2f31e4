"""The wheel works when it is installed alone: nothing of the checkout is needed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

# what pip and the loader may need from the machine; nothing that could lead back to the checkout
KEPT = ("PATH", "HOME", "TMPDIR", "LANG", "SSL_CERT_FILE", "SSL_CERT_DIR")


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if name in KEPT or name.startswith("PIP_") or name.lower().endswith("_proxy")
    }


@pytest.fixture(scope="module")
def scripts(
    wheel: Path, checkout: Path, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder of commands of an environment that holds the wheel and the pinned versions, no more."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run(
        [str(checkout / ".ci" / "make-environment"), str(folder)],
        check=True,
        env={**environment, "PYTHON": sys.executable},
    )
    pip = [str(folder / "bin" / "python"), "-m", "pip", "--no-input", "--disable-pip-version-check", "-q"]
    pinned = str(checkout / "constraints" / "runtime.txt")
    subprocess.run(
        [*pip, "install", "--require-hashes", "-r", pinned], check=True, env=environment, cwd=folder
    )
    subprocess.run(
        [*pip, "install", "--no-deps", "--no-index", str(wheel)], check=True, env=environment, cwd=folder
    )
    return folder / "bin"


def test_the_demo_leaves_a_report(scripts: Path, environment: dict[str, str], tmp_path: Path) -> None:
    done = subprocess.run(
        [str(scripts / "auditor"), "demo"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    index = tmp_path / "demo" / "report" / "index.html"
    assert str(index.relative_to(tmp_path)) in done.stdout.replace("\n", "")
    assert "Aldermoss" in index.read_text(encoding="utf-8")


def test_what_was_declared_suffices(scripts: Path, environment: dict[str, str], tmp_path: Path) -> None:
    done = subprocess.run(
        [str(scripts / "python"), "-m", "pip", "check"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
