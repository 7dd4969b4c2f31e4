"""A report that goes on from the last one is the report that would be made anew, byte for byte."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from auditor.domain import Article, Moment, Source, Span, Stale, Status
from auditor.jobs.audit import audit
from auditor.jobs.furniture import add_furniture
from auditor.registry import Registry
from auditor.report import ReportSummary, write_report
from auditor.report.index import INDEX
from auditor.storage import Store, open_store
from tests.faults.captures import SITES, captures

SOURCES = [Source("ap", "AP"), *(Source(f"site-{n}", name) for n, name in enumerate(SITES))]
KEYS = {source.name: source.key for source in SOURCES}
ARTICLES = 14  # a night


def take_in(store: Store, night: int, count: int = ARTICLES) -> None:
    """A night's articles, audited."""
    run = store.begin_run("ingest", {})
    found = [
        Article(each.id, each.text, KEYS[each.source], published=Moment.parse(each.published_at))
        for each in captures(3, night, count)
    ]
    store.add([(article.id, article) for article in found], run=run)
    store.end_run(run, "done", {"stored": len(found)})
    audit(store, Registry(SOURCES))


@pytest.fixture
def filled(store: Store) -> Store:
    """A first night."""
    store.put_sources(SOURCES)
    take_in(store, 0)
    return store


def content(out: Path) -> dict[str, bytes]:
    """Every file of a report but its index."""
    files = (path for path in out.rglob("*") if path.is_file() and not path.name.startswith(INDEX))
    return {str(path.relative_to(out)): path.read_bytes() for path in files}


def expect_as_anew(store: Store, out: Path, fresh: Path, registry: Registry | None = None) -> ReportSummary:
    """Report again, and hold the folder against a report made from nothing."""
    registry = registry or Registry(SOURCES)
    summary = write_report(store, registry, out)
    anew = write_report(store, registry, fresh)
    assert content(out) == content(fresh)
    assert (summary.stories, summary.pickups, summary.articles) == (anew.stories, anew.pickups, anew.articles)
    assert summary.changed + summary.unchanged == anew.changed
    return summary


def _revise(store: Store) -> None:
    first = next(story for story in store.stories()).articles[0]
    article = store.article(first)
    text = article.text.replace("counted", "weighed") + " It was found again."
    again = replace(article, text=text, captured=Moment.parse("2026-03-01T00:00:00Z"))
    store.add([("again", again)], run=1)
    audit(store, Registry(SOURCES))


def _learn(store: Store) -> None:
    article = store.article(next(story for story in store.stories()).articles[0])
    store.add([("again", replace(article, title="Known at last", byline="Ada Tarn"))], run=1)
    audit(store, Registry(SOURCES))


def _purge(store: Store) -> None:
    store.remove_texts(["ap"], date(2030, 1, 1), at=Moment.parse("2026-03-01T00:00:00Z"))


def _scatter(store: Store) -> None:
    store.replace_stories([], instead_of=list(store.stories())[::2])


def _go_stale(store: Store) -> None:
    first, other = next(story for story in store.stories()).articles[:2]
    store.replace_stale([first], [Stale(first, Span(0, 20), other, other, Status.CANCELED, 2.5)])


def _damage(store: Store) -> None:
    garbles = list(store.garbles())[::3]
    store.replace_garbles({garble.article for garble in garbles}, [])


def _print_plea(store: Store, night: int, count: int) -> None:
    plea = "Keep the ledger of the tarn alive: give what you can today, however little it may be."
    run = store.begin_run("ingest", {})
    found = [
        Article(
            f"{each.id} asks", f"{each.text}\n\n{plea}", "site-1", published=Moment.parse(each.published_at)
        )
        for each in captures(3, night, ARTICLES)
        if each.source == "AP"
    ]
    store.add([(article.id, article) for article in found[:count]], run=run)
    audit(store, Registry(SOURCES))


def _learn_plea(store: Store) -> None:
    assert not store.furniture_lines()
    _print_plea(store, 8, 4)
    assert len(store.furniture_lines()) == 1


def _say_furniture(store: Store) -> None:
    add_furniture(store, store.article(next(store.stories()).articles[0]).text.split(". ")[1])


STEPS: dict[str, Callable[[Store], object]] = {
    "another night": lambda store: take_in(store, 1),
    "a revision": _revise,
    "something learnt": _learn,
    "texts removed": _purge,
    "stories that fall apart": _scatter,
    "a stale copy": _go_stale,
    "garbles that are gone": _damage,
    "verdicts forgotten": lambda store: store.forget_verdicts(store.article_ids()[:3]),
    "a plea printed by two": lambda store: _print_plea(store, 7, 2),
    "and by more, so that it is learnt": _learn_plea,
    "a sentence said to be furniture": _say_furniture,
    "all audited again": lambda store: audit(store, Registry(SOURCES), everything=True),
    "a third night": lambda store: take_in(store, 2),
}


def test_step_after_step_it_stays_the_report_made_anew(store: Store, tmp_path: Path) -> None:
    store.put_sources(SOURCES)
    take_in(store, 0)
    write_report(store, Registry(SOURCES), tmp_path / "report")
    for name, step in STEPS.items():
        step(store)
        expect_as_anew(store, tmp_path / "report", tmp_path / name)


def test_a_small_night_leaves_most_pages_alone(filled: Store, tmp_path: Path) -> None:
    out = tmp_path / "report"
    write_report(filled, Registry(SOURCES), out)
    before = {path: path.stat().st_mtime_ns for path in (out / "articles").iterdir()}
    take_in(filled, 1, 2)
    summary = expect_as_anew(filled, out, tmp_path / "fresh")
    assert sum(path.stat().st_mtime_ns == stamp for path, stamp in before.items()) >= len(before) - 4
    assert summary.changed < summary.unchanged


def test_without_anything_new_nothing_is_even_looked_at(filled: Store, tmp_path: Path) -> None:
    out = tmp_path / "report"
    write_report(filled, Registry(SOURCES), out)
    (out / "method.html").write_text("altered by hand")
    summary = write_report(filled, Registry(SOURCES), out)
    assert (summary.changed, summary.articles) == (0, ARTICLES)
    assert (out / "method.html").read_text() == "altered by hand"


def test_a_page_that_someone_took_away_comes_back(filled: Store, tmp_path: Path) -> None:
    out = tmp_path / "report"
    write_report(filled, Registry(SOURCES), out)
    next((out / "articles").iterdir()).unlink()
    assert expect_as_anew(filled, out, tmp_path / "fresh").changed == 1


def test_other_names_of_sources_and_another_zone_show_on_every_page(filled: Store, tmp_path: Path) -> None:
    out = tmp_path / "report"
    write_report(filled, Registry(SOURCES), out)
    renamed = Registry([replace(source, name=f"{source.name} now") for source in SOURCES])
    expect_as_anew(filled, out, tmp_path / "fresh", renamed)
    write_report(filled, renamed, out, timezone="Asia/Tokyo")
    assert all(b"Asia/Tokyo" in page for name, page in content(out).items() if name.endswith(".html"))


def test_a_store_put_back_from_a_backup_is_reported_as_it_is(filled: Store, tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'other.db'}") as other:
        other.put_sources(SOURCES)
        take_in(other, 3)
        write_report(filled, Registry(SOURCES), tmp_path / "report")
        expect_as_anew(other, tmp_path / "report", tmp_path / "fresh")


def killed(url: str, out: Path, after: float) -> bool:
    """Report in a child that is killed after so many seconds; was it?"""
    child = os.fork()
    if not child:
        try:
            with open_store(url) as store:
                write_report(store, Registry(SOURCES), out)
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def test_killed_at_any_moment_it_ends_as_the_report_made_anew(tmp_path: Path) -> None:
    dice = random.Random(11)
    url = f"sqlite:///{tmp_path / 'kills.db'}"
    out = tmp_path / "report"
    with open_store(url) as store:
        store.put_sources(SOURCES)
    for night in range(2):
        with open_store(url) as store:
            take_in(store, night, 8)
        whole = 0.4
        while killed(url, out, dice.uniform(0.02, whole)):
            whole *= 1.6  # until one gets through, however slow the machine
        with open_store(url) as store:
            expect_as_anew(store, out, tmp_path / f"fresh-{night}")
