"""Stores the bytes that articles were read from, where somebody asked for that, and takes them away.

Off unless the setting ``captures`` says otherwise: a page is several times as large as its text. Bytes are
packed by zlib, which needs nothing but Python to read. Must not know how an article is read from them.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, select, update

from auditor.storage.connected import TEXT_BATCH, Connected, batched, insert_rows
from auditor.storage.review_tables import CAPTURE
from auditor.storage.rows import legible
from auditor.storage.tables import ARTICLE, REVISION

# zlib's own default: a higher level takes twice the time and saves 1% of a page.
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Capture:
    """What a revision was read from. ``content`` is None where retention took it away."""

    article: str
    revision: int
    name: str
    digest: str
    length: int
    content: bytes | None


class Captures(Connected):
    """The captured bytes of a store."""

    def put_captures(self, captured: Iterable[tuple[str, str, bytes]]) -> int:
        """Keep the bytes (article id, name of the input, bytes) of each article's current revision.

        The first capture of a revision stays, and a text that was taken away gets none; how many are new.
        """
        kept = 0
        with self._writing() as connection:
            for batch in batched(captured, TEXT_BATCH):
                given = {name: (source, content) for name, source, content in reversed(batch)}
                keys = self._without_capture(connection, given)
                insert_rows(
                    connection,
                    CAPTURE,
                    [
                        {
                            "article_key": key,
                            "number": number,
                            "name": legible(given[name][0]),
                            "digest": sha256(given[name][1]).digest(),
                            "length": len(given[name][1]),
                            "packed": zlib.compress(given[name][1], _LEVEL),
                        }
                        for name, key, number in keys
                    ],
                )
                kept += len(keys)
        return kept

    def _without_capture(self, connection: Connection, ids: Iterable[str]) -> list[tuple[str, int, int]]:
        """Of those articles the number and revision of each whose current text is held without its bytes."""
        current = (REVISION.c.article_key == ARTICLE.c.key) & (REVISION.c.number == ARTICLE.c.revision)
        held = (CAPTURE.c.article_key == ARTICLE.c.key) & (CAPTURE.c.number == ARTICLE.c.revision)
        query = select(ARTICLE.c.id, ARTICLE.c.key, ARTICLE.c.revision)
        query = query.select_from(ARTICLE.join(REVISION, current).outerjoin(CAPTURE, held))
        query = query.where(
            *self._some(ARTICLE.c.key, ids), CAPTURE.c.article_key.is_(None), REVISION.c.text.is_not(None)
        )
        return [(row.id, row.key, row.revision) for row in connection.execute(query.order_by(ARTICLE.c.key))]

    def captures(self, ids: Iterable[str]) -> Iterator[Capture]:
        """What the current revisions of those articles were read from, sorted by id."""
        current = (CAPTURE.c.article_key == ARTICLE.c.key) & (CAPTURE.c.number == ARTICLE.c.revision)
        query = select(ARTICLE.c.id, *CAPTURE.c).select_from(ARTICLE.join(CAPTURE, current))
        query = query.where(*self._some(ARTICLE.c.key, ids)).order_by(ARTICLE.c.id)
        for row in self._rows(query, batch=TEXT_BATCH):
            content = zlib.decompress(row.packed) if row.packed is not None else None
            yield Capture(row.id, row.number, row.name, row.digest.hex(), row.length, content)


def forget_captures(connection: Connection) -> None:
    """Take away the bytes of every revision whose text was taken away."""
    gone = select(REVISION.c.article_key).where(
        REVISION.c.article_key == CAPTURE.c.article_key,
        REVISION.c.number == CAPTURE.c.number,
        REVISION.c.text.is_(None),
    )
    connection.execute(
        update(CAPTURE).where(gone.exists(), CAPTURE.c.packed.is_not(None)).values(packed=None)
    )
