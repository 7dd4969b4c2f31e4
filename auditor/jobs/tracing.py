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
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from auditor.domain import Aligned, Match
from auditor.engine.tasks import Traced, Tracing, traced
from auditor.jobs.batches import batches
from auditor.jobs.changes import Reparented
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
# Articles settled at a time; stories are never cut, so a larger story is a batch of its own.
SETTLED = 2_000


@dataclass(frozen=True, slots=True)
class Settled:
    """What an audit's second part did.

    How many articles were traced anew, how many changed without being new themselves, and which of those
    that had parents before have others now.
    """

    traced: int
    changed: int
    reparented: tuple[Reparented, ...] = ()


def trace_all(store: Store, registry: Registry, workers: Workers, progress: Progress) -> Settled:
    """Trace every article without a verdict, and bring its whole story into one."""
    waiting = store.without_verdict()
    removed = store.removed_ids()
    versions = versions_of(store)
    parents: dict[str, tuple[str, ...]] = {}
    standings: dict[str, Standing] = {}
    done = 0
    for batch in batches(waiting, TRACED):
        kept = _kept(store, batch, removed)
        found = {
            name: with_kept(each, kept.get(name, ()))
            for name, each in zip(batch, _traced(store, batch, workers), strict=True)
        }
        alone = {name: each.judged for name, each in found.items() if each.judged}
        # One that was in a story until now is settled with it, so that the story learns of its leaving.
        known = {name for story in store.stories_of(alone) for name in story.articles}
        known |= {name for tie in versions.ties(alone) for name in tie}
        alone = {name: judged for name, judged in alone.items() if name not in known}
        parents |= parents_of(store.derivations(batch))
        with store.transaction():
            rows = (row for name in batch for row in found[name].derivations)
            store.replace_lineage(batch, rows, (judged.verdict for judged in alone.values()))
            store.replace_garbles(alone, (garble for each in alone.values() for garble in each.garbles))
            store.replace_stale(alone, ())
            store.keep_refused(dict.fromkeys(batch, ()))
        standings |= {name: found[name].standing for name in batch if name not in alone}
        done += len(batch)
        progress.step("articles traced", done, len(waiting))
    fresh = set(standings)
    changed = done = 0
    groups = _components(store, versions, sorted(fresh))
    total = sum(map(len, groups))
    moved: list[Reparented] = []
    for bundle in _bundles(groups):
        work = Settling(store, registry, workers, versions, removed, fresh, standings)
        count, others = work.settle(bundle, parents)
        changed += count
        moved += others
        done += len(bundle)
        progress.step("lineage settled", done, total)
    return Settled(len(waiting), changed, tuple(sorted(moved, key=lambda one: one.article)))


def _traced(store: Store, batch: Sequence[str], workers: Workers) -> Iterator[Traced]:
    shared = _shared(store.matches(batch), set(batch))
    needed = set(batch).union(*(others for others in shared.values()))
    held = {article.id: article for article in store.articles(needed)}
    tasks = [
        Tracing(
            held[name],
            tuple(
                (held[other], tuple(found))
                for other, found in sorted(shared[name].items())
                if not held[other].removed
            ),
        )
        for name in batch
    ]
    yield from workers.map(traced, tasks)


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


def _shared(matches: Iterable[Match], wanted: set[str]) -> Mapping[str, Mapping[str, list[Aligned]]]:
    """What each wanted article shares with each other one, seen from the wanted one."""
    shared: dict[str, dict[str, list[Aligned]]] = defaultdict(lambda: defaultdict(list))
    for match in matches:
        aligned = Aligned(match.a.span, match.b.span, match.similarity, match.kind)
        if match.a.article in wanted:
            shared[match.a.article][match.b.article].append(aligned)
        if match.b.article in wanted:
            shared[match.b.article][match.a.article].append(aligned.flipped())
    return shared


def _components(store: Store, versions: Versions, articles: Sequence[str]) -> list[list[str]]:
    """The articles and all that rows, versions or a story tie to them, in groups that share nothing."""
    group_of: dict[str, set[str]] = {}
    seen: set[str] = set()
    frontier = set(articles)
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
