"""An audit gives the same result in one go, night by night, in any order, and after an interruption."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.assets import example_dir
from auditor.config import load_settings
from auditor.domain import Article, Moment, Story
from auditor.export import rows
from auditor.ingest import read_paths
from auditor.jobs import searching, settling, tracing
from auditor.jobs.audit import AuditSummary, audit
from auditor.jobs.sources import registry_of
from auditor.registry import Registry
from auditor.storage import Store, open_store

EXPORTS = ("articles", "matches", "lineage", "garbles")


@pytest.fixture(scope="module")
def registry() -> Registry:
    settings = load_settings(config=example_dir() / "auditor.toml")
    return registry_of(None, settings.sources)


@pytest.fixture(scope="module")
def collection(registry: Registry) -> list[Article]:
    items = read_paths([example_dir() / "articles"], registry=registry)
    return [item.article for item in items if item.article]


def stored(path: Path, registry: Registry, nights: Iterable[Sequence[Article]], processes: int = 1) -> Store:
    """A store that took in one batch of articles a night, each night audited."""
    store = open_store(f"sqlite:///{path}")
    store.put_sources(registry)
    for night in nights:
        run = store.begin_run("ingest", {})
        store.add([(article.id, article) for article in night], run=run)
        audit(store, registry, processes=processes)
    return store


def exported(store: Store, registry: Registry) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {what: list(rows(what, store, registry)) for what in EXPORTS}
    # A story is called after its first article as then known, so ids tell of history; members do not.
    found["stories"] = [*sorted(story.articles for story in store.stories())]
    return found


@pytest.fixture(scope="module")
def at_once(
    tmp_path_factory: pytest.TempPathFactory, registry: Registry, collection: list[Article]
) -> dict[str, list[object]]:
    with stored(tmp_path_factory.mktemp("once") / "a.db", registry, [collection]) as store:
        return exported(store, registry)


def test_one_by_one_gives_what_all_at_once_gives(
    tmp_path: Path, registry: Registry, collection: list[Article], at_once: dict[str, list[object]]
) -> None:
    with stored(tmp_path / "a.db", registry, [[article] for article in collection]) as store:
        assert exported(store, registry) == at_once


@pytest.mark.parametrize("seed", range(3))
def test_any_order_in_any_batches_gives_the_same(
    tmp_path: Path, registry: Registry, collection: list[Article], at_once: dict[str, list[object]], seed: int
) -> None:
    chance = random.Random(seed)
    shuffled = chance.sample(collection, len(collection))
    cuts = sorted(chance.sample(range(1, len(shuffled)), 3))
    nights = [shuffled[a:b] for a, b in zip([0, *cuts], [*cuts, None], strict=True)]
    with stored(tmp_path / "a.db", registry, nights) as store:
        assert exported(store, registry) == at_once


def test_a_later_copy_has_none_of_its_story_traced_again(
    tmp_path: Path, registry: Registry, collection: list[Article]
) -> None:
    wire = next(article for article in collection if article.id == "meridian-dam")
    copies = [
        replace(wire, id=name, source="daily-heap", published=Moment.parse(f"2026-03-{day}T10:00:00Z"))
        for name, day in (("a", 20), ("m", 21), ("z", 22))
    ]
    nights = [[wire, copies[0], copies[1]], [copies[2]]]
    with (
        stored(tmp_path / "grown.db", registry, nights[:1]) as grown,
        stored(tmp_path / "once.db", registry, [[wire, *copies]]) as once,
    ):
        grown.add([("z", copies[2])], run=grown.begin_run("ingest", {}))
        summary = audit(grown, registry)
        assert (summary.traced, summary.changed) == (1, 0)
        assert exported(grown, registry) == exported(once, registry)


def test_stories_that_grow_in_one_night_keep_their_facts_apart(
    tmp_path: Path, registry: Registry, collection: list[Article]
) -> None:
    # What is settled together is ordered by story, what is read from the store by id.
    held = {article.id: article for article in collection}
    wires = [replace(held["meridian-dam"], id="z"), replace(held["tern-hoard"], id="y")]
    added = [held["observer-marrows"].text, held["observer-ferry"].text]
    copies = [
        Article(f"{name}-copy", f"{wire.text}\n\n{more}", source="daily-heap")
        for name, wire, more in zip("mn", wires, added, strict=True)
    ]
    takers = [
        Article(name, more, source="upland-ledger") for name, more in zip("ab", added, strict=True)
    ]  # not of the wires: these are settled with their stories without being traced again
    with (
        stored(tmp_path / "once.db", registry, [wires + copies + takers]) as once,
        stored(tmp_path / "grown.db", registry, [wires + copies, takers]) as grown,
    ):
        assert exported(grown, registry) == exported(once, registry)


def test_a_new_story_takes_no_name_that_another_kept(tmp_path: Path, registry: Registry) -> None:
    # A story keeps its name when the article that it was named after leaves it.
    text = "The harbour office said that the bridge would stay shut until noon, and that no ferry would run."
    pair = [Article(name, text, source="daily-heap") for name in ("a", "b")]
    with stored(tmp_path / "fresh.db", registry, [pair]) as fresh:
        (name,) = [story.id for story in fresh.stories()]
    other = Article(
        "q", "Readers sent two hundred photographs of the regatta at Sill Bay.", source="daily-heap"
    )
    with stored(tmp_path / "a.db", registry, [[other]]) as store:
        store.replace_stories([Story(name, "kept", ("q",))], instead_of=())
        store.add([(each.id, each) for each in pair], run=store.begin_run("ingest", {}))
        audit(store, registry, processes=1)
        assert sorted(story.articles for story in store.stories()) == [("a", "b"), ("q",)]


def test_waves_give_what_one_search_gives(
    tmp_path: Path,
    registry: Registry,
    collection: list[Article],
    at_once: dict[str, list[object]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module, name, size in (
        (searching, "WAVE", 4),
        (searching, "CHUNK", 3),
        (searching, "PAIRS", 5),
        (tracing, "TRACED", 2),
        (tracing, "SETTLED", 3),
        (settling, "JUDGED", 2),
    ):
        monkeypatch.setattr(module, name, size)
    with stored(tmp_path / "a.db", registry, [collection]) as store:
        assert exported(store, registry) == at_once


class Killed(Exception):
    """Stands for a power cut."""


@pytest.mark.parametrize(
    "moment", ["replace_matches", "put_fingerprints", "replace_lineage", "replace_garbles", "replace_stories"]
)
@pytest.mark.parametrize("nth", [1, 3])
def test_an_interrupted_audit_goes_on_to_the_same_result(
    tmp_path: Path,
    registry: Registry,
    collection: list[Article],
    at_once: dict[str, list[object]],
    monkeypatch: pytest.MonkeyPatch,
    moment: str,
    nth: int,
) -> None:
    monkeypatch.setattr(searching, "WAVE", 5)
    monkeypatch.setattr(tracing, "SETTLED", 3)
    monkeypatch.setattr(tracing, "TRACED", 4)
    real, calls = getattr(Store, moment), 0

    def cut_short(self: Store, *words: object, **named: object) -> None:
        nonlocal calls
        calls += 1
        if calls == nth:
            raise Killed
        real(self, *words, **named)

    with stored(tmp_path / "a.db", registry, []) as store:
        store.add([(article.id, article) for article in collection], run=store.begin_run("ingest", {}))
        with monkeypatch.context() as patch:
            patch.setattr(Store, moment, cut_short)
            with pytest.raises(Killed):
                audit(store, registry)
        audit(store, registry)
        assert exported(store, registry) == at_once


def test_auditing_everything_again_changes_nothing(
    tmp_path: Path, registry: Registry, collection: list[Article], at_once: dict[str, list[object]]
) -> None:
    with stored(tmp_path / "a.db", registry, [collection]) as store:
        again: AuditSummary = audit(store, registry, everything=True)
        assert again.examined == len(collection)
        assert exported(store, registry) == at_once


def test_a_revision_takes_the_place_of_the_text_it_revises(
    tmp_path: Path, registry: Registry, collection: list[Article]
) -> None:
    """A site that replaces its copy by a text of its own no longer derives from the wire."""
    from dataclasses import replace

    copy = next(article for article in collection if article.id == "herald-dam")
    anew = replace(copy, text="The editors have withdrawn this page and will say why in tomorrow's paper.")
    with stored(tmp_path / "a.db", registry, [collection, [anew]]) as store:
        assert not list(store.derivations([copy.id]))
        assert store.article(copy.id).revision == 2
        assert not any(copy.id in story.articles for story in store.stories())
