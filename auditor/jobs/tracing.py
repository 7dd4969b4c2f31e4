"""Second part of an audit: parents, origins, verdicts, garbles and stories of whatever lacks a verdict.

    without a verdict → rows of each article → store → whole stories → settled → parents first → garbles,
    verdicts → store

Rows are kept before they are settled, and an article has a verdict only once all of it is done: an
interrupted audit goes on where it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from auditor.domain import Aligned, Derivation, Garble, Match, Verdict
from auditor.engine.tasks import Judging, Traced, Tracing, judged, standing_of, traced
from auditor.jobs.batches import batches
from auditor.lineage import Standing, settle, stories

if TYPE_CHECKING:
    from auditor.engine.local import Workers
    from auditor.jobs.progress import Progress
    from auditor.registry import Registry
    from auditor.storage import Store

# Articles traced between two writes: bounds how many texts are in memory.
TRACED = 500
# Articles settled at a time; stories are never cut, so a larger story is a batch of its own.
SETTLED = 2_000

Rows = tuple[Derivation, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """How many articles were traced anew, and how many changed without being new themselves."""

    traced: int
    changed: int


def trace_all(store: Store, registry: Registry, workers: Workers, progress: Progress) -> Settled:
    """Trace every article without a verdict, and bring its whole story into one."""
    waiting = store.without_verdict()
    removed = store.removed_ids()
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
        alone = {name: judged for name, judged in alone.items() if name not in known}
        with store.transaction():
            rows = (row for name in batch for row in found[name].derivations)
            store.replace_lineage(batch, rows, (verdict for verdict, _ in alone.values()))
            store.replace_garbles(alone, (garble for _, garbles in alone.values() for garble in garbles))
        standings |= {name: found[name].standing for name in batch if name not in alone}
        done += len(batch)
        progress.step("articles traced", done, len(waiting))
    fresh = set(standings)
    changed = done = 0
    groups = _components(store, sorted(fresh))
    total = sum(map(len, groups))
    for bundle in _bundles(groups):
        changed += _settle(store, registry, workers, bundle, fresh, standings, removed)
        done += len(bundle)
        progress.step("lineage settled", done, total)
    return Settled(len(waiting), changed)


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


def _components(store: Store, articles: Sequence[str]) -> list[list[str]]:
    """The articles and all that is tied to them by rows or by a story, in groups that share nothing."""
    group_of: dict[str, set[str]] = {}
    seen: set[str] = set()
    frontier = set(articles)
    while frontier:
        seen |= frontier
        ties = list(store.links(frontier))
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


def _settle(
    store: Store,
    registry: Registry,
    workers: Workers,
    articles: Sequence[str],
    fresh: set[str],
    standings: dict[str, Standing],
    removed: frozenset[str],
) -> int:
    """Settle whole stories and keep what changed; returns how many articles changed without being fresh."""
    before = _rows(store, articles)
    missing = [name for name in articles if name not in standings]
    standings |= zip(missing, workers.map(standing_of, store.articles(missing)), strict=True)
    after = as_decided(before, settle(before, standings, registry), removed)
    stale = [name for name in articles if name in fresh or after[name] != before[name]]
    known = {name: () for name in articles if name not in stale} | _garbles(store, articles)
    changed = [name for name in _with_heirs(after, stale) if name not in removed]
    verdicts, damage = _judge(store, workers, after, changed, known, removed)
    previous = store.stories_of(articles)
    with store.transaction():
        store.replace_lineage(changed, [row for name in changed for row in after[name]], verdicts)
        store.replace_garbles(changed, damage)
        told = stories((row for rows in after.values() for row in rows), standings, previous)
        store.replace_stories(told, instead_of=previous)
    return sum(name not in fresh for name in changed)


def as_decided(
    before: Mapping[str, Rows], after: Mapping[str, Rows], removed: frozenset[str]
) -> Mapping[str, Rows]:
    """The settled rows, those of texts that are no longer held as they were decided when they were.

    Unless the two together go round in a circle: then what was settled stands.
    """
    if removed.isdisjoint(after):
        return after
    rows = {name: before[name] if name in removed else found for name, found in after.items()}
    return rows if sum(map(len, _levels(rows))) == len(rows) else after


def _rows(store: Store, articles: Sequence[str]) -> dict[str, Rows]:
    found = {
        name: tuple(rows) for name, rows in groupby(store.derivations(articles), key=lambda row: row.article)
    }
    return {name: found.get(name, ()) for name in articles}


def _garbles(store: Store, articles: Sequence[str]) -> dict[str, tuple[Garble, ...]]:
    return {
        name: tuple(found)
        for name, found in groupby(store.garbles(articles), key=lambda garble: garble.article)
    }


def _with_heirs(rows: Mapping[str, Rows], stale: Iterable[str]) -> list[str]:
    """The stale articles and all that derives from them, parents first."""
    heirs: dict[str, set[str]] = defaultdict(set)
    for name, found in rows.items():
        for row in found:
            if row.parent:
                heirs[row.parent.article].add(name)
    wanted: set[str] = set()
    waiting = list(stale)
    while waiting:
        name = waiting.pop()
        if name not in wanted:
            wanted.add(name)
            waiting += heirs[name]
    return [name for level in _levels(rows) for name in level if name in wanted]


def _levels(rows: Mapping[str, Rows]) -> list[list[str]]:
    """Articles by generation: each comes after all of its parents; those in a circle are left out."""
    parents = {
        name: {row.parent.article for row in found if row.parent and row.parent.article in rows}
        for name, found in rows.items()
    }
    placed: set[str] = set()
    levels: list[list[str]] = []
    while len(placed) < len(parents):
        level = sorted(name for name, above in parents.items() if name not in placed and above <= placed)
        if not level:  # what is left goes round in a circle, which settled rows never do
            break
        levels.append(level)
        placed.update(level)
    return levels


def _judge(
    store: Store,
    workers: Workers,
    rows: Mapping[str, Rows],
    changed: Sequence[str],
    known: dict[str, tuple[Garble, ...]],
    removed: frozenset[str],
) -> tuple[list[Verdict], list[Garble]]:
    """Verdicts and garbles of the changed articles, a generation at a time."""
    verdicts: list[Verdict] = []
    damage: list[Garble] = []
    wanted = set(changed)
    for level in _levels(rows):
        for batch in batches((name for name in level if name in wanted), TRACED):
            for name, (verdict, found) in _judged(store, workers, rows, batch, known, removed):
                known[name] = found
                verdicts.append(verdict)
                damage += found
    return verdicts, damage


def _judged(
    store: Store,
    workers: Workers,
    rows: Mapping[str, Rows],
    batch: Sequence[str],
    known: Mapping[str, tuple[Garble, ...]],
    removed: frozenset[str],
) -> Iterator[tuple[str, tuple[Verdict, tuple[Garble, ...]]]]:
    parents = {
        name: sorted({row.parent.article for row in rows[name] if row.parent and row.parent.article != name})
        for name in batch
    }
    held = {
        article.id: article
        for article in store.articles({*batch, *(p for ps in parents.values() for p in ps)})
    }
    tasks = [
        Judging(
            held[name],
            rows[name],
            tuple(held[parent] for parent in parents[name] if parent not in removed),
            {parent: known.get(parent, ()) for parent in parents[name]},
        )
        for name in batch
    ]
    for name, (verdict, found) in zip(batch, workers.map(judged, tasks), strict=True):
        old = (garble for garble in known.get(name, ()) if _is_of(garble, removed))
        yield name, (verdict, (*found, *old))


def _is_of(garble: Garble, articles: frozenset[str]) -> bool:
    """Was it found beside one of these parents?"""
    return garble.parent is not None and garble.parent.article in articles
