"""Texts go when their time is over; what was decided of them stays, through every later audit."""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from auditor.assets import example_dir
from auditor.config import load_settings
from auditor.domain import Article, Moment
from auditor.errors import UsageProblem
from auditor.export import rows, write_export
from auditor.ingest import read_paths
from auditor.jobs.audit import audit
from auditor.jobs.report import report
from auditor.jobs.retention import prune, purge
from auditor.jobs.sources import registry_of
from auditor.jobs.trace import trace
from auditor.registry import Registry
from auditor.storage import Store, examine, open_store
from auditor.storage.retention import QUOTED

EXPORTS = ("articles", "matches", "lineage", "garbles")
LATER = date(2099, 1, 1)


@pytest.fixture(scope="module")
def registry() -> Registry:
    settings = load_settings(config=example_dir() / "auditor.toml")
    return registry_of(None, settings.sources)


@pytest.fixture(scope="module")
def collection(registry: Registry) -> list[Article]:
    items = read_paths([example_dir() / "articles"], registry=registry)
    return [item.article for item in items if item.article]


def add(store: Store, registry: Registry, articles: Iterable[Article]) -> None:
    store.put_sources(registry)
    store.add([(article.id, article) for article in articles], run=store.begin_run("ingest", {}))


def exported(store: Store, registry: Registry, *kinds: str) -> dict[str, list[dict[str, object]]]:
    return {what: list(rows(what, store, registry)) for what in kinds}


def wire_of(store: Store) -> str:
    """The source of which the most is held that others derive from."""
    keys = [a.source for d in store.derivations() if d.parent for a in store.articles([d.parent.article])]
    return max({key for key in keys if key}, key=keys.count)


def test_texts_go_and_digests_offsets_and_decisions_stay(
    store: Store, registry: Registry, collection: list[Article], tmp_path: Path
) -> None:
    add(store, registry, collection)
    audit(store, registry)
    before = exported(store, registry, *EXPORTS)
    source = wire_of(store)
    theirs = [article for article in collection if article.source == source]

    planned = purge(store, registry, source, LATER, dry_run=True)
    assert (planned.articles, planned.characters) == (len(theirs), sum(len(a.text) for a in theirs))
    assert exported(store, registry, *EXPORTS) == before, "a dry run changes nothing"

    purge(store, registry, source, LATER, dry_run=False)
    after = exported(store, registry, *EXPORTS)
    assert {key: after[key] for key in ("articles", "matches", "lineage")} == {
        key: before[key] for key in ("articles", "matches", "lineage")
    }
    keys = ("id", "start", "end", "kind", "severity", "parent", "introduced_by")
    shorn = [{key: row[key] for key in keys} for row in after["garbles"]]
    assert sorted(map(str, shorn)) == sorted(
        str({key: row[key] for key in keys}) for row in before["garbles"]
    )
    assert purge(store, registry, source, LATER, dry_run=False).texts == 0

    for article in theirs:
        found = trace(store, registry, article.id)
        assert "text removed" in found.heading()
        assert article.text[:40] not in json.dumps(found.as_dict())
        kept = store.article(article.id)
        assert kept.removed is not None
        assert len(kept.text) == len(article.text)
    report(store, registry, tmp_path / "report", time_zone="UTC")
    write_export(store, registry, "prov", None, tmp_path / "prov.json")
    pages = "".join(page.read_text() for page in (tmp_path / "report").rglob("*.html"))
    for row in after["garbles"]:
        assert len(str(row["before"])) <= QUOTED or row["parent"]["id"] not in {a.id for a in theirs}  # type: ignore[index]
    assert "Text removed." in pages
    assert " characters removed]" in pages
    assert not any(article.text[:40] in pages for article in theirs)


def test_every_later_audit_leaves_the_decisions_as_they_were(
    store: Store, registry: Registry, collection: list[Article]
) -> None:
    add(store, registry, collection)
    audit(store, registry)
    purge(store, registry, wire_of(store), LATER, dry_run=False)
    before = exported(store, registry, *EXPORTS)
    audit(store, registry, everything=True)
    again = exported(store, registry, *EXPORTS)
    assert again["matches"] == before["matches"]
    # Evidence between texts that are held may be weighed anew, without the third text that is gone.
    keys = ("id", "start", "end", "parent", "origin", "relation")
    decided = [[{key: row[key] for key in keys} for row in found["lineage"]] for found in (before, again)]
    assert decided[0] == decided[1]
    removed = {article.id for article in store.articles() if article.removed}
    beside = [row for row in before["garbles"] if row["parent"] and row["parent"]["id"] in removed]  # type: ignore[index]
    assert all(row in again["garbles"] for row in beside)


def test_a_new_copy_among_others_is_found_though_the_first_text_is_gone(
    store: Store, registry: Registry, collection: list[Article]
) -> None:
    add(store, registry, collection)
    audit(store, registry)
    before = {row["id"]: row for row in exported(store, registry, "articles")["articles"]}
    copied = next(d for d in store.derivations() if d.parent and d.span.end - d.span.start > 200)
    assert copied.parent
    purge(store, registry, str(store.article(copied.parent.article).source), LATER, dry_run=False)
    child = store.article(copied.article)
    late = replace(child, id="late", source=None, published=Moment.parse("2098-01-01T00:00:00Z"), extra={})
    add(store, registry, [late])
    audit(store, registry)
    assert {d.parent.article for d in store.derivations(["late"]) if d.parent} == {child.id}
    rows_now = {row["id"]: row for row in exported(store, registry, "articles")["articles"]}
    assert {name: rows_now[name]["derived_share"] for name in before} == {
        name: row["derived_share"] for name, row in before.items()
    }


def test_a_revision_brings_a_removed_article_back(store: Store, registry: Registry) -> None:
    article = Article(
        "a", "The lamp at the pier was lit again on Friday.", "ap", captured=Moment.parse("2020-01-01")
    )
    add(store, registry, [article])
    audit(store, registry)
    purge(store, registry, "ap", LATER, dry_run=False)
    assert store.unexamined(10**6) == [], "nothing can be found in a text that isn't held"
    add(store, registry, [replace(article, text="The lamp at the pier was put out again on Sunday.")])
    assert store.article("a").removed is None
    audit(store, registry)
    assert [revision.removed is None for revision in store.revisions("a")] == [False, True]


@pytest.mark.parametrize(
    ("days", "left"),
    [({}, "abc"), ({"ap": 10}, "bc"), ({"ap": 40}, "abc"), ({"*": 10}, ""), ({"ap": 10, "*": 99}, "bc")],
)
def test_days_are_counted_by_source(
    store: Store, registry: Registry, days: dict[str, int], left: str
) -> None:
    told = Moment.parse("2026-03-01")
    add(
        store,
        registry,
        [
            Article("a", "One lamp.", "ap", captured=told),
            Article("b", "Two lamps.", "reuters", published=told),
            Article("c", "Three lamps.", None, captured=told),
        ],
    )
    prune(store, registry, days, date(2026, 3, 31))
    assert "".join(a.id for a in store.articles() if not a.removed) == left


def test_an_unknown_source_is_a_usage_problem(store: Store, registry: Registry) -> None:
    with pytest.raises(UsageProblem, match="no source is called 'nobody'"):
        purge(store, registry, "nobody", LATER, dry_run=True)


def test_no_word_of_a_removed_text_is_left_in_the_file(tmp_path: Path, registry: Registry) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    dice = random.Random(7)
    long = " ".join("".join(dice.choices("abdeilmnorstu", k=7)) for _ in range(1500))  # several pages, packed
    short = "Zanderquist lit it."  # too short to be packed
    texts = {"a": long, "b": short}
    traces = [zlib.compress(long.encode())[at : at + 40] for at in (0, 1000, 3000)] + [short.encode()]

    def left() -> list[bool]:
        held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        return [trace in held for trace in traces]

    with open_store(url) as store:
        at = Moment.parse("2020-01-01")
        add(store, registry, [Article(name, text, "ap", captured=at) for name, text in texts.items()])
        assert left() == [True] * 4
        purge(store, registry, "ap", LATER, dry_run=False)
    assert all(finding.ok for finding in examine(url))
    assert left() == [False] * 4
