"""Remembers how far each part of a night has looked at what was written; see ``stamps``.

Must not know who looks, nor at what.
"""

from __future__ import annotations

import json

from sqlalchemy import delete, select

from auditor.storage.connected import Connected, insert_rows
from auditor.storage.records import Mark
from auditor.storage.rows import legible, packed
from auditor.storage.tables import MARK


class Marks(Connected):
    """How far each part of a night has looked."""

    def mark(self, name: str) -> Mark:
        """How far whoever goes by that name has looked."""
        row = self._row(select(MARK).where(MARK.c.name == legible(name)))
        return Mark(row.stamp, json.loads(row.told)) if row else Mark()

    def put_mark(self, name: str, mark: Mark) -> None:
        """Remember how far it has looked."""
        values = {"name": legible(name), "stamp": mark.stamp, "told": packed(dict(mark.told))}
        with self._writing() as connection:
            connection.execute(delete(MARK).where(MARK.c.name == values["name"]))
            insert_rows(connection, MARK, [values])
