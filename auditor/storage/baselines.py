"""Keeps what was known of each article when changes were last told, and gives what is known now.

Both as streams in one order, so that they can be compared side by side. Must not know what a change is.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import blake2b
from itertools import groupby
from typing import Any

from sqlalchemy import Column, Select, delete, select, update

from auditor.domain import Derivation, Garble, Relation
from auditor.storage.connected import BATCH, batched, insert_rows
from auditor.storage.findings import Findings
from auditor.storage.packing import unpacked_text
from auditor.storage.records import Known
from auditor.storage.rows import AnyRow, derivations_of, packed
from auditor.storage.staleness import stale_of, stale_spans
from auditor.storage.tables import ARTICLE, BASELINE, CHANGES, DERIVED, GARBLE, STALE, STORY_ARTICLE

# Of a garble's mark: eight bytes are enough to tell the garbles of one article apart.
MARK_BYTES = 8

_PARENT = ARTICLE.alias("parent")


def garble_mark(garble: Garble) -> bytes:
    """What is the same of a damage from night to night: its kind, and where in the parent it is.

    Not its words, which retention may shorten, nor its place in the article, which a revision moves.
    """
    parent = garble.parent
    if parent is None:
        return _mark(garble.kind.value, None, *garble.span)
    return _mark(garble.kind.value, parent.article, *parent.span)


def _mark(*parts: object) -> bytes:
    return blake2b(packed(parts).encode(), digest_size=MARK_BYTES).digest()


class Baselines(Findings):
    """What was known and what is known of a store's articles."""

    def known_now(self, ids: Collection[str] | None = None) -> Iterator[Known]:
        """Every article, or each of these, as it is known now, in the store's own order."""
        derived = self._shelves(select(DERIVED).order_by(DERIVED.c.article_key), DERIVED.c.article_key, ids)
        garbles = self._shelves(_garbles(), GARBLE.c.article_key, ids)
        stale = self._shelves(
            stale_spans().order_by(STALE.c.article_key, STALE.c.key), STALE.c.article_key, ids
        )
        query = select(ARTICLE.c.key, ARTICLE.c.id, STORY_ARTICLE.c.story_id)
        query = query.outerjoin(STORY_ARTICLE, STORY_ARTICLE.c.article_key == ARTICLE.c.key)
        query = query.where(*self._some(ARTICLE.c.key, ids))
        for row in self._rows(query.order_by(ARTICLE.c.key)):
            rows = [one for held in derived.of(row.key) for one in _derivations_of(row.id, held)]
            copied = {one.parent.article for one in rows if one.relation is Relation.COPY and one.parent}
            yield Known(
                article=row.id,
                story=row.story_id,
                parents=tuple(sorted(copied)),
                derives=bool(rows),
                garbles=frozenset(map(_mark_of, garbles.of(row.key))),
                stale="; ".join(sorted({stale_of(one).reason for one in stale.of(row.key)})),
            )

    def _shelves(self, query: Select[Any], column: Column[int], ids: Collection[str] | None) -> _Shelves:
        return _Shelves(self._rows(query.where(*self._some(column, ids))))

    def known_before(self, ids: Collection[str] | None = None) -> Iterator[Known]:
        """Every article, or each of these, as it was known when changes were last told, in the same order."""
        query = select(BASELINE, ARTICLE.c.id).join(ARTICLE, ARTICLE.c.key == BASELINE.c.article_key)
        query = query.where(*self._some(BASELINE.c.article_key, ids))
        return map(_known_of, self._rows(query.order_by(BASELINE.c.article_key)))

    def own_garbles(self, ids: Iterable[str]) -> Iterator[tuple[Garble, bytes]]:
        """The garbles that first appear in these articles, each with its mark, sorted."""
        for garble in self.garbles(ids):
            if garble.introduced_by == garble.article:
                yield garble, garble_mark(garble)

    def keep_changes(self, run: int, told: Mapping[str, Any], known: Iterable[Known]) -> None:
        """Note what a run told had changed, and what is known from here on, both or neither.

        What an earlier run told is forgotten: it would grow with each night, and only the last is asked for.
        """
        with self._writing() as connection:
            connection.execute(delete(CHANGES))
            insert_rows(connection, CHANGES, [{"run_key": run, "told": packed(dict(told))}])
            for batch in batched(known, BATCH):
                keys = self._known(each.article for each in batch)
                rows = [_values(each, keys[each.article]) for each in batch]
                connection.execute(delete(BASELINE).where(self._among(BASELINE.c.article_key, keys.values())))
                insert_rows(connection, BASELINE, rows)

    def adopt_changes(self, told_by: int, run: int) -> None:
        """Let a run stand for one that told of changes and never ended."""
        with self._writing() as connection:
            connection.execute(update(CHANGES).where(CHANGES.c.run_key == told_by).values(run_key=run))

    def told_changes(self) -> tuple[int, dict[str, Any]] | None:
        """The last run that told of changes, with what it told."""
        row = self._row(select(CHANGES).order_by(CHANGES.c.run_key.desc()).limit(1))
        return (row.run_key, json.loads(row.told)) if row else None


class _Shelves:
    """The rows of one article after another, from a stream sorted by article."""

    def __init__(self, rows: Iterator[AnyRow]) -> None:
        self._groups = ((key, list(group)) for key, group in groupby(rows, key=lambda row: row.article_key))
        self._next = next(self._groups, None)

    def of(self, key: int) -> list[AnyRow]:
        while self._next and self._next[0] < key:
            self._next = next(self._groups, None)
        return self._next[1] if self._next and self._next[0] == key else []


def _derivations_of(article: str, row: AnyRow) -> tuple[Derivation, ...]:
    return derivations_of(article, unpacked_text(row.packed))


def _garbles() -> Select[Any]:
    query = select(GARBLE, _PARENT.c.id.label("parent_id"))
    query = query.outerjoin(_PARENT, _PARENT.c.key == GARBLE.c.parent_key)
    own = GARBLE.c.introduced_key == GARBLE.c.article_key
    return query.where(own).order_by(GARBLE.c.article_key, GARBLE.c.key)


def _mark_of(row: AnyRow) -> bytes:
    if row.parent_id is None:
        return _mark(row.kind, None, row.span_start, row.span_end)
    return _mark(row.kind, row.parent_id, row.parent_start, row.parent_end)


def _values(known: Known, key: int) -> dict[str, Any]:
    return {
        "article_key": key,
        "story_id": known.story,
        "parents": packed(known.parents),
        "derives": int(known.derives),
        "garbles": b"".join(sorted(known.garbles)),
        "stale": known.stale,
    }


def _known_of(row: AnyRow) -> Known:
    marks = row.garbles
    return Known(
        article=row.id,
        story=row.story_id,
        parents=tuple(json.loads(row.parents)),
        derives=bool(row.derives),
        garbles=frozenset(marks[start : start + MARK_BYTES] for start in range(0, len(marks), MARK_BYTES)),
        stale=row.stale,
    )
