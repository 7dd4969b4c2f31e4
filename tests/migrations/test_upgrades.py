"""The schema's history on real databases: up, down and up with data; killed; twice at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, inspect, select

from auditor.assets import migrations_dir
from auditor.domain import (
    Article,
    Derivation,
    Garble,
    GarbleKind,
    Label,
    Match,
    MatchKind,
    Moment,
    Origin,
    Place,
    Relation,
    Severity,
    Source,
    Span,
    Stale,
    Status,
    Story,
    Verdict,
)
from auditor.licensing import Certainty, Finding, RuleKind, State
from auditor.licensing.decisions import Decision, Entry
from auditor.storage import Holder, InboxFile, Mark, Store, open_store
from auditor.storage.accounts import Account, Assignment
from auditor.storage.address import read_address
from auditor.storage.engines import make_engine
from auditor.storage.licence_findings import StoredTerms
from auditor.storage.migrate import HEAD, check, configuration, current, downgrade, upgrade
from auditor.storage.records import Furnishing, LineStanding
from auditor.storage.tables import METADATA

KILLER = Path(__file__).parent / "kill_upgrade.py"
# Every how many statements an upgrade is killed: 1 is all of them, and takes minutes.
KILL_EVERY = int(os.environ.get("AUDITOR_KILL_EVERY", "6"))


# Tables whose rows were moved to others.
EMPTIED = {"match", "derivation", "evidence"}


def fill(url: str) -> None:
    """Put at least one row into every table."""
    spot = Place("b", Span(0, 4))
    with open_store(url) as store:
        store.put_sources([Source("tarn-wire", "Tarn Wire")])
        run = store.begin_run("fill", {})
        texts = [("a", "one"), ("b", "two"), ("b", "three"), ("a", "one"), ("c", "nul\x00")]
        texts.append(("d", "long enough to be packed " * 9))
        articles = [
            Article(name, text, "tarn-wire", captured=Moment.parse("2020-01-01")) for name, text in texts
        ]
        store.add([("input", article) for article in articles], run=run)
        store.put_fingerprints([("a", b"\x00\xff"), ("b", b"")], 1)
        store.replace_matches([], [Match(Place("a", Span(0, 3)), spot, 0.1 + 0.2, MatchKind.EDITED)])
        derivation = Derivation(
            "a", Span(0, 3), spot, Origin("tarn-wire", "b"), Relation.COPY, 1 / 3, MatchKind.EDITED, 0.3
        )
        store.replace_lineage(["a"], [derivation], [Verdict("a", 1.0, 0.5, Label.WHOLLY)])
        store.put_mark("night", Mark(store.stamp(), {"told": 1}))
        store.replace_garbles(
            [], [Garble("a", Span(0, 1), GarbleKind.QUOTE, Severity.LOW, "x", "y", spot, "a")]
        )
        store.replace_stale([], [Stale("a", Span(0, 3), "b", "b", Status.CANCELED, 1 / 3)])
        store.keep_refused({"a": [derivation]})
        store.put_furniture(
            [Furnishing(1 << 62, "Tarn pleads", LineStanding.LEARNT, "tarn-wire", ("a", "b"))]
        )
        store.replace_stories([Story("s", "Tarn", ("b", "a"))])
        now = Moment.parse("2026-01-01T00:00:00Z")
        store.take_lock(Holder("night", "t", "nightly", "tarn", "m", 1, now, now), lambda _: False)
        store.put_inbox([InboxFile("in/a.txt", b"\x00\xff", 3, 1 << 60, run=run)])
        store.keep_changes(run, {"stories": []}, store.known_now())
        fill_licensing(store, run)


def fill_licensing(store: Store, run: int) -> None:
    """Put at least one row into every table of licensing."""
    store.put_terms([StoredTerms("a1", "tarn", "{}", 'name = "Tarn"')], run=run)
    finding = Finding(
        *("f-1", "c-1", "a", "tarn-wire", "kestrel", "b", RuleKind.WORDS, State.FINDING, "tarn", "a1"),
        *(3, 2, "words", "It runs 3 words.", (), Certainty.TRACED, 1 / 3, 55),
    )
    store.replace_licence_findings(["a"], [finding], run=run)
    when = Moment.parse("2026-01-01T00:00:00Z")
    store.add_decision(Entry(0, when, "ada", "f-1", finding.digest, "c-1", Decision.LICENSED))
    store.add_account(Account("ada", "reviewer", "hash", when))
    store.assign(Assignment(0, when, "c-1", "ada", "ada"))
    store.put_captures([("b", "three", "in/b.txt", b"three")])


def content(url: str) -> dict[str, list[Any]]:
    """Every row of every table, by the columns that the program knows."""
    with make_engine(read_address(url), migrating=True).connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in METADATA.sorted_tables
        }


def test_the_history_has_one_head_and_the_program_expects_it() -> None:
    from alembic.script import ScriptDirectory

    assert ScriptDirectory.from_config(configuration()).get_heads() == [HEAD]


def test_the_migrated_tables_are_the_tables_of_the_program(database: str) -> None:
    upgrade(database)
    assert check(database) == ()


def test_a_difference_between_tables_and_program_is_seen(database: str, longer_history: Path) -> None:
    upgrade(database)
    engine = make_engine(read_address(database), migrating=True)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE story ADD COLUMN stray TEXT")
    assert "stray" in " ".join(check(database))


def test_every_text_column_compares_by_code_point_on_postgresql(database: str) -> None:
    upgrade(database)
    engine = make_engine(read_address(database), migrating=True)
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite compares bytes by itself")
    with engine.connect() as connection:
        other = connection.exec_driver_sql(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'"
        ).fetchall()
    assert other == []


def test_postgresql_gives_room_that_nights_free_to_the_next_one(database: str) -> None:
    upgrade(database)
    engine = make_engine(read_address(database), migrating=True)
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite uses such room at once")
    with engine.connect() as connection:
        told = connection.exec_driver_sql(
            "SELECT relname FROM pg_class WHERE 'autovacuum_vacuum_scale_factor=0.02' = ANY (reloptions)"
        ).scalars()
        assert {"derived", "garble", "matched", "story_article", "touched", "verdict"} <= set(told)


def test_down_to_nothing_and_up_again_gives_a_working_store(database: str) -> None:
    fill(database)
    assert {name for name, rows in content(database).items() if not rows} == EMPTIED
    downgrade(database, "base")
    engine = make_engine(read_address(database), migrating=True)
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["auditor_schema"]
    assert current(database) is None
    fill(database)
    assert check(database) == ()
    assert current(database) == HEAD


def test_rebuilding_tables_that_others_point_at_keeps_every_row(database: str, longer_history: Path) -> None:
    fill(database)
    before = content(database)
    upgrade(database, history=longer_history)
    assert current(database) == "trial"
    assert content(database) == before
    downgrade(database, HEAD, history=longer_history)
    assert content(database) == before
    assert check(database) == ()
    upgrade(database, history=longer_history)
    assert content(database) == before


def test_foreign_keys_still_hold_after_a_rebuild(database: str, longer_history: Path) -> None:
    from auditor.errors import StoreProblem

    fill(database)
    upgrade(database, history=longer_history)
    downgrade(database, HEAD, history=longer_history)
    with open_store(database) as store, pytest.raises(StoreProblem, match=r"(?i)foreign key"):
        store.add([("input", Article("d", "text"))], run=99)


def test_a_migration_that_would_orphan_rows_is_refused_and_undone(
    database: str, longer_history: Path
) -> None:
    from auditor.errors import StoreProblem

    trial = longer_history / "versions" / "trial.py"
    broken = trial.read_text().replace(
        'op.create_table("trial"',
        'op.execute("DELETE FROM article WHERE id = \'b\'")\n    op.create_table("trial"',
    )
    trial.write_text(broken)
    fill(database)
    before = content(database)
    with pytest.raises(StoreProblem):
        upgrade(database, history=longer_history)
    assert current(database) == HEAD
    assert content(database) == before


def kill_at_every_statement(url: str, history: Path) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, str(KILLER), url, str(history), str(KILL_EVERY)],
        check=True,
        capture_output=True,
        text=True,
        timeout=600,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_first_migration_killed_anywhere_leaves_nothing_and_then_works(database: str) -> None:
    left = kill_at_every_statement(database, migrations_dir())
    assert len(left) > len(METADATA.tables) // KILL_EVERY
    for state in left:
        assert state.pop("integrity", "ok") == "ok"
        assert state == {}
    assert check(database) == ()
    fill(database)


def test_a_migration_with_data_killed_anywhere_leaves_all_as_it_was_and_then_works(
    database: str, longer_history: Path
) -> None:
    fill(database)
    before = content(database)
    with make_engine(read_address(database), migrating=True).connect() as connection:
        counts = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar()
            for table in METADATA.sorted_tables
        }
    left = kill_at_every_statement(database, longer_history)
    assert len(left) > 10 // KILL_EVERY
    for state in left:
        assert state.pop("integrity", "ok") == "ok"
        assert state == {**counts, "auditor_schema": HEAD}
    assert current(database) == "trial"
    assert content(database) == before


def test_upgrades_at_once_wait_for_each_other(database: str) -> None:
    call = f"from auditor.storage.migrate import upgrade; upgrade({database!r})"
    running = [
        subprocess.Popen([sys.executable, "-c", call], stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]
    said = [process.communicate(timeout=600)[1] for process in running]
    assert said == [""] * 4
    assert [process.returncode for process in running] == [0] * 4
    assert check(database) == ()
