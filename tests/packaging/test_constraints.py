"""Every version is pinned with hashes, and nothing tells where it was fetched from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

FILES = ("runtime", "build", "dev", "bench")
_PIN = re.compile(r"^(?P<name>[A-Za-z0-9][\w.-]*)==(?P<version>[^\s;\\]+)")
_NAME = re.compile(r"^[A-Za-z0-9][\w.-]*")


def _folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _requirements(path: Path) -> list[str]:
    joined = path.read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def _pins(path: Path) -> dict[str, str]:
    pins = {}
    for line in _requirements(path):
        match = _PIN.match(line)
        assert match, f"{path.name}: not a pinned version: {line[:60]}"
        pins[_folded(match["name"])] = match["version"]
    return pins


@pytest.mark.parametrize("name", FILES)
def test_each_requirement_has_a_version_and_hashes(name: str, checkout: Path) -> None:
    path = checkout / "constraints" / f"{name}.txt"
    assert _pins(path)
    for line in _requirements(path):
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", line), line[:60]


@pytest.mark.parametrize("name", FILES)
def test_no_address_and_no_option_stands_in_it(name: str, checkout: Path) -> None:
    text = (checkout / "constraints" / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert " @ " not in text
    assert not re.search(r"^\s*-", text.replace("    --hash=", ""), re.MULTILINE)


def test_all_files_agree_on_each_version(checkout: Path) -> None:
    seen: dict[str, str] = {}
    for name in FILES:
        for package, version in _pins(checkout / "constraints" / f"{name}.txt").items():
            assert seen.setdefault(package, version) == version, package


def test_every_direct_dependency_is_pinned(checkout: Path) -> None:
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {
        "runtime": project["project"]["dependencies"],
        **project["dependency-groups"],
    }
    for name, requirements in declared.items():
        pins = _pins(checkout / "constraints" / f"{name}.txt")
        for requirement in requirements:
            match = _NAME.match(requirement)
            assert match
            assert _folded(match[0]) in pins, f"{requirement} isn't in {name}.txt: make lock"
