"""Second part of an audit: parents, origins, verdicts, garbles and stories of whatever lacks a verdict.

    without a verdict → rows of each article → store → whole stories → settled → parents first → garbles,
    verdicts → store

Rows are kept before they are settled, and an article has a verdict only once all of it is done: an
interrupted audit goes on where it was. What settling refuses (a link that would close a circle, a credit
that a parent explains) is kept apart and handed in again the next time, so that the result doesn't depend
on what was known when it was refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

from auditor.domain import Aligned, Match
from auditor.engine.tasks import Traced, Tracing, traced_together, unrelated
from auditor.jobs.batches import batches
from auditor.jobs.changes import Reparented
from auditor.jobs.kindred import kindred
from auditor.jobs.settling import Rows, Settling, parents_of
from auditor.jobs.versions import Versions, versions_of
from auditor.lineage import Standing

if TYPE_CHECKING:
    from auditor.engine.local import Workers
    from auditor.jobs.progress import Progress
    from auditor.registry import Registry
    from auditor.storage import Store

# Articles traced between two writes: bounds how many texts are in memory.
TRACED = 500
# … and how many of them a worker is sent at a time.
SENT = 50
# Articles of a round, and articles settled at a time: stories are never cut, so a larger story is a batch of
# its own. With more, texts that were read to be traced are gone before they are judged.
SETTLED = 1_000

# What an article shares with others, by their ids.
Shared = Mapping[str, list[Aligned]]
# What of the matches of two articles, the lesser id first, is merely told alike, by their places in order.
Told = Mapping[tuple[str, str], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Settled:
    """What an audit's second part did.

    How many articles were traced anew, how many changed without being new themselves, and which of those
    that had parents before have others now.
    """

    traced: int
    changed: int
    reparented: tuple[Reparented, ...] = ()


def trace_all(
    store: Store,
    registry: Registry,
    workers: Workers,
    progress: Progress,
    plain: frozenset[str] = frozenset(),
    told: Told = MappingProxyType({}),
) -> Settled:
    """Trace every article without a verdict, and bring its whole story into one.

    Round by round, so that a text that was read to be traced is still at hand when it is judged. ``plain``
    needn't be read if they share nothing with any other (see ``engine.tasks.Examined``), of the pairs in
    ``told`` it is known what is merely told alike (see ``engine.tasks.Paired``).
    """
    waiting = store.without_verdict()
    round_ = _Round(store, registry, workers, versions_of(store), store.removed_ids(), plain, told)
    traced = settled = changed = 0
    moved: list[Reparented] = []
    for names in _rounds(store, round_.versions, waiting):
        for batch in batches(names, TRACED):
            round_.trace(batch)
            traced += len(batch)
            progress.step("articles traced", traced, len(waiting))
        for bundle in round_.stories():
            count, others = round_.settle(bundle)
            changed += count
            moved += others
            settled += len(bundle)
            progress.step("lineage settled", settled, None)
        round_ = round_.next()
    return Settled(len(waiting), changed, tuple(sorted(moved, key=lambda one: one.article)))


@dataclass(frozen=True, slots=True)
class _Round:
    """Articles that nothing ties to those of other rounds: traced first, then settled story by story.

    ``standings`` are of those traced that must be settled, ``parents`` what these derived from before.
    """

    store: Store
    registry: Registry
    workers: Workers
    versions: Versions
    removed: frozenset[str]
    plain: frozenset[str]
    told: Told
    standings: dict[str, Standing] = field(default_factory=dict)
    parents: dict[str, tuple[str, ...]] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)

    def next(self) -> _Round:
        """A round in which nothing was done yet."""
        return replace(self, standings={}, parents={}, fresh=set())

    def trace(self, batch: Sequence[str]) -> None:
        """Find the rows of some articles and keep them; who has no relative is judged with it."""
        store = self.store
        kept = _kept(store, batch, self.removed)
        shared = _shared(store.matches(batch), set(batch))
        untold = self.plain.intersection(batch).difference(shared, kept)
        read = [name for name in batch if name not in untold]
        found = {
            name: with_kept(each, kept.get(name, ()))
            for name, each in zip(read, self._traced(read, shared), strict=True)
        }
        alone = {name: each.judged for name, each in found.items() if each.judged}
        alone.update((name, unrelated(name)) for name in untold)
        # One that was in a story until now is settled with it, so that the story learns of its leaving.
        known = {name for story in store.stories_of(alone) for name in story.articles}
        known |= {name for tie in self.versions.ties(alone) for name in tie}
        alone = {name: judged for name, judged in alone.items() if name not in known}
        self.parents.update(parents_of(store.derivations(batch)))
        with store.transaction():
            rows = (row for each in found.values() for row in each.derivations)
            store.replace_lineage(batch, rows, (judged.verdict for judged in alone.values()))
            store.replace_garbles(alone, (garble for each in alone.values() for garble in each.garbles))
            store.replace_stale(alone, ())
            store.keep_refused(dict.fromkeys(batch, ()))
        tied = [name for name in batch if name not in alone]
        self.fresh.update(tied)
        self.standings.update((name, found[name].standing) for name in tied if name in found)

    def _traced(self, batch: Sequence[str], shared: Mapping[str, Shared]) -> Iterator[Traced]:
        needed = set(batch).union(*(others for others in shared.values()))
        held = {article.id: article for article in self.store.articles(needed)}
        tasks = [
            Tracing(
                held[name],
                tuple(
                    (held[other], tuple(found), self.told.get((min(name, other), max(name, other))))
                    for other, found in sorted(shared.get(name, {}).items())
                    if not held[other].removed
                ),
            )
            for name in batch
        ]
        for some in self.workers.map(traced_together, batches(tasks, SENT), chunk=1, worth=2):
            yield from some

    def stories(self) -> Iterator[list[str]]:
        """Whole stories of what was traced, some at a time."""
        return _bundles(_components(self.store, self.versions, sorted(self.fresh)))

    def settle(self, bundle: Sequence[str]) -> tuple[int, list[Reparented]]:
        """Settle whole stories; see ``Settling.settle``."""
        work = Settling(
            self.store, self.registry, self.workers, self.versions, self.removed, self.fresh, self.standings
        )
        return work.settle(bundle, self.parents)


def _rounds(store: Store, versions: Versions, waiting: Sequence[str]) -> Iterator[list[str]]:
    """The waiting articles in rounds, kindred ones next to each other; those without any kin come last."""
    wanted = set(waiting)
    pairs = store.sharing(waiting)
    near = {name: at for at, name in enumerate(kindred(pairs))}
    groups = [
        sorted((name for name in group if name in wanted), key=lambda name: near.get(name, 0))
        for group in _components(store, versions, waiting, pairs)
    ]
    groups.sort(key=lambda group: (len(group) == 1, group[0]))
    return _bundles(groups)


def _kept(store: Store, batch: Sequence[str], removed: frozenset[str]) -> dict[str, Rows]:
    """The rows of these articles that name parents whose text is no longer held."""
    if not removed:
        return {}
    rows = (row for row in store.derivations(batch) if row.parent and row.parent.article in removed)
    return {name: tuple(found) for name, found in groupby(rows, key=lambda row: row.article)}


def with_kept(found: Traced, kept: Rows) -> Traced:
    """What was traced, with older rows that can't be found again: where both tell of a span, the older."""
    if not kept:
        return found
    new = [row for row in found.derivations if not any(row.span.overlap(old.span) for old in kept)]
    rows = tuple(sorted((*new, *kept), key=lambda row: row.span))
    return replace(found, derivations=rows, judged=None)


def _shared(matches: Iterable[Match], wanted: set[str]) -> Mapping[str, Shared]:
    """What each wanted article shares with each other one, seen from the wanted one."""
    shared: dict[str, dict[str, list[Aligned]]] = defaultdict(lambda: defaultdict(list))
    for match in matches:
        aligned = Aligned(match.a.span, match.b.span, match.similarity, match.kind)
        if match.a.article in wanted:
            shared[match.a.article][match.b.article].append(aligned)
        if match.b.article in wanted:
            shared[match.b.article][match.a.article].append(aligned.flipped())
    return shared


def _components(
    store: Store, versions: Versions, articles: Sequence[str], pairs: Iterable[tuple[str, str]] = ()
) -> list[list[str]]:
    """The articles and all that rows, versions or a story tie to them, in groups that share nothing.

    ``pairs`` are further ties.
    """
    group_of: dict[str, set[str]] = {}
    for one, two in pairs:
        _join(group_of, one, two)
    seen: set[str] = set()
    frontier = {*articles, *group_of}
    while frontier:
        seen |= frontier
        ties = [*store.links(frontier), *versions.ties(frontier)]
        ties += [(story.articles[0], name) for story in store.stories_of(frontier) for name in story.articles]
        for name in frontier:
            group_of.setdefault(name, {name})
        for one, two in ties:
            _join(group_of, one, two)
        frontier = {name for tie in ties for name in tie} - seen
    groups = {id(group): group for group in group_of.values()}
    return sorted(sorted(group) for group in groups.values())


def _join(group_of: dict[str, set[str]], one: str, two: str) -> None:
    larger, smaller = group_of.setdefault(one, {one}), group_of.setdefault(two, {two})
    if larger is smaller:
        return
    if len(larger) < len(smaller):
        larger, smaller = smaller, larger
    larger |= smaller
    for name in smaller:
        group_of[name] = larger


def _bundles(groups: Iterable[list[str]]) -> Iterator[list[str]]:
    bundle: list[str] = []
    for group in groups:
        if bundle and len(bundle) + len(group) > SETTLED:
            yield bundle
            bundle = []
        bundle += group
    if bundle:
        yield bundle
