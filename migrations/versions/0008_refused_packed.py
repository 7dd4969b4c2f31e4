"""What settling refused, packed: as JSON it took half the room of the texts.

Revision 0008, after 0007. Only a new column: what stands stays readable as it is, and takes less room from
the next time its article is settled.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from auditor.storage.packing import unpacked_text

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.add_column("refused", sa.Column("packed", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Go back to revision 0007: what was refused is JSON again."""
    connection = op.get_bind()
    query = "SELECT article_key, packed FROM refused WHERE packed IS NOT NULL ORDER BY 1"
    change = sa.text("UPDATE refused SET told = :told WHERE article_key = :key")
    for key, packed in connection.execute(sa.text(query)).all():
        connection.execute(change, {"key": key, "told": unpacked_text(bytes(packed))})
    with op.batch_alter_table("refused") as batch:
        batch.drop_column("packed")
