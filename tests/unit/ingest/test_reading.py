"""Everything that is given ends as one item each, in order, whatever is wrong with some of it."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

from auditor.domain import Moment, Source, SourceKind
from auditor.ingest import Item, Limits, read_paths
from auditor.registry import Registry

TERN = Source("tern", "Tern Newswire", SourceKind.WIRE, domains=("tern.example",))
WORDS = "A ferry with 212 passengers ran onto a sandbank outside Vant Harbor in thick fog on Sunday. "
PAGE = (
    '<html><head><link rel="canonical" href="https://www.echo.example/ferry">'
    '<meta property="og:site_name" content="Vant Echo">'
    '<meta property="article:published_time" content="2024-02-12T05:05:00Z"></head>'
    f'<body><article><h1>Ferry aground</h1><p class="byline">Tern Newswire</p>'
    f"<p>{WORDS * 3}</p><p>{WORDS * 2}</p></article></body></html>"
)


def read(folder: Path, *, workers: int = 1, limits: Limits | None = None) -> list[Item]:
    return list(read_paths([folder], registry=Registry([TERN]), workers=workers, limits=limits or Limits()))


def test_text_files_come_in_as_they_are(tmp_path: Path) -> None:
    given = "  A ferry.\r\n\r\nNo harm. \n"
    (tmp_path / "a.txt").write_bytes(given.encode())
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(given.encode()))
    items = read(tmp_path)
    assert [item.article and (item.article.id, item.article.text) for item in items] == [
        ("a", given),
        ("b", given),
    ]


def test_pages_come_in_with_what_they_tell(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    one, two = read(tmp_path)
    assert one.article is not None
    assert two.article is not None
    assert one.article.text == two.article.text
    assert one.article.source == "vant-echo"
    assert one.source == Source("vant-echo", "Vant Echo", SourceKind.PUBLISHER, ("echo.example",))
    assert one.article.published == Moment.parse("2024-02-12T05:05:00Z")
    assert one.article.credit == "Tern Newswire"
    assert {entry["kind"] for entry in one.article.extra["evidence"]} == {"published_at", "agency_byline"}


def test_an_agencys_own_page_does_not_credit_itself(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE.replace("www.echo.example", "www.tern.example"))
    (item,) = read(tmp_path)
    assert item.article is not None
    assert (item.article.source, item.article.credit, item.source) == ("tern", None, None)


def test_the_manifest_overrules_the_page(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "manifest.csv").write_text(
        "file,source,title,published_at\na.html,Tern Newswire,Own,2024-02-11\n"
    )
    (item,) = read(tmp_path)
    assert item.article is not None
    assert (item.article.source, item.article.title) == ("tern", "Own")
    assert item.article.published == Moment.parse("2024-02-11")
    assert item.article.url == "https://www.echo.example/ferry"


def test_order_and_items_are_the_same_with_any_number_of_children(tmp_path: Path) -> None:
    for number in range(30):
        name = tmp_path / f"{number:02}"
        if number % 3 == 0:
            name.with_suffix(".html").write_text(PAGE.replace("212", str(number)))
        elif number % 7 == 0:
            name.with_suffix(".jsonl").write_text(
                json.dumps({"id": f"j{number}", "text": WORDS}) + "\n{bad\n"
            )
        else:
            name.with_suffix(".txt").write_text(WORDS)
    one, three = read(tmp_path, workers=1), read(tmp_path, workers=3)
    assert one == three
    assert [item.name for item in one] == sorted(item.name for item in one)


def test_two_files_of_one_id_the_second_is_rejected_and_both_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "a.txt").write_text(WORDS)
    page, text = read(tmp_path)
    assert page.article is not None
    assert text.problem is not None
    assert text.problem.name.endswith("a.txt")
    assert "a.html" in text.problem.reason


def test_the_same_file_given_twice_is_given_twice(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(WORDS)
    assert [item.article and item.article.id for item in read_paths([file, file])] == ["a", "a"]


def test_standard_input_is_jsonl_and_keeps_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.txt").write_text(WORDS)
    stdin = io.BytesIO(json.dumps({"id": "s", "text": WORDS}).encode())
    items = list(read_paths([tmp_path / "a.html", "-", tmp_path / "b.txt"], stdin=stdin))
    assert [item.article and item.article.id for item in items] == ["a", "s", "b"]
    assert items[1].name == "-:1"


def test_empty_and_absent_and_odd_files_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    (tmp_path / "b.txt").write_text(" \r\n ")
    (tmp_path / "c.html").write_text("<p>")
    (tmp_path / "d.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "e.txt").write_text(WORDS)
    items = [*read(tmp_path), *read_paths([tmp_path / "gone.txt"])]
    assert [item.article is not None for item in items] == [False, False, False, False, True, False]
    assert all((item.article is None) != (item.problem is None) for item in items)
    assert all(item.problem is None or item.problem.reason for item in items)


def test_a_document_over_the_limit_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("w" * 2000)
    (tmp_path / "b.txt").write_text(WORDS)
    big, small = read(tmp_path, limits=Limits(input_bytes=1000))
    assert big.problem is not None
    assert "larger than" in big.problem.reason
    assert small.article is not None


def test_leaving_in_the_middle_leaves_no_process(tmp_path: Path) -> None:
    for number in range(8):
        (tmp_path / f"{number}.html").write_text(PAGE)
    items = read_paths([tmp_path], workers=2)
    assert next(items).article is not None
    items.close()  # type: ignore[attr-defined]


def test_bytes_come_along_where_they_are_asked_for(tmp_path: Path) -> None:
    line = json.dumps({"id": "c", "text": WORDS}).encode()
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + WORDS.encode())
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (tmp_path / "c.jsonl").write_bytes(b"\n" + line + b"\n{}\n")
    asked = list(read_paths([tmp_path], registry=Registry([TERN]), keep_raw=True))
    assert [item.raw for item in asked] == [b"\xef\xbb\xbf" + WORDS.encode(), PAGE.encode(), line, b"{}"]
    assert [item.raw for item in read(tmp_path)] == [None] * 4
