"""Takes texts away whose time is over, and keeps everything that was decided of them.

Digests, lengths, offsets, matches, derivations, verdicts and garbles stay; of a garble's words only
what is short enough to be evidence and not text. Must not know how long a text may be kept.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import closing
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, cast, func, literal, or_, select, update

from auditor.domain import Moment
from auditor.storage.captures import forget_captures
from auditor.storage.examinations import removed_keys
from auditor.storage.records import Removal
from auditor.storage.rows import moment_text
from auditor.storage.stamps import Stamps
from auditor.storage.tables import ARTICLE, GARBLE, REVISION, RUN

# A garble quotes what changed. Up to this many code points that is a few words, as anyone may quote them;
# a whole sentence that a copy left out would be the very text that was to go.
QUOTED = 60

# "2026-11-22": times are kept as text, and compare as such.
_DAY = 10


class Retention(Stamps):
    """The texts of a store, by their age."""

    def removable(self, sources: Collection[str | None], before: date) -> Removal:
        """What ``remove_texts`` would take away."""
        with self._reading() as connection:
            return self._counted(connection, self._condition(sources, before))

    def remove_texts(self, sources: Collection[str | None], before: date, *, at: Moment) -> Removal:
        """Take away the texts of these sources (None: of none known) from before that day.

        A text's day is that of its capture, or else of its publication, or else of its storing.
        """
        condition = self._condition(sources, before)
        with self._writing() as connection:
            if self._address.is_sqlite:
                # Else the words would stand in the file's free pages until something is written there.
                connection.exec_driver_sql("PRAGMA secure_delete = ON")
            counted = self._counted(connection, condition)
            if not counted.texts:
                return counted
            keys = set(connection.execute(select(REVISION.c.article_key).where(condition)).scalars())
            gone = update(REVISION).where(condition).values(text=None, packed=None, purged_at=moment_text(at))
            connection.execute(gone)
            forget_captures(connection)
            shortened = self._shorten(connection, "after", GARBLE.c.article_key)
            shortened += self._shorten(connection, "before", GARBLE.c.parent_key)
            self._touch(connection, keys.union(shortened))
        self._forget_log()
        return Removal(counted.articles, counted.texts, counted.characters, len(shortened))

    def removed_ids(self) -> frozenset[str]:
        """The ids of articles whose current text was taken away."""
        query = select(ARTICLE.c.id).where(ARTICLE.c.key.in_(removed_keys()))
        return frozenset(row.id for row in self._rows(query))

    def _condition(self, sources: Collection[str | None], before: date) -> ColumnElement[bool]:
        stored = select(RUN.c.started_at).where(RUN.c.key == REVISION.c.run_key).scalar_subquery()
        when = func.coalesce(REVISION.c.captured_at, REVISION.c.published_at, stored)
        named = self._among(REVISION.c.source_key, [key for key in sources if key is not None])
        of_source = or_(named, REVISION.c.source_key.is_(None)) if None in sources else named
        return REVISION.c.text.is_not(None) & of_source & (func.substr(when, 1, _DAY) < before.isoformat())

    def _counted(self, connection: Connection, condition: ColumnElement[bool]) -> Removal:
        counts = (func.count(REVISION.c.article_key.distinct()), func.count(), func.sum(REVISION.c.length))
        articles, texts, characters = connection.execute(select(*counts).where(condition)).one()
        return Removal(articles, texts, int(characters or 0))

    def _shorten(self, connection: Connection, name: str, of: ColumnElement[Any]) -> list[int]:
        """Say how long it was instead of each quotation of a removed text that is too long to be kept.

        Returns the number of the garble's article for each.
        """
        column = GARBLE.c[name]
        told = literal("[removed: ") + cast(func.length(column), Text) + literal(" characters]")
        long = (of.in_(removed_keys()), func.length(column) > QUOTED)
        articles = connection.execute(select(GARBLE.c.article_key).where(*long)).scalars().all()
        connection.execute(update(GARBLE).where(*long).values({name: told}))
        return list(articles)

    def _forget_log(self) -> None:
        """Bring SQLite's write-ahead log into the file and empty it: it still holds the words."""
        if self._address.is_sqlite:
            with closing(self._engine.raw_connection()) as raw:
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
