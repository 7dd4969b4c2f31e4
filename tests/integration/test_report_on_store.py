"""A report on a real store says the same as one on the same findings in memory."""

from __future__ import annotations

from pathlib import Path

from auditor.report import ReportStore, write_report, write_story
from auditor.storage import Store
from tests.unit.report.sample import collection, registry


def fill(store: Store) -> ReportStore:
    """Put the invented collection into a store."""
    found = collection()
    store.put_sources(found.known)
    run = store.begin_run("nightly", {})
    ids = sorted(found.held)
    store.add([(f"{key}.txt", found.held[key]) for key in ids], run=run)
    store.replace_lineage(ids, found.all_derivations, found.all_verdicts)
    store.replace_garbles(ids, found.all_garbles)
    store.replace_stories(found.all_stories)
    store.record([outcome for _, outcome in found.all_outcomes if outcome.article is None], run=run)
    store.end_run(run, "done", {"stored": len(ids), "rejected": 1})
    return store


def pages(out: Path) -> dict[str, str]:
    """The pages and tables, but for those that tell when the run was."""
    found = {
        str(path.relative_to(out)): path for path in out.rglob("*.*") if path.suffix in {".html", ".csv"}
    }
    return {name: path.read_text("utf-8") for name, path in found.items() if name != "index.html"}


def test_a_store_and_the_same_findings_in_memory_give_the_same_pages(store: Store, tmp_path: Path) -> None:
    write_report(fill(store), registry(), tmp_path / "stored")
    write_report(collection(), registry(), tmp_path / "memory")
    assert pages(tmp_path / "stored") == pages(tmp_path / "memory")


def test_a_run_that_brings_nothing_new_changes_no_byte(store: Store, tmp_path: Path) -> None:
    write_report(fill(store), registry(), tmp_path / "report")
    run = store.begin_run("nightly", {})
    held = collection().held
    store.add([(f"{key}.txt", held[key]) for key in sorted(held)], run=run)
    store.end_run(run, "done", {"duplicate": len(held)})
    assert write_report(store, registry(), tmp_path / "report").changed == 0


def test_a_story_of_a_store_fits_in_one_file(store: Store, tmp_path: Path) -> None:
    size = write_story(fill(store), registry(), "story-1", tmp_path / "story.html")
    assert 10_000 < size == (tmp_path / "story.html").stat().st_size < 500_000
