"""What the review application keeps: accounts, who a case is given to, and pages as they were captured.

Revision 0005, after 0004. Only new tables: what stands is not touched.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "account",
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("role", _TEXT, nullable=False),
        sa.Column("password", _TEXT, nullable=False),
        sa.Column("created_at", _TEXT, nullable=False),
        sa.Column("disabled_at", _TEXT, nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_account")),
    )
    op.create_table(
        "assignment",
        sa.Column("number", _KEY, autoincrement=False, nullable=False),
        sa.Column("at", _TEXT, nullable=False),
        sa.Column("case_id", _TEXT, nullable=False),
        sa.Column("assignee", _TEXT, nullable=True),
        sa.Column("assigned_by", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_case_id"), "assignment", ["case_id"])
    op.create_table(
        "capture",
        sa.Column("article_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("length", _KEY, nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["article_key"], ["article.key"], name=op.f("fk_capture_article_key")),
        sa.PrimaryKeyConstraint("article_key", "number", name=op.f("pk_capture")),
    )


def downgrade() -> None:
    """Go back to revision 0004."""
    for table in ("capture", "assignment", "account"):
        op.drop_table(table)
