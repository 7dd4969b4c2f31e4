"""A report is put in place at once, or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.errors import WriteProblem
from auditor.report.staging import LIST, READY, STAGE, Staging


def write(out: Path, **pages: str) -> Staging:
    """A report of these pages."""
    with Staging(out) as staging:
        for name, text in pages.items():
            staging.write(f"{name}.html", text)
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


def test_a_listed_file_outside_the_report_is_never_removed(tmp_path: Path) -> None:
    out = tmp_path / "report"
    write(out, a="1")
    precious = tmp_path / "precious.txt"
    precious.write_text("mine", "utf-8")
    (out / LIST).write_text(json.dumps(["../precious.txt", str(precious), "a.html"]), "utf-8")
    write(out, a="1")
    assert precious.read_text("utf-8") == "mine"


def test_a_place_that_cannot_be_written_is_one_clear_problem(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", "utf-8")
    with pytest.raises(WriteProblem, match="can't be written"):
        write(blocked / "report", a="1")
