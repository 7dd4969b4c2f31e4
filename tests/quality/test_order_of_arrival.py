"""Many articles and their copies in any order and any batches: the same rows as all at once.

A few stories fit into one batch of all that an audit does; these don't, and some of them merge and part again
as articles come.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from auditor.domain import Article, Moment
from auditor.export import rows
from auditor.jobs.audit import audit
from auditor.jobs.sources import registry_of
from auditor.storage import open_store
from tests.bench import collection

pytestmark = [pytest.mark.quality, pytest.mark.shared]

ARTICLES, NIGHTS, SEED = 1200, 5, 3


def test_nights_in_any_order_give_what_one_audit_gives(shared: Path, tmp_path: Path) -> None:
    texts = collection.read_texts(shared / "data/news/reuters21578.jsonl.gz")
    articles = [
        Article(
            row["id"],
            row["text"],
            source="reuters" if row["source"] == "Reuters" else row["source"].lower().replace(" ", "-"),
            published=Moment.parse(row["published_at"]),
        )
        for row in collection.articles(texts, 0, ARTICLES)
    ]
    once = _exported(tmp_path / "once.db", [articles])
    shuffled = random.Random(SEED).sample(articles, len(articles))
    size = ARTICLES // NIGHTS
    grown = _exported(tmp_path / "grown.db", [shuffled[at : at + size] for at in range(0, ARTICLES, size)])
    for what, found in once.items():
        assert len(found) > 0
        assert grown[what] == found, what


def _exported(path: Path, nights: Sequence[Sequence[Article]]) -> dict[str, list[object]]:
    registry = registry_of(None, ())
    with open_store(f"sqlite:///{path}") as store:
        store.put_sources(registry)
        for night in nights:
            run = store.begin_run("ingest", {})
            store.add([(article.id, article) for article in night], run=run)
            audit(store, registry, processes=1)
        return {
            what: list(rows(what, store, registry)) for what in ("matches", "lineage", "garbles", "articles")
        }
