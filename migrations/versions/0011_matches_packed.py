"""Matches packed, a row an article: as rows with their indexes they took more room than half of their texts.

Revision 0011, after 0010. What stands moves to the new table; the old one stays, and stays empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from auditor.storage.match_packing import packed_keys, packed_matches, unpacked_matches

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_AT_ONCE = 500
_HELD = "SELECT DISTINCT a_key FROM match UNION SELECT DISTINCT b_key FROM match ORDER BY 1"


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "matched",
        sa.Column("article_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article_key"], ["article.key"], name=op.f("fk_matched_article_key")),
        sa.PrimaryKeyConstraint("article_key", name=op.f("pk_matched")),
    )
    connection = op.get_bind()
    insert = sa.text("INSERT INTO matched (article_key, before, packed) VALUES (:key, :before, :packed)")
    for some in _batches(connection.execute(sa.text(_HELD)).scalars().all()):
        connection.execute(insert, _packed(connection, some))
    connection.execute(sa.text("DELETE FROM match"))


def downgrade() -> None:
    """Go back to revision 0010: a row a match."""
    connection = op.get_bind()
    insert = sa.text(
        "INSERT INTO match (a_key, a_start, a_end, b_key, b_start, b_end, similarity, kind)"
        " VALUES (:a, :a_start, :a_end, :b, :b_start, :b_end, :similarity, :kind)"
    )
    query = sa.text("SELECT packed FROM matched WHERE article_key = :key")
    names = ("a_start", "a_end", "b_start", "b_end", "similarity", "kind")
    for key in connection.execute(sa.text("SELECT article_key FROM matched ORDER BY 1")).scalars().all():
        held = unpacked_matches(bytes(connection.execute(query, {"key": key}).scalar_one()))
        rows = [
            {"a": key, "b": other, **dict(zip(names, spans, strict=True))}
            for other, theirs in held.items()
            for spans in theirs
        ]
        if rows:
            connection.execute(insert, rows)
    op.drop_table("matched")


def _batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]


def _packed(connection: sa.Connection, keys: Collection[int]) -> list[dict[str, Any]]:
    """The rows of these articles, which are neighbours among those that have matches."""
    bounds = {"first": min(keys), "last": max(keys)}
    matches: dict[int, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    query = (
        "SELECT a_key, b_key, a_start, a_end, b_start, b_end, similarity, kind FROM match"
        " WHERE a_key BETWEEN :first AND :last"
    )
    for a, b, *spans in connection.execute(sa.text(query), bounds):
        matches[a][b].append(tuple(spans))
    partners: dict[int, set[int]] = defaultdict(set)
    query = "SELECT DISTINCT b_key, a_key FROM match WHERE b_key BETWEEN :first AND :last"
    for b, a in connection.execute(sa.text(query), bounds):
        partners[b].add(a)
    return [
        {"key": key, "before": packed_keys(partners[key]), "packed": packed_matches(matches[key])}
        for key in keys
    ]
