"""What is shipped is what is tracked: no file less, and nothing that lay about."""

from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path

import pytest


@pytest.mark.parametrize("folder", ["templates", "migrations"])
def test_the_wheel_holds_exactly_the_tracked_assets(
    folder: str, wheel: Path, tracked: tuple[str, ...], checkout: Path
) -> None:
    prefix = f"auditor/_bundled/{folder}/"
    with zipfile.ZipFile(wheel) as archive:
        shipped = {
            name.removeprefix("auditor/_bundled/"): archive.read(name)
            for name in archive.namelist()
            if name.startswith(prefix)
        }
    expected = {path: (checkout / path).read_bytes() for path in tracked if path.startswith(f"{folder}/")}
    assert expected
    assert shipped == expected


def test_the_wheel_holds_the_package_as_it_is_tracked(wheel: Path, tracked: tuple[str, ...]) -> None:
    with zipfile.ZipFile(wheel) as archive:
        shipped = {
            name
            for name in archive.namelist()
            if name.startswith("auditor/") and not name.startswith("auditor/_bundled/")
        }
    assert shipped == {path for path in tracked if path.startswith("auditor/")}


def test_the_source_archive_holds_only_tracked_files(sdist: Path, tracked: tuple[str, ...]) -> None:
    with tarfile.open(sdist) as archive:
        shipped = {member.name.partition("/")[2] for member in archive.getmembers() if member.isfile()}
    assert shipped - {"PKG-INFO"} <= set(tracked)
    assert {"pyproject.toml", "Makefile", "README.md", "constraints/runtime.txt"} <= shipped
