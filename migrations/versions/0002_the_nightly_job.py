"""What the nightly job keeps: its lock, the files of its inboxes, and what it told had changed.

Revision 0002, after 0001. Only new tables: what stands is not touched.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "lock",
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("token", _TEXT, nullable=False),
        sa.Column("command", _TEXT, nullable=False),
        sa.Column("host", _TEXT, nullable=False),
        sa.Column("machine", _TEXT, nullable=False),
        sa.Column("pid", _KEY, nullable=False),
        sa.Column("started_at", _TEXT, nullable=False),
        sa.Column("heartbeat_at", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lock")),
    )
    _create_inbox()
    _create_changes()


def downgrade() -> None:
    """Go back to revision 0001."""
    for table in ("changes", "baseline", "inbox", "lock"):
        op.drop_table(table)


def _create_inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("path", _TEXT, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("size", _KEY, nullable=False),
        sa.Column("modified", sa.BigInteger(), nullable=False),
        sa.Column("state", _TEXT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("run_key", _KEY, autoincrement=False, nullable=True),
        sa.Column("stored", sa.Integer(), nullable=False),
        sa.Column("duplicate", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("reason", _TEXT, nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'done', 'quarantined')", name=op.f("ck_inbox_state")),
        sa.ForeignKeyConstraint(["run_key"], ["run.key"], name=op.f("fk_inbox_run_key")),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_inbox")),
    )
    op.create_index(op.f("ix_inbox_state"), "inbox", ["state"])


def _create_changes() -> None:
    op.create_table(
        "baseline",
        sa.Column("article_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("story_id", _TEXT, nullable=True),
        sa.Column("parents", _TEXT, nullable=False),
        sa.Column("derives", sa.Integer(), nullable=False),
        sa.Column("garbles", sa.LargeBinary(), nullable=False),
        sa.Column("stale", _TEXT, nullable=False),
        sa.ForeignKeyConstraint(["article_key"], ["article.key"], name=op.f("fk_baseline_article_key")),
        sa.PrimaryKeyConstraint("article_key", name=op.f("pk_baseline")),
    )
    op.create_table(
        "changes",
        sa.Column("run_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("told", _TEXT, nullable=False),
        sa.ForeignKeyConstraint(["run_key"], ["run.key"], name=op.f("fk_changes_run_key")),
        sa.PrimaryKeyConstraint("run_key", name=op.f("pk_changes")),
    )
