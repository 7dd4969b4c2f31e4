"""Takes texts away whose time is over: by hand for one source, and each night by the settings.

What was decided of them stays, and is shown as decided of a text that is no longer held.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from auditor.errors import ConfigProblem, UsageProblem
from auditor.jobs.locking import now

if TYPE_CHECKING:
    from auditor.registry import Registry
    from auditor.storage import Removal, Store

# In the settings: every source that isn't named, and texts of which no source is known.
OTHERS = "*"


def purge(store: Store, registry: Registry, source: str, before: date, *, dry_run: bool) -> Removal:
    """Take away the texts of a source from before a day; with ``dry_run`` only say which.

    Raises UsageProblem where no such source is registered.
    """
    found = registry.resolve(source)
    if found is None:
        raise UsageProblem(f"no source is called {source!r}", "see auditor sources list")
    removal = store.removable([found.key], before)
    if dry_run or not removal.texts:
        return removal
    run = store.begin_run("purge", {"source": found.key, "before": before.isoformat()})
    removal = store.remove_texts([found.key], before, at=now())
    store.end_run(run, "done", counts(removal))
    return removal


def prune(store: Store, registry: Registry, days: Mapping[str, int], today: date) -> Removal:
    """Take away every text that was kept for as many days as the settings say. Raises ConfigProblem."""
    from auditor.storage import Removal

    total = Removal()
    for sources, kept in _rules(store, registry, days):
        gone = store.remove_texts(sources, today - timedelta(days=kept), at=now())
        total = Removal(
            total.articles + gone.articles,
            total.texts + gone.texts,
            total.characters + gone.characters,
            total.garbles + gone.garbles,
        )
    return total


def _rules(store: Store, registry: Registry, days: Mapping[str, int]) -> list[tuple[list[str | None], int]]:
    """The sources of each rule with their days."""
    rules: list[tuple[list[str | None], int]] = []
    named: set[str] = set()
    for name, kept in days.items():
        if name == OTHERS:
            continue
        source = registry.resolve(name)
        if source is None:
            raise ConfigProblem(
                f"nightly.retention: no source is called {name!r}", "see auditor sources list"
            )
        named.add(source.key)
        rules.append(([source.key], kept))
    if OTHERS in days:
        others: list[str | None] = [s.key for s in store.sources() if s.key not in named]
        rules.append(([*others, None], days[OTHERS]))
    return rules


def counts(removal: Removal) -> dict[str, int]:
    """For a run's record."""
    return {
        "articles": removal.articles,
        "texts": removal.texts,
        "characters": removal.characters,
        "garbles": removal.garbles,
    }
