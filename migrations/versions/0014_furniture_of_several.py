"""Further sources that print a line of furniture: whose it is tells who may have copied it.

Revision 0014, after 0013. Only a column. Texts are examined anew by the next audit, which learns them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Go to this revision."""
    op.add_column("furniture", sa.Column("also", _TEXT, nullable=True))


def downgrade() -> None:
    """Go back to revision 0013."""
    op.drop_column("furniture", "also")
