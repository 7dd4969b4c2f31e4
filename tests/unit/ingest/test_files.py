"""Ids, formats and order of what is given; links and odd files are named, never followed astray."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from auditor.domain import Disposition
from auditor.ingest.files import File, Format, ending_of, files_of
from auditor.ingest.items import Item


def put(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("Words.")


def ids(given: Path) -> list[str]:
    return [found.id for found in files_of(given) if isinstance(found, File)]


def problems(given: Path) -> dict[str, str]:
    found = [item for item in files_of(given) if isinstance(item, Item)]
    return {Path(item.name).name: item.problem.reason for item in found if item.problem}


def test_an_id_is_the_path_below_the_folder_without_its_ending(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "a/deep/c.html.gz", "a/v1.2 late.txt", "a/x.txt.gz", "z.HTM")
    assert ids(tmp_path) == ["a/deep/c", "a/v1.2 late", "a/x", "b", "z"]


def test_a_single_file_is_named_without_its_folder(tmp_path: Path) -> None:
    put(tmp_path, "a/c.txt")
    assert ids(tmp_path / "a" / "c.txt") == ["c"]


def test_the_order_is_by_name_and_always_the_same(tmp_path: Path) -> None:
    put(tmp_path, "b/2.txt", "b/10.txt", "a.txt", "c.txt", "B.txt")
    assert ids(tmp_path) == ["B", "a", "b/10", "b/2", "c"]


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("a.txt", ".txt"),
        ("a.b.JSONL", ".jsonl"),
        ("a.html.GZ", ".html.gz"),
        ("a.tar.gz", ".gz"),
        ("a", ""),
    ],
)
def test_endings(name: str, ending: str) -> None:
    assert ending_of(name) == ending


def test_each_ending_has_its_reader(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b.md", "c.xhtml", "d.jsonl.gz", "e.ndjson")
    formats = [found.format for found in files_of(tmp_path) if isinstance(found, File)]
    assert formats == [Format.TEXT, Format.TEXT, Format.PAGE, Format.LINES, Format.LINES]


def test_files_no_reader_knows_are_named_and_hidden_ones_and_the_manifest_left_out(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg", "b", "c.tar.gz", ".hidden.txt", ".git/d.txt", "manifest.csv", "sub/manifest.csv")
    found = problems(tmp_path)
    assert set(found) == {"a.jpg", "b", "c.tar.gz", "manifest.csv"}
    assert found["a.jpg"].startswith("no reader for .jpg")
    assert "without an ending" in found["b"]


def test_links_inside_are_files_and_links_that_leave_or_loop_are_named(tmp_path: Path) -> None:
    put(tmp_path, "in/a.txt", "in/sub/b.txt", "out/secret.txt")
    folder = tmp_path / "in"
    (folder / "copy.txt").symlink_to(folder / "a.txt")
    (folder / "secret.txt").symlink_to(tmp_path / "out" / "secret.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    (folder / "self.txt").symlink_to(folder / "self.txt")
    assert ids(folder) == ["a", "copy", "sub/b"]
    found = problems(folder)
    assert "out of the folder" in found["secret.txt"]
    assert "link to a folder" in found["loop"]
    assert "link to nothing" in found["gone.txt"]
    assert "link to nothing" in found["self.txt"]


def test_a_pipe_in_a_folder_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "isn't a regular file" in problems(tmp_path)["pipe.txt"]


def test_what_is_not_there_is_rejected(tmp_path: Path) -> None:
    (item,) = files_of(tmp_path / "gone.txt")
    assert isinstance(item, Item)
    assert item.problem is not None
    assert item.problem.disposition is Disposition.REJECTED
    assert "isn't there" in item.problem.reason


def test_a_folder_that_may_not_be_read_fails_and_the_rest_is_read(tmp_path: Path) -> None:
    put(tmp_path, "a/x.txt", "b/y.txt")
    (tmp_path / "a").chmod(0)
    try:
        if os.access(tmp_path / "a", os.R_OK):
            pytest.skip("this user may read everything")
        assert ids(tmp_path) == ["b/y"]
        (item,) = [found for found in files_of(tmp_path) if isinstance(found, Item)]
        assert item.problem is not None
        assert item.problem.disposition is Disposition.FAILED
    finally:
        (tmp_path / "a").chmod(0o700)


def test_a_name_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    file = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(file)).write_text("Words.")
    except OSError:
        pytest.skip("this file system takes no such names")
    (item,) = files_of(tmp_path)
    assert isinstance(item, Item)
    assert item.problem is not None
    assert "isn't UTF-8" in item.problem.reason
    item.name.encode()


def test_folders_nested_hundreds_deep_are_walked(tmp_path: Path) -> None:
    depth = 400
    folder = str(tmp_path)
    for _ in range(depth):
        folder += "/d"
        os.mkdir(folder)  # noqa: PTH102 - Path.mkdir's own way of making parents recurses
    (Path(folder) / "x.txt").write_text("Words.")
    assert ids(tmp_path) == ["d/" * depth + "x"]
