"""Derivations packed, a row an article: with indexes and evidence they took as much room as their texts.

Revision 0013, after 0012. What stands moves to the new tables; the old ones stay, and stay empty.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from auditor.storage.packing import packed_text, unpacked_text

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ROWS = """
SELECT span_start, span_end, parent.id, parent_start, parent_end, origin_source, origin.id, relation,
    confidence, kind, similarity, evidence, evidence_number, parent_key, origin_key
FROM derivation LEFT JOIN article AS parent ON parent.key = parent_key
    LEFT JOIN article AS origin ON origin.key = origin_key
WHERE article_key = :key
"""
_INSERT = """
INSERT INTO derivation (key, article_key, span_start, span_end, parent_key, parent_start, parent_end,
    origin_source, origin_key, relation, confidence, kind, similarity, evidence)
VALUES (:row, :key, :start, :end, :parent, :parent_start, :parent_end,
    :source, :origin, :relation, :confidence, :kind, :similarity, :evidence)
"""


def upgrade() -> None:
    """Go to this revision."""
    _create()
    connection = op.get_bind()
    evidence = sa.text("SELECT packed FROM evidence WHERE article_key = :key")
    derived = sa.text("INSERT INTO derived (article_key, packed) VALUES (:key, :packed)")
    descent = sa.text(
        "INSERT INTO descent (child_key, ancestor_key, is_parent) VALUES (:key, :of, :is_parent)"
    )
    held = "SELECT DISTINCT article_key FROM derivation ORDER BY 1"
    for key in connection.execute(sa.text(held)).scalars().all():
        packed = connection.execute(evidence, {"key": key}).scalar()
        known = json.loads(unpacked_text(bytes(packed))) if packed else []
        rows = connection.execute(sa.text(_ROWS), {"key": key}).all()
        told = sorted((_told(row, known) for row in rows), key=lambda one: (one[0], one[1] or []))
        connection.execute(derived, {"key": key, "packed": packed_text(_json(told))})
        of = {row.origin_key: 0 for row in rows} | {row.parent_key: 1 for row in rows}
        named = [{"key": key, "of": each, "is_parent": is_parent} for each, is_parent in of.items() if each]
        if named:
            connection.execute(descent, named)
    for table in ("derivation", "evidence"):
        connection.execute(sa.text(f"DELETE FROM {table}"))  # noqa: S608 - one of two


def downgrade() -> None:
    """Go back to revision 0012: a row a derivation, its evidence as JSON."""
    connection = op.get_bind()
    query = sa.text("SELECT packed FROM derived WHERE article_key = :key")
    keys = {name: key for key, name in connection.execute(sa.text("SELECT key, id FROM article"))}
    number = 0
    for key in connection.execute(sa.text("SELECT article_key FROM derived ORDER BY 1")).scalars().all():
        told = json.loads(unpacked_text(bytes(connection.execute(query, {"key": key}).scalar_one())))
        rows = [_values(one, keys) for one in told]
        given = [{"row": number + at, "key": key, **values} for at, values in enumerate(rows, 1)]
        number += len(rows)
        connection.execute(sa.text(_INSERT), given)
    if connection.dialect.name == "postgresql" and number:
        connection.execute(
            sa.text("SELECT setval(pg_get_serial_sequence('derivation', 'key'), :last)"), {"last": number}
        )
    op.drop_table("descent")
    op.drop_table("derived")


def _create() -> None:
    op.create_table(
        "derived",
        sa.Column("article_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article_key"], ["article.key"], name=op.f("fk_derived_article_key")),
        sa.PrimaryKeyConstraint("article_key", name=op.f("pk_derived")),
    )
    op.create_table(
        "descent",
        sa.Column("child_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("ancestor_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("is_parent", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["child_key"], ["article.key"], name=op.f("fk_descent_child_key")),
        sa.ForeignKeyConstraint(["ancestor_key"], ["article.key"], name=op.f("fk_descent_ancestor_key")),
        sa.PrimaryKeyConstraint("child_key", "ancestor_key", name=op.f("pk_descent")),
    )
    op.create_index(op.f("ix_descent_ancestor_key"), "descent", ["ancestor_key"])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _told(row: Any, known: list[Any]) -> list[Any]:
    """A row as ``auditor.storage.rows`` tells of it."""
    start, end, parent, parent_start, parent_end, source, origin, relation, confidence, kind, likeness = row[
        :11
    ]
    evidence = json.loads(row.evidence) if row.evidence_number is None else known[row.evidence_number]
    whence = [parent, parent_start, parent_end] if parent is not None else None
    return [[start, end], whence, [source, origin], relation, confidence, kind, likeness, evidence]


def _values(told: list[Any], keys: Mapping[str | None, int]) -> dict[str, Any]:
    (start, end), parent, (source, origin), relation, confidence, kind, likeness, evidence = told
    whence = parent or (None, None, None)
    return {
        "start": start,
        "end": end,
        "parent": keys.get(whence[0]),
        "parent_start": whence[1],
        "parent_end": whence[2],
        "source": source,
        "origin": keys.get(origin),
        "relation": relation,
        "confidence": confidence,
        "kind": kind,
        "similarity": likeness,
        "evidence": _json(evidence),
    }
