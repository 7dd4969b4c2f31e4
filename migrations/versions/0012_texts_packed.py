"""Texts packed by zlib: half their room, of which they took the most.

Revision 0012, after 0011. Only a new column: what stands stays readable as it is; what comes is packed.
"""

from __future__ import annotations

import zlib

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.add_column("revision", sa.Column("packed", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Go back to revision 0011: texts as they are."""
    connection = op.get_bind()
    held = "SELECT article_key, number FROM revision WHERE packed IS NOT NULL ORDER BY 1, 2"
    query = sa.text("SELECT packed FROM revision WHERE article_key = :key AND number = :number")
    change = sa.text("UPDATE revision SET text = :text WHERE article_key = :key AND number = :number")
    for key, number in connection.execute(sa.text(held)).all():
        which = {"key": key, "number": number}
        packed = connection.execute(query, which).scalar_one()
        connection.execute(change, {**which, "text": zlib.decompress(packed).decode()})
    with op.batch_alter_table("revision") as batch:
        batch.drop_column("packed")
