"""Floors for reports that were written independently of each other: they are given no parent to copy from.

In the simulated world each story has an independent report (other agency copy under a site's name). In real
news most articles of two publishers on one event are such reports: they heard one speech and quote it.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from auditor.domain import Article, Moment, Relation, Source, SourceKind
from auditor.lineage import Relative, Witness, trace, witness
from auditor.matching import align
from auditor.registry import Registry, source_key
from auditor.sources import shipped_sources
from auditor.text import read
from tests.quality.matching_measure import candidate_pairs
from tests.quality.seen import scores_by_times
from tests.simulator.sites import make_registry, make_sites
from tests.simulator.truth import Times
from tests.simulator.wirecopy import read_items
from tests.simulator.world import Shape, make_world

pytestmark = [pytest.mark.quality, pytest.mark.shared]

SEED = 21
SHAPE = Shape(stories=200, copies=(1, 2), merges=0.02, independents=1.0)
ALONE = 0.005
# Of real articles that share a passage with another publisher's of these days: how many may be called copies
# of it where neither credits the other, nor both a third. It was .14 before reports were told from copies.
YEAR, REAL, DRAWN, NEAR = "2013", 0.03, 250, timedelta(days=3)


@pytest.fixture(scope="module")
def alone(shared: Path) -> dict[Times, float]:
    """The share of independent reports with a parent to copy from, by what is known of the times."""
    drafts = make_world(read_items(shared), SEED, SHAPE)
    registry = make_registry(make_sites(random.Random(SEED)))
    scores = scores_by_times(drafts, registry, SEED)
    assert all(score.counts["alone"] >= 190 for score in scores.values())
    return {times: score.independents for times, score in scores.items()}


@pytest.mark.parametrize("times", list(Times))
def test_independent_reports_get_no_parent_to_copy_from(alone: dict[Times, float], times: Times) -> None:
    assert alone[times] <= ALONE


def test_real_reports_of_one_event_are_seldom_called_copies(shared: Path) -> None:
    with gzip.open(shared / "data/news/allsides.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if (row["published_at"] or "").startswith(YEAR)]
    registry = _registry(rows)
    articles = {row["id"]: _article(row, registry) for row in rows}
    beside = _beside(articles)
    drawn = random.Random(SEED).sample(sorted(beside), DRAWN)
    known: dict[str, Witness] = {}
    copies = [name for name in drawn if _is_called_copy(name, beside[name], articles, known, registry)]
    print(f"\n{len(copies)} of {DRAWN}: {copies}")
    assert len(copies) <= REAL * DRAWN


def _registry(rows: list[dict[str, Any]]) -> Registry:
    known = Registry(shipped_sources())
    names = {row["source"] for row in rows if known.resolve(row["source"]) is None}
    return Registry(
        [*known, *(Source(source_key(name), name, SourceKind.PUBLISHER) for name in sorted(names))]
    )


def _article(row: dict[str, Any], registry: Registry) -> Article:
    source = registry.resolve(row["source"])
    return Article(
        row["id"],
        row["text"],
        source.key if source else None,
        title=row["title"],
        url=row["url"],
        byline=row.get("byline"),
        published=Moment.parse(row["published_at"]),
    )


def _beside(articles: Mapping[str, Article]) -> dict[str, set[str]]:
    """For each article that may share text with another publisher's of the same days: all of those days."""
    texts = {name: article.text for name, article in articles.items()}
    dates = {name: str(article.published) for name, article in articles.items()}
    near: dict[str, set[str]] = {}
    foreign: set[str] = set()
    for a, b in candidate_pairs(texts, dates):
        one, two = articles[a], articles[b]
        assert one.published is not None
        assert two.published is not None
        if abs(one.published.earliest - two.published.earliest) > NEAR:
            continue
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
        if one.source != two.source:
            foreign |= {a, b}
    return {name: those for name, those in near.items() if name in foreign}


def _is_called_copy(
    name: str,
    others: set[str],
    articles: Mapping[str, Article],
    known: dict[str, Witness],
    registry: Registry,
) -> bool:
    """Is it called a copy of another publisher's, though neither credits the other nor both a third?"""

    def told(which: str) -> Witness:
        if which not in known:
            article = articles[which]
            known[which] = witness(
                article, read(article.text, title=article.title, registry=registry), registry
            )
        return known[which]

    child = told(name)
    found = {other: align(child.document, told(other).document) for other in sorted(others)}
    rows = trace(child, [Relative(told(other), those) for other, those in found.items() if those], registry)
    parents = {row.parent.article for row in rows if row.parent and row.relation is Relation.COPY}
    return any(
        told(parent).article.source != child.article.source and not _named(child) & _named(told(parent))
        for parent in parents
    )


def _named(one: Witness) -> set[str | None]:
    return {one.article.source, *(credit.source for credit in one.credits)}
