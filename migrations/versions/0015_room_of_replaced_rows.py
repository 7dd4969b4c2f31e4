"""PostgreSQL gives the room of replaced rows to the next night: autovacuum comes for a fiftieth of a table.

Revision 0015, after 0014. By default it waits for a fifth, and a night on a large store replaces less. No
row is touched; nothing for SQLite, which uses such room at once.
"""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# Those whose rows nights replace.
_TABLES = (
    "baseline",
    "derived",
    "descent",
    "garble",
    "matched",
    "stale",
    "story_article",
    "touched",
    "verdict",
)


def upgrade() -> None:
    """Go to this revision."""
    if op.get_bind().dialect.name == "postgresql":
        for table in _TABLES:
            op.execute(f"ALTER TABLE {table} SET (autovacuum_vacuum_scale_factor = 0.02)")


def downgrade() -> None:
    """Go back to revision 0014."""
    if op.get_bind().dialect.name == "postgresql":
        for table in _TABLES:
            op.execute(f"ALTER TABLE {table} RESET (autovacuum_vacuum_scale_factor)")
