"""Floors on METER, dev half: which articles of British papers derive from the agency's copy, and how much.

The stages in memory, as an audit runs them (``tests/quality/pipeline.py``), judged by the scorer's own code.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auditor.domain import Article, Derivation, Moment
from auditor.registry import Registry
from auditor.sources import shipped_sources
from tests.quality.matching_measure import data, scorer
from tests.quality.pipeline import match, settle_all

pytestmark = [pytest.mark.quality, pytest.mark.shared]

PAPERS, AGENCY = "f8610c81ca3eeac4", "6199c316155c637a"
FLOORS = {
    ("binary", "auc"): 0.835,
    ("binary", "accuracy"): 0.785,
    ("binary", "macro_f1"): 0.725,
    ("ternary", "macro_f1"): 0.675,
    ("spans", "f1"): 0.725,
    ("spans", "recall_verbatim"): 0.9,
}


@pytest.fixture(scope="module")
def scores(shared: Path) -> dict[str, Any]:
    folder = data(shared, "meter/newspapers.jsonl.gz", PAPERS).parent
    data(shared, "meter/pa.jsonl.gz", AGENCY)
    meter, prepare = scorer(shared, "score_meter"), scorer(shared, "prepare")
    registry = Registry(shipped_sources())
    outcome = settle_all(match(_articles(list(prepare.meter(folder)), registry), registry), registry)
    lineage = [_row(row, registry) for rows in outcome.rows.values() for row in rows]
    verdicts = [
        {
            "id": name,
            "derived_share": one.derived_share,
            "wire_share": one.wire_share,
            "label": one.label.value,
        }
        for name, one in outcome.verdicts.items()
    ]
    papers = list(prepare.read_jsonl(folder / "newspapers.jsonl"))
    agency = {item["id"] for item in prepare.read_jsonl(folder / "pa.jsonl")}
    result: dict[str, Any] = meter.score(papers, agency, verdicts, lineage, [])
    return result


def _articles(rows: list[dict[str, Any]], registry: Registry) -> Iterator[Article]:
    for row in rows:
        source = registry.resolve(row["source"])
        yield Article(
            row["id"],
            row["text"],
            source.key if source else row["source"],
            title=row.get("title"),
            published=Moment.parse(row["published_at"]),
        )


def _row(row: Derivation, registry: Registry) -> dict[str, Any]:
    """What the scorer reads of an exported row."""
    return {
        "id": row.article,
        "start": row.span.start,
        "end": row.span.end,
        "parent": {"id": row.parent.article} if row.parent else None,
        "origin": {"source": registry.name_of(row.origin.source), "id": row.origin.article},
    }


@pytest.mark.parametrize(("part", "figure"), FLOORS)
def test_what_papers_have_from_the_agency_is_found(scores: dict[str, Any], part: str, figure: str) -> None:
    assert scores[part][figure] >= FLOORS[part, figure]
