"""Fingerprints as bytes, to be stored beside their article.

The form is little-endian on every machine: how many fingerprints and how many lines (4 bytes each), the
values (5 bytes each), the distance of each position from the one before (2 bits each, the first in the lowest
of a byte: winnowing never leaves a gap wider than its window), then the lines (8 bytes each). What version of
fingerprints the bytes hold is for the store to note.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from auditor.fingerprint.winnowing import VALUE_BITS, WINDOW, Fingerprints

Counts = TypeVar("Counts", int, NDArray[np.int64])

_COUNT = np.dtype("<u4")
_WORD = np.dtype("<i8")
_BYTE = np.dtype("u1")
_HEAD = 2 * _COUNT.itemsize
_VALUE = VALUE_BITS // 8
# Distances are 1 to WINDOW; what is kept is one less.
_IN_BYTE = 4
_SHIFTS = np.arange(0, 8, 2, dtype=_BYTE)


def pack(prints: Fingerprints) -> bytes:
    """The bytes of a text's fingerprints: 5 and a quarter for each, 8 for each line, and 8.

    Raises ValueError for such as winnowing never gives.
    """
    steps = np.diff(prints.positions, prepend=np.int32(-1)) - 1
    if len(steps) and not 0 <= steps.min() <= steps.max() < WINDOW:
        raise ValueError("fingerprints stand further apart than the window")
    slots = np.zeros((_bytes_of_steps(len(steps)), _IN_BYTE), _BYTE)
    slots.reshape(-1)[: len(steps)] = steps
    values = prints.values.astype(_WORD).view(_BYTE).reshape(-1, _WORD.itemsize)[:, :_VALUE]
    return b"".join(
        [
            np.array([len(prints), len(prints.lines)], dtype=_COUNT).tobytes(),
            values.tobytes(),
            np.bitwise_or.reduce(slots << _SHIFTS, axis=1, dtype=_BYTE).tobytes(),
            prints.lines.astype(_WORD).tobytes(),
        ]
    )


def unpack(packed: bytes) -> Fingerprints:
    """The fingerprints that ``pack`` made bytes of. Raises ValueError for anything else."""
    found = unpack_many([packed])
    return Fingerprints(found.values, found.positions, found.lines)


@dataclass(frozen=True, eq=False)
class Unpacked:
    """The fingerprints and lines of many texts, joined; ``sizes`` and ``line_sizes`` say whose are whose."""

    values: NDArray[np.int64]
    positions: NDArray[np.int32]
    sizes: NDArray[np.int64]
    lines: NDArray[np.int64]
    line_sizes: NDArray[np.int64]


def unpack_many(packed: Sequence[bytes]) -> Unpacked:
    """The same for many texts at once, several times as fast. Raises ValueError where one isn't packed."""
    if any(len(each) < _HEAD for each in packed):
        raise ValueError("some bytes hold no fingerprints")
    heads = np.frombuffer(b"".join([each[:_HEAD] for each in packed]), dtype=_COUNT).reshape(-1, 2)
    sizes, line_sizes = heads[:, 0].astype(np.int64), heads[:, 1].astype(np.int64)
    lengths = np.fromiter(map(len, packed), dtype=np.int64, count=len(packed))
    to_steps = _HEAD + sizes * _VALUE
    to_lines = to_steps + _bytes_of_steps(sizes)
    if (lengths != to_lines + line_sizes * _WORD.itemsize).any():
        raise ValueError("some bytes can't hold their fingerprints and lines")
    each_part = list(zip(packed, to_steps.tolist(), to_lines.tolist(), strict=True))
    values = b"".join([each[_HEAD:steps] for each, steps, _ in each_part])
    steps = b"".join([each[steps:lines] for each, steps, lines in each_part])
    lines = b"".join([each[lines:] for each, _, lines in each_part])
    own = np.frombuffer(lines, dtype=_WORD).astype(np.int64)
    return Unpacked(_unpacked_values(values), _unpacked_positions(steps, sizes), sizes, own, line_sizes)


def _bytes_of_steps(count: Counts) -> Counts:
    return -(-count // _IN_BYTE)


def _unpacked_values(packed: bytes) -> NDArray[np.int64]:
    """Each value in the highest bytes of a word, and shifted to its place with its sign."""
    narrow = np.frombuffer(packed, _BYTE).reshape(-1, _VALUE)
    wide = np.zeros((len(narrow), _WORD.itemsize), _BYTE)
    wide[:, -_VALUE:] = narrow
    return (wide.reshape(-1).view(_WORD) >> (64 - VALUE_BITS)).astype(np.int64, copy=False)


def _unpacked_positions(packed: bytes, sizes: NDArray[np.int64]) -> NDArray[np.int32]:
    """The positions in texts of these sizes, whose steps stand one after another, each begun with a byte."""
    slots = ((np.frombuffer(packed, _BYTE)[:, None] >> _SHIFTS) & (WINDOW - 1)).reshape(-1)
    room = _bytes_of_steps(sizes) * _IN_BYTE
    place = np.arange(len(slots)) - np.repeat(np.cumsum(room) - room, room)
    steps = slots[place < np.repeat(sizes, room)].astype(np.int64) + 1
    walked = np.concatenate([np.zeros(1, np.int64), np.cumsum(steps)])
    within = walked[1:] - 1 - np.repeat(walked[np.cumsum(sizes) - sizes], sizes)
    return np.asarray(within, np.int32)
