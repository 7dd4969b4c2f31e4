"""Lines that are page furniture: learnt from the store, or told by hand.

Revision 0009, after 0008. Only a new table. Texts are examined anew by the next audit, as their fingerprints
take in their lines from here on.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "furniture",
        sa.Column("line", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("standing", _TEXT, nullable=False),
        sa.Column("text", _TEXT, nullable=False),
        sa.Column("source", _TEXT, nullable=True),
        sa.Column("seen", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("line", name=op.f("pk_furniture")),
    )


def downgrade() -> None:
    """Go back to revision 0008."""
    op.drop_table("furniture")
