"""Stores what the terms say of articles, version by version, and the terms themselves.

A finding that changes or goes is kept as superseded: what was decided of it stays readable. Must not know how
a finding is made.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Select, select, update

from auditor.licensing import Finding, State, finding_of
from auditor.storage.connected import BATCH, Connected, batched, insert_rows
from auditor.storage.licence_tables import LICENCE_FINDING, LICENCE_TERMS
from auditor.storage.rows import AnyRow, legible, packed


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A version of a finding: ``run`` found it, ``superseded`` is the run that replaced it, if any."""

    finding: Finding
    version: str
    run: int
    superseded: int | None = None


class FindingOutline(NamedTuple):
    """What a queue needs of a finding in force; light, since there may be very many."""

    id: str
    version: str
    case: str
    source: str | None
    licensor: str
    rule: str
    certainty: str
    story: str | None
    rank: int


@dataclass(frozen=True, slots=True)
class StoredTerms:
    """A version of an agreement (None: of the defaults): what it says as JSON, and how it was written."""

    digest: str
    agreement: str | None
    says: str
    written: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """How many findings are new or of a new version, superseded, and as they were."""

    new: int = 0
    superseded: int = 0
    unchanged: int = 0


class LicenceFindings(Connected):
    """The findings of a store, and the terms they were made with."""

    def put_terms(self, terms: Iterable[StoredTerms], *, run: int) -> None:
        """Keep these versions of terms; one that is known stays as it is."""
        with self._writing() as connection:
            given = {each.digest: each for each in terms}
            known = set(connection.execute(select(LICENCE_TERMS.c.digest)).scalars())
            insert_rows(
                connection,
                LICENCE_TERMS,
                [
                    {
                        "digest": each.digest,
                        "agreement": each.agreement,
                        "says": each.says,
                        "written": legible(each.written),
                        "run_key": run,
                    }
                    for digest, each in sorted(given.items())
                    if digest not in known
                ],
            )

    def terms_of(self, digests: Iterable[str]) -> tuple[StoredTerms, ...]:
        """The versions of terms that have these digests, sorted by digest."""
        query = select(LICENCE_TERMS).where(self._among(LICENCE_TERMS.c.digest, set(digests)))
        rows = self._rows(query.order_by(LICENCE_TERMS.c.digest))
        return tuple(StoredTerms(row.digest, row.agreement, row.says, row.written) for row in rows)

    def replace_licence_findings(
        self, articles: Iterable[str], findings: Iterable[Finding], *, run: int
    ) -> Replaced:
        """Let these be the findings of the articles; what differs from before is superseded, not deleted."""
        with self._writing() as connection:
            keys = self._known(articles)
            now = {each.id: each for each in findings}
            query = _current().where(self._among(LICENCE_FINDING.c.article_key, keys.values()))
            before = {row.id: row for row in connection.execute(query)}
            same = {name for name, row in before.items() if name in now and row.version == now[name].digest}
            gone = [row.key for name, row in before.items() if name not in same]
            old = update(LICENCE_FINDING).where(self._among(LICENCE_FINDING.c.key, gone))
            connection.execute(old.values(superseded_key=run))
            for name in sorted(same):
                values = _values(now[name], before[name].article_key, before[name].run_key)
                if values["told"] != before[name].told:
                    this = update(LICENCE_FINDING).where(LICENCE_FINDING.c.key == before[name].key)
                    connection.execute(this.values(**values))
            fresh = [now[name] for name in sorted(now) if name not in same]
            for batch in batched(fresh, BATCH):
                rows = [_values(each, keys[each.article], run) for each in batch]
                insert_rows(connection, LICENCE_FINDING, rows)
        return Replaced(len(fresh), len(gone), len(same))

    def licence_findings(self, ids: Iterable[str] | None = None) -> Iterator[StoredFinding]:
        """The findings in force of the articles (all without ids): highest rank first, then by id."""
        query = _current().where(*self._some(LICENCE_FINDING.c.article_key, ids))
        return map(_found, self._rows(query.order_by(LICENCE_FINDING.c.rank.desc(), LICENCE_FINDING.c.id)))

    def finding_outlines(self) -> Iterator[FindingOutline]:
        """The findings in force without what they say, in the order of ``licence_findings``.

        Only what is to be decided: what is covered or can't be measured is left out.
        """
        table = LICENCE_FINDING.c
        columns = (table.id, table.version, table.case_id, table.source, table.licensor)
        query = select(*columns, table.rule, table.certainty, table.story, table.rank)
        query = query.where(table.superseded_key.is_(None), table.state == State.FINDING.value)
        query = query.order_by(table.rank.desc(), table.id)
        return map(FindingOutline._make, self._rows(query))

    def findings_named(self, names: Iterable[str]) -> dict[str, Finding]:
        """The findings in force that have these ids."""
        query = _current().where(self._among(LICENCE_FINDING.c.id, set(names)))
        return {row.id: finding_of(json.loads(row.told)) for row in self._rows(query)}

    def found_articles(self, ids: Iterable[str] | None = None) -> tuple[str, ...]:
        """The articles that have findings in force, sorted: all, or those of these."""
        with self._reading() as connection:
            open_ = (
                LICENCE_FINDING.c.superseded_key.is_(None),
                *self._some(LICENCE_FINDING.c.article_key, ids),
            )
            keys = set(connection.execute(select(LICENCE_FINDING.c.article_key).where(*open_)).scalars())
        return tuple(sorted(self.ids_of(keys).values()))

    def finding_versions(self, name: str) -> tuple[StoredFinding, ...]:
        """Every version of a finding, or of all findings of a case, the oldest first."""
        this = (LICENCE_FINDING.c.id == legible(name)) | (LICENCE_FINDING.c.case_id == legible(name))
        query = select(LICENCE_FINDING).where(this).order_by(LICENCE_FINDING.c.key)
        return tuple(map(_found, self._rows(query)))

    def findings_of_story(self, story: str) -> tuple[StoredFinding, ...]:
        """The findings in force on a story's articles, highest rank first, then by id."""
        query = _current().where(LICENCE_FINDING.c.story == legible(story))
        rows = self._rows(query.order_by(LICENCE_FINDING.c.rank.desc(), LICENCE_FINDING.c.id))
        return tuple(map(_found, rows))


def _current() -> Select[Any]:
    return select(LICENCE_FINDING).where(LICENCE_FINDING.c.superseded_key.is_(None))


def _values(finding: Finding, article_key: int, run: int) -> dict[str, Any]:
    return {
        "id": finding.id,
        "version": finding.digest,
        "case_id": finding.case,
        "article_key": article_key,
        "state": finding.state.value,
        "source": finding.source,
        "licensor": finding.licensor,
        "rule": finding.rule.value,
        "certainty": finding.certainty.value,
        "story": finding.story,
        "rank": finding.rank,
        "confidence": finding.confidence,
        "told": packed(finding.as_dict()),
        "run_key": run,
        "superseded_key": None,
    }


def _found(row: AnyRow) -> StoredFinding:
    return StoredFinding(finding_of(json.loads(row.told)), row.version, row.run_key, row.superseded_key)
