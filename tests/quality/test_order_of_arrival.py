"""Many articles and their copies in any order and any batches: the same rows as all at once.

A few stories fit into one batch of all that an audit does; these don't, and some of them merge and part again
as articles come.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from auditor.export import rows
from auditor.jobs.audit import audit
from auditor.jobs.ingest import ingest
from auditor.jobs.sources import registry_of
from auditor.storage import open_store
from tests.bench import collection

pytestmark = [pytest.mark.quality, pytest.mark.shared]

ARTICLES, NIGHTS, SEED = 1200, 5, 3


def test_nights_in_any_order_give_what_one_audit_gives(shared: Path, tmp_path: Path) -> None:
    texts = collection.read_texts(shared / "data/news/reuters21578.jsonl.gz")
    articles = list(collection.articles(texts, 0, ARTICLES))
    once = _exported(tmp_path / "once", [articles])
    shuffled = random.Random(SEED).sample(articles, len(articles))
    size = ARTICLES // NIGHTS
    grown = _exported(tmp_path / "grown", [shuffled[at : at + size] for at in range(0, ARTICLES, size)])
    for what, found in once.items():
        assert len(found) > 0
        assert grown[what] == found, what


def _exported(folder: Path, nights: Sequence[Sequence[dict[str, str]]]) -> dict[str, list[object]]:
    folder.mkdir()
    with open_store(f"sqlite:///{folder / 'store.db'}") as store:
        for number, night in enumerate(nights):
            file = folder / f"{number}.jsonl"
            file.write_text("".join(f"{json.dumps(row)}\n" for row in night), encoding="utf-8")
            ingest(store, registry_of(store), [file])
            audit(store, registry_of(store), processes=1)
        registry = registry_of(store)
        return {
            what: list(rows(what, store, registry)) for what in ("matches", "lineage", "garbles", "articles")
        }
