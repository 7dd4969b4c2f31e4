"""The ledger in a real store: every input ends in exactly one disposition, and the counts add up."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.domain import Article, Disposition, Outcome, Source, SourceKind
from auditor.errors import NotFound, StoreProblem
from auditor.storage import Store
from auditor.storage.records import RunStatus


def test_a_run_is_noted_from_beginning_to_end(store: Store) -> None:
    parameters = {"paths": ["a", "b"], "out": Path("report"), "limit": 3, "none": None}
    run = store.begin_run("ingest", parameters)
    (noted,) = store.runs()
    assert (noted.key, noted.command, noted.status, noted.ended) == (run, "ingest", RunStatus.RUNNING, None)
    assert noted.parameters == {"paths": ["a", "b"], "out": "report", "limit": 3, "none": None}
    store.end_run(run, RunStatus.DONE, {"stored": 2})
    (noted,) = store.runs()
    assert (noted.status, noted.counts) == ("done", {"stored": 2})
    assert noted.ended is not None
    assert noted.started.before(noted.ended) is not False


def test_a_run_that_never_began_cannot_end(store: Store) -> None:
    with pytest.raises(NotFound):
        store.end_run(7, RunStatus.DONE, {})


def test_runs_come_in_the_order_of_their_beginning(store: Store) -> None:
    keys = [store.begin_run(command, {}) for command in ("z", "a", "m")]
    assert [(run.key, run.command) for run in store.runs()] == list(zip(keys, "zam", strict=True))


def test_each_input_ends_in_exactly_one_disposition_and_the_counts_are_the_inputs(store: Store) -> None:
    run, other = store.begin_run("first", {}), store.begin_run("other", {})
    articles = [Article("a", "1"), Article("b", "2"), Article("a", "1"), Article("c", "\x00")]
    store.add([(f"line {n}", article) for n, article in enumerate(articles)], run=run)
    store.record(
        [
            Outcome("broken.html", Disposition.REJECTED, None, "not HTML"),
            Outcome("slow.html", Disposition.FAILED, None, "took longer than 10 s"),
        ],
        run=run,
    )
    store.record([Outcome("elsewhere", Disposition.FAILED)], run=other)
    assert store.counts(run) == {
        Disposition.STORED: 2,
        Disposition.DUPLICATE: 1,
        Disposition.REJECTED: 2,
        Disposition.FAILED: 1,
    }
    names = ["line 0", "line 1", "line 2", "line 3", "broken.html", "slow.html"]
    assert [outcome.name for outcome in store.outcomes(run)] == names
    assert [outcome.name for outcome in store.outcomes()] == [*names, "elsewhere"]


def test_outcomes_come_back_as_recorded_with_unstorable_characters_written_out(store: Store) -> None:
    run = store.begin_run("test", {"path": "\udcff"})
    store.record([Outcome("caf\udce9\x00.txt", Disposition.REJECTED, "i\x00d", "bad \ud800 byte")], run=run)
    (outcome,) = store.outcomes(run)
    assert outcome == Outcome("caf\\udce9\\u0000.txt", Disposition.REJECTED, "i\\u0000d", "bad \\ud800 byte")


def test_a_long_ledger_is_kept_in_order(store: Store) -> None:
    run = store.begin_run("test", {})
    store.record((Outcome(str(n), Disposition.DUPLICATE, str(n)) for n in range(2500)), run=run)
    store.record([], run=run)
    assert [outcome.name for outcome in store.outcomes(run)] == [str(n) for n in range(2500)]


def test_nothing_can_be_recorded_for_a_run_that_never_began(store: Store) -> None:
    with pytest.raises(StoreProblem, match=r"(?i)foreign key"):
        store.record([Outcome("x", Disposition.FAILED)], run=99)
    assert list(store.outcomes()) == []


def test_sources_come_back_sorted_and_a_later_one_replaces_an_earlier(store: Store) -> None:
    wire = Source(
        "tarn-wire",
        "Tarn Wire",
        SourceKind.WIRE,
        domains=("tarn.example", "b.example"),
        aliases=("TW", "\u00c9cho"),
        credits=("With files from Tarn Wire",),
        datelines=("TW",),
        owner="tarn",
    )
    store.put_sources([wire, Source("echo", "The Echo"), Source("\u00e9", "Accent"), Source("Z", "Upper")])
    assert [source.key for source in store.sources()] == ["Z", "echo", "tarn-wire", "\u00e9"]
    assert store.sources()[2] == wire
    store.put_sources([Source("echo", "The Evening Echo", SourceKind.PUBLISHER), Source("new", "New")])
    assert [source.name for source in store.sources()] == [
        "Upper",
        "The Evening Echo",
        "New",
        "Tarn Wire",
        "Accent",
    ]
    store.put_sources([])
    assert len(store.sources()) == 5


def test_a_source_that_cannot_be_stored_is_refused_alike_on_all(store: Store) -> None:
    from auditor.errors import InputRejected

    with pytest.raises(InputRejected, match="its aliases"):
        store.put_sources([Source("ok", "OK"), Source("bad", "Bad", aliases=("half\ud800",))])
    assert store.sources() == ()
