"""A story as a tree with times, and its lost original put together from the copies that are held."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.domain import Article, Moment, Source, SourceKind
from auditor.errors import NotFound
from auditor.jobs.audit import audit
from auditor.jobs.export import export
from auditor.jobs.story import story
from auditor.registry import Registry
from auditor.storage import Store, open_store

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "schemas" / "reconstructions.json"
SITES = ("northpost", "southpost", "eastpost")
REGISTRY = Registry(
    [
        Source(
            "ferrywire", "Ferry Wire", SourceKind.WIRE, credits=("Ferry Wire",), datelines=("Ferry Wire",)
        ),
        *(Source(key, key.title(), SourceKind.PUBLISHER) for key in SITES),
    ]
)
TEXT = (
    "The harbour of Old Quay will close for nine days while divers clear the wreck of a dredger, the port "
    "authority said. Captain Ilse Maren told reporters the channel was safe for small boats. Two ferries "
    "were sent to the northern pier on Monday. The dredger sank in a storm last month with no loss of life."
)


def at(time: str) -> Moment:
    return Moment.parse(f"2026-03-01T{time}:00Z")


def audited(path: Path, articles: list[Article]) -> Store:
    store = open_store(f"sqlite:///{path}")
    store.put_sources(REGISTRY)
    store.add([(article.id, article) for article in articles], run=store.begin_run("ingest", {}))
    audit(store, REGISTRY)
    return store


def test_each_article_hangs_on_the_one_it_was_taken_from_in_the_order_of_times(tmp_path: Path) -> None:
    wire = Article("w", TEXT, "ferrywire", published=at("09:00"), title="Harbour to close")
    edited = TEXT.replace("Two ferries", "Both ferries")
    copies = [
        Article("late", TEXT.replace("nine days", "nine long days"), "eastpost", published=at("15:00")),
        Article("early", edited, "northpost", published=at("10:00")),
        Article("again", edited.replace("in a storm", "in a gale"), "southpost", published=at("12:00")),
    ]
    with audited(tmp_path / "a.db", [wire, *copies]) as store:
        told = story(store, REGISTRY, "again")
        tree = [(b.article.id, b.parent, d) for b, d in zip(told.branches, told.depths, strict=True)]
        assert tree == [("w", None, 0), ("early", "w", 1), ("again", "early", 2), ("late", "w", 1)]
        assert told.branches[2].lag == 120
        assert "2 h later" in told.branches[2].sentence()
        assert story(store, REGISTRY, told.story.id) == told
        assert told.lost == ()


def test_an_original_that_nobody_holds_is_put_together_and_marked_so(tmp_path: Path) -> None:
    swaps = (("nine days", "ten days"), ("small boats", "little boats"), ("in a storm", "in a bad storm"))
    copies = [
        Article(
            f"c{number}",
            f"{TEXT.replace(*swap)}\n\nSource: Ferry Wire",
            SITES[number],
            published=Moment.parse("2026-03-01"),
        )
        for number, swap in enumerate(swaps)
    ]
    with audited(tmp_path / "a.db", copies) as store:
        told = story(store, REGISTRY, "c0").as_dict()
        (rebuilt,) = told["reconstructed"]
        assert rebuilt["reconstructed"] is True
        assert (rebuilt["source"], rebuilt["text"]) == ("Ferry Wire", TEXT)
        assert rebuilt["copies"] == ["c0", "c1", "c2"]
        assert 0.9 < rebuilt["agreement"] < 1


def test_lost_originals_are_exported_and_marked_so(tmp_path: Path) -> None:
    copies = [
        Article(
            f"c{number}", f"{TEXT.replace(*swap)}\n\nSource: Ferry Wire", SITES[number]
        )
        for number, swap in enumerate((("nine", "ten"), ("small", "little"), ("northern", "old")))
    ]  # fmt: skip
    out, table = tmp_path / "out.jsonl", tmp_path / "out.csv"
    with audited(tmp_path / "a.db", copies) as store:
        assert export(store, REGISTRY, "reconstructions", None, out) == 1
        assert export(store, REGISTRY, "reconstructions", "csv", table) == 1
        name = store.story_of("c0")
    row = json.loads(out.read_text("utf-8"))
    schema = json.loads(SCHEMA.read_text("utf-8"))
    assert list(row) == schema["required"] == list(schema["properties"])
    assert row["reconstructed"] is True
    assert name is not None
    assert (row["story"], row["source"], row["text"]) == (name.id, "Ferry Wire", TEXT)
    sentences = [row["text"][one["start"] : one["end"]] for one in row["passages"]]
    assert " ".join(sentences) == TEXT
    assert all(0 < one["agreement"] <= 1 for one in row["passages"])
    assert {place["id"] for one in row["passages"] for place in one["copies"]} == {"c0", "c1", "c2"}
    assert table.read_text("utf-8").splitlines()[0].split(",") == schema["required"]


def test_an_article_without_a_story_is_said_to_have_none(tmp_path: Path) -> None:
    with audited(tmp_path / "a.db", [Article("w", TEXT, "ferrywire")]) as store:
        with pytest.raises(NotFound, match="belongs to no story"):
            story(store, REGISTRY, "w")
        with pytest.raises(NotFound):
            story(store, REGISTRY, "nobody")
