"""Floors for Usenet posts that quote each other: how often the parent is right, with times and without.

As an audit has them but for learnt furniture: candidates, matches and lineage by the pure stages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import ModuleType

import pytest

from auditor.domain import Article, Match, Moment, Place
from auditor.export import earlier_place
from auditor.registry import Registry
from auditor.sources import shipped_sources
from tests.quality.matching_measure import Row, scorer
from tests.quality.pipeline import Outcome, match, settle_all

pytestmark = [pytest.mark.quality, pytest.mark.shared]

# Right immediate parents and parents in the chain, of all quoted passages; direction of the pairs found.
WITH_TIMES = {"of_all_immediate": 0.951, "of_all_chain": 0.966, "accuracy": 0.994}
WITHOUT = {"of_all_immediate": 0.857, "of_all_chain": 0.877, "accuracy": 0.915}


@pytest.mark.parametrize(("is_timed", "floors"), [(True, WITH_TIMES), (False, WITHOUT)])
def test_who_is_quoted_is_the_parent(shared: Path, *, is_timed: bool, floors: Mapping[str, float]) -> None:
    usenet, prepare = scorer(shared, "score_usenet"), scorer(shared, "prepare")
    folder = shared / "data" / "usenet"
    rows = prepare.usenet(folder)
    registry = Registry(shipped_sources())
    found = match(_articles(rows if is_timed else prepare.timeless(rows), registry), registry)
    scores = _scores(usenet, folder, settle_all(found, registry))
    print({name: round(scores[name], 4) for name in floors})
    assert {name for name, least in floors.items() if scores[name] < least} == set()


def _articles(rows: Iterable[Row], registry: Registry) -> Iterator[Article]:
    for row in rows:
        if row["text"].strip():
            source = registry.resolve(row["source"])
            yield Article(
                row["id"],
                row["text"],
                source.key if source else row["source"],
                title=row.get("title"),
                byline=row["byline"],
                published=Moment.parse(row["published_at"]) if "published_at" in row else None,
            )


def _scores(usenet: ModuleType, folder: Path, found: Outcome) -> Row:
    """The parents' and the direction's figures by the scorer."""
    posts = {post["id"]: post for post in usenet.read_jsonl(folder / "docs.jsonl")}
    passages = usenet.read_passages(list(usenet.read_jsonl(folder / "edges.jsonl")), posts)
    lineage, matches = usenet.seeing(_lineage(found), posts), usenet.seeing(_matches(found), posts)
    direction: Row = usenet.score_direction(passages, matches)
    parents: Row = usenet.score_parents(passages, lineage)
    return direction | parents


def _lineage(found: Outcome) -> Iterator[Row]:
    for rows in found.rows.values():
        for row in rows:
            parent = _side(row.parent) if row.parent else None
            yield _side(Place(row.article, row.span)) | {"parent": parent, "relation": row.relation.value}


def _matches(found: Outcome) -> Iterator[Row]:
    published = {
        name: one.article.published for name, one in found.witnesses.items() if one.article.published
    }
    for (a, b), those in found.pairs.items():
        rows = (*found.rows[a], *found.rows[b])
        for one in those:
            sides = Place(a, one.a), Place(b, one.b)
            first = earlier_place(Match(*sides, one.similarity, one.kind), published, rows)
            later = sides[first == sides[0]]
            yield {"earlier": _side(first), "later": _side(later)}


def _side(place: Place) -> Row:
    return {"id": place.article, "start": place.span.start, "end": place.span.end}
