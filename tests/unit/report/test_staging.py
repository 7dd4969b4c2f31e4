"""A report is put in place at once, or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from auditor.errors import WriteProblem
from auditor.report import index
from auditor.report.index import INDEX
from auditor.report.staging import READY, STAGE, Staging


def write(out: Path, **pages: str) -> Staging:
    """A report of these pages."""
    with Staging(out) as staging:
        staging.index.forget_units()
        for name, text in pages.items():
            staging.write(f"{name}.html", text)
            staging.index.put_page(f"{name}.html", digest=text.encode())
    return staging


def read(out: Path) -> dict[str, str]:
    """The pages that stand there."""
    return {path.stem: path.read_text("utf-8") for path in out.glob("*.html")}


def test_pages_that_are_gone_are_removed(tmp_path: Path) -> None:
    write(tmp_path, a="1", b="2")
    write(tmp_path, a="1", c="3")
    assert read(tmp_path) == {"a": "1", "c": "3"}


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    write(tmp_path, a="1", b="2")
    staging = write(tmp_path, a="1", b="changed")
    assert (staging.changed, staging.unchanged) == (1, 1)


def test_a_failure_before_the_end_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path, a="1", b="2")

    def fail() -> None:
        with Staging(tmp_path) as staging:
            staging.write("a.html", "new")
            raise ValueError("the store went away")

    with pytest.raises(ValueError, match="went away"):
        fail()
    assert read(tmp_path) == {"a": "1", "b": "2"}
    assert not (tmp_path / STAGE).exists()


def test_a_report_cut_off_while_it_was_put_in_place_is_finished_by_the_next_run(tmp_path: Path) -> None:
    write(tmp_path, a="1", b="2")
    stage = tmp_path / STAGE
    stage.mkdir()
    (stage / "a.html").write_text("new", "utf-8")
    (stage / READY).write_text(json.dumps({"keep": ["a.html"], "remove": ["b.html"]}), "utf-8")
    with Staging(tmp_path) as staging:
        assert read(tmp_path) == {"a": "new"}
        staging.write("a.html", "new")
    assert staging.unchanged == 1


def test_a_report_cut_off_before_that_is_forgotten(tmp_path: Path) -> None:
    write(tmp_path, a="1")
    (tmp_path / STAGE).mkdir()
    (tmp_path / STAGE / "a.html").write_text("half", "utf-8")
    write(tmp_path, a="1")
    assert read(tmp_path) == {"a": "1"}


def test_what_was_moved_by_a_report_cut_off_is_made_again_whatever_it_was_made_from(tmp_path: Path) -> None:
    write(tmp_path, a="1", b="2", c="3")
    stage = tmp_path / STAGE
    stage.mkdir()
    (stage / "a.html").write_text("new", "utf-8")
    (stage / READY).write_text(json.dumps({"keep": ["a.html"], "remove": ["b.html"]}), "utf-8")
    with pytest.raises(ZeroDivisionError), Staging(tmp_path):
        raise ZeroDivisionError  # cut off again: that the digests don't hold must not be lost
    with Staging(tmp_path) as staging:
        assert [staging.index.digest(f"{name}.html") for name in "abc"] == [b"", b"", b"3"]


def test_a_noted_file_outside_the_report_is_never_removed(tmp_path: Path) -> None:
    out = tmp_path / "report"
    precious = tmp_path / "precious.txt"
    precious.write_text("mine", "utf-8")
    with Staging(out) as staging:
        for name in ("../precious.txt", str(precious)):
            staging.index.put_page(name)
    write(out, a="1")
    assert precious.read_text("utf-8") == "mine"


def test_two_reports_are_never_written_to_one_folder_at_once(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(index, "WAIT_SECONDS", 0.01)
    with Staging(tmp_path), pytest.raises(WriteProblem, match="another report"), Staging(tmp_path):
        pass


def test_an_index_that_is_broken_is_made_anew(tmp_path: Path) -> None:
    write(tmp_path, a="1")
    write(tmp_path, a="1", b="2")
    (tmp_path / INDEX).write_bytes(b"no database at all, " * 100)
    assert write(tmp_path, a="1").unchanged == 1
    assert read(tmp_path) == {"a": "1"}


def test_a_file_that_someone_took_away_is_missed(tmp_path: Path) -> None:
    write(tmp_path, a="1", b="2")
    with Staging(tmp_path) as staging:
        assert staging.is_whole()
    (tmp_path / "b.html").unlink()
    with Staging(tmp_path) as staging:
        assert not staging.is_whole()


def test_a_place_that_cannot_be_written_is_one_clear_problem(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", "utf-8")
    with pytest.raises(WriteProblem, match="can't be written"):
        write(blocked / "report", a="1")
