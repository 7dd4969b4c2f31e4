"""JSONL, one article a line, from a file, a packed file or standard input, in constant memory.

A bad line is named with its number and reason and never stops the rest. Knows no folders.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from auditor.errors import InputRejected
from auditor.ingest.fields import article_of
from auditor.ingest.items import Item, rejected, unreadable
from auditor.ingest.limits import DEFAULT_LIMITS, GZIP_MAGIC, Limits, LineReader
from auditor.ingest.sources import Sources

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_jsonl_file(
    path: Path, name: str, sources: Sources, limits: Limits = DEFAULT_LIMITS, *, keep_raw: bool = False
) -> Iterator[Item]:
    """The articles of a ``.jsonl`` or ``.jsonl.gz`` file; a file that can't be read is one failed item."""
    try:
        with path.open("rb") as stream:
            packed = path.suffix.lower() == ".gz"
            yield from read_jsonl(stream, name, sources, packed=packed, limits=limits, keep_raw=keep_raw)
    except OSError as error:
        yield unreadable(name, error)


def read_jsonl(
    stream: BinaryIO,
    name: str,
    sources: Sources,
    *,
    packed: bool = False,
    limits: Limits = DEFAULT_LIMITS,
    keep_raw: bool = False,
) -> Iterator[Item]:
    """The articles of a stream of lines, each named ``name:line``; blank lines are no articles."""
    given = 0
    try:
        for line in LineReader(stream, packed=packed, limits=limits):
            here = f"{name}:{line.number}"
            content = _without_mark(line.content) if line.number == 1 and line.content else line.content
            if content is None:
                too_long = f"is longer than {limits.input_bytes // 1_000_000} MB"
                yield rejected(here, InputRejected(too_long, "split the article"))
            elif content and not content.isspace():
                item = _item(content, here, sources, limits)
                yield replace(item, raw=content) if keep_raw else item
            given = line.number
    except InputRejected as error:
        yield rejected(f"{name}:{given + 1}", error)


def _without_mark(first: bytes) -> bytes:
    """The first line without the file's byte order mark. Raises InputRejected where nothing can follow."""
    if first.startswith(GZIP_MAGIC):
        raise InputRejected("is gzip data", "name the file .jsonl.gz, or unpack it first")
    if first.startswith(_UTF16_MARKS):
        raise InputRejected("is UTF-16, not UTF-8", "save it as UTF-8")
    return first.removeprefix(_UTF8_MARK)


def _item(content: bytes, name: str, sources: Sources, limits: Limits) -> Item:
    try:
        article, new = article_of(_record(content), sources, limits)
    except InputRejected as error:
        return rejected(name, error)
    return Item(name, article, source=new)


def _record(content: bytes) -> dict[str, Any]:
    """The object of a line. Raises InputRejected where it is none."""
    try:
        record = json.loads(content.decode("utf-8"), parse_constant=str)
    except UnicodeDecodeError as error:
        raise InputRejected(f"isn't UTF-8: byte {error.start} of the line", "save it as UTF-8") from error
    except json.JSONDecodeError as error:
        raise InputRejected(
            f"isn't JSON: {error.msg} at character {error.pos}", "one object a line"
        ) from error
    except RecursionError as error:
        raise InputRejected("is nested too deeply", "write one flat object a line") from error
    except ValueError as error:  # an integer of thousands of digits
        raise InputRejected("holds a number that is too long", "write it as a string") from error
    if not isinstance(record, dict):
        raise InputRejected("isn't a JSON object", 'write {"id": …, "text": …}')
    return record
