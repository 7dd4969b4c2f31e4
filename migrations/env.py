"""What Alembic runs for each command: the migrations, on the connection that the store hands over.

The transaction, its lock and its checks are the business of ``auditor.storage.migrate``; a connection
of its own would lose them.
"""

from __future__ import annotations

from alembic import context

from auditor.storage.migrate import VERSION_TABLE
from auditor.storage.schema import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    # SQLite can roll back table changes; Alembic believes otherwise unless told.
    transactional_ddl=True,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
