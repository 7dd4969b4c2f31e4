"""Stores derivations and verdicts: a row an article with all of its derivations, packed as JSON.

As rows of their own they took as much room as their texts on PostgreSQL. Who descends from whom stands beside
them in a table of its own, to be asked from either end. Must not know how any of it is found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection, delete, select

from auditor.domain import Derivation, Verdict
from auditor.storage.connected import insert_rows
from auditor.storage.packing import packed_text, unpacked_text
from auditor.storage.rows import derivations_of, derivations_text, verdict_of, verdict_values
from auditor.storage.stamps import Stamps
from auditor.storage.tables import ARTICLE, DERIVED, DESCENT, VERDICT

_BY_ARTICLE = attrgetter("article")


class Lineage(Stamps):
    """Where the articles of a store came from."""

    def replace_lineage(
        self, articles: Iterable[str], derivations: Iterable[Derivation], verdicts: Iterable[Verdict]
    ) -> None:
        """Let these be the derivations and verdicts of the articles; raises NotFound.

        What stands as it stood isn't written again.
        """
        with self._writing() as connection:
            keys = set(self._known(articles).values())
            found = {
                name: list(rows)
                for name, rows in groupby(sorted(derivations, key=_BY_ARTICLE), key=_BY_ARTICLE)
            }
            others = set(self._known(found).values()) - keys
            found.update(self._with_held(connection, others, found))
            known = self._known({name for rows in found.values() for row in rows for name in _named_by(row)})
            changed = self._put_derivations(connection, keys | others, found, known)
            judged = list(verdicts)
            of = self._known(each.article for each in judged)
            told = [verdict_values(each, of) for each in judged]
            changed |= self._renew(connection, VERDICT, keys.union(of.values()), told)
            self._touch(connection, changed)

    def derivations(self, ids: Iterable[str] | None = None) -> Iterator[Derivation]:
        """Derivations of the articles (all without ids), sorted by article and span."""
        query = select(ARTICLE.c.id, DERIVED.c.packed).join(DERIVED, DERIVED.c.article_key == ARTICLE.c.key)
        query = query.where(*self._some(DERIVED.c.article_key, ids)).order_by(ARTICLE.c.id)
        for row in self._rows(query):
            yield from derivations_of(row.id, unpacked_text(row.packed))

    def derived_from(self, article_id: str) -> Iterator[Derivation]:
        """Derivations whose parent is the article, sorted by deriving article and span."""
        heirs = select(ARTICLE.c.id).join(DESCENT, DESCENT.c.child_key == ARTICLE.c.key)
        heirs = heirs.where(*self._some(DESCENT.c.ancestor_key, [article_id]), DESCENT.c.is_parent == 1)
        for row in self.derivations([heir.id for heir in self._rows(heirs)]):
            if row.parent and row.parent.article == article_id:
                yield row

    def verdicts(self, ids: Iterable[str] | None = None) -> Iterator[Verdict]:
        """Verdicts of the articles (all without ids), sorted by article."""
        query = select(VERDICT, ARTICLE.c.id.label("article_id"))
        query = query.join(ARTICLE, ARTICLE.c.key == VERDICT.c.article_key).order_by(ARTICLE.c.id)
        return map(verdict_of, self._rows(query.where(*self._some(VERDICT.c.article_key, ids))))

    def heirs(self, ids: Iterable[str]) -> frozenset[str]:
        """The articles of which a passage has one of these for its parent or its origin."""
        query = select(ARTICLE.c.id).distinct().join(DESCENT, DESCENT.c.child_key == ARTICLE.c.key)
        return frozenset(row.id for row in self._rows(query.where(*self._some(DESCENT.c.ancestor_key, ids))))

    def links(self, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Each article with each of its parents, once, where one of the two is among the ids."""
        keys = self.keys_of(ids).values()
        child, parent = ARTICLE.alias("child"), ARTICLE.alias("parent")
        query = select(child.c.id.label("child_id"), parent.c.id.label("parent_id")).select_from(DESCENT)
        query = query.join(child, child.c.key == DESCENT.c.child_key)
        query = query.join(parent, parent.c.key == DESCENT.c.ancestor_key).where(DESCENT.c.is_parent == 1)
        among = self._among(DESCENT.c.child_key, keys) | self._among(DESCENT.c.ancestor_key, keys)
        for row in self._rows(query.where(among).order_by(child.c.id, parent.c.id)):
            yield row.child_id, row.parent_id

    def _forget_descent(self, connection: Connection, keys: Collection[int]) -> set[int]:
        """Delete the derivations of these articles and those that name one of them as a parent.

        Returns the articles that had such a parent.
        """
        theirs = (self._among(DESCENT.c.ancestor_key, keys), DESCENT.c.is_parent == 1)
        heirs = set(connection.execute(select(DESCENT.c.child_key).where(*theirs)).scalars())
        names = set(self.ids_of(keys).values())
        kept = {
            name: [row for row in rows if not (row.parent and row.parent.article in names)]
            for name, rows in self._with_held(connection, heirs - set(keys), {}).items()
        }
        known = self._known({name for rows in kept.values() for row in rows for name in _named_by(row)})
        self._put_derivations(connection, heirs.union(keys), kept, known)
        return heirs

    def _with_held(
        self, connection: Connection, keys: Collection[int], more: Mapping[str, list[Derivation]]
    ) -> dict[str, list[Derivation]]:
        """The derivations that are held of those articles, each with what there is more of it."""
        query = select(ARTICLE.c.id, DERIVED.c.packed).join(DERIVED, DERIVED.c.article_key == ARTICLE.c.key)
        held = connection.execute(query.where(self._among(DERIVED.c.article_key, keys))).all()
        return {
            row.id: [*derivations_of(row.id, unpacked_text(row.packed)), *more.get(row.id, ())]
            for row in held
        }

    def _put_derivations(
        self,
        connection: Connection,
        keys: Collection[int],
        found: Mapping[str, list[Derivation]],
        known: Mapping[str, int],
    ) -> set[int]:
        """Let these be the derivations of the articles numbered so, and who they descend from.

        ``known`` has the numbers of all articles named. Returns the articles whose derivations changed.
        """
        given = {known[name]: rows for name, rows in found.items() if rows}
        packed = [
            {"article_key": key, "packed": packed_text(derivations_text(sorted(rows, key=_in_order)))}
            for key, rows in given.items()
        ]
        changed = self._renew(connection, DERIVED, keys, packed)
        descent = {
            (key, known[ancestor], int(is_parent))
            for key in changed & given.keys()
            for ancestor, is_parent in _ancestors(given[key]).items()
        }
        self._put_descent(connection, changed, descent)
        return changed

    def _put_descent(
        self, connection: Connection, children: Collection[int], descent: set[tuple[int, int, int]]
    ) -> None:
        """Let these be the ancestors of those articles, as child, ancestor and whether it is a parent."""
        query = select(DESCENT.c.child_key, DESCENT.c.ancestor_key, DESCENT.c.is_parent)
        held = connection.execute(query.where(self._among(DESCENT.c.child_key, children)))
        before = {(row.child_key, row.ancestor_key, row.is_parent) for row in held}
        rewritten = {child for child, _, _ in before ^ descent}
        if rewritten:
            connection.execute(delete(DESCENT).where(self._among(DESCENT.c.child_key, rewritten)))
        rows = sorted(row for row in descent if row[0] in rewritten)
        names = ("child_key", "ancestor_key", "is_parent")
        insert_rows(connection, DESCENT, [dict(zip(names, row, strict=True)) for row in rows])


def _ancestors(rows: Iterable[Derivation]) -> dict[str, bool]:
    """The articles that an article descends from; is it a parent, or only an origin?"""
    found: dict[str, bool] = {}
    for row in rows:
        if row.origin.article is not None:
            found.setdefault(row.origin.article, False)
        if row.parent:
            found[row.parent.article] = True
    return found


def _in_order(row: Derivation) -> tuple[int, int, str]:
    return (*row.span, row.parent.article if row.parent else "")


def _named_by(derivation: Derivation) -> Iterator[str]:
    yield derivation.article
    if derivation.parent:
        yield derivation.parent.article
    if derivation.origin.article is not None:
        yield derivation.origin.article
