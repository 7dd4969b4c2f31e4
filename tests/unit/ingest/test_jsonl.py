"""JSONL: keys as FORMATS.md says, bad lines named, the rest read."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest

from auditor.domain import Disposition, Moment, Source, SourceKind, Status
from auditor.ingest.items import Item
from auditor.ingest.limits import Limits
from auditor.ingest.lines import read_jsonl, read_jsonl_file
from auditor.ingest.sources import Sources
from auditor.registry import Registry

TERN = Source("tern", "Tern Newswire", SourceKind.WIRE, domains=("tern.example",), aliases=("Tern",))
FULL = {
    "id": "a/1",
    "text": " The ferry ran aground.\r\n",
    "source": "tern",
    "url": "https://www.tern.example/1",
    "title": "Ferry aground",
    "byline": "By Ada Mern",
    "credit": "Tern",
    "language": "en",
    "published_at": "2024-02-11T21:20:00+01:00",
    "captured_at": "2024-02-12",
    "revises": "a/0",
    "status": "corrected",
    "desk": {"name": "sea"},
    "extra": {"slug": "ferry"},
}


def items(*lines: Any, limits: Limits | None = None) -> list[Item]:
    rows = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    return list(
        read_jsonl(io.BytesIO(b"\n".join(rows)), "in", Sources(Registry([TERN])), limits=limits or Limits())
    )


def reason(line: Any) -> str:
    (item,) = items(line)
    assert item.article is None
    assert item.problem is not None
    assert item.problem.disposition is Disposition.REJECTED
    assert item.problem.name == item.name == "in:1"
    return item.problem.reason


def test_every_key_has_its_place_and_unknown_ones_are_kept() -> None:
    (item,) = items(FULL)
    article = item.article
    assert article is not None
    assert article.id == "a/1"
    assert article.text == FULL["text"]
    assert article.source == "tern"
    assert (article.title, article.byline, article.credit, article.language) == (
        "Ferry aground",
        "By Ada Mern",
        "Tern",
        "en",
    )
    assert article.published == Moment.parse("2024-02-11T20:20:00Z")
    assert article.captured == Moment.parse("2024-02-12")
    assert article.revises == "a/0"
    assert article.status is Status.CORRECTED
    assert article.extra == {"desk": {"name": "sea"}, "slug": "ferry"}
    assert item.source is None


def test_id_and_text_are_enough() -> None:
    (item,) = items({"id": "x", "text": "Words."})
    assert item.article is not None
    assert item.article.published is None
    assert item.article.source is None
    assert item.article.status is Status.USABLE


@pytest.mark.parametrize(
    "name", ["Tern Newswire", "TERN", "the tern", "https://www.tern.example/x", "tern.example"]
)
def test_a_source_is_known_by_any_of_its_names(name: str) -> None:
    (item,) = items({"id": "x", "text": "Words.", "source": name})
    assert item.article is not None
    assert item.article.source == "tern"
    assert item.source is None


def test_series_is_read_as_source_where_source_is_missing() -> None:
    one, two = items(
        {"id": "x", "text": "Words.", "series": "Tern"},
        {"id": "y", "text": "Words.", "series": "Tern", "source": "Saltings Observer"},
    )
    assert one.article is not None
    assert two.article is not None
    assert (one.article.source, two.article.source) == ("tern", "saltings-observer")


def test_an_unknown_source_comes_along_as_a_new_publisher_under_its_first_spelling() -> None:
    one, two = items(
        {"id": "x", "text": "Words.", "source": "The Saltings Observer"},
        {"id": "y", "text": "Words.", "source": "saltings observer"},
    )
    assert one.source == Source("the-saltings-observer", "The Saltings Observer", SourceKind.PUBLISHER)
    assert two.source == one.source
    assert two.article is not None
    assert two.article.source == "the-saltings-observer"


def test_without_a_source_the_address_tells_the_publisher() -> None:
    known, new, none = items(
        {"id": "x", "text": "Words.", "url": "https://m.tern.example/1"},
        {"id": "y", "text": "Words.", "url": "https://www.echo.example/1"},
        {"id": "z", "text": "Words.", "url": "no address"},
    )
    assert known.article is not None
    assert new.article is not None
    assert none.article is not None
    assert known.article.source == "tern"
    assert new.source == Source("echo-example", "echo.example", SourceKind.PUBLISHER, ("echo.example",))
    assert none.article.source is None


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{", "isn't JSON"),
        (b"[1]", "isn't a JSON object"),
        (b'"text"', "isn't a JSON object"),
        (b'{"id": "x", "text": "caf\xe9"}', "isn't UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"id": "x", "n": ' + b"9" * 5000 + b"}", "too long"),
        ({"text": "Words."}, 'no "id"'),
        ({"id": "x"}, 'no "text"'),
        ({"id": "x", "text": None}, 'no "text"'),
        ({"id": "x", "text": ""}, "text is empty"),
        ({"id": "x", "text": " \n"}, "text is empty"),
        ({"id": 5, "text": "Words."}, '"id" is a number'),
        ({"id": True, "text": "Words."}, '"id" is true or false'),
        ({"id": "x", "text": ["Words."]}, '"text" is a list'),
        ({"id": "", "text": "Words."}, "id is empty"),
        ({"id": "x\ny", "text": "Words."}, "control character"),
        ({"id": "x" * 501, "text": "Words."}, "longer than 500"),
        ({"id": "x", "text": "Words.", "title": 7}, '"title" is a number'),
        ({"id": "x", "text": "Words.", "source": {"name": "Tern"}}, '"source" is an object'),
        ({"id": "x", "text": "Words.", "source": "Tern " * 50}, "source is longer than"),
        ({"id": "x", "text": "Words.", "published_at": "yesterday"}, "isn't a time"),
        ({"id": "x", "text": "Words.", "published_at": "2024-02-30"}, "isn't a time"),
        ({"id": "x", "text": "Words.", "published_at": "0001-01-01T00:00:00+14:00"}, "isn't a time"),
        ({"id": "x", "text": "Words.", "status": "spiked"}, '"status" is unknown'),
        ({"id": "x", "text": "Wo\0rds."}, "a NUL at character 2"),
        (b'{"id": "x", "text": "Wo\\ud800rds."}', "half of a surrogate pair at character 2"),
    ],
)
def test_a_bad_line_is_rejected_with_its_place_and_reason(line: Any, why: str) -> None:
    assert why in reason(line)


def test_bad_lines_do_not_stop_the_rest_and_blank_ones_are_none() -> None:
    found = items(FULL, b"", b"   \r", b"{broken", {**FULL, "id": "b"})
    assert [item.name for item in found] == ["in:1", "in:4", "in:5"]
    assert [item.problem is None for item in found] == [True, False, True]


def test_null_is_missing_and_cancelled_has_two_spellings() -> None:
    one, two = items(
        {"id": "x", "text": "Words.", "title": None, "published_at": None, "status": None},
        {"id": "y", "text": "Words.", "status": "Cancelled"},
    )
    assert one.article is not None
    assert two.article is not None
    assert one.article.title is None
    assert two.article.status is Status.CANCELED


def test_what_no_database_stores_in_unknown_keys_is_no_error() -> None:
    (item,) = items(b'{"id": "x", "text": "Words.", "odd": ["\\u0000", NaN, 1e999, {"\\ud800": -Infinity}]}')
    assert item.article is not None
    assert item.article.extra == {"odd": ["\ufffd", "NaN", "inf", {"\ufffd": "-Infinity"}]}


def test_a_mark_at_the_start_of_the_file_is_no_part_of_the_line() -> None:
    found = items(b"\xef\xbb\xbf" + json.dumps(FULL).encode(), FULL)
    assert [item.problem for item in found] == [None, None]


@pytest.mark.parametrize(
    ("start", "why"), [(b"\x1f\x8b\x08", "gzip"), (json.dumps(FULL).encode("utf-16"), "UTF-16")]
)
def test_a_stream_that_is_something_else_is_one_rejected_input(start: bytes, why: str) -> None:
    (item,) = items(start + b"\nmore\nlines")
    assert item.problem is not None
    assert item.name == "in:1"
    assert why in item.problem.reason


def test_a_line_over_the_limit_is_named_and_the_next_one_read() -> None:
    found = items({"id": "x", "text": "w" * 3000}, FULL, limits=Limits(input_bytes=1000))
    assert [item.name for item in found] == ["in:1", "in:2"]
    assert found[0].problem is not None
    assert found[1].article is not None


def test_a_packed_file_that_is_cut_off_gives_what_came_before(tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl.gz"
    lines = "".join(json.dumps({"id": f"n{n}", "text": f"Words {n} {n * n}."}) + "\n" for n in range(50_000))
    packed = gzip.compress(lines.encode(), 1)
    file.write_bytes(packed[: len(packed) // 2])
    found = list(read_jsonl_file(file, "many", Sources(Registry())))
    assert len([item for item in found if item.article]) > 10_000
    (problem,) = [item for item in found if item.problem]
    assert problem is found[-1]
    assert problem.name == f"many:{len(found)}"
    assert problem.problem is not None
    assert "damaged" in problem.problem.reason


def test_a_file_that_is_gone_is_one_failed_input(tmp_path: Path) -> None:
    (item,) = read_jsonl_file(tmp_path / "gone.jsonl", "gone", Sources(Registry()))
    assert item.problem is not None
    assert item.problem.disposition is Disposition.FAILED
