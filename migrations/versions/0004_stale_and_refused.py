"""What lineage keeps besides rows: stale copies, and what settling refused.

Revision 0004, after 0003. Only new tables: what stands is not touched. A store that was
audited before has no stale copies until it is audited with ``--all``.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "stale",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("article_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("taken_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("current_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("status", _TEXT, nullable=False),
        sa.Column("hours", sa.Double(), nullable=True),
        *(
            sa.ForeignKeyConstraint([column], ["article.key"], name=op.f(f"fk_stale_{column}"))
            for column in ("article_key", "taken_key", "current_key")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_stale")),
    )
    for column in ("article_key", "taken_key", "current_key"):
        op.create_index(op.f(f"ix_stale_{column}"), "stale", [column])
    op.create_table(
        "refused",
        sa.Column("article_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("told", _TEXT, nullable=False),
        sa.ForeignKeyConstraint(["article_key"], ["article.key"], name=op.f("fk_refused_article_key")),
        sa.PrimaryKeyConstraint("article_key", name=op.f("pk_refused")),
    )


def downgrade() -> None:
    """Go back to revision 0003."""
    for table in ("refused", "stale"):
        op.drop_table(table)
