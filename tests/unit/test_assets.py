"""The program finds its own files, and only its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor import assets


@pytest.mark.parametrize("find", [assets.templates_dir, assets.migrations_dir, assets.example_dir])
def test_each_folder_is_found_with_its_marker(find: Callable[[], Path]) -> None:
    assert (find() / assets.MARKER).is_file()


def test_bundled_files_win_over_those_beside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "auditor"
    for folder in (package / "_bundled" / "templates", tmp_path / "templates"):
        folder.mkdir(parents=True)
        (folder / assets.MARKER).touch()
    monkeypatch.setattr(assets, "_PACKAGE", package)
    assert assets.templates_dir() == package / "_bundled" / "templates"


def test_a_folder_without_the_marker_is_not_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "templates").mkdir()
    monkeypatch.setattr(assets, "_PACKAGE", tmp_path / "auditor")
    with pytest.raises(assets.AssetsMissing) as raised:
        assets.templates_dir()
    assert str(tmp_path / "templates") in raised.value.message
    assert "install" in raised.value.remedy
