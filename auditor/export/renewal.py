"""Writes a JSONL export again where only some articles changed: their rows anew, all others as they stand.

    old file, rows of what changed | one walk through both, in their common order | new file

A line is copied byte by byte, so the file is the one that a full export would write, at the cost of
reading it. That the old file is the one that was written then, and nobody else's, its digest says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from auditor.export.rows import Row
from auditor.export.selection import ExportStore, rows
from auditor.export.writing import appearing_whole, jsonl_lines
from auditor.registry import Registry

# How a row of articles, lineage or garbles begins; the id follows, and a quotation mark ends it.
_ID = b'{"id": "'
_BLOCK = 1 << 20
# How a row of matches begins. One with an id that JSON escapes goes to its reader, four times as slow.
_PLACE = rb'\{"id": "([^"\\]*)", "start": (\d+), "end": (\d+)\}'
_PAIR = re.compile(rb'\{"earlier": ' + _PLACE + rb', "later": ' + _PLACE)

# What sorts the lines of an export, and the articles that each line is of.
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """An export as it stands on the disk: how many rows, and the SHA-256 of its bytes (hexadecimal)."""

    rows: int
    digest: str


class _NotOurs(Exception):
    """The file isn't the one that was written."""


def renew(
    store: ExportStore, registry: Registry, what: str, path: Path, changed: Collection[str], before: Written
) -> Written | None:
    """Bring an export up to date of which only the rows of some articles changed.

    None where the file isn't what ``before`` says: then it stays as it is, and all is to be written.
    Raises WriteProblem.
    """
    if not path.is_file():
        return None
    if not changed:
        return before if _digest_of(path) == before.digest else None
    new = rows(what, store, registry, sorted(changed))
    try:
        with path.open("rb") as old, appearing_whole(path) as file:
            return _walked(what, old, new, changed, file.buffer).expected(before)
    except _NotOurs:
        return None


def as_written(path: Path, count: int) -> Written:
    """What was just written to a file."""
    return Written(count, _digest_of(path))


@dataclass(frozen=True, slots=True)
class _Walked:
    """The digest of what was read, and what was written."""

    old: str
    now: Written

    def expected(self, before: Written) -> Written:
        """What was written, if what was read is what was expected."""
        if self.old != before.digest:
            raise _NotOurs
        return self.now


def _walked(what: str, old: BinaryIO, new: Iterable[Row], changed: Collection[str], out: BinaryIO) -> _Walked:
    key_of = _pair_of if what == "matches" else _article_of
    read, written, count = sha256(), sha256(), 0
    for line in _merged(_kept(_hashed(old, read.update), key_of, changed), _keyed(new, key_of)):
        out.write(line)
        written.update(line)
        count += 1
    return _Walked(read.hexdigest(), Written(count, written.hexdigest()))


def _hashed(file: BinaryIO, update: Callable[[bytes], None]) -> Iterator[bytes]:
    for line in file:
        update(line)
        yield line


def _kept(
    lines: Iterable[bytes], key_of: Callable[[bytes], tuple[Key, Key]], changed: Collection[str]
) -> Iterator[tuple[Key, bytes]]:
    """The lines of which no article changed, each with its key."""
    gone = {name.encode() for name in changed}
    for line in lines:
        try:
            key, articles = key_of(line)
        except (ValueError, KeyError, TypeError) as error:
            raise _NotOurs from error
        if gone.isdisjoint(articles):
            yield key, line


def _keyed(new: Iterable[Row], key_of: Callable[[bytes], tuple[Key, Key]]) -> Iterator[tuple[Key, bytes]]:
    for text in jsonl_lines(new):
        line = text.encode()
        yield key_of(line)[0], line


def _merged(old: Iterator[tuple[Key, bytes]], new: Iterator[tuple[Key, bytes]]) -> Iterator[bytes]:
    """Two streams in their common order; no key is in both."""
    waiting = next(new, None)
    for key, line in old:
        while waiting and waiting[0] < key:
            yield waiting[1]
            waiting = next(new, None)
        yield line
    while waiting:
        yield waiting[1]
        waiting = next(new, None)


def _article_of(line: bytes) -> tuple[Key, Key]:
    """The article of a row: its lines stand together, in order of its id."""
    if not line.startswith(_ID):
        raise ValueError("no row of ours")
    raw = line[len(_ID) : line.index(b'"', len(_ID))]
    if b"\\" in raw:
        raw = str(json.loads(line)["id"]).encode()
    return (raw,), (raw,)


def _pair_of(line: bytes) -> tuple[Key, Key]:
    """The two places of a match, the one of the smaller id first, as the store sorts them."""
    if found := _PAIR.match(line):
        one, two = found.group(1, 4)
        places = (one, int(found[2]), int(found[3])), (two, int(found[5]), int(found[6]))
    else:
        row = json.loads(line)
        places = _place(row["earlier"]), _place(row["later"])
    a, b = sorted(places)
    return (*a, *b), (a[0], b[0])


def _place(told: dict[str, Any]) -> tuple[bytes, int, int]:
    return told["id"].encode(), told["start"], told["end"]


def _digest_of(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
