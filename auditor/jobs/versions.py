"""Versions of one item as the store holds them: what ties them, and what of them is out of date.

Asks the store which article revises which, once an audit; the pure stages say what that makes stale.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from auditor.domain import Stale
from auditor.engine.tasks import Outdating, outdated_of
from auditor.lineage import WITHDRAWN, Standing, later_versions

if TYPE_CHECKING:
    from auditor.engine.local import Workers
    from auditor.storage import Store


class Versions:
    """Which held article revises which other held one."""

    def __init__(self, revises: Mapping[str, str]) -> None:
        self.revises = revises
        self._newer: dict[str, list[str]] = defaultdict(list)
        for newer, older in revises.items():
            self._newer[older].append(newer)

    def ties(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Each pair of versions of which one is among the names."""
        for name in names:
            if name in self.revises:
                yield name, self.revises[name]
            for newer in self._newer.get(name, ()):
                yield newer, name

    def older(self, names: Iterable[str]) -> set[str]:
        """All articles of which one of these is a later version."""
        found: set[str] = set()
        for name in names:
            at = self.revises.get(name)
            while at is not None and at not in found:
                found.add(at)
                at = self.revises.get(at)
        return found

    def later(self, name: str) -> tuple[str, ...]:
        """All later versions of an article, sorted."""
        return later_versions(name, self.revises) if name in self._newer else ()

    def outdated(
        self,
        store: Store,
        workers: Workers,
        names: Iterable[str],
        standings: Mapping[str, Standing],
        removed: frozenset[str],
    ) -> dict[str, tuple[Stale, ...]]:
        """What of these articles they or a later version no longer stand by; only where there is any.

        Nothing can be said of articles whose text, or whose later version's text, is no longer held.
        """
        wanted = {name: self.later(name) for name in sorted(set(names) - removed)}
        wanted = {
            name: later for name, later in wanted.items() if later or standings[name].status in WITHDRAWN
        }
        needed = {*wanted, *(newer for later in wanted.values() for newer in later)} - removed
        held = {article.id: article for article in store.articles(needed)} if needed else {}
        tasks = [
            Outdating(held[name], tuple(held[newer] for newer in later if newer in held))
            for name, later in wanted.items()
        ]
        found = zip(wanted, workers.map(outdated_of, tasks), strict=True)
        return {name: marks for name, marks in found if marks}


def versions_of(store: Store) -> Versions:
    """The versions that a store holds."""
    told = store.versions()
    held = store.keys_of({*told.values()})
    return Versions({newer: older for newer, older in told.items() if older in held and older != newer})
