"""A backup is one state of the store, taken while others write, and what is restored from it works."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.domain import Article
from auditor.errors import StoreProblem, WriteProblem
from auditor.storage import examine, open_store
from auditor.storage.backup import backup
from tests.conftest import PostgreSQL

# Writes pairs, each in one transaction, until it is told to end: half a pair in a copy is half a state.
WRITING = """
import sys
from auditor.domain import Article
from auditor.storage import open_store
with open_store(sys.argv[1]) as store:
    run = store.begin_run("writer", {})
    print("ready", flush=True)
    for number in range(100_000):
        names = (f"{number}-a", f"{number}-b")
        store.add([(name, Article(name, "text " * 300)) for name in names], run=run)
"""


def copied_while_written(database: str, out: Path) -> None:
    open_store(database).close()
    writer = subprocess.Popen([sys.executable, "-c", WRITING, database], stdout=subprocess.PIPE, text=True)
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        with open_store(database) as store:
            while store.count() < 40:
                pass
        backup(database, out)
        assert writer.poll() is None, "the writer went on"
    finally:
        writer.kill()
        writer.communicate()


def expect_one_state(database: str) -> None:
    assert all(finding.ok for finding in examine(database))
    with open_store(database) as store:
        ids = store.article_ids()
        assert len(ids) >= 40
        assert {name.removesuffix("-a") for name in ids if name.endswith("-a")} == {
            name.removesuffix("-b") for name in ids if name.endswith("-b")
        }
        assert {outcome.article for outcome in store.outcomes()} == set(ids)
        store.add([("new", Article("new", "text"))], run=store.begin_run("after", {}))


def test_sqlite_is_copied_while_written_and_restored_by_putting_it_in_place(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'a.db'}"
    copied_while_written(database, tmp_path / "backup.db")
    assert {path.name for path in tmp_path.iterdir()} <= {"a.db", "a.db-wal", "a.db-shm", "backup.db"}
    shutil.copy(tmp_path / "backup.db", tmp_path / "restored.db")
    expect_one_state(f"sqlite:///{tmp_path / 'restored.db'}")


def test_postgresql_is_dumped_while_written_and_restored_by_pg_restore(
    postgresql: PostgreSQL, tmp_path: Path
) -> None:
    if not (shutil.which("pg_dump") and shutil.which("pg_restore")):
        pytest.skip("no pg_dump and pg_restore on this machine")
    database, other = postgresql.new_database(), postgresql.new_database()
    try:
        copied_while_written(database, tmp_path / "backup.dump")
        words = ["pg_restore", "--exit-on-error", "--dbname", other, str(tmp_path / "backup.dump")]
        subprocess.run(words, check=True, capture_output=True)
        expect_one_state(other)
    finally:
        postgresql.drop_database(database)
        postgresql.drop_database(other)


def test_what_can_not_be_copied_or_written_leaves_what_stood(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'a.db'}"
    (tmp_path / "old.db").write_text("the last backup")
    with pytest.raises(StoreProblem, match="there is no store"):
        backup(database, tmp_path / "old.db")
    open_store(database).close()
    with pytest.raises(WriteProblem):
        backup(database, tmp_path / "nowhere" / "backup.db")
    assert (tmp_path / "old.db").read_text() == "the last backup"
