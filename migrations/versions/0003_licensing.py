"""What licensing keeps: versions of the terms, findings, and the log of decisions.

Revision 0003, after 0002. Only new tables: what stands is not touched.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "licence_terms",
        sa.Column("digest", _TEXT, nullable=False),
        sa.Column("agreement", _TEXT, nullable=True),
        sa.Column("says", _TEXT, nullable=False),
        sa.Column("written", _TEXT, nullable=False),
        sa.Column("run_key", _KEY, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["run_key"], ["run.key"], name=op.f("fk_licence_terms_run_key")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_licence_terms")),
    )
    _create_findings()
    _create_decisions()


def downgrade() -> None:
    """Go back to revision 0002."""
    for table in ("decision", "licence_finding", "licence_terms"):
        op.drop_table(table)


def _create_findings() -> None:
    op.create_table(
        "licence_finding",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("version", _TEXT, nullable=False),
        sa.Column("case_id", _TEXT, nullable=False),
        sa.Column("article_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("state", _TEXT, nullable=False),
        sa.Column("source", _TEXT, nullable=True),
        sa.Column("licensor", _TEXT, nullable=False),
        sa.Column("rule", _TEXT, nullable=False),
        sa.Column("certainty", _TEXT, nullable=False),
        sa.Column("story", _TEXT, nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("told", _TEXT, nullable=False),
        sa.Column("run_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("superseded_key", _KEY, autoincrement=False, nullable=True),
        sa.ForeignKeyConstraint(
            ["article_key"], ["article.key"], name=op.f("fk_licence_finding_article_key")
        ),
        sa.ForeignKeyConstraint(["run_key"], ["run.key"], name=op.f("fk_licence_finding_run_key")),
        sa.ForeignKeyConstraint(
            ["superseded_key"], ["run.key"], name=op.f("fk_licence_finding_superseded_key")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_licence_finding")),
    )
    for column in ("id", "case_id", "article_key"):
        op.create_index(op.f(f"ix_licence_finding_{column}"), "licence_finding", [column])


def _create_decisions() -> None:
    op.create_table(
        "decision",
        sa.Column("number", _KEY, autoincrement=False, nullable=False),
        sa.Column("at", _TEXT, nullable=False),
        sa.Column("reviewer", _TEXT, nullable=False),
        sa.Column("finding", _TEXT, nullable=False),
        sa.Column("version", _TEXT, nullable=False),
        sa.Column("case_id", _TEXT, nullable=False),
        sa.Column("decision", _TEXT, nullable=False),
        sa.Column("note", _TEXT, nullable=False),
        sa.Column("texts", _TEXT, nullable=False),
        sa.Column("previous", _TEXT, nullable=False),
        sa.Column("digest", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_decision")),
    )
    for column in ("finding", "case_id"):
        op.create_index(op.f(f"ix_decision_{column}"), "decision", [column])
