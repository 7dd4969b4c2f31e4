"""Stores what the audit made of matches: derivations with their verdicts, garbles.

Each ``replace_*`` takes the articles that were examined anew, deletes what was known of them and inserts
what is known now, in one transaction. Must not know how any of it is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Select, delete, select

from auditor.domain import Derivation, Garble, Verdict
from auditor.storage.connected import BATCH, batched, insert_rows
from auditor.storage.rows import (
    Values,
    derivation_values,
    derivations_of,
    evidence_text,
    garble_of,
    garble_values,
    packed_evidence,
    verdict_of,
    verdict_values,
)
from auditor.storage.stamps import Stamps
from auditor.storage.tables import ARTICLE, DERIVATION, EVIDENCE, GARBLE, VERDICT

_CHILD, _PARENT, _ORIGIN = ARTICLE.alias("child"), ARTICLE.alias("parent"), ARTICLE.alias("origin")


class Findings(Stamps):
    """What was found of a store's articles."""

    def replace_lineage(
        self, articles: Iterable[str], derivations: Iterable[Derivation], verdicts: Iterable[Verdict]
    ) -> None:
        """Delete derivations and verdicts of the articles, and insert these; raises NotFound."""
        with self._writing() as connection:
            keys = set(self._known(articles).values())
            for table in (DERIVATION, EVIDENCE, VERDICT):
                connection.execute(delete(table).where(self._among(table.c.article_key, keys)))
            evidence = _Numbered(keys)
            for batch in batched(derivations, BATCH):
                known = self._known(name for each in batch for name in _named_by(each))
                rows = [derivation_values(each, known, evidence.number(each, known)) for each in batch]
                insert_rows(connection, DERIVATION, rows)
                keys |= {known[each.article] for each in batch}
            insert_rows(connection, EVIDENCE, evidence.rows())
            for verdict_batch in batched(verdicts, BATCH):
                known = self._known(each.article for each in verdict_batch)
                insert_rows(connection, VERDICT, [verdict_values(each, known) for each in verdict_batch])
                keys |= set(known.values())
            self._touch(connection, keys)

    def derivations(self, ids: Iterable[str] | None = None) -> Iterator[Derivation]:
        """Derivations of the articles (all without ids), sorted by article and span."""
        query = _derivations().where(*self._some(DERIVATION.c.article_key, ids))
        return derivations_of(self._rows(query))

    def derived_from(self, article_id: str) -> Iterator[Derivation]:
        """Derivations whose parent is the article, sorted by deriving article and span."""
        query = _derivations().where(*self._some(DERIVATION.c.parent_key, [article_id]))
        return derivations_of(self._rows(query))

    def verdicts(self, ids: Iterable[str] | None = None) -> Iterator[Verdict]:
        """Verdicts of the articles (all without ids), sorted by article."""
        query = select(VERDICT, ARTICLE.c.id.label("article_id"))
        query = query.join(ARTICLE, ARTICLE.c.key == VERDICT.c.article_key).order_by(ARTICLE.c.id)
        return map(verdict_of, self._rows(query.where(*self._some(VERDICT.c.article_key, ids))))

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


class _Numbered:
    """The different evidence of each of some articles, numbered as it comes."""

    def __init__(self, keys: Iterable[int]) -> None:
        self._numbers: dict[int, dict[str, int]] = {key: {} for key in keys}

    def number(self, derivation: Derivation, keys: Mapping[str, int]) -> int | None:
        """The number of its evidence among the article's; None for an article that isn't one of them."""
        known = self._numbers.get(keys[derivation.article])
        return None if known is None else known.setdefault(evidence_text(derivation), len(known))

    def rows(self) -> list[Values]:
        """A row for each article that has any."""
        return [
            {"article_key": key, "packed": packed_evidence(known)}
            for key, known in sorted(self._numbers.items())
            if known
        ]


def _derivations() -> Select[Any]:
    query = select(
        DERIVATION,
        EVIDENCE.c.packed,
        _CHILD.c.id.label("article_id"),
        _PARENT.c.id.label("parent_id"),
        _ORIGIN.c.id.label("origin_id"),
    )
    query = query.join(_CHILD, _CHILD.c.key == DERIVATION.c.article_key)
    query = query.outerjoin(_PARENT, _PARENT.c.key == DERIVATION.c.parent_key)
    query = query.outerjoin(_ORIGIN, _ORIGIN.c.key == DERIVATION.c.origin_key)
    query = query.outerjoin(EVIDENCE, EVIDENCE.c.article_key == DERIVATION.c.article_key)
    return query.order_by(
        _CHILD.c.id, DERIVATION.c.span_start, DERIVATION.c.span_end, _PARENT.c.id.nulls_first()
    )


def _named_by(derivation: Derivation) -> Iterator[str]:
    yield derivation.article
    if derivation.parent:
        yield derivation.parent.article
    if derivation.origin.article is not None:
        yield derivation.origin.article


def _touched_by(garble: Garble) -> Iterator[str]:
    yield garble.article
    yield garble.introduced_by
    if garble.parent:
        yield garble.parent.article
