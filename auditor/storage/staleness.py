"""Stores what lineage keeps besides its rows: stale spans, and what tracing said and settling refused.

Must not know why a span is stale, nor why a row was refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Select, delete, select

from auditor.domain import Derivation, Span, Stale, Status
from auditor.storage.connected import BATCH, batched, insert_rows
from auditor.storage.packing import packed_text, unpacked_text
from auditor.storage.rows import AnyRow, Values, derivations_of, derivations_text
from auditor.storage.stamps import Stamps
from auditor.storage.tables import ARTICLE, REFUSED, REVISION, STALE

_CARRIER, _TAKEN, _CURRENT = ARTICLE.alias("carrier"), ARTICLE.alias("taken"), ARTICLE.alias("current")


class Staleness(Stamps):
    """Stale spans, refused rows, and which article revises which."""

    def replace_stale(self, articles: Iterable[str], stale: Iterable[Stale]) -> None:
        """Delete the stale spans of the articles, and insert these; raises NotFound."""
        with self._writing() as connection:
            keys = set(self._known(articles).values())
            connection.execute(delete(STALE).where(self._among(STALE.c.article_key, keys)))
            for batch in batched(stale, BATCH):
                known = self._known(name for one in batch for name in (one.article, one.taken, one.current))
                insert_rows(connection, STALE, [_stale_values(one, known) for one in batch])
                keys |= {known[one.article] for one in batch}
            self._touch(connection, keys)

    def stale(self, ids: Iterable[str] | None = None) -> Iterator[Stale]:
        """Stale spans of the articles (all without ids), sorted by article, span, and who made them so."""
        query = (
            stale_spans()
            .where(*self._some(STALE.c.article_key, ids))
            .order_by(_CARRIER.c.id, STALE.c.span_start, STALE.c.span_end, _CURRENT.c.id, _TAKEN.c.id)
        )
        return map(stale_of, self._rows(query))

    def keep_refused(self, refused: Mapping[str, Iterable[Derivation]]) -> None:
        """Let these be the refused rows of the articles named, none where there are none; raises NotFound."""
        with self._writing() as connection:
            keys = self._known(refused)
            told = {name: tuple(rows) for name, rows in refused.items()}
            kept = [
                {"article_key": keys[name], "told": "", "packed": packed_text(derivations_text(rows))}
                for name, rows in told.items()
                if rows
            ]
            self._renew(connection, REFUSED, keys.values(), kept)

    def refused(self, ids: Iterable[str]) -> dict[str, tuple[Derivation, ...]]:
        """The refused rows of those of the articles that have any."""
        query = select(ARTICLE.c.id, REFUSED).join(REFUSED, REFUSED.c.article_key == ARTICLE.c.key)
        query = query.where(*self._some(REFUSED.c.article_key, ids)).order_by(ARTICLE.c.id)
        return {
            row.id: derivations_of(row.id, unpacked_text(row.packed) if row.packed else row.told)
            for row in self._rows(query)
        }

    def versions(self) -> dict[str, str]:
        """Each article that says it revises another, with that one, whether or not it is held."""
        current = (REVISION.c.article_key == ARTICLE.c.key) & (REVISION.c.number == ARTICLE.c.revision)
        query = select(ARTICLE.c.id, REVISION.c.revises).join(REVISION, current)
        query = query.where(REVISION.c.revises.is_not(None)).order_by(ARTICLE.c.id)
        return {row.id: row.revises for row in self._rows(query)}


def stale_spans() -> Select[Any]:
    """Stale spans with the ids of the three articles that they name, in no order."""
    query = select(
        STALE,
        _CARRIER.c.id.label("article_id"),
        _TAKEN.c.id.label("taken_id"),
        _CURRENT.c.id.label("current_id"),
    )
    query = query.join(_CARRIER, _CARRIER.c.key == STALE.c.article_key)
    query = query.join(_TAKEN, _TAKEN.c.key == STALE.c.taken_key)
    return query.join(_CURRENT, _CURRENT.c.key == STALE.c.current_key)


def _stale_values(stale: Stale, keys: Mapping[str, int]) -> Values:
    """The row of a stale span."""
    return {
        "article_key": keys[stale.article],
        "span_start": stale.span.start,
        "span_end": stale.span.end,
        "taken_key": keys[stale.taken],
        "current_key": keys[stale.current],
        "status": stale.status.value,
        "hours": stale.hours,
    }


def stale_of(row: AnyRow) -> Stale:
    """The stale span of a row joined with its articles."""
    return Stale(
        article=row.article_id,
        span=Span(row.span_start, row.span_end),
        taken=row.taken_id,
        current=row.current_id,
        status=Status(row.status),
        hours=row.hours,
    )
