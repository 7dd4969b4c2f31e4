"""Stores articles with every captured text of theirs, and gives them back.

Decides what is new, what is a duplicate and what a revision; ``arrivals`` does the deciding, this module
the reading and writing. Must not know how an article was read from its file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, bindparam, delete, func, select, update

from auditor.domain import Article, Outcome
from auditor.errors import NotFound
from auditor.storage.arrivals import Arrivals, Held
from auditor.storage.connected import TEXT_BATCH, insert_rows
from auditor.storage.examinations import removed_keys
from auditor.storage.ledger import write_outcomes
from auditor.storage.lineage import Lineage
from auditor.storage.matches import Matches
from auditor.storage.records import Head, Outline
from auditor.storage.rows import Values, article_of, moment_of, outline_of, storable
from auditor.storage.tables import (
    ARTICLE,
    FINGERPRINT,
    GARBLE,
    REFUSED,
    REVISION,
    SOURCE,
    STALE,
    VERDICT,
)
from auditor.storage.texts import text_of

_CURRENT = ARTICLE.join(
    REVISION, (REVISION.c.article_key == ARTICLE.c.key) & (REVISION.c.number == ARTICLE.c.revision)
)
_EVERY = ARTICLE.join(REVISION, REVISION.c.article_key == ARTICLE.c.key)
_WITHOUT_TEXT = [column for column in REVISION.c if column.name not in {"text", "packed"}]


class Articles(Matches, Lineage):
    """The articles of a store."""

    def add(self, articles: Sequence[tuple[str, Article]], *, run: int) -> list[Outcome]:
        """Store a batch, each with the name of its input; one outcome each, in their order.

        One transaction holds articles and ledger. A text that its id already had is a duplicate, whose
        metadata fills in what was unknown; another text is a new revision, after which everything that
        was found of the article is gone and the articles it touched are unexamined. An article that no
        database could give back unchanged (a NUL, half a surrogate pair) or whose source isn't
        registered is rejected.
        """
        with self._writing() as connection:
            arrivals = Arrivals(
                run=run,
                held=self._held(connection, articles),
                sources=self._registered(connection, articles),
                next_key=1 + (connection.execute(select(func.max(ARTICLE.c.key))).scalar() or 0),
            )
            outcomes = [arrivals.take(name, article) for name, article in articles]
            others = self._forget(connection, arrivals.stale)
            _write(connection, arrivals)
            self._touch(connection, others | arrivals.written)
            write_outcomes(connection, outcomes, run)
        return outcomes

    def article(self, article_id: str) -> Article:
        """The article of that id in its current revision; raises NotFound."""
        found = next(self.articles([article_id]), None)
        if found is None:
            raise NotFound(f"no article {article_id!r} in this store", "see auditor export articles")
        return found

    def articles(self, ids: Iterable[str] | None = None) -> Iterator[Article]:
        """Articles in their current revision, sorted by id: all, or those of ids that are held."""
        query = select(ARTICLE.c.id, *REVISION.c).select_from(_CURRENT).order_by(ARTICLE.c.id)
        query = query.where(*self._some(ARTICLE.c.key, ids))
        return map(article_of, self._rows(query, batch=TEXT_BATCH))

    def texts(self, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The ids and texts alone of those that are held, sorted by id: a third of what articles cost."""
        query = select(ARTICLE.c.id, REVISION.c.text, REVISION.c.packed, REVISION.c.length)
        query = query.select_from(_CURRENT).where(*self._some(ARTICLE.c.key, ids)).order_by(ARTICLE.c.id)
        rows = self._rows(query, batch=TEXT_BATCH)
        return ((row.id, text_of(row.text, row.packed, row.length)) for row in rows)

    def outlines(self, ids: Iterable[str] | None = None) -> Iterator[Outline]:
        """The same without reading texts."""
        query = select(ARTICLE.c.id, ARTICLE.c.key, *_WITHOUT_TEXT).select_from(_CURRENT)
        query = query.where(*self._some(ARTICLE.c.key, ids)).order_by(ARTICLE.c.id)
        return map(outline_of, self._rows(query))

    def heads(self) -> Iterator[Head]:
        """When each article came out and from whom, sorted by id."""
        told = (REVISION.c.source_key, REVISION.c.published_at, REVISION.c.number, REVISION.c.purged_at)
        query = select(ARTICLE.c.key, ARTICLE.c.id, *told).select_from(_CURRENT).order_by(ARTICLE.c.id)
        for key, name, source, published, revision, purged in self._rows(query):
            yield Head(key, name, source, moment_of(published), revision, purged is not None)

    def revisions(self, article_id: str) -> tuple[Article, ...]:
        """Every captured text of that id as captured, in order of arrival; raises NotFound."""
        query = select(ARTICLE.c.id, *REVISION.c).select_from(_EVERY).order_by(REVISION.c.number)
        found = tuple(map(article_of, self._rows(query.where(*self._some(ARTICLE.c.key, [article_id])))))
        if not found:
            raise NotFound(f"no article {article_id!r} in this store", "see auditor export articles")
        return found

    def article_ids(self) -> list[str]:
        """The ids of all articles, sorted."""
        return [row.id for row in self._rows(select(ARTICLE.c.id).order_by(ARTICLE.c.id))]

    def ids_of_texts(self, digests: Iterable[str]) -> frozenset[str]:
        """The articles that have a text of one of these digests (SHA-256, hexadecimal) in any revision."""
        wanted = [bytes.fromhex(digest) for digest in set(digests)]
        query = select(ARTICLE.c.id).distinct().select_from(_EVERY).where(REVISION.c.digest.in_(wanted))
        return frozenset(row.id for row in self._rows(query)) if wanted else frozenset()

    def count(self) -> int:
        """How many articles the store holds, each once whatever its revisions."""
        row = self._row(select(func.count()).select_from(ARTICLE))
        return int(row[0]) if row else 0

    def _held(self, connection: Connection, articles: Sequence[tuple[str, Article]]) -> dict[str, Held]:
        """What is held of the ids that arrive, without texts."""
        ids = {article.id for _, article in articles if storable(article.id)}
        query = select(ARTICLE.c.id, ARTICLE.c.revision, *_WITHOUT_TEXT).select_from(_EVERY)
        query = query.where(self._among(ARTICLE.c.id, ids)).order_by(ARTICLE.c.id, REVISION.c.number)
        held: dict[str, Held] = {}
        for row in connection.execute(query):
            values = dict(row._mapping)
            known = held.setdefault(values.pop("id"), Held(row.article_key, values.pop("revision")))
            known.revisions.append(values)
        return held

    def _registered(self, connection: Connection, articles: Sequence[tuple[str, Article]]) -> set[str]:
        keys = {article.source for _, article in articles if article.source and storable(article.source)}
        return set(connection.execute(select(SOURCE.c.key).where(self._among(SOURCE.c.key, keys))).scalars())

    def _forget(self, connection: Connection, stale: set[int]) -> set[int]:
        """Delete what was found of texts that are no longer current, and ask for a new examination.

        An article that shared something with such a text may have lost its parent, so it is examined
        again too, unless its own text was taken away and nothing could be found again. Returns both kinds.
        """
        if not stale:
            return set()
        damaged = select(GARBLE.c.article_key).where(self._among(GARBLE.c.parent_key, stale))
        others = set(connection.execute(damaged).scalars())
        others |= self._forget_matches(connection, stale) | self._forget_descent(connection, stale)
        removed = connection.execute(removed_keys().where(self._among(ARTICLE.c.key, others))).scalars()
        unexamined = stale | (others - set(removed))
        for table, columns, keys in (
            (GARBLE, (GARBLE.c.article_key, GARBLE.c.parent_key), stale),
            (STALE, (STALE.c.article_key, STALE.c.taken_key, STALE.c.current_key), stale),
            (REFUSED, (REFUSED.c.article_key,), unexamined),
            (VERDICT, (VERDICT.c.article_key,), unexamined),
            (FINGERPRINT, (FINGERPRINT.c.article_key,), unexamined),
        ):
            for column in columns:
                connection.execute(delete(table).where(self._among(column, keys)))
        return stale | others


def _write(connection: Connection, arrivals: Arrivals) -> None:
    insert_rows(connection, ARTICLE, arrivals.new_articles)
    insert_rows(connection, REVISION, arrivals.new_revisions)
    moved = [{"of_key": key, "now": number} for key, number in sorted(arrivals.current.items())]
    if moved:
        connection.execute(
            update(ARTICLE).where(ARTICLE.c.key == bindparam("of_key")).values(revision=bindparam("now")),
            moved,
        )
    _fill_in(connection, arrivals)


def _fill_in(connection: Connection, arrivals: Arrivals) -> None:
    """Write what became known, all articles at once of which the same columns did."""
    alike: dict[tuple[str, ...], list[Values]] = {}
    for (key, number), values in sorted(arrivals.filled_in.items()):
        learnt = {f"new_{name}": value for name, value in values.items()}
        alike.setdefault(tuple(sorted(values)), []).append({"of_key": key, "of_number": number, **learnt})
    of_revision = (REVISION.c.article_key == bindparam("of_key")) & (
        REVISION.c.number == bindparam("of_number")
    )
    for names, rows in alike.items():
        new: Values = {name: bindparam(f"new_{name}") for name in names}
        connection.execute(update(REVISION).where(of_revision).values(**new), rows)
