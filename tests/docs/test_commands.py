"""The commands that the documents show work, in the order in which they stand there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = sorted([CHECKOUT / "README.md", *(CHECKOUT / "docs").glob("**/*.md")])
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MAKE = re.compile(r"(?:^ {4}|`)make ([a-z]+)\b", re.MULTILINE)
_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")
_LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s#]+)")


def _commands(document: Path) -> list[str]:
    blocks = _BLOCK.findall(document.read_text(encoding="utf-8"))
    return [
        line.removeprefix("$ ") for block in blocks for line in block.splitlines() if line.startswith("$ ")
    ]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An empty folder with the checkout's package in it, and the command on the path."""
    (tmp_path / "auditor").symlink_to(CHECKOUT / "auditor")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AUDITOR_")}
    return {**kept, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}"}


@pytest.mark.parametrize(
    "document",
    [document for document in DOCUMENTS if _commands(document)],
    ids=lambda document: str(document.relative_to(CHECKOUT)),
)
def test_every_command_shown_succeeds(document: Path, environment: dict[str, str], tmp_path: Path) -> None:
    for command in _commands(document):
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == 0, f"$ {command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
        assert "Traceback" not in done.stderr


def test_the_readme_shows_every_command() -> None:
    shown = "\n".join(_commands(CHECKOUT / "README.md"))
    for command in ("init", "ingest", "audit", "report", "trace", "check", "compare", "export", "sources",
                    "db upgrade", "db current", "db check", "config show", "doctor"):  # fmt: skip
        assert re.search(rf"auditor (?:--\w+ )*{command}\b", shown), command


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document.relative_to(CHECKOUT)))
def test_every_target_picture_and_link_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    targets = set(
        re.findall(r"^([a-z]+):", (CHECKOUT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert set(_MAKE.findall(text)) <= targets
    for path in (*_PICTURE.findall(text), *_LINK.findall(text)):
        if "://" not in path:
            assert (document.parent / path).exists(), path
