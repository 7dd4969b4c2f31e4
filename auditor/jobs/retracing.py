"""Which articles must be traced again after a search: those whose rows may come out otherwise.

    matches before and now → what changed for each article → what lineage says of it → to be traced again

A night's articles share text with stories of long ago, whose articles have nothing from them. It must not
know how rows come about, nor what is searched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from auditor.domain import Derivation, Match
from auditor.engine.tasks import brief_standing_of
from auditor.jobs.batches import batches
from auditor.lineage import Kin, may_bear
from auditor.lineage.crediting import Reach

if TYPE_CHECKING:
    from auditor.engine.local import Workers
    from auditor.registry import Registry
    from auditor.storage import Store

# Articles looked at together: bounds how many matches and rows are in memory.
TOGETHER = 1_000

# For each article its relatives, with how many of its characters each shares.
Shared = Mapping[str, Mapping[str, int]]


def steady(
    store: Store,
    registry: Registry,
    workers: Workers,
    names: Collection[str],
    before: Iterable[Match],
    now: Iterable[Match],
) -> set[str]:
    """Those of some traced articles whose rows stay as they are, whatever else they share text with now.

    ``before`` and ``now`` are all matches of what was searched for; the articles' own texts read as they did.
    """
    names = set(names).difference(store.without_verdict()) if names else set()
    changed = _changed(names, before, now) if names else {}
    found = names - changed.keys()
    for some in batches(sorted(changed), TOGETHER):
        found |= _steady(store, registry, workers, {name: changed[name] for name in some})
    return found


def _changed(names: Collection[str], before: Iterable[Match], now: Iterable[Match]) -> Shared:
    """With whom each article shares other passages than before, and how much at most."""
    old, new = _by_pair(names, before), _by_pair(names, now)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for pair in old.keys() | new.keys():
        was, has = old.get(pair, set()), new.get(pair, set())
        if was != has:
            for name, other in (pair, pair[::-1]):
                if name in names:
                    found[name][other] = max(_extent(was, name), _extent(has, name))
    return found


def _by_pair(names: Collection[str], matches: Iterable[Match]) -> dict[tuple[str, str], set[Match]]:
    found: dict[tuple[str, str], set[Match]] = defaultdict(set)
    for match in matches:
        if match.a.article in names or match.b.article in names:
            found[match.a.article, match.b.article].add(match)
    return found


def _extent(matches: Iterable[Match], name: str) -> int:
    """How many characters of an article its matches with another take."""
    return sum(
        place.span.length for match in matches for place in (match.a, match.b) if place.article == name
    )


def _steady(store: Store, registry: Registry, workers: Workers, changed: Shared) -> set[str]:
    others = _others(store, changed)
    named = {*changed, *chain.from_iterable(changed.values()), *chain.from_iterable(others.values())}
    outlines = {outline.id: outline for outline in store.outlines(named)}
    rows = _rows(store, changed)

    def of_kin(kin: Mapping[str, int]) -> list[Kin]:
        return [Kin(outlines[other], size) for other, size in kin.items() if not outlines[other].is_removed]

    def bears(name: str, credited: Collection[str] | None) -> bool:
        kin = of_kin(changed[name]), of_kin(others.get(name, {}))
        return may_bear(outlines[name], credited, *kin, rows.get(name, ()), registry)

    open_ = [name for name in changed if bears(name, None)]
    # Whom an article credits stands in its text: read only where it decides.
    asked = [name for name in open_ if not bears(name, ())]
    credited = {
        each.article: {scope.source for scope in each.credited if scope.reach is not Reach.SENTENCE}
        for each in workers.map(brief_standing_of, store.articles(asked))
    }
    return changed.keys() - {name for name in open_ if name not in credited or bears(name, credited[name])}


def _others(store: Store, changed: Shared) -> Shared:
    """The other relatives of each article, with how many of its characters each shares."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for match in store.matches(changed):
        for ours, theirs in ((match.a, match.b), (match.b, match.a)):
            name, other = ours.article, theirs.article
            if name in changed and other not in changed[name]:
                found[name][other] += ours.span.length
    return found


def _rows(store: Store, names: Collection[str]) -> Mapping[str, list[Derivation]]:
    """What tracing gave for each article, settled or refused."""
    found: dict[str, list[Derivation]] = defaultdict(list)
    for row in chain(store.derivations(names), *store.refused(names).values()):
        found[row.article].append(row)
    return found
