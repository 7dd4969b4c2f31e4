"""Takes articles in: reads, registers the sources met, stores in batches, keeps the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.domain import Disposition, Outcome
from auditor.ingest import Item, read_paths
from auditor.jobs.batches import batches
from auditor.jobs.progress import Progress, Silent
from auditor.registry import Registry

if TYPE_CHECKING:
    from auditor.storage import Store

# One transaction each: large enough that commits cost nothing, small enough that a kill loses little.
BATCH = 500
_HELD = (Disposition.STORED, Disposition.DUPLICATE)


@dataclass(frozen=True, slots=True)
class IngestSummary:
    """How many inputs ended as what; ``problems`` are those rejected or failed."""

    run: int
    stored: int
    duplicate: int
    rejected: int
    failed: int
    problems: tuple[Outcome, ...]

    @property
    def not_examined(self) -> int:
        """How many inputs aren't in the store."""
        return self.rejected + self.failed

    def sentence(self) -> str:
        """The counts in words."""
        total = self.stored + self.duplicate + self.not_examined
        return (
            f"{total} inputs: {self.stored} stored, {self.duplicate} duplicate, "
            f"{self.rejected} rejected, {self.failed} failed"
        )

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return {
            "run": self.run,
            "stored": self.stored,
            "duplicate": self.duplicate,
            "rejected": self.rejected,
            "failed": self.failed,
            "problems": [
                {"input": p.name, "outcome": p.disposition.value, "reason": p.reason} for p in self.problems
            ],
        }


def ingest(
    store: Store,
    registry: Registry,
    paths: Sequence[Path],
    *,
    manifest: Path | None = None,
    processes: int = 1,
    captures: bool = False,
    on_outcome: Callable[[Outcome], None] = lambda _outcome: None,
    progress: Progress | None = None,
) -> IngestSummary:
    """Read the paths and store what they hold; one bad input never stops the rest.

    ``processes`` is how many web pages are read at a time; ``captures`` keeps the bytes of each article;
    ``on_outcome`` is told of each input as it ends.
    """
    progress = progress or Silent()
    run = store.begin_run("ingest", {"paths": [str(path) for path in paths]})
    counts: Counter[Disposition] = Counter()
    problems: list[Outcome] = []
    items = read_paths(paths, manifest=manifest, registry=registry, workers=processes, keep_raw=captures)
    for batch in batches(items, BATCH):
        for outcome in take(store, registry, batch, run):
            counts[outcome.disposition] += 1
            on_outcome(outcome)
            if outcome.disposition in (Disposition.REJECTED, Disposition.FAILED):
                problems.append(outcome)
        progress.step("inputs", counts.total(), None)
    summary = IngestSummary(
        run=run,
        stored=counts[Disposition.STORED],
        duplicate=counts[Disposition.DUPLICATE],
        rejected=counts[Disposition.REJECTED],
        failed=counts[Disposition.FAILED],
        problems=tuple(problems),
    )
    store.end_run(run, "done", {each.value: counts[each] for each in Disposition})
    return summary


def take(store: Store, registry: Registry, batch: Sequence[Item], run: int) -> list[Outcome]:
    """Store one batch with its bytes, and before it the sources that it names for the first time."""
    named = {item.article.source for item in batch if item.article and item.article.source}
    registered = {source.key for source in store.sources()}
    met = {item.source.key: item.source for item in batch if item.source}
    fresh = [met.get(key) or registry.get(key) for key in sorted(named - registered)]
    store.put_sources(source for source in fresh if source)
    problems = [item.problem for item in batch if item.problem]
    if problems:
        store.record(problems, run=run)
    articles = [(item.name, item.article) for item in batch if item.article]
    raw = [(one.article.id, one.article.text, one.name, one.raw) for one in batch if one.article and one.raw]
    if not raw:
        return problems + store.add(articles, run=run)
    with store.transaction():
        outcomes = store.add(articles, run=run)
        held = {
            each.name for each in outcomes if each.disposition in (Disposition.STORED, Disposition.DUPLICATE)
        }
        store.put_captures(each for each in raw if each[2] in held)
    return problems + outcomes
