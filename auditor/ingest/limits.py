"""How much of a document is read before it is refused: the limits of hostile input, in one place.

Knows nothing of formats; a reader asks for bytes and gets at most what is allowed, so that neither a
huge file nor a small one that unpacks to gigabytes takes memory or time.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from auditor.errors import InputRejected

MIB = 1024 * 1024
GZIP_MAGIC = b"\x1f\x8b"
_BLOCK = 256 * 1024
_GZIP = 31  # zlib's word for: a gzip header, the largest window


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: bytes as given and unpacked, seconds and memory of its extraction.

    ``ratio`` is how many times larger than its packed form a stream of many documents may be once it
    is longer than ``unpacked_bytes``: news packs 3 to 10 times, twenty thousand copies of one story
    some 65 times, a bomb 1,000 times.
    """

    input_bytes: int = 20_000_000
    unpacked_bytes: int = 32 * MIB
    seconds: float = 10.0
    memory_bytes: int = 512 * MIB
    ratio: int = 200


DEFAULT_LIMITS = Limits()


def read_document(path: Path, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The bytes of one file, unpacked where its name ends in ``.gz``.

    Raises InputRejected where it is larger than the limits or isn't gzip, OSError where it can't be read.
    """
    with path.open("rb") as file:
        raw = file.read(limits.input_bytes + 1)
    if len(raw) > limits.input_bytes:
        raise InputRejected(
            f"is larger than {limits.input_bytes // 1_000_000} MB", "split it, or give its articles as JSONL"
        )
    return unpacked(raw, limits) if path.suffix.lower() == ".gz" else raw


def unpacked(raw: bytes, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Unpack gzip, every member of it, never holding more than ``unpacked_bytes``.

    Raises InputRejected where it is no gzip, is cut off, is corrupt, or unpacks to more.
    """
    unpacked = bytearray()
    member = zlib.decompressobj(wbits=_GZIP)
    for start in range(0, len(raw), _BLOCK):
        rest = raw[start : start + _BLOCK]
        while rest:
            if member.eof:
                rest = rest.lstrip(b"\0")  # padding between members is legal
                member = zlib.decompressobj(wbits=_GZIP) if rest else member
                continue
            try:
                unpacked += member.decompress(rest, _BLOCK)
            except zlib.error as error:
                raise InputRejected(f"isn't valid gzip: {error}", "pack it again") from error
            if len(unpacked) > limits.unpacked_bytes:
                most = f"{limits.unpacked_bytes // MIB} MiB"
                raise InputRejected(f"unpacks to more than {most}", "split it, or give it unpacked")
            rest = member.unused_data if member.eof else member.unconsumed_tail
    if not member.eof:
        raise InputRejected("ends in the middle of its gzip data", "fetch or pack it again")
    return bytes(unpacked)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a stream: its number from 1, its bytes without the line end; None where too long."""

    number: int
    content: bytes | None


class LineReader:
    """The lines of a stream of any length, in constant memory.

    A line longer than ``input_bytes`` is passed over, not held. A packed stream that turns out to be a
    bomb ends with InputRejected, a corrupt or cut one too: the lines before that have been given.
    """

    def __init__(self, stream: BinaryIO, *, packed: bool, limits: Limits = DEFAULT_LIMITS) -> None:
        self._raw = stream
        self._packed = packed
        self._source: BinaryIO | gzip.GzipFile = gzip.GzipFile(fileobj=stream) if packed else stream
        self._limits = limits
        self._unpacked = 0

    def __iter__(self) -> Iterator[Line]:
        kept: list[bytes] = []
        number, held, overlong = 0, 0, False
        while block := self._block():
            *ended, rest = block.split(b"\n")
            for piece in ended:
                number += 1
                whole = None if overlong or held + len(piece) > self._limits.input_bytes else piece
                yield Line(number, whole if whole is None else b"".join((*kept, whole)))
                kept, held, overlong = [], 0, False
            held += len(rest)
            overlong = overlong or held > self._limits.input_bytes
            kept = [] if overlong else [*kept, rest] if rest else kept
        if held or overlong:
            yield Line(number + 1, None if overlong else b"".join(kept))

    def _block(self) -> bytes:
        try:
            block = self._source.read(_BLOCK)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise InputRejected(f"its gzip data is damaged from here on: {error}", "pack it again") from error
        self._unpacked += len(block)
        if self._packed and self._is_bomb():
            raise InputRejected("unpacks like a bomb: the rest is not read", "give it unpacked")
        return block

    def _is_bomb(self) -> bool:
        # The packed position runs ahead of what was unpacked by one buffer: harmless at this size.
        return (
            self._unpacked > self._limits.unpacked_bytes
            and self._unpacked > self._limits.ratio * self._raw.tell()
        )
