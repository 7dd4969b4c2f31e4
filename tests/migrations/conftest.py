"""A history that goes one revision further than the shipped one, as later migrations will."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from auditor.assets import migrations_dir
from auditor.storage.migrate import HEAD

TRIAL = f'''
"""Rebuild the tables that others point at, as SQLite must to change a column."""

import sqlalchemy as sa
from alembic import op

revision = "trial"
down_revision = "{HEAD}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("trial", sa.Column("key", sa.Integer(), primary_key=True))
    recreate = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    for table in ("article", "run", "source"):
        with op.batch_alter_table(table, recreate=recreate) as batch:
            batch.add_column(sa.Column("trial", sa.Text(), nullable=False, server_default="new"))
    with op.batch_alter_table("revision") as batch:
        batch.alter_column("status", nullable=True)


def downgrade() -> None:
    with op.batch_alter_table("revision") as batch:
        batch.alter_column("status", nullable=False)
    for table in ("article", "run", "source"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("trial")
    op.drop_table("trial")
'''


@pytest.fixture
def longer_history(tmp_path: Path) -> Path:
    """The shipped history and a revision "trial" after it, in a folder of its own."""
    folder = tmp_path / "history"
    shutil.copytree(migrations_dir(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "trial.py").write_text(TRIAL)
    return folder
