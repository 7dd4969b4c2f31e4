"""The settings file that `auditor init` writes is right in every line that it comments out."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from auditor.config import FILE_NAME, Nightly, Settings, load_settings, write_example
from auditor.errors import WriteProblem


def test_as_written_it_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = load_settings()
    assert write_example(tmp_path / FILE_NAME)
    after = load_settings()
    assert [shown.value for shown in after.shown()] == [shown.value for shown in before.shown()]
    assert after.file == Path(FILE_NAME)


def test_with_its_comments_taken_off_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    write_example(file)
    lines = file.read_text(encoding="utf-8").splitlines()
    setting = re.compile(r"# (?=\[(?:sources\.|nightly)|\w+ = |\"\*\")")
    file.write_text("\n".join(setting.sub("", line) for line in lines) + "\n", encoding="utf-8")
    settings = load_settings(config=file)
    told = {name for name, origin in settings.origins.items() if origin == str(file)}
    nightly = {f"nightly.{part.name}" for part in fields(Nightly)}
    assert told == {part.name for part in fields(Settings)} - {"file", "origins"} | nightly
    assert [source.key for source in settings.sources] == ["my-wire"]


def test_a_file_that_stands_there_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    file.write_text("processes = 7\n", encoding="utf-8")
    assert not write_example(file)
    assert load_settings(config=file).processes == 7


def test_a_place_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WriteProblem) as raised:
        write_example(tmp_path / "file" / FILE_NAME)
    assert str(tmp_path / "file") in raised.value.message
