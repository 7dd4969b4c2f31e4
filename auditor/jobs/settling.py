"""Settles whole stories of a store and says of each article in them what there is to say.

    rows as traced and as refused before → settled → parents first → verdicts, garbles, stale spans → store

Only what changed is judged again and written, with all that derives from it. This module must not know how
rows come about, nor which stories are to be settled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from auditor.domain import Derivation, Garble, Moment, Relation, Stale, Story
from auditor.engine.tasks import Judged, Judging, brief_standing_of, judged, standing_of
from auditor.jobs.batches import batches
from auditor.jobs.changes import Reparented
from auditor.jobs.versions import Versions
from auditor.lineage import Standing, is_inferred, settle, stories, to_continue

if TYPE_CHECKING:
    from auditor.engine.local import Workers
    from auditor.registry import Registry
    from auditor.storage import Store

# Articles judged at a time: bounds how many texts are in memory.
JUDGED = 500

Rows = tuple[Derivation, ...]
Found = TypeVar("Found", Garble, Stale)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an article that those copied from it may have from it."""

    garbles: tuple[Garble, ...]
    stale: tuple[Stale, ...]


@dataclass(frozen=True, slots=True)
class Settling:
    """Settling whole stories of a store: what it needs throughout.

    ``fresh`` are the articles that were traced just now; ``standings`` grows as others are met.
    """

    store: Store
    registry: Registry
    workers: Workers
    versions: Versions
    removed: frozenset[str]
    fresh: set[str]
    standings: dict[str, Standing]

    def settle(
        self, articles: Sequence[str], parents: Mapping[str, tuple[str, ...]]
    ) -> tuple[int, list[Reparented]]:
        """Settle whole stories and keep what changed.

        Returns how many articles changed without being fresh, and which have other parents than before;
        ``parents`` has what those of the fresh articles were.
        """
        store, fresh = self.store, self.fresh
        before, refused = _rows(store, articles), store.refused(set(articles) - self.removed)
        raw = {name: (*rows, *refused.get(name, ())) for name, rows in before.items()}
        self._read(articles, raw)
        after = as_decided(before, settle(raw, self.standings, self.registry), self.removed)
        outdated = self.versions.older(fresh.intersection(articles))
        touched = [n for n in articles if n in fresh or n in outdated or after[n] != before[n]]
        changed = [name for name in _with_heirs(after, touched) if name not in self.removed]
        told = self._judge(after, changed)
        previous = store.stories_of(articles)
        with store.transaction():
            verdicts = (each.verdict for each in told.values())
            store.replace_lineage(changed, [row for name in changed for row in after[name]], verdicts)
            store.replace_garbles(changed, [garble for each in told.values() for garble in each.garbles])
            store.replace_stale(changed, [one for each in told.values() for one in each.stale])
            store.keep_refused({name: _refused(raw[name], after[name]) for name in changed})
            store.replace_stories(self._stories(after, articles, previous), instead_of=previous)
        was = parents_of(row for name in changed if name not in fresh for row in before[name]) | {
            name: parents[name] for name in changed if name in fresh and name in parents
        }
        now = parents_of(row for name in was for row in after[name])
        moved = [Reparented(n, old, now.get(n, ())) for n, old in was.items() if now.get(n, ()) != old]
        return sum(name not in fresh for name in changed), moved

    def _read(self, articles: Sequence[str], raw: Mapping[str, Rows]) -> None:
        """Have the standings of all these; of those met now their paragraphs only where asked for."""
        missing = [name for name in articles if name not in self.standings]
        found = self.workers.map(brief_standing_of, self.store.articles(missing))
        self.standings.update((each.article, each) for each in found)
        asked = to_continue(raw, self.standings).intersection(missing)
        found = self.workers.map(standing_of, self.store.articles(asked))
        self.standings.update((each.article, each) for each in found)

    def _stories(
        self, rows: Mapping[str, Rows], articles: Sequence[str], previous: Sequence[Story]
    ) -> tuple[Story, ...]:
        """The stories that these articles make, under names that no other story has."""
        those = {name: self.standings[name] for name in articles}
        own = {story.id for story in previous}
        elsewhere: set[str] = set()
        while True:
            told = stories((row for found in rows.values() for row in found), those, previous, elsewhere)
            clashing = self.store.held_stories({story.id for story in told} - own)
            if not clashing:
                return told
            elsewhere |= clashing

    def _judge(self, rows: Mapping[str, Rows], changed: Sequence[str]) -> dict[str, Judged]:
        """What is said of the changed articles, a generation at a time, parents first."""
        wanted = set(changed)
        garbles, stale = _by_article(self.store.garbles(rows)), _by_article(self.store.stale(rows))
        known = {name: Known(garbles.get(name, ()), stale.get(name, ())) for name in rows}
        above = {row.parent.article for name in changed for row in rows[name] if row.parent}
        marks = self.versions.outdated(self.store, self.workers, above, self.standings, self.removed)
        told: dict[str, Judged] = {}
        for level in _levels(rows):
            for batch in batches((name for name in level if name in wanted), JUDGED):
                for name, each in self._judged(rows, batch, known, marks):
                    known[name] = Known(each.garbles, each.stale)
                    told[name] = each
        return told

    def _judged(
        self,
        rows: Mapping[str, Rows],
        batch: Sequence[str],
        known: Mapping[str, Known],
        marks: Mapping[str, tuple[Stale, ...]],
    ) -> Iterator[tuple[str, Judged]]:
        parents = {
            name: sorted({row.parent.article for row in rows[name] if row.parent} - {name}) for name in batch
        }
        named = {*batch, *(parent for above in parents.values() for parent in above)}
        held = {article.id: article for article in self.store.articles(named)}
        tasks = []
        for name in batch:
            stale = {parent: (*marks.get(parent, ()), *known[parent].stale) for parent in parents[name]}
            tasks.append(
                Judging(
                    held[name],
                    rows[name],
                    tuple(held[parent] for parent in parents[name] if parent not in self.removed),
                    {parent: known[parent].garbles for parent in parents[name]},
                    stale,
                    self._published(one.current for those in stale.values() for one in those),
                    frozenset(self.versions.older([name])),
                )
            )
        for name, each in zip(batch, self.workers.map(judged, tasks), strict=True):
            yield name, self._with_old(each, known[name], rows[name])

    def _published(self, names: Iterable[str]) -> dict[str, Moment]:
        told = ((name, self.standings.get(name)) for name in names)
        return {name: each.published for name, each in told if each and each.published}

    def _with_old(self, found: Judged, known: Known, rows: Rows) -> Judged:
        """What was found beside texts that are no longer held stands as it was found."""
        if not self.removed:
            return found
        gone = [row.span for row in rows if row.parent and row.parent.article in self.removed]
        garbles = (one for one in known.garbles if one.parent and one.parent.article in self.removed)
        stale = (
            one
            for one in known.stale
            if {one.taken, one.current} & self.removed or any(span.overlap(one.span) for span in gone)
        )
        return replace(
            found,
            garbles=(*found.garbles, *garbles),
            stale=tuple(dict.fromkeys((*found.stale, *stale))),
        )


def _refused(raw: Rows, settled: Rows) -> Rows:
    """The rows that tracing gave and settling left out; those that it inferred itself aren't among them."""
    taken = {(row.span, row.parent) for row in settled}
    return tuple(row for row in raw if (row.span, row.parent) not in taken and not is_inferred(row))


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


def _by_article(found: Iterable[Found]) -> dict[str, tuple[Found, ...]]:
    return {name: tuple(group) for name, group in groupby(found, key=lambda one: one.article)}


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


def parents_of(rows: Iterable[Derivation]) -> dict[str, tuple[str, ...]]:
    """The articles that each article copied from, sorted; only those that have any."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.parent and row.relation is Relation.COPY:
            found[row.article].add(row.parent.article)
    return {name: tuple(sorted(above)) for name, above in found.items()}
