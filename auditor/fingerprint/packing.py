"""Fingerprints as bytes, to be stored beside their article.

The form is little-endian on every machine: how many fingerprints and how many lines (4 bytes each), the
values (8 bytes each), the distance of each position from the one before (1 byte each: winnowing never leaves
a gap wider than its window), then the lines (8 bytes each). What version of fingerprints the bytes hold is
for the store to note.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.fingerprint.winnowing import Fingerprints

_COUNT = np.dtype("<u4")
_VALUE = np.dtype("<i8")
_STEP = np.dtype("u1")
_HEAD = 2 * _COUNT.itemsize
_EACH = _VALUE.itemsize + _STEP.itemsize


def pack(prints: Fingerprints) -> bytes:
    """The bytes of a text's fingerprints: 9 for each, 8 for each line, and 8."""
    steps = np.diff(prints.positions, prepend=np.int32(0))
    return b"".join(
        [
            np.array([len(prints), len(prints.lines)], dtype=_COUNT).tobytes(),
            prints.values.astype(_VALUE).tobytes(),
            steps.astype(_STEP).tobytes(),
            prints.lines.astype(_VALUE).tobytes(),
        ]
    )


def unpack(packed: bytes) -> Fingerprints:
    """The fingerprints that ``pack`` made bytes of. Raises ValueError for anything else."""
    count, lines = _counts(packed)
    values = np.frombuffer(packed, dtype=_VALUE, count=count, offset=_HEAD)
    steps = np.frombuffer(packed, dtype=_STEP, count=count, offset=_HEAD + count * _VALUE.itemsize)
    own = np.frombuffer(packed, dtype=_VALUE, count=lines, offset=_HEAD + count * _EACH)
    return Fingerprints(values.astype(np.int64), np.cumsum(steps, dtype=np.int32), own.astype(np.int64))


@dataclass(frozen=True, eq=False)
class Unpacked:
    """The fingerprints and lines of many texts, joined; ``sizes`` and ``line_sizes`` say whose are whose."""

    values: NDArray[np.int64]
    positions: NDArray[np.int32]
    sizes: NDArray[np.int64]
    lines: NDArray[np.int64]
    line_sizes: NDArray[np.int64]


def unpack_many(packed: Sequence[bytes]) -> Unpacked:
    """The same for many texts at once, five times as fast. Raises ValueError where one isn't packed."""
    if any(len(each) < _HEAD for each in packed):
        raise ValueError("some bytes hold no fingerprints")
    heads = np.frombuffer(b"".join([each[:_HEAD] for each in packed]), dtype=_COUNT).reshape(-1, 2)
    sizes, line_sizes = heads[:, 0].astype(np.int64), heads[:, 1].astype(np.int64)
    lengths = np.fromiter(map(len, packed), dtype=np.int64, count=len(packed))
    if (lengths != _HEAD + sizes * _EACH + line_sizes * _VALUE.itemsize).any():
        raise ValueError("some bytes can't hold their fingerprints and lines")
    to_steps = (_HEAD + sizes * _VALUE.itemsize).tolist()
    to_lines = (_HEAD + sizes * _EACH).tolist()
    each_part = list(zip(packed, to_steps, to_lines, strict=True))
    values = np.frombuffer(b"".join([each[_HEAD:steps] for each, steps, _ in each_part]), dtype=_VALUE)
    steps = np.frombuffer(b"".join([each[steps:lines] for each, steps, lines in each_part]), dtype=_STEP)
    lines = np.frombuffer(b"".join([each[lines:] for each, _, lines in each_part]), dtype=_VALUE)
    walked = np.concatenate([np.zeros(1, np.int64), np.cumsum(steps, dtype=np.int64)])
    positions = walked[1:] - np.repeat(walked[np.cumsum(sizes) - sizes], sizes)
    return Unpacked(values, positions.astype(np.int32), sizes, lines, line_sizes)


def _counts(packed: bytes) -> tuple[int, int]:
    if len(packed) < _HEAD:
        raise ValueError(f"{len(packed)} bytes hold no fingerprints")
    count, lines = np.frombuffer(packed, dtype=_COUNT, count=2).tolist()
    if len(packed) != _HEAD + count * _EACH + lines * _VALUE.itemsize:
        raise ValueError(f"{len(packed)} bytes can't hold {count} fingerprints and {lines} lines")
    return count, lines
