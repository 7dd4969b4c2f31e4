"""Decides what becomes of arriving articles: new, duplicate, revision or rejected.

Pure: is told what is held, decides in the order of arrival, and collects the rows to write. Must not
know of connections.

A text is the same when its digest is: against *every* revision of the id, so that a night that is run
again, in which an id stood twice with two texts, adds nothing. A duplicate's metadata may say what was
unknown (a manifest after the plain files, a kill notice for the same text); what is known stays.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from auditor.domain import Article, Disposition, Moment, Outcome, Status
from auditor.storage.rows import (
    Values,
    digest_of,
    legible,
    metadata_values,
    moment_of,
    packed,
    refusal,
    revision_values,
)

# A status only ever gets graver: the notice may arrive before the item, and again every night.
_GRAVITY = list(Status)


@dataclass(slots=True)
class Held:
    """What the store holds of one id: its number, the current revision, and all revisions' columns."""

    key: int
    current: int
    revisions: list[Values] = field(default_factory=list)


class Arrivals:
    """The state of one batch: what is held, and what is to be written."""

    def __init__(self, *, run: int, held: dict[str, Held], sources: set[str], next_key: int) -> None:
        self._run = run
        self._held = held
        self._sources = sources
        self._next_key = next_key
        self.new_articles: list[Values] = []
        self.new_revisions: list[Values] = []
        self.current: dict[int, int] = {}
        self.filled_in: dict[tuple[int, int], Values] = {}
        self.stale: set[int] = set()

    @property
    def written(self) -> set[int]:
        """The articles of which anything is to be written."""
        revised = {values["article_key"] for values in self.new_revisions}
        return revised | {key for key, _ in self.filled_in}

    def take(self, name: str, article: Article) -> Outcome:
        """Decide on one article; ``name`` names its input."""
        reason = refusal(article)
        if reason is None and article.source is not None and article.source not in self._sources:
            reason = f"its source {article.source!r} isn't registered"
        if reason is not None:
            return Outcome(name, Disposition.REJECTED, legible(article.id) or None, reason)
        held = self._held.get(article.id)
        if held is None:
            return self._store_new(name, article)
        digest = digest_of(article.text)
        same = next((each for each in held.revisions if each["digest"] == digest), None)
        return (
            self._store_revision(name, article, held)
            if same is None
            else self._fill_in(name, article, held, same)
        )

    def _store_new(self, name: str, article: Article) -> Outcome:
        held = Held(self._next_key, current=1)
        self._next_key += 1
        self._held[article.id] = held
        self.new_articles.append({"key": held.key, "id": article.id, "revision": 1})
        self._keep(article, held, number=1)
        return Outcome(name, Disposition.STORED, article.id)

    def _store_revision(self, name: str, article: Article, held: Held) -> Outcome:
        number = 1 + max(each["number"] for each in held.revisions)
        current = next(each for each in held.revisions if each["number"] == held.current)
        self._keep(article, held, number)
        if _was_captured_before(article, current):
            return Outcome(name, Disposition.STORED, article.id, f"revision {number}, older than the current")
        held.current = number
        self.current[held.key] = number
        self.stale.add(held.key)
        return Outcome(name, Disposition.STORED, article.id, f"revision {number}")

    def _keep(self, article: Article, held: Held, number: int) -> None:
        values = revision_values(article, key=held.key, number=number, run=self._run)
        self.new_revisions.append(values)
        held.revisions.append(values)

    def _fill_in(self, name: str, article: Article, held: Held, same: Values) -> Outcome:
        learnt = _learnt(same, article)
        if not learnt:
            return Outcome(name, Disposition.DUPLICATE, article.id)
        same.update(learnt)
        self.filled_in.setdefault((held.key, same["number"]), {}).update(learnt)
        if same["number"] == held.current:
            self.stale.add(held.key)
        told = ", ".join(sorted(column.removesuffix("_at").removesuffix("_key") for column in learnt))
        return Outcome(name, Disposition.DUPLICATE, article.id, f"its {told} became known")


def _was_captured_before(article: Article, current: Values) -> bool:
    then = moment_of(current["captured_at"])
    return article.captured is not None and then is not None and article.captured.before(then) is True


def _learnt(known: Values, article: Article) -> Values:
    """The columns of which the article says more than is known."""
    told = metadata_values(article)
    learnt = {column: value for column, value in told.items() if value is not None and known[column] is None}
    if _GRAVITY.index(article.status) > _GRAVITY.index(Status(known["status"])):
        learnt["status"] = told["status"]
    for column, moment in (("published_at", article.published), ("captured_at", article.captured)):
        if _is_finer(moment, moment_of(known[column])):
            learnt[column] = told[column]
    if known["extra"] is not None and article.extra:
        before = json.loads(known["extra"])
        after = {**json.loads(told["extra"]), **before}
        if after != before:
            learnt["extra"] = packed(after)
    return learnt


def _is_finer(told: Moment | None, known: Moment | None) -> bool:
    """Does it tell the time of the very day that is known?"""
    if told is None or known is None or known.is_exact or not told.is_exact:
        return False
    return known.earliest <= told.earliest <= known.latest
