"""Audits what is new: search for matches, then trace, settle and judge.

    store | search | trace | store

Interrupted, it goes on where it was; without anything new it changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditor.engine.local import Workers
from auditor.engine.tasks import prepare
from auditor.fingerprint import FINGERPRINT_VERSION
from auditor.jobs.changes import SHOWN, Reparented
from auditor.jobs.furnishing import forget_revised, furniture_of
from auditor.jobs.progress import Progress, Silent
from auditor.jobs.searching import search
from auditor.jobs.tracing import trace_all
from auditor.registry import Registry

if TYPE_CHECKING:
    from auditor.storage import Store


@dataclass(frozen=True, slots=True)
class AuditSummary:
    """What an audit did.

    ``changed`` counts articles whose lineage changed though they aren't new; ``reparented`` names those that
    had parents before and have others now.
    """

    examined: int
    pairs: int
    matches: int
    traced: int
    changed: int
    stories: int
    reparented: tuple[Reparented, ...] = ()

    def sentence(self) -> str:
        """The counts in words."""
        if not self.traced:
            return f"nothing new to audit; {self.stories} stories"
        moved = f", {len(self.reparented)} with other parents than before" if self.reparented else ""
        return (
            f"{self.examined} articles examined, {self.pairs} pairs aligned, {self.matches} matches; "
            f"{self.traced} traced, {self.changed} others changed{moved}; {self.stories} stories"
        )

    def lines(self) -> list[str]:
        """Some of the articles that have other parents than before, a line each; the rest is counted."""
        told = [f"- {one.sentence()}" for one in self.reparented[:SHOWN]]
        more = len(self.reparented) - SHOWN
        return [*told, f"- and {more} more"] if more > 0 else told

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return {
            "examined": self.examined,
            "pairs": self.pairs,
            "matches": self.matches,
            "traced": self.traced,
            "changed": self.changed,
            "stories": self.stories,
        }


def audit(
    store: Store,
    registry: Registry,
    *,
    processes: int = 1,
    everything: bool = False,
    progress: Progress | None = None,
) -> AuditSummary:
    """Work out where everything that is unexamined came from; with ``everything``, all articles again."""
    progress = progress or Silent()
    if everything:
        store.forget_examinations()
        store.forget_learnt_furniture()
    run = store.begin_run("audit", {"everything": everything})
    try:
        summary = work_out(store, registry, processes=processes, progress=progress)
    except BaseException:
        store.end_run(run, "failed", {})
        raise
    store.end_run(run, "done", summary.as_dict())
    return summary


def work_out(store: Store, registry: Registry, *, processes: int, progress: Progress) -> AuditSummary:
    """The same without a run of its own: for a job of which this is a part."""
    forget_revised(store, store.unexamined(FINGERPRINT_VERSION))
    with Workers(processes, prepare, (registry, furniture_of(store).known)) as workers:
        found = search(store, registry, workers, progress)
        settled = trace_all(store, registry, workers, progress, found.plain, found.told)
    return AuditSummary(
        found.examined,
        found.pairs,
        found.matches,
        settled.traced,
        settled.changed,
        store.count_stories(),
        settled.reparented,
    )
