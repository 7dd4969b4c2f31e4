"""Fingerprints in three fifths of the room: 40 bits a hash instead of 64, two bits a distance instead of 8.

Revision 0010, after 0009. What stands is packed anew, so that no text need be examined again. Going back
can't find the missing bits again: the texts are examined anew by the next audit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_WIDE, _NARROW = 2, 3  # versions of fingerprints
_AT_ONCE = 1000
_HEAD = 8


def upgrade() -> None:
    """Go to this revision."""
    connection = op.get_bind()
    query = sa.text(
        "SELECT article_key, packed FROM fingerprint WHERE version = :wide AND article_key > :last"
        " ORDER BY article_key LIMIT :some"
    )
    change = sa.text("UPDATE fingerprint SET packed = :packed, version = :narrow WHERE article_key = :key")
    last = 0
    while rows := _rows(connection, query, last):
        last = rows[-1][0]
        connection.execute(
            change, [{"key": key, "packed": _narrowed(bytes(old)), "narrow": _NARROW} for key, old in rows]
        )


def downgrade() -> None:
    """Go back to revision 0009."""
    gone = sa.text("DELETE FROM fingerprint WHERE version = :narrow")
    op.get_bind().execute(gone, {"narrow": _NARROW})


def _rows(connection: sa.Connection, query: sa.TextClause, last: int) -> Sequence[Any]:
    return connection.execute(query, {"wide": _WIDE, "last": last, "some": _AT_ONCE}).all()


def _narrowed(old: bytes) -> bytes:
    """The bytes as ``auditor.fingerprint.packing`` had them until version 2, as it has them in version 3."""
    count, _ = np.frombuffer(old, "<u4", 2).tolist()
    words = np.frombuffer(old, "u1", 8 * count, _HEAD).reshape(-1, 8)
    steps = np.frombuffer(old, "u1", count, _HEAD + 8 * count).astype(np.int64)
    steps[1:] -= 1  # the first is a position, and may be 0
    slots = np.zeros((-(-count // 4), 4), "u1")
    slots.reshape(-1)[:count] = steps
    narrow = np.bitwise_or.reduce(slots << np.arange(0, 8, 2, dtype="u1"), axis=1, dtype="u1")
    return b"".join((old[:_HEAD], words[:, 3:].tobytes(), narrow.tobytes(), old[_HEAD + 9 * count :]))
