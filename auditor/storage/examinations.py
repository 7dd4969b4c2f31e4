"""Knows what is still to be done, by what is absent.

An article without fingerprints is unexamined; one that was examined and has no verdict is still to be
traced. Must not know how either is done.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Select, delete, select

from auditor.storage.stamps import Stamps
from auditor.storage.tables import ARTICLE, FINGERPRINT, REVISION, VERDICT


def removed_keys() -> Select[int]:
    """The numbers of articles whose current text was taken away, as a query."""
    current = (REVISION.c.article_key == ARTICLE.c.key) & (REVISION.c.number == ARTICLE.c.revision)
    return select(ARTICLE.c.key).join(REVISION, current).where(REVISION.c.purged_at.is_not(None))


class Examinations(Stamps):
    """What of a store's articles is done."""

    def without_verdict(self) -> list[str]:
        """The ids, sorted, of examined articles that have no verdict and whose text is held."""
        query = select(ARTICLE.c.id).join(FINGERPRINT, FINGERPRINT.c.article_key == ARTICLE.c.key)
        query = query.outerjoin(VERDICT, VERDICT.c.article_key == ARTICLE.c.key)
        current = (REVISION.c.article_key == ARTICLE.c.key) & (REVISION.c.number == ARTICLE.c.revision)
        query = query.join(REVISION, current).where(REVISION.c.purged_at.is_(None))
        query = query.where(VERDICT.c.article_key.is_(None)).order_by(ARTICLE.c.id)
        return [row.id for row in self._rows(query)]

    def forget_verdicts(self, ids: Iterable[str]) -> None:
        """Delete the verdicts of the articles: they are to be traced again.

        Not of those whose text was taken away: nothing could be found of them again.
        """
        with self._writing() as connection:
            keys = self.keys_of(ids).values()
            among = self._among(VERDICT.c.article_key, keys)
            connection.execute(delete(VERDICT).where(among, VERDICT.c.article_key.not_in(removed_keys())))
            self._touch(connection, keys)

    def forget_examinations(self) -> None:
        """Let every article whose text is held be unexamined; what was found stays until it is replaced."""
        with self._writing() as connection:
            for table in (FINGERPRINT, VERDICT):
                connection.execute(delete(table).where(table.c.article_key.not_in(removed_keys())))
            self._touch(connection, connection.execute(select(ARTICLE.c.key)).scalars().all())
