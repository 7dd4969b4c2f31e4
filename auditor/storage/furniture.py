"""Stores which lines are page furniture: learnt from the articles, added by hand, or to be kept as text.

Must not know what a line is, nor how one is learnt.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import delete, select

from auditor.storage.connected import insert_rows
from auditor.storage.furniture_tables import FURNITURE
from auditor.storage.records import Furnishing, LineStanding
from auditor.storage.rows import AnyRow
from auditor.storage.stamps import Stamps
from auditor.storage.tables import FINGERPRINT, VERDICT


class FurnitureStore(Stamps):
    """The lines of furniture that a store knows."""

    def furniture(self) -> tuple[Furnishing, ...]:
        """All lines that are furniture or are said not to be, sorted by source and what they say."""
        query = select(FURNITURE).order_by(FURNITURE.c.source, FURNITURE.c.text, FURNITURE.c.line)
        return tuple(map(_furnishing, self._rows(query)))

    def furniture_lines(self) -> Mapping[int, str]:
        """What the lines say that count as furniture, by their hashes."""
        query = select(FURNITURE.c.line, FURNITURE.c.text).where(
            FURNITURE.c.standing != LineStanding.KEPT.value
        )
        return {row.line: row.text for row in self._rows(query)}

    def put_furniture(self, lines: Iterable[Furnishing]) -> None:
        """Store lines, each in place of what was known of it."""
        lines = list(lines)
        rows = [
            {
                "line": each.line,
                "standing": each.standing.value,
                "text": each.text,
                "source": each.source,
                "seen": json.dumps(each.seen, ensure_ascii=False),
                "also": json.dumps(each.also, ensure_ascii=False) if each.also else None,
            }
            for each in lines
        ]
        with self._writing() as connection:
            self._drop([each.line for each in lines])
            insert_rows(connection, FURNITURE, rows)

    def drop_furniture(self, lines: Collection[int]) -> None:
        """Forget what is known of those lines."""
        with self._writing():
            self._drop(lines)

    def forget_learnt_furniture(self) -> None:
        """Forget what was learnt; what was told by hand stays."""
        with self._writing() as connection:
            connection.execute(delete(FURNITURE).where(FURNITURE.c.standing == LineStanding.LEARNT.value))

    def let_be_unexamined(self, keys: Collection[int]) -> None:
        """Let the articles of those numbers be examined anew by the next audit."""
        with self._writing() as connection:
            for table in (FINGERPRINT, VERDICT):
                connection.execute(delete(table).where(self._among(table.c.article_key, keys)))
            self._touch(connection, keys)

    def _drop(self, lines: Collection[int]) -> None:
        with self._writing() as connection:
            connection.execute(delete(FURNITURE).where(self._among(FURNITURE.c.line, lines)))


def _furnishing(row: AnyRow) -> Furnishing:
    seen, also = tuple(json.loads(row.seen)), tuple(json.loads(row.also or "[]"))
    return Furnishing(row.line, row.text, LineStanding(row.standing), row.source, seen, also)
