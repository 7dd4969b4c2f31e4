"""What says which articles changed since when, so that a report need not be made anew each night.

Revision 0006, after 0005. Only new tables: what stands is not touched. Until something is written, no
stamp is known and everything counts as changed.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "stamp",
        sa.Column("number", _KEY, autoincrement=False, nullable=False),
        sa.Column("token", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_stamp")),
    )
    op.create_table(
        "touched",
        sa.Column("article_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("stamp_number", _KEY, nullable=False),
        sa.ForeignKeyConstraint(["article_key"], ["article.key"], name=op.f("fk_touched_article_key")),
        sa.PrimaryKeyConstraint("article_key", name=op.f("pk_touched")),
    )
    op.create_index(op.f("ix_touched_stamp_number"), "touched", ["stamp_number"])


def downgrade() -> None:
    """Go back to revision 0005."""
    op.drop_index(op.f("ix_touched_stamp_number"), "touched")
    for table in ("touched", "stamp"):
        op.drop_table(table)
