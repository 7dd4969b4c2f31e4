"""The first tables: articles with their revisions, the ledger, and everything found of them.

Revision 0001, after none. Stands as it was released: later changes are later migrations.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Texts compare by code point on both databases; SQLite's row number must be exactly INTEGER.
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go to this revision."""
    _create_ledger()
    _create_articles()
    _create_lineage()
    _create_garbles()
    _create_stories()


def downgrade() -> None:
    """Go back to an empty database."""
    for table in (
        "story_article",
        "story",
        "garble",
        "verdict",
        "derivation",
        "match",
        "fingerprint",
        "revision",
        "article",
        "outcome",
        "run",
        "source",
    ):
        op.drop_table(table)


def _create_ledger() -> None:
    """What comes in and what became of it."""
    op.create_table(
        "source",
        sa.Column("key", _TEXT, nullable=False),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("kind", _TEXT, nullable=False),
        sa.Column("domains", _TEXT, nullable=False),
        sa.Column("aliases", _TEXT, nullable=False),
        sa.Column("credits", _TEXT, nullable=False),
        sa.Column("datelines", _TEXT, nullable=False),
        sa.Column("owner", _TEXT, nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_source")),
    )
    op.create_table(
        "run",
        sa.Column("key", _KEY, autoincrement=False, nullable=False),
        sa.Column("command", _TEXT, nullable=False),
        sa.Column("parameters", _TEXT, nullable=False),
        sa.Column("started_at", _TEXT, nullable=False),
        sa.Column("ended_at", _TEXT, nullable=True),
        sa.Column("status", _TEXT, nullable=False),
        sa.Column("counts", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_run")),
    )
    op.create_table(
        "outcome",
        sa.Column("run_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("disposition", _TEXT, nullable=False),
        sa.Column("article_id", _TEXT, nullable=True),
        sa.Column("reason", _TEXT, nullable=False),
        sa.CheckConstraint(
            "disposition IN ('stored', 'duplicate', 'rejected', 'failed')",
            name=op.f("ck_outcome_disposition"),
        ),
        sa.ForeignKeyConstraint(["run_key"], ["run.key"], name=op.f("fk_outcome_run_key")),
        sa.PrimaryKeyConstraint("run_key", "number", name=op.f("pk_outcome")),
    )


def _create_articles() -> None:
    """Texts as captured, and their fingerprints."""
    op.create_table(
        "article",
        sa.Column("key", _KEY, autoincrement=False, nullable=False),
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_article")),
        sa.UniqueConstraint("id", name=op.f("uq_article_id")),
    )
    op.create_table(
        "revision",
        sa.Column("article_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("run_key", _KEY, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("source_key", _TEXT, nullable=True),
        sa.Column("url", _TEXT, nullable=True),
        sa.Column("title", _TEXT, nullable=True),
        sa.Column("byline", _TEXT, nullable=True),
        sa.Column("credit", _TEXT, nullable=True),
        sa.Column("language", _TEXT, nullable=True),
        sa.Column("published_at", _TEXT, nullable=True),
        sa.Column("captured_at", _TEXT, nullable=True),
        sa.Column("revises", _TEXT, nullable=True),
        sa.Column("status", _TEXT, nullable=False),
        sa.Column("extra", _TEXT, nullable=True),
        sa.Column("purged_at", _TEXT, nullable=True),
        sa.Column("text", _TEXT, nullable=True),
        sa.CheckConstraint("(text IS NULL) = (purged_at IS NOT NULL)", name=op.f("ck_revision_purged")),
        sa.ForeignKeyConstraint(["article_key"], ["article.key"], name=op.f("fk_revision_article_key")),
        sa.ForeignKeyConstraint(["run_key"], ["run.key"], name=op.f("fk_revision_run_key")),
        sa.ForeignKeyConstraint(["source_key"], ["source.key"], name=op.f("fk_revision_source_key")),
        sa.PrimaryKeyConstraint("article_key", "number", name=op.f("pk_revision")),
    )
    op.create_table(
        "fingerprint",
        sa.Column("article_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article_key"], ["article.key"], name=op.f("fk_fingerprint_article_key")),
        sa.PrimaryKeyConstraint("article_key", name=op.f("pk_fingerprint")),
    )


def _create_lineage() -> None:
    """What was found of passages and of whole articles."""
    op.create_table(
        "match",
        sa.Column("a_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("a_start", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("a_end", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("b_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("b_start", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("b_end", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("similarity", sa.Double(), nullable=False),
        sa.Column("kind", _TEXT, nullable=False),
        sa.ForeignKeyConstraint(["a_key"], ["article.key"], name=op.f("fk_match_a_key")),
        sa.ForeignKeyConstraint(["b_key"], ["article.key"], name=op.f("fk_match_b_key")),
        sa.PrimaryKeyConstraint(
            "a_key", "a_start", "a_end", "b_key", "b_start", "b_end", name=op.f("pk_match")
        ),
    )
    op.create_index(op.f("ix_match_b_key"), "match", ["b_key"])
    op.create_table(
        "derivation",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("article_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("parent_key", _KEY, autoincrement=False, nullable=True),
        sa.Column("parent_start", sa.Integer(), nullable=True),
        sa.Column("parent_end", sa.Integer(), nullable=True),
        sa.Column("origin_source", _TEXT, nullable=True),
        sa.Column("origin_key", _KEY, autoincrement=False, nullable=True),
        sa.Column("relation", _TEXT, nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("kind", _TEXT, nullable=False),
        sa.Column("similarity", sa.Double(), nullable=False),
        sa.Column("evidence", _TEXT, nullable=False),
        sa.ForeignKeyConstraint(["article_key"], ["article.key"], name=op.f("fk_derivation_article_key")),
        sa.ForeignKeyConstraint(["origin_key"], ["article.key"], name=op.f("fk_derivation_origin_key")),
        sa.ForeignKeyConstraint(["parent_key"], ["article.key"], name=op.f("fk_derivation_parent_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_derivation")),
    )
    op.create_index(op.f("ix_derivation_article_key"), "derivation", ["article_key"])
    op.create_index(op.f("ix_derivation_parent_key"), "derivation", ["parent_key"])
    op.create_table(
        "verdict",
        sa.Column("article_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("derived_share", sa.Double(), nullable=False),
        sa.Column("wire_share", sa.Double(), nullable=False),
        sa.Column("label", _TEXT, nullable=False),
        sa.Column("origins", _TEXT, nullable=False),
        sa.Column("reason", _TEXT, nullable=False),
        sa.ForeignKeyConstraint(["article_key"], ["article.key"], name=op.f("fk_verdict_article_key")),
        sa.PrimaryKeyConstraint("article_key", name=op.f("pk_verdict")),
    )


def _create_garbles() -> None:
    """What was damaged on the way."""
    op.create_table(
        "garble",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("article_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("kind", _TEXT, nullable=False),
        sa.Column("severity", _TEXT, nullable=False),
        sa.Column("before", _TEXT, nullable=False),
        sa.Column("after", _TEXT, nullable=False),
        sa.Column("parent_key", _KEY, autoincrement=False, nullable=True),
        sa.Column("parent_start", sa.Integer(), nullable=True),
        sa.Column("parent_end", sa.Integer(), nullable=True),
        sa.Column("introduced_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("detail", _TEXT, nullable=False),
        sa.ForeignKeyConstraint(["article_key"], ["article.key"], name=op.f("fk_garble_article_key")),
        sa.ForeignKeyConstraint(["introduced_key"], ["article.key"], name=op.f("fk_garble_introduced_key")),
        sa.ForeignKeyConstraint(["parent_key"], ["article.key"], name=op.f("fk_garble_parent_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_garble")),
    )
    op.create_index(op.f("ix_garble_article_key"), "garble", ["article_key"])
    op.create_index(op.f("ix_garble_parent_key"), "garble", ["parent_key"])


def _create_stories() -> None:
    """What belongs together."""
    op.create_table(
        "story",
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("title", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
    )
    op.create_table(
        "story_article",
        sa.Column("article_key", _KEY, autoincrement=False, nullable=False),
        sa.Column("story_id", _TEXT, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_key"], ["article.key"], name=op.f("fk_story_article_article_key")),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_story_article_story_id")),
        sa.PrimaryKeyConstraint("article_key", name=op.f("pk_story_article")),
    )
    op.create_index(op.f("ix_story_article_story_id"), "story_article", ["story_id"])
