"""A simulated world with exact, day-only and missing times, and how well its lineage is told each time."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.lineage import witness
from auditor.registry import Registry
from tests.quality.pipeline import Outcome, match, settle_all
from tests.simulator.measure import Score, measure
from tests.simulator.truth import Times, tell
from tests.simulator.world import Draft


def scores_by_times(drafts: Sequence[Draft], registry: Registry, seed: int) -> dict[Times, Score]:
    """The scores by what is known of the times, printed too; matching, which asks for none, is done once."""
    found: dict[Times, Score] = {}
    matched: Outcome | None = None
    for times in Times:
        world = tell(drafts, times, seed)
        matched = matched or match(world.articles.values(), registry)
        for name, article in world.articles.items():
            matched.witnesses[name] = witness(article, matched.witnesses[name].document, registry)
        found[times] = measure(world, settle_all(matched, registry).rows)
        print(f"\n{times}: {found[times]}  trace {matched.seconds['trace']:.1f} s")
    return found
