"""Stores garbles. Must not know how any is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import delete, select

from auditor.domain import Garble
from auditor.storage.connected import BATCH, batched, insert_rows
from auditor.storage.rows import (
    garble_of,
    garble_values,
)
from auditor.storage.stamps import Stamps
from auditor.storage.tables import ARTICLE, GARBLE

_CHILD, _PARENT, _ORIGIN = ARTICLE.alias("child"), ARTICLE.alias("parent"), ARTICLE.alias("origin")


class Findings(Stamps):
    """What was found of a store's articles."""

    def replace_garbles(self, articles: Iterable[str], garbles: Iterable[Garble]) -> None:
        """Delete the garbles of the articles, and insert these; raises NotFound."""
        with self._writing() as connection:
            keys = set(self._known(articles).values())
            connection.execute(delete(GARBLE).where(self._among(GARBLE.c.article_key, keys)))
            for batch in batched(garbles, BATCH):
                known = self._known(name for each in batch for name in _touched_by(each))
                insert_rows(connection, GARBLE, [garble_values(each, known) for each in batch])
                keys |= {known[each.article] for each in batch}
            self._touch(connection, keys)

    def garbles(self, ids: Iterable[str] | None = None) -> Iterator[Garble]:
        """Garbles of the articles (all without ids), sorted by article, span, kind and what changed."""
        query = select(
            GARBLE,
            _CHILD.c.id.label("article_id"),
            _PARENT.c.id.label("parent_id"),
            _ORIGIN.c.id.label("introduced_id"),
        )
        query = query.join(_CHILD, _CHILD.c.key == GARBLE.c.article_key)
        query = query.outerjoin(_PARENT, _PARENT.c.key == GARBLE.c.parent_key)
        query = query.join(_ORIGIN, _ORIGIN.c.key == GARBLE.c.introduced_key)
        query = query.where(*self._some(GARBLE.c.article_key, ids)).order_by(
            _CHILD.c.id,
            GARBLE.c.span_start,
            GARBLE.c.span_end,
            GARBLE.c.kind,
            GARBLE.c.before,
            GARBLE.c.after,
            # The databases disagree on where nothing sorts.
            _PARENT.c.id.nulls_first(),
            GARBLE.c.parent_start.nulls_first(),
            GARBLE.c.parent_end.nulls_first(),
            GARBLE.c.severity,
            GARBLE.c.detail,
        )
        return map(garble_of, self._rows(query))


def _touched_by(garble: Garble) -> Iterator[str]:
    yield garble.article
    yield garble.introduced_by
    if garble.parent:
        yield garble.parent.article
