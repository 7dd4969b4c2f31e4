"""Without times many links would close a circle: which are kept doesn't depend on the order of arrival."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from auditor.domain import Article, Source, SourceKind
from auditor.export import rows
from auditor.jobs.audit import audit
from auditor.registry import Registry
from auditor.storage import open_store

SITES = tuple(f"{side}post" for side in ("north", "south", "east", "west"))
REGISTRY = Registry(
    [
        Source("ferrywire", "Ferry Wire", SourceKind.WIRE, credits=("Ferry Wire",)),
        *(Source(key, key.title(), SourceKind.PUBLISHER) for key in SITES),
    ]
)
PARTS = (
    "The harbour of Old Quay will close for nine days while divers clear the wreck of a dredger.",
    "Captain Ilse Maren told reporters the channel was safe for small boats and closed to the rest.",
    "Two ferries were sent to the northern pier on Monday after the cables of the old berth had parted.",
    "The dredger sank in a storm last month with no loss of life, and its owners have not been heard from.",
    "Insurers put the damage at 3.4 million crowns, which the port cannot pay before the spring.",
)
SWAPS = (("nine", "ten"), ("small", "little"), ("Monday", "Friday"), ("storm", "gale"), ("spring", "summer"))


def ring(seed: int) -> list[Article]:
    """Untimed articles that each share a part with the next one, and the last with the first."""
    dice = random.Random(seed)
    articles = []
    for number in range(6):
        kept = [PARTS[(number + step) % len(PARTS)] for step in range(dice.randint(2, 4))]
        text = " ".join(kept)
        for old, new in dice.sample(SWAPS, 2):
            text = text.replace(old, new)
        foot = "\n\nSource: Ferry Wire" if dice.random() < 0.3 else ""
        articles.append(Article(f"n{number}", text + foot, dice.choice(SITES)))
    return articles


def exported(path: Path, nights: Iterable[Sequence[Article]]) -> dict[str, list[object]]:
    with open_store(f"sqlite:///{path}") as store:
        store.put_sources(REGISTRY)
        for night in nights:
            run = store.begin_run("ingest", {})
            store.add([(article.id, article) for article in night], run=run)
            audit(store, REGISTRY)
        found: dict[str, list[object]] = {
            what: list(rows(what, store, REGISTRY)) for what in ("articles", "lineage", "garbles")
        }
        return found


@pytest.mark.parametrize("seed", range(6))
def test_any_order_in_any_batches_gives_what_all_at_once_gives(tmp_path: Path, seed: int) -> None:
    articles = ring(seed)
    at_once = exported(tmp_path / "once.db", [articles])
    assert at_once["lineage"]
    dice = random.Random(seed)
    for turn in range(3):
        shuffled = dice.sample(articles, len(articles))
        cut = dice.randint(1, len(shuffled) - 1)
        nights = [[one] for one in shuffled] if turn == 0 else [shuffled[:cut], shuffled[cut:]]
        assert exported(tmp_path / f"{turn}.db", nights) == at_once
