"""Fingerprints as bytes, to be stored beside their article.

The form is little-endian on every machine: the count (4 bytes), the values (8 bytes each), then the
distance of each position from the one before (1 byte each: winnowing never leaves a gap wider than its
window). What version of fingerprints the bytes hold is for the store to note.
"""

from __future__ import annotations

import numpy as np

from auditor.fingerprint.winnowing import Fingerprints

_COUNT = np.dtype("<u4")
_VALUE = np.dtype("<i8")
_STEP = np.dtype("u1")
_EACH = _VALUE.itemsize + _STEP.itemsize


def pack(prints: Fingerprints) -> bytes:
    """The bytes of a text's fingerprints: 9 for each, and 4."""
    steps = np.diff(prints.positions, prepend=np.int32(0))
    return b"".join(
        [
            np.array([len(prints)], dtype=_COUNT).tobytes(),
            prints.values.astype(_VALUE).tobytes(),
            steps.astype(_STEP).tobytes(),
        ]
    )


def unpack(packed: bytes) -> Fingerprints:
    """The fingerprints that ``pack`` made bytes of. Raises ValueError for anything else."""
    count = int.from_bytes(packed[: _COUNT.itemsize], "little")
    if len(packed) != _COUNT.itemsize + count * _EACH:
        raise ValueError(f"{len(packed)} bytes can't hold {count} fingerprints")
    values = np.frombuffer(packed, dtype=_VALUE, count=count, offset=_COUNT.itemsize)
    steps = np.frombuffer(packed, dtype=_STEP, offset=_COUNT.itemsize + count * _VALUE.itemsize)
    return Fingerprints(values.astype(np.int64), np.cumsum(steps, dtype=np.int32))
