"""Stores each article's packed fingerprints, and knows by their absence what is unexamined.

Must not know what is inside the packing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import delete, select

from auditor.storage.connected import BATCH, Connected, batched, insert_rows
from auditor.storage.tables import ARTICLE, FINGERPRINT, REVISION


class FingerprintShelf(Connected):
    """The fingerprints of a store's articles, in their current revision."""

    def unexamined(self, version: int) -> list[str]:
        """The ids, sorted, of articles whose current text is held and has no fingerprints of that version."""
        of_version = (FINGERPRINT.c.article_key == ARTICLE.c.key) & (FINGERPRINT.c.version == version)
        current = (REVISION.c.article_key == ARTICLE.c.key) & (REVISION.c.number == ARTICLE.c.revision)
        query = select(ARTICLE.c.id).join(REVISION, current).outerjoin(FINGERPRINT, of_version)
        query = query.where(FINGERPRINT.c.article_key.is_(None), REVISION.c.purged_at.is_(None))
        query = query.order_by(ARTICLE.c.id)
        return [row.id for row in self._rows(query)]

    def put_fingerprints(self, fingerprints: Iterable[tuple[str, bytes]], version: int) -> None:
        """Store packed fingerprints by article id, in place of older ones; raises NotFound.

        An article counts as examined from here on: write what was found in the same ``transaction``.
        """
        with self._writing() as connection:
            for batch in batched(fingerprints, BATCH):
                keys = self._known(article_id for article_id, _ in batch)
                rows = {keys[article_id]: packed for article_id, packed in batch}
                connection.execute(
                    delete(FINGERPRINT).where(self._among(FINGERPRINT.c.article_key, rows.keys()))
                )
                insert_rows(
                    connection,
                    FINGERPRINT,
                    [
                        {"article_key": key, "version": version, "packed": packed}
                        for key, packed in rows.items()
                    ],
                )

    def fingerprint_chunks(self, version: int, size: int) -> Iterator[list[tuple[int, bytes]]]:
        """All fingerprints of that version as (article number, packed), sorted, at most ``size`` a list.

        Between two lists no transaction is open, so a long scan keeps no writer waiting.
        """
        last = 0
        query = select(FINGERPRINT.c.article_key, FINGERPRINT.c.packed).where(
            FINGERPRINT.c.version == version
        )
        query = query.order_by(FINGERPRINT.c.article_key).limit(size)
        while True:
            with self._reading() as connection:
                rows = connection.execute(query.where(FINGERPRINT.c.article_key > last)).all()
            if not rows:
                return
            last = rows[-1].article_key
            yield [(row.article_key, row.packed) for row in rows]
