"""A manifest fills in what files don't say; what is wrong with it is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.domain import Moment
from auditor.errors import UsageProblem
from auditor.ingest import Item, read_paths


def read(folder: Path, *, manifest: Path | None = None) -> dict[str, Item]:
    return {item.name.removeprefix(f"{folder}/"): item for item in read_paths([folder], manifest=manifest)}


def reason(item: Item) -> str:
    assert item.problem is not None
    return item.problem.reason


def put(folder: Path, rows: str, *files: str, name: str = "manifest.csv") -> Path:
    folder.mkdir(exist_ok=True)
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text("Words of a ferry.")
    (folder / name).write_text(rows, newline="")
    return folder / name


def test_a_manifest_in_the_folder_fills_in_what_it_knows(tmp_path: Path) -> None:
    put(
        tmp_path,
        "file,id,source,url,title,published_at,status,revises,desk\r\n"
        'a.txt,tern-1,Tern Newswire,http://a.example,"Ferry, aground",2024-02-11T21:20:00Z,corrected,t,s\r\n'
        "sub/b.txt,,,,,2024-02-12,,,\r\n",
        "a.txt",
        "sub/b.txt",
        "c.txt",
    )
    found = read(tmp_path)
    a, b, c = (found[name].article for name in ("a.txt", "sub/b.txt", "c.txt"))
    assert a is not None
    assert b is not None
    assert c is not None
    assert (a.id, a.source, a.title, a.revises) == ("tern-1", "tern-newswire", "Ferry, aground", "t")
    assert a.published == Moment.parse("2024-02-11T21:20:00Z")
    assert a.extra == {"desk": "s"}
    assert (b.id, b.published) == ("sub/b", Moment.parse("2024-02-12"))
    assert (c.id, c.published) == ("c", None)


def test_a_named_manifest_counts_instead_of_the_folders_own(tmp_path: Path) -> None:
    put(tmp_path / "in", "file,title\na.txt,own\n", "a.txt")
    named = put(tmp_path, "file,title\nin/a.txt,named\n", name="other.csv")
    item = read(tmp_path / "in", manifest=named)["a.txt"]
    assert item.article is not None
    assert item.article.title == "named"


def test_rows_also_find_files_by_their_path_below_the_given_folder(tmp_path: Path) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "sub" / "a.txt").write_text("Words.")
    named = put(tmp_path / "lists", "file;title\nsub\\a.txt;found\n", name="list.csv")
    item = read(tmp_path / "in", manifest=named)["sub/a.txt"]
    assert item.article is not None
    assert item.article.title == "found"


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_commas_semicolons_tabs_and_a_mark_are_understood(tmp_path: Path, mark: str) -> None:
    rows = f"\ufeff{mark.join(('Title', 'FILE'))}\n{mark.join(('Ferry', 'a.txt'))}\n"
    put(tmp_path, rows, "a.txt")
    item = read(tmp_path)["a.txt"]
    assert item.article is not None
    assert item.article.title == "Ferry"


def test_rows_without_their_file_are_rejected_and_named(tmp_path: Path) -> None:
    put(tmp_path, "file,title\na.txt,A\ngone.txt,Gone\n,nothing\na.txt,A\n" + "x" * 300 + ".txt,\n", "a.txt")
    found = read(tmp_path)
    assert found["a.txt"].article is not None
    assert '"gone.txt" isn\'t there' in reason(found["manifest.csv:3"])
    assert "names no file" in reason(found["manifest.csv:4"])
    assert "isn't there" in reason(found["manifest.csv:6"])
    assert set(found) == {"a.txt", "manifest.csv:3", "manifest.csv:4", "manifest.csv:6"}


def test_two_rows_that_contradict_each_other_are_named_and_the_first_counts(tmp_path: Path) -> None:
    put(tmp_path, "file,title\na.txt,First\na.txt,Second\n", "a.txt")
    found = read(tmp_path)
    assert found["a.txt"].article is not None
    assert found["a.txt"].article.title == "First"
    assert "line 2" in reason(found["manifest.csv:3"])


def test_lines_are_counted_as_an_editor_shows_them(tmp_path: Path) -> None:
    put(tmp_path, 'file,title\na.txt,"two\nlines"\ngone.txt,\n', "a.txt")
    assert "manifest.csv:4" in read(tmp_path)


def test_a_bad_value_rejects_its_file_and_names_the_row(tmp_path: Path) -> None:
    put(tmp_path, "file,published_at\na.txt,soon\nb.txt,2024-02-11\n", "a.txt", "b.txt")
    found = read(tmp_path)
    assert "manifest.csv:2" in reason(found["a.txt"])
    assert found["b.txt"].article is not None


def test_two_files_may_share_an_id_that_a_manifest_gives(tmp_path: Path) -> None:
    put(tmp_path, "file,id\na.txt,same\nb.txt,same\n", "a.txt", "b.txt")
    assert [item.article.id for item in read(tmp_path).values() if item.article] == ["same", "same"]


def test_a_row_for_a_file_of_many_articles_is_rejected(tmp_path: Path) -> None:
    put(tmp_path, "file,title\nmany.jsonl,Many\n")
    (tmp_path / "many.jsonl").write_text('{"id": "x", "text": "Words."}\n')
    found = read(tmp_path)
    assert "holds many articles" in reason(found["manifest.csv:2"])
    assert found["many.jsonl:1"].article is not None


BROKEN = [
    (b"name,title\na.txt,A\n", 'no column "file"'),
    (b"", 'no column "file"'),
    (b"file,title,title\na.txt,A,B\n", 'two columns "title"'),
    (b"file,text\na.txt,Words\n", 'a column "text"'),
    (b"file,title\na.txt,caf\xe9\n", "isn't UTF-8"),
    (b'file,title\na.txt,"open\n', "isn't CSV"),
    (b"PK\x03\x04 a spreadsheet", "a zip or office file"),
]


@pytest.mark.parametrize(("content", "why"), BROKEN)
def test_a_named_manifest_that_cannot_be_used_stops_before_anything_is_read(
    tmp_path: Path, content: bytes, why: str
) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(content)
    with pytest.raises(UsageProblem, match=why):
        read_paths([tmp_path], manifest=file)


def test_a_named_manifest_that_is_not_there_stops_too(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="can't be read"):
        read_paths([tmp_path], manifest=tmp_path / "none.csv")


@pytest.mark.parametrize(("content", "why"), BROKEN)
def test_a_folders_own_broken_manifest_holds_back_its_files_for_another_time(
    tmp_path: Path, content: bytes, why: str
) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text("Words.")
    (tmp_path / "one" / "manifest.csv").write_bytes(content)
    broken, held, read_on = read_paths([tmp_path / "one", tmp_path / "two"])
    assert why in reason(broken)
    assert held.problem is not None
    assert held.problem.disposition == "failed"
    assert read_on.article is not None
