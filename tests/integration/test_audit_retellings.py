"""Retold reports are found by an audit whichever of the two comes in first, and by ``check`` too."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from auditor.domain import Aligned, Article, Moment, Source, SourceKind
from auditor.jobs import searching
from auditor.jobs.audit import audit
from auditor.jobs.check import check
from auditor.lineage import is_retold, retold
from auditor.matching import retellings
from auditor.registry import Registry
from auditor.storage import Store, open_store
from auditor.text import Document

REGISTRY = Registry(
    [
        Source("ferrywire", "Ferry Wire", SourceKind.WIRE),
        Source("northpost", "North Post", SourceKind.PUBLISHER),
    ]
)
RETOLD = (
    "Two ferries were sent to the northern pier of Old Quay yesterday. Divers will clear the wreck of the "
    "dredger, which sank in a storm last month, and the harbour will close for nine days meanwhile."
)


def _article(name: str, source: str, published: str, text: str) -> Article:
    return Article(name, text, source, published=Moment.parse(published))


ARTICLES = (
    _article(
        "wire",
        "ferrywire",
        "2026-03-01T18:00:00Z",
        "The harbour of Old Quay will close for nine days while divers clear the wreck of a dredger, the "
        "port authority said. Two ferries were sent to the northern pier on Monday. The dredger sank in a "
        "storm last month with no loss of life.",
    ),
    _article("paper", "northpost", "2026-03-02T05:00:00Z", RETOLD),
    _article("late", "northpost", "2026-03-09T05:00:00Z", RETOLD.replace("yesterday", "last week")),
)


def _night(store: Store, *articles: Article) -> None:
    run = store.begin_run("ingest", {})
    store.add([(article.id, article) for article in articles], run=run)
    audit(store, REGISTRY)


def _retold(store: Store) -> list[tuple[str, str | None, int, int]]:
    rows = store.derivations()
    return [
        (row.article, row.parent.article if row.parent else None, *row.span) for row in rows if is_retold(row)
    ]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_arrival_does_not_matter(tmp_path: Path, order: tuple[int, ...]) -> None:
    with open_store(f"sqlite:///{tmp_path}/a.db") as store:
        store.put_sources(REGISTRY)
        for each in order:
            _night(store, ARTICLES[each])
        found = _retold(store)
    assert {(article, parent) for article, parent, *_ in found} == {("paper", "wire")}
    assert len(found) == 2


def test_what_is_merely_told_alike_is_worked_out_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search's word for it gives the rows that tracing without it gives."""
    asked: list[Document] = []

    def noted(text: Document, other: Document) -> tuple[Aligned, ...]:
        asked.append(text)
        return retellings(text, other)

    monkeypatch.setattr(retold, "retellings", noted)
    with open_store(f"sqlite:///{tmp_path}/known.db") as store:
        store.put_sources(REGISTRY)
        _night(store, *ARTICLES)
        rows = list(store.derivations())
    assert rows
    assert len(asked) == 1
    monkeypatch.setattr(searching, "REMEMBERED", 0)
    with open_store(f"sqlite:///{tmp_path}/unknown.db") as store:
        store.put_sources(REGISTRY)
        _night(store, *ARTICLES)
        assert list(store.derivations()) == rows
    assert len(asked) == 3


def test_a_pasted_text_is_held_against_the_wires_of_its_days(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path}/a.db") as store:
        store.put_sources(REGISTRY)
        _night(store, ARTICLES[0])
        now = Moment.parse("2026-03-02T07:00:00Z")
        shown = check(store, REGISTRY, RETOLD, name="pasted", now=now)
        late = check(store, REGISTRY, RETOLD, name="pasted", now=Moment.parse("2026-03-09T07:00:00Z"))
    assert shown.verdict is not None
    assert shown.verdict.derived_share > 0
    assert late.verdict is not None
    assert late.verdict.derived_share == 0
