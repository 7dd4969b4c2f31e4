"""Stores the bytes that articles were read from, where somebody asked for that, and takes them away.

Off unless the setting ``captures`` says otherwise: a page is several times as large as its text. Bytes are
packed by zlib, which needs nothing but Python to read. Must not know how an article is read from them.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, select, update

from auditor.storage.connected import TEXT_BATCH, Connected, batched, insert_rows
from auditor.storage.review_tables import CAPTURE
from auditor.storage.rows import Values, digest_of, legible
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

    def put_captures(self, captured: Iterable[tuple[str, str, str, bytes]]) -> int:
        """Keep bytes (article id, its text, name of the input, bytes) with the revision that has that text.

        The first capture of a revision stays, and a text that was taken away gets none; how many are new.
        """
        kept = 0
        with self._writing() as connection:
            for batch in batched(captured, TEXT_BATCH):
                given = {(name, digest_of(text)): (of, raw) for name, text, of, raw in reversed(batch)}
                rows = [
                    _values(key, number, *given[name, digest])
                    for name, digest, key, number in self._without_capture(connection, given)
                ]
                insert_rows(connection, CAPTURE, rows)
                kept += len(rows)
        return kept

    def _without_capture(
        self, connection: Connection, wanted: Collection[tuple[str, bytes]]
    ) -> list[tuple[str, bytes, int, int]]:
        """Id, text's digest, key and number of each of those revisions that is held without its bytes."""
        of_article = REVISION.c.article_key == ARTICLE.c.key
        held = (CAPTURE.c.article_key == REVISION.c.article_key) & (CAPTURE.c.number == REVISION.c.number)
        query = select(ARTICLE.c.id, REVISION.c.digest, ARTICLE.c.key, REVISION.c.number)
        query = query.select_from(ARTICLE.join(REVISION, of_article).outerjoin(CAPTURE, held))
        ids = {name for name, _ in wanted}
        query = query.where(
            *self._some(ARTICLE.c.key, ids), CAPTURE.c.article_key.is_(None), REVISION.c.text.is_not(None)
        )
        found = connection.execute(query.order_by(ARTICLE.c.key, REVISION.c.number))
        return [(row.id, row.digest, row.key, row.number) for row in found if (row.id, row.digest) in wanted]

    def captures(self, ids: Iterable[str]) -> Iterator[Capture]:
        """What the current revisions of those articles were read from, sorted by id."""
        current = (CAPTURE.c.article_key == ARTICLE.c.key) & (CAPTURE.c.number == ARTICLE.c.revision)
        query = select(ARTICLE.c.id, *CAPTURE.c).select_from(ARTICLE.join(CAPTURE, current))
        query = query.where(*self._some(ARTICLE.c.key, ids)).order_by(ARTICLE.c.id)
        for row in self._rows(query, batch=TEXT_BATCH):
            content = zlib.decompress(row.packed) if row.packed is not None else None
            yield Capture(row.id, row.number, row.name, row.digest.hex(), row.length, content)


def _values(key: int, number: int, name: str, raw: bytes) -> Values:
    return {
        "article_key": key,
        "number": number,
        "name": legible(name),
        "digest": sha256(raw).digest(),
        "length": len(raw),
        "packed": zlib.compress(raw, _LEVEL),
    }


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
