"""Holds everything stored against the terms, and gives out what was found.

    terms, store | pickups in batches | evaluate | store
    store | findings with their decisions | filter | rows

Nothing of it reads the clock but the run's record: the same store and the same terms give the same findings.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from auditor.domain import Article, Derivation, Garble
from auditor.engine import tasks
from auditor.errors import NotFound
from auditor.jobs.batches import batches
from auditor.jobs.furnishing import furniture_of
from auditor.jobs.licences import Checked, load_terms
from auditor.jobs.progress import Progress, Silent
from auditor.licensing import Certainty, Finding, Pickup, RuleKind, State, Terms, evaluate, triage
from auditor.licensing.decisions import Entry, awaiting, rejected_pairs, standing
from auditor.licensing.terms import canonical
from auditor.lineage import Witness
from auditor.registry import Registry

if TYPE_CHECKING:
    from auditor.storage import Store
    from auditor.storage.licence_findings import StoredTerms

# Pickups that are held at once, with the texts that they name.
BATCH = 200


@dataclass(frozen=True, slots=True)
class UpdateSummary:
    """What an update did. ``kept`` counts articles whose text is gone and whose findings stay as they are."""

    articles: int
    new: int
    superseded: int
    unchanged: int
    kept: int
    agreements: int

    def sentence(self) -> str:
        """The counts in words."""
        kept = f"; {self.kept} articles left as they were, their texts being removed" if self.kept else ""
        return (
            f"{self.articles} articles held against {self.agreements} agreements: {self.new} findings new, "
            f"{self.superseded} superseded, {self.unchanged} unchanged{kept}"
        )

    def as_dict(self) -> dict[str, int]:
        """For --json and the run's record."""
        names = ("articles", "new", "superseded", "unchanged", "kept", "agreements")
        return {name: getattr(self, name) for name in names}


def update_findings(
    store: Store,
    registry: Registry,
    licences: Path,
    *,
    second: Container[str] = (),
    only: Collection[str] | None = None,
    progress: Progress | None = None,
) -> UpdateSummary:
    """Hold every article that derives from another against the terms as they are now.

    ``second`` are the decisions that hold only with a second sign-off: a false match may be among them.
    ``only`` are the articles of which anything changed, where the caller knows that of no other it did.
    Raises ConfigProblem where the terms have a mistake: nothing is changed then. To be called after an
    audit; a nightly job calls it between its steps "audit" and "changes".
    """
    checked = load_terms(licences, registry)
    run = store.begin_run("findings update", {"licences": str(licences), "terms": checked.terms.digest})
    try:
        rejected = rejected_pairs(store.decisions(), second)
        summary = _update(store, registry, checked, rejected, only, run, progress or Silent())
    except BaseException:
        store.end_run(run, "failed", {})
        raise
    store.end_run(run, "done", summary.as_dict())
    return summary


def _update(
    store: Store,
    registry: Registry,
    checked: Checked,
    rejected: frozenset[tuple[str, str]],
    only: Collection[str] | None,
    run: int,
    progress: Progress,
) -> UpdateSummary:
    tasks.prepare(registry, furniture_of(store).known)
    terms = checked.terms
    store.put_terms(_versions(checked), run=run)
    later = _later_versions(store)
    removed = store.removed_ids()
    deriving = [each.article for each in store.verdicts(only) if each.origins]
    gone = sorted(set(store.found_articles(only)) - set(deriving) - removed)
    new = superseded = unchanged = kept = 0
    for done, ids in enumerate(batches([*deriving, *gone], BATCH), 1):
        taken = _Batch.of(store, ids, later)
        whole = [name for name in ids if not taken.texts_of(name) & removed]
        kept += len(ids) - len(whole)
        found = [one for name in whole for one in evaluate(*taken.case(name), terms, registry, rejected)]
        replaced = store.replace_licence_findings(whole, found, run=run)
        new, superseded = new + replaced.new, superseded + replaced.superseded
        unchanged += replaced.unchanged
        progress.step("articles", min(done * BATCH, len(deriving)), len(deriving))
    return UpdateSummary(len(deriving), new, superseded, unchanged, kept, len(terms.agreements))


@dataclass(frozen=True)
class _Batch:
    """Some articles with all that they are judged by."""

    derivations: Mapping[str, list[Derivation]]
    garbles: Mapping[str, list[Garble]]
    stories: Mapping[str, str]
    held: Mapping[str, Article]
    later: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, store: Store, ids: Sequence[str], later: Mapping[str, tuple[str, ...]]) -> _Batch:
        derivations = _by_article(store.derivations(ids))
        named = {name for rows in derivations.values() for row in rows for name in _names(row)}
        named |= {version for name in named for version in later.get(name, ())} | set(ids)
        return cls(
            derivations=derivations,
            garbles=_by_article(store.garbles(ids)),
            stories={name: story.id for story in store.stories_of(ids) for name in story.articles},
            held={article.id: article for article in store.articles(sorted(named))},
            later=later,
        )

    def texts_of(self, name: str) -> set[str]:
        """The articles whose texts an article's findings rest on, itself included."""
        return {name} | {other for row in self.derivations.get(name, ()) for other in _names(row)}

    def case(self, name: str) -> tuple[Pickup, Mapping[str, Witness]]:
        """An article and the texts it is judged by, read."""
        others = self.texts_of(name) - {name}
        others |= {version for other in others for version in self.later.get(other, ())}
        pickup = Pickup(
            tasks.witness_of(self.held[name]),
            tuple(self.derivations.get(name, ())),
            tuple(self.garbles.get(name, ())),
            self.stories.get(name),
        )
        held = {other: tasks.witness_of(self.held[other]) for other in sorted(others) if other in self.held}
        return pickup, held


T = TypeVar("T", Derivation, Garble)


def _by_article(rows: Iterable[T]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for row in rows:
        found.setdefault(row.article, []).append(row)
    return found


def _names(row: Derivation) -> Iterator[str]:
    if row.parent:
        yield row.parent.article
    if row.origin.article is not None:
        yield row.origin.article


def _later_versions(store: Store) -> dict[str, tuple[str, ...]]:
    """For each article that a correction or a kill revises, all its later versions."""
    revises = store.versions()
    found: dict[str, set[str]] = {}
    for name in revises:
        earlier, seen = revises.get(name), {name}
        while earlier is not None and earlier not in seen:
            found.setdefault(earlier, set()).add(name)
            seen.add(earlier)
            earlier = revises.get(earlier)
    return {name: tuple(sorted(versions)) for name, versions in found.items()}


def _versions(checked: Checked) -> Iterator[StoredTerms]:
    from auditor.storage.licence_findings import StoredTerms

    for agreement in checked.terms.agreements:
        says = canonical(agreement.as_dict())
        yield StoredTerms(agreement.digest, agreement.id, says, checked.sources[agreement.id])
    defaults = checked.terms.defaults
    says = canonical({name: getattr(defaults, name) for name in defaults.__slots__})
    yield StoredTerms(defaults.digest, None, says, "")


# Giving out


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings are wanted; a set that is empty wants all."""

    sources: frozenset[str] = frozenset()
    licensors: frozenset[str] = frozenset()
    rules: frozenset[RuleKind] = frozenset()
    stories: frozenset[str] = frozenset()
    certainties: frozenset[Certainty] = frozenset()
    state: State = State.FINDING
    lowest_rank: int = 0
    undecided_only: bool = False

    def wants(self, listed: Listed) -> bool:
        """Is this one wanted?"""
        one = listed.finding
        checks: tuple[tuple[frozenset[Any], Any], ...] = (
            (self.sources, one.source),
            (self.licensors, one.licensor),
            (self.rules, one.rule),
            (self.stories, one.story),
            (self.certainties, one.certainty),
        )
        if any(wanted and value not in wanted for wanted, value in checks):
            return False
        if self.undecided_only and listed.is_settled:
            return False
        return one.state is self.state and one.rank >= self.lowest_rank


@dataclass(frozen=True, slots=True)
class Listed:
    """A finding with the last decision on it; stale where that was on another version of the finding.

    ``awaits`` says that the decision needs a second reviewer who decides the same.
    """

    finding: Finding
    version: str
    decision: Entry | None = None
    superseded: bool = False
    awaits: bool = False

    @property
    def is_stale(self) -> bool:
        """Was it decided on what it no longer says?"""
        return self.decision is not None and self.decision.version != self.version

    @property
    def is_settled(self) -> bool:
        """Is there a decision on what it says now, and no second one to wait for?"""
        return self.decision is not None and not self.is_stale and not self.awaits

    @property
    def standing(self) -> str:
        """The decision in a word, "" for none."""
        if self.decision is None:
            return ""
        doubt = " (stale)" if self.is_stale else " (awaits a second sign-off)" if self.awaits else ""
        return f"{self.decision.decision.value}{doubt}"

    def as_dict(self) -> dict[str, Any]:
        """The form in which findings are exported; see docs/schemas/findings.json."""
        return {
            **self.finding.as_dict(),
            "version": self.version,
            "superseded": self.superseded,
            "decision": self._decided(self.decision) if self.decision else None,
        }

    def _decided(self, last: Entry) -> dict[str, Any]:
        return {
            "decision": last.decision.value,
            "reviewer": last.reviewer,
            "at": str(last.at),
            "number": last.number,
            "stale": self.is_stale,
            "awaits_second": self.awaits,
        }


def list_findings(
    store: Store, wanted: Filter = Filter(), *, second: Container[str] = ()
) -> Iterator[Listed]:
    """The findings in force that are wanted, the highest rank first."""
    log = list(store.decisions())
    decided, waits = standing(log), awaiting(log, second)
    for stored in store.licence_findings():
        name = stored.finding.id
        listed = Listed(stored.finding, stored.version, decided.get(name), awaits=name in waits)
        if wanted.wants(listed):
            yield listed


def show_finding(store: Store, name: str, *, second: Container[str] = ()) -> tuple[Listed, ...]:
    """Every version of a finding, or of each finding of a case, the oldest first. Raises NotFound."""
    log = list(store.decisions(name))
    decided, waits = standing(log), awaiting(log, second)
    found = tuple(
        Listed(
            one.finding,
            one.version,
            decided.get(one.finding.id),
            superseded=one.superseded is not None,
            awaits=one.finding.id in waits,
        )
        for one in store.finding_versions(name)
    )
    if not found:
        raise NotFound(f"no finding or case {name!r} in this store", "see auditor findings list")
    return found


@dataclass(frozen=True, slots=True)
class SourceCount:
    """How a source stands: findings by rule, full copies, and whether triage asks to look at it."""

    source: str
    findings: int
    full_copies: int
    most_within: int
    is_triaged: bool
    decided: int = field(default=0)


def source_counts(
    store: Store, registry: Registry, terms: Terms, *, second: Container[str] = ()
) -> tuple[SourceCount, ...]:
    """Each source with findings, those to be looked at first."""
    listed = list(list_findings(store, second=second))
    findings = [one.finding for one in listed]
    published: dict[str, datetime] = {
        one.id: one.published.earliest
        for one in store.outlines(sorted({f.article for f in findings}))
        if one.published
    }
    triaged = triage(findings, published, terms)
    found: dict[str | None, list[Listed]] = {}
    for one in listed:
        found.setdefault(one.finding.source, []).append(one)
    rows = []
    for source, theirs in found.items():
        most, is_triaged = triaged.get(source or "", (0, False))
        full = sum(one.finding.rule is RuleKind.FULL_COPY for one in theirs)
        decided = sum(one.is_settled for one in theirs)
        name = registry.name_of(source) or "unknown"
        rows.append(SourceCount(name, len(theirs), full, most, is_triaged, decided))
    return tuple(sorted(rows, key=lambda one: (not one.is_triaged, -one.findings, one.source)))
