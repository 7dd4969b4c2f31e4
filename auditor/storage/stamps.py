"""Says which articles changed since an earlier look, so that whoever looks again need not read them all.

Every method that writes what is known of an article touches it, in the same transaction. Writers wait for
each other, so stamps become visible in the order of their numbers and none is ever missed. Must not know
what anyone makes of the articles.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection

from sqlalchemy import Connection, delete, func, select

from auditor.storage.connected import Connected, insert_rows
from auditor.storage.stamp_tables import STAMP, TOUCHED
from auditor.storage.tables import ARTICLE

# Of a token: enough that no two stores that grew apart ever draw the same.
TOKEN_BYTES = 8
# The note of a transaction: the stamp that it drew, and the articles that it noted with it.
_DRAWN = "stamp"


class Stamps(Connected):
    """When the articles of a store were last written of."""

    def stamp(self) -> str:
        """Where the store's writes stand now; to be asked before reading, and kept for ``touched_since``."""
        self._notes().pop(_DRAWN, None)  # what is written after this must not be taken for seen
        row = self._row(select(STAMP).order_by(STAMP.c.number.desc()).limit(1))
        return f"{row.number}:{row.token}" if row else ""

    def touched_since(self, stamp: str) -> frozenset[str] | None:
        """The ids of the articles written of after that stamp; None where the store can't tell.

        It can't where it isn't the store that gave the stamp, or was put back to an earlier state.
        """
        number, _, token = stamp.partition(":")
        if not number.isdigit():
            return None
        known = self._row(select(STAMP.c.token).where(STAMP.c.number == int(number)))
        if known is None or known.token != token:
            return None
        query = select(ARTICLE.c.id).join(TOUCHED, TOUCHED.c.article_key == ARTICLE.c.key)
        return frozenset(row.id for row in self._rows(query.where(TOUCHED.c.stamp_number > int(number))))

    def _touch(self, connection: Connection, keys: Collection[int]) -> None:
        """Note that something was written of these articles; part of the writer's transaction.

        A transaction draws one stamp for all that it writes, and notes each article once.
        """
        number, noted = self._notes().get(_DRAWN) or (0, set())
        new = set(keys) - noted
        if not new:
            return
        if not number:
            number = 1 + (connection.execute(select(func.max(STAMP.c.number))).scalar() or 0)
            insert_rows(connection, STAMP, [{"number": number, "token": secrets.token_hex(TOKEN_BYTES)}])
        connection.execute(delete(TOUCHED).where(self._among(TOUCHED.c.article_key, new)))
        insert_rows(
            connection, TOUCHED, [{"article_key": key, "stamp_number": number} for key in sorted(new)]
        )
        self._notes()[_DRAWN] = number, noted | new
