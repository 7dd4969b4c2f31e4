"""An export that is brought up to date has the bytes of one written anew, whatever happened between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from auditor.domain import Article, Moment, Source
from auditor.export import WHAT
from auditor.jobs.audit import audit
from auditor.jobs.export import export, export_again
from auditor.registry import Registry
from auditor.storage import Store
from tests.faults.captures import captures

SOURCES = [Source("ap", "AP"), Source("hollow-herald", "Hollow Herald")]
REGISTRY = Registry(SOURCES)
# Ids of all kinds that JSON writes in its own way, and that sort between the plain ones.
ODD = ('n0/wire-1"', "n0/\\wire", "n0/wïre\u2028-1", "n0/𝄞", "n0/\t")


def stored(store: Store, night: int, count: int, odd: bool = False) -> None:
    """Take in a night's captures, under odd ids where that is asked for, and audit."""
    store.put_sources(SOURCES)
    keys = {source.name: source.key for source in SOURCES}
    articles = [
        Article(
            ODD[number] if odd and number < len(ODD) else one.id,
            one.text,
            keys.get(one.source),
            published=Moment.parse(one.published_at) if number % 3 else None,
        )
        for number, one in enumerate(captures(3, night, count))
    ]
    store.add([("in", article) for article in articles], run=store.begin_run("ingest", {}))
    audit(store, Registry(SOURCES))


def again(store: Store, folder: Path, registry: Registry = REGISTRY) -> dict[str, bytes]:
    """Each export, brought up to date; checked against one written anew."""
    for what in WHAT:
        kept, anew = folder / f"{what}.jsonl", folder / f"{what}-anew.jsonl"
        count = export_again(store, registry, what, "jsonl", kept)
        assert count == export(store, registry, what, "jsonl", anew)
        assert kept.read_bytes() == anew.read_bytes(), what
    return {what: (folder / f"{what}.jsonl").read_bytes() for what in WHAT}


def test_night_after_night_the_bytes_are_those_of_a_full_export(store: Store, tmp_path: Path) -> None:
    again(store, tmp_path)
    before = None
    for night in range(4):
        stored(store, night, 14, odd=night in {0, 2})
        now = again(store, tmp_path)
        assert now != before
        before = now
    store.remove_texts([None], date(2030, 1, 1), at=Moment.parse("2030-01-01T00:00:00Z"))
    again(store, tmp_path)


def test_with_nothing_new_the_file_is_left_alone(store: Store, tmp_path: Path) -> None:
    stored(store, 0, 8)
    again(store, tmp_path)
    nodes = {what: (tmp_path / f"{what}.jsonl").stat().st_ino for what in WHAT}
    again(store, tmp_path)
    assert nodes == {what: (tmp_path / f"{what}.jsonl").stat().st_ino for what in WHAT}


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_bytes(path.read_bytes().replace(b"n0", b"n1", 1)),
        lambda path: path.write_bytes(path.read_bytes()[:-10]),
        lambda path: path.write_bytes(b"what is this?\n" + path.read_bytes()),
        lambda path: path.write_bytes(b""),
        lambda path: path.unlink(),
    ],
    ids=["another", "shorter", "foreign", "empty", "gone"],
)
@pytest.mark.parametrize("with_news", [False, True])
def test_a_file_that_isnt_what_was_written_is_written_anew(
    store: Store, tmp_path: Path, change: Callable[[Path], object], with_news: bool
) -> None:
    stored(store, 0, 8)
    again(store, tmp_path)
    for what in WHAT:
        change(tmp_path / f"{what}.jsonl")
    if with_news:
        stored(store, 1, 5)
    again(store, tmp_path)
    assert not list(tmp_path.glob(".*"))


def test_other_names_of_sources_change_every_row(store: Store, tmp_path: Path) -> None:
    stored(store, 0, 8)
    again(store, tmp_path)
    again(store, tmp_path, Registry([Source("ap", "Another Press")]))
    assert b"Another Press" in (tmp_path / "articles.jsonl").read_bytes()
