"""Whatever storable text is given comes in as it was given; whatever bytes are given end as items."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import InputRejected
from auditor.ingest import Limits, decode_text, read_paths
from auditor.ingest.limits import LineReader, unpacked
from auditor.ingest.lines import read_jsonl
from auditor.ingest.sources import Sources
from auditor.registry import Registry

STORABLE = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
TEXTS = STORABLE.filter(lambda text: bool(text.strip()))


def lines_of(raw: bytes, limits: Limits) -> list[bytes | None]:
    return [line.content for line in LineReader(io.BytesIO(raw), packed=False, limits=limits)]


@given(STORABLE)
def test_utf8_text_is_decoded_to_the_very_code_points(text: str) -> None:
    raw = text.encode()
    try:
        assert decode_text(raw) == text
    except InputRejected as error:
        assert "isn't text but" in error.message


@given(st.lists(TEXTS, max_size=5))
def test_jsonl_gives_every_text_back_as_it_was(texts: list[str]) -> None:
    raw = "\n".join(json.dumps({"id": f"n{n}", "text": text}) for n, text in enumerate(texts)).encode()
    items = list(read_jsonl(io.BytesIO(raw), "in", Sources(Registry())))
    assert [item.article and item.article.text for item in items] == texts


@given(st.binary(max_size=400))
def test_any_bytes_as_jsonl_end_as_articles_or_reasons(raw: bytes) -> None:
    items = list(read_jsonl(io.BytesIO(raw), "in", Sources(Registry())))
    assert all((item.article is None) != (item.problem is None) for item in items)
    names = [item.name for item in items]
    assert len(set(names)) == len(names)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)
KEYS = st.sampled_from(
    ["id", "text", "source", "series", "url", "title", "published_at", "status", "revises", "extra", "x"]
)


@given(st.dictionaries(KEYS | st.text(), JSON))
def test_any_object_is_an_article_or_has_a_reason(record: dict[str, object]) -> None:
    (item,) = read_jsonl(io.BytesIO(json.dumps(record).encode()), "in", Sources(Registry()))
    assert (item.article is None) != (item.problem is None)
    if item.article:
        json.dumps(item.article.extra, allow_nan=False, ensure_ascii=False).encode()
        assert "\0" not in str(item.article)


@given(st.lists(st.binary(max_size=30).filter(lambda line: b"\n" not in line)), st.integers(1, 12))
def test_lines_are_those_of_split_without_the_overlong(lines: list[bytes], most: int) -> None:
    expected = [line if len(line) <= most else None for line in lines]
    assert lines_of(b"".join(line + b"\n" for line in lines), Limits(input_bytes=most)) == expected


@given(st.lists(st.binary(max_size=2000), max_size=4), st.integers(0, 40))
def test_unpacking_gives_back_what_was_packed(parts: list[bytes], padding: int) -> None:
    raw = b"".join(gzip.compress(part) for part in parts) + b"\0" * padding
    if parts:
        assert unpacked(raw) == b"".join(parts)


@given(st.binary(max_size=3000), st.integers(0, 2999))
def test_unpacking_never_gives_more_than_is_allowed(content: bytes, most: int) -> None:
    try:
        assert len(unpacked(gzip.compress(content), Limits(unpacked_bytes=most))) <= most
    except InputRejected:
        assert len(content) > most


@settings(max_examples=30)
@given(st.lists(st.binary(max_size=60), max_size=6))
def test_every_file_of_a_folder_ends_as_one_item(contents: list[bytes]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        for number, content in enumerate(contents):
            (folder / f"{number}.txt").write_bytes(content)
        items = list(read_paths([folder]))
    assert [Path(item.name).name for item in items] == [f"{number}.txt" for number in range(len(contents))]
    assert all((item.article is None) != (item.problem is None) for item in items)
    for item, content in zip(items, contents, strict=True):
        if item.article:
            assert item.article.text == decode_text(content)
