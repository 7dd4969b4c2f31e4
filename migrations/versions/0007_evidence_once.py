"""Evidence once for each article instead of once a passage; how far each part of a night has looked.

Revision 0007, after 0006. Only new tables and a column: what stands stays readable as it is, and takes less
room from the next time its article is traced.
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from auditor.storage.packing import unpacked_text

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "mark",
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("stamp", _TEXT, nullable=False),
        sa.Column("told", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_mark")),
    )
    op.create_table(
        "evidence",
        sa.Column("article_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article_key"], ["article.key"], name=op.f("fk_evidence_article_key")),
        sa.PrimaryKeyConstraint("article_key", name=op.f("pk_evidence")),
    )
    op.add_column("derivation", sa.Column("evidence_number", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Go back to revision 0006: each derivation has its evidence as JSON again."""
    connection = op.get_bind()
    keys = connection.execute(sa.text("SELECT article_key FROM evidence ORDER BY 1")).scalars().all()
    for key in keys:
        _write_out(connection, key)
    with op.batch_alter_table("derivation") as batch:
        batch.drop_column("evidence_number")
    for table in ("evidence", "mark"):
        op.drop_table(table)


def _write_out(connection: sa.Connection, key: int) -> None:
    query = sa.text("SELECT packed FROM evidence WHERE article_key = :key")
    change = "UPDATE derivation SET evidence = :told WHERE article_key = :key AND evidence_number = :at"
    packed = connection.execute(query, {"key": key}).scalar_one()
    for number, evidence in enumerate(json.loads(unpacked_text(bytes(packed)))):
        told = json.dumps(evidence, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        connection.execute(sa.text(change), {"told": told, "key": key, "at": number})
