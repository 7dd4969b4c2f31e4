"""What a wire corrects or kills makes its copies stale: whatever the order of arrival, and only once told."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from auditor.domain import Article, Moment, Source, SourceKind, Stale, Status
from auditor.export import rows
from auditor.jobs.audit import AuditSummary, audit
from auditor.jobs.nightly import tell_changes
from auditor.registry import Registry
from auditor.storage import Store, open_store

REGISTRY = Registry(
    [
        Source("ferrywire", "Ferry Wire", SourceKind.WIRE, datelines=("Ferry Wire",)),
        *(Source(f"{side}post", f"{side.title()} Post", SourceKind.PUBLISHER) for side in ("north", "south")),
    ]
)
TEXT = (
    "The harbour of Old Quay will close for nine days while divers clear the wreck of a dredger, the port "
    "authority said. Captain Ilse Maren told reporters the channel was safe for small boats. Two ferries "
    "were sent to the northern pier on Monday. The dredger sank in a storm last month with no loss of life."
)
DAY = "2026-03-01T"


def at(time: str) -> Moment:
    return Moment.parse(f"{DAY}{time}:00Z")


ITEM = Article("item", TEXT, "ferrywire", published=at("09:00"))
CORRECTION = Article(
    "correction",
    TEXT.replace("nine days", "ten days"),
    "ferrywire",
    published=at("11:00"),
    revises="item",
    status=Status.CORRECTED,
)
KILL = Article(
    "kill",
    "Editors: please withhold our report from Old Quay. It rested on a letter that proved to be forged.",
    "ferrywire",
    published=at("12:00"),
    revises="item",
    status=Status.CANCELED,
)
COPY = Article("copy", TEXT.replace("Two ferries", "Both ferries"), "northpost", published=at("10:00"))
AGAIN = Article(
    "again",
    COPY.text.replace("sank in a storm", "went down in a gale"),
    "southpost",
    published=at("10:30"),
    captured=at("14:00"),
)


def audited(path: Path, nights: Iterable[Sequence[Article]]) -> tuple[Store, AuditSummary]:
    store = open_store(f"sqlite:///{path}")
    store.put_sources(REGISTRY)
    summary = None
    for night in nights:
        run = store.begin_run("ingest", {})
        store.add([(article.id, article) for article in night], run=run)
        summary = audit(store, REGISTRY)
    assert summary
    return store, summary


def found(store: Store) -> list[tuple[str, str, str, float | None]]:
    texts = {article.id: article.text for article in store.articles()}
    return [(one.article, one.span.of(texts[one.article]), one.current, one.hours) for one in store.stale()]


CARRIED = [("again", "nine", "correction", 3.0), ("copy", "nine", "correction", 0.0)]


@pytest.mark.parametrize("order", list(itertools.permutations((ITEM, CORRECTION, COPY, AGAIN))))
def test_copies_of_the_corrected_words_are_stale_in_whatever_order_they_came(
    tmp_path: Path, order: Sequence[Article]
) -> None:
    store, _ = audited(tmp_path / "a.db", [[article] for article in order])
    with store:
        assert found(store) == CARRIED


@pytest.mark.parametrize("order", list(itertools.permutations((ITEM, COPY, KILL))))
def test_a_kill_that_shares_no_word_withdraws_the_copy_and_joins_the_story(
    tmp_path: Path, order: Sequence[Article]
) -> None:
    store, _ = audited(tmp_path / "a.db", [[article] for article in order])
    with store:
        assert {(article, current) for article, _, current, _ in found(store)} == {("copy", "kill")}
        assert [story.articles for story in store.stories()] == [("copy", "item", "kill")]


def test_a_status_learnt_later_for_the_same_text_counts(tmp_path: Path) -> None:
    withheld = Article("item", TEXT, "ferrywire", published=at("09:00"), status=Status.WITHHELD)
    store, _ = audited(tmp_path / "a.db", [[ITEM, COPY], [withheld]])
    with store:
        assert {(one.article, one.current, one.status) for one in store.stale()} == {
            ("copy", "item", Status.WITHHELD)
        }


def test_the_changes_of_a_night_tell_of_a_stale_copy_once(tmp_path: Path) -> None:
    store, _ = audited(tmp_path / "a.db", [[ITEM, COPY]])
    with store:
        first, _, _ = tell_changes(store, store.begin_run("nightly", {}))
        assert first.stale == ()
        store.add([("c", CORRECTION)], run=store.begin_run("ingest", {}))
        audit(store, REGISTRY)
        second, _, _ = tell_changes(store, store.begin_run("nightly", {}))
        assert [(one.article, one.reason) for one in second.stale] == [
            ("copy", "item was corrected by correction")
        ]
        assert second.counts()["stale"] == 1


def test_the_export_names_what_is_out_of_date_in_its_passage(tmp_path: Path) -> None:
    store, _ = audited(tmp_path / "a.db", [[ITEM, CORRECTION, AGAIN]])
    with store:
        told = [
            (row["id"], item["detail"])
            for row in rows("lineage", store, REGISTRY)
            for item in row["evidence"]
            if item["kind"] == "stale"
        ]
        place = TEXT.index("nine")
        detail = "item was corrected by correction 3 h before this was last seen"
        assert told == [("again", f"{place}–{place + 4} carries what is out of date: {detail}")]


def test_a_copy_that_is_mended_is_no_longer_stale(tmp_path: Path) -> None:
    mended = Article("copy", COPY.text.replace("nine days", "ten days"), "northpost", published=at("13:00"))
    store, _ = audited(tmp_path / "a.db", [[ITEM, COPY, CORRECTION], [mended]])
    with store:
        assert list[Stale](store.stale()) == []


def test_an_earlier_article_that_arrives_later_takes_over_its_copies_and_the_audit_says_so(
    tmp_path: Path,
) -> None:
    late = Article("first", COPY.text, "southpost", published=at("08:00"))
    store, summary = audited(tmp_path / "a.db", [[ITEM], [COPY], [late]])
    with store:
        moved = {one.article: (one.before, one.after) for one in summary.reparented}
        assert moved["copy"] == (("item",), ("first",))
        assert "- copy: now from first, no longer from item" in summary.lines()
