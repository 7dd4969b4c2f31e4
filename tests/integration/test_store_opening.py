"""Opening a store: what is made, what is refused in one line, and that no password is ever told."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine, event

from auditor.domain import Article
from auditor.errors import (
    AuditorError,
    ConfigProblem,
    StoreNotOurs,
    StoreProblem,
    StoreReadOnly,
    StoreUnreachable,
    WrongRevision,
)
from auditor.storage import examine, open_store
from auditor.storage.address import read_address
from auditor.storage.engines import make_engine
from auditor.storage.migrate import HEAD, current

if TYPE_CHECKING:
    from tests.conftest import PostgreSQL

CANARY = "Kanarienvogel-7"


def execute(url: str, *statements: str) -> None:
    with make_engine(read_address(url), migrating=True).begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_a_new_store_is_made_and_opened_again_with_what_it_held(database: str) -> None:
    with open_store(database) as store:
        store.add([("input", Article("it", "text"))], run=store.begin_run("test", {}))
    assert current(database) == HEAD
    with open_store(database, create=False) as store:
        assert store.article_ids() == ["it"]


def test_the_folder_of_a_new_store_is_made(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "50% done.db"
    with open_store(f"sqlite:///{file}") as store:
        assert store.count() == 0
    assert file.exists()


@pytest.mark.parametrize("rest", ["", "/", "/:memory:", "/file.db?mode=ro", "/what?.db", "host/file.db"])
def test_an_address_of_sqlite_that_names_no_plain_file_is_refused(rest: str) -> None:
    with pytest.raises(ConfigProblem):
        open_store(f"sqlite://{rest}")


def test_sqlite_writes_ahead_keeps_keys_and_syncs(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'store.db'}") as store, store._reading() as connection:
        asked = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous")
        ]
    assert asked == ["wal", 1, 2]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnreachable, match="can't be made") as caught:
        open_store(f"sqlite:///{tmp_path / 'file' / 'folder' / 'store.db'}")
    assert caught.value.remedy == "name another place"


def test_a_new_file_that_another_program_holds_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    holder = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN EXCLUSIVE")
    release = Timer(1.0, holder.rollback)
    release.start()
    with open_store(f"sqlite:///{file}") as store:
        assert store.count() == 0
    release.join()
    holder.close()


def test_a_server_database_that_is_not_unicode_is_refused(postgresql: PostgreSQL) -> None:
    url = postgresql.new_database(encoding="LATIN1")
    with pytest.raises(StoreNotOurs, match="LATIN1"):
        open_store(url)
    postgresql.drop_database(url)


def test_a_store_that_isnt_there_is_not_made_unless_asked(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    with pytest.raises(StoreUnreachable, match="auditor init"):
        open_store(f"sqlite:///{file}", create=False)
    assert not file.exists()


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreNotOurs, match="is a folder"):
        open_store(f"sqlite:///{tmp_path}")


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Notes on the bridge at Upper Tarn.\n" * 50)
    before = file.read_bytes()
    with pytest.raises(StoreNotOurs, match="isn't a database"):
        open_store(f"sqlite:///{file}")
    assert file.read_bytes() == before


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    file.touch()
    with open_store(f"sqlite:///{file}") as store:
        assert store.count() == 0


def test_a_sqlite_file_of_others_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "theirs.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.close()
    before = file.read_bytes()
    with pytest.raises(StoreNotOurs, match="other tables"):
        open_store(f"sqlite:///{file}")
    assert file.read_bytes() == before


def test_a_database_with_others_tables_is_left_alone(database: str) -> None:
    execute(database, "CREATE TABLE recipe (name TEXT)")
    with pytest.raises(StoreNotOurs, match="other tables"):
        open_store(database)


@pytest.mark.parametrize(
    ("revision", "remedy"), [("0000", "auditor db upgrade"), ("9999", "install the newer auditor")]
)
def test_a_store_of_another_revision_is_refused_with_the_remedy(
    database: str, revision: str, remedy: str
) -> None:
    open_store(database).close()
    execute(database, f"UPDATE auditor_schema SET version_num = '{revision}'")
    with pytest.raises(WrongRevision, match=revision) as caught:
        open_store(database)
    assert remedy in caught.value.remedy
    finding = examine(database)[-1]
    assert (finding.name, finding.ok) == ("revision", False)


def test_a_read_only_server_is_told_and_still_read(database: str) -> None:
    if not database.startswith("postgresql"):
        pytest.skip("a file is read-only in another way")
    with open_store(database) as store:
        run = store.begin_run("test", {})
    name = read_address(database).url.database
    execute(database, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with open_store(database) as store:
        assert store.count() == 0
        with pytest.raises(StoreReadOnly, match="can't be written"):
            store.add([("input", Article("it", "text"))], run=run)
    assert [(each.name, each.ok) for each in examine(database)][-1] == ("writable", False)


READ_ONLY = """
import os, sys
import auditor.storage.store, auditor.storage.migrate, auditor.storage.health
import sqlite3, sqlalchemy.dialects.sqlite.pysqlite
from auditor.domain import Article
from auditor.errors import StoreProblem
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
for create in (True, False):
    try:
        with auditor.storage.open_store(sys.argv[1], create=create) as store:
            store.add([("input", Article("it", "text"))], run=1)
    except StoreProblem as error:
        print(type(error).__name__, "|", error)
"""


def test_a_file_without_write_access_is_told() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'store.db'}"
        with open_store(url) as store:
            store.begin_run("test", {})
        folder.chmod(0o555)
        (folder / "store.db").chmod(0o444)
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, url], capture_output=True, text=True, check=False, timeout=60
        )
        folder.chmod(0o755)
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert len(lines) == 2
    for line in lines:
        assert line.startswith(("StoreReadOnly", "StoreUnreachable"))
        assert "may be read and written" in line or "check who owns" in line


def test_a_full_disk_is_told_keeps_what_was_stored_and_is_survived(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    big = Article("big", " ".join(str(number) for number in range(150_000)))  # large however it is packed
    with open_store(url) as store:
        run = store.begin_run("test", {})
        store.add([("first", Article("first", "text"))], run=run)
        pages = _pages(url) + 10

        def shrink(connection: sqlite3.Connection, _: object) -> None:
            connection.execute(f"PRAGMA max_page_count = {pages}")

        store.close()
        event.listen(Engine, "connect", shrink)
        try:
            with pytest.raises(StoreProblem, match="no room left"):
                store.add([("big", big)], run=run)
            assert store.article_ids() == ["first"]
            store.close()
        finally:
            event.remove(Engine, "connect", shrink)
        assert [each.disposition.value for each in store.add([("big", big)], run=run)] == ["stored"]
        assert [each.name for each in store.outcomes(run)] == ["first", "big"]


def _pages(url: str) -> int:
    with make_engine(read_address(url)).connect() as connection:
        return int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://ann:{CANARY}@127.0.0.1:1/tarn",
        f"postgres://ann:{CANARY}@127.0.0.1:1/tarn?connect_timeout=2",
        f"postgresql+psycopg://ann@127.0.0.1:1/tarn?password={CANARY}",
        f"postgresql://ann:{CANARY}@/tarn?host=/nowhere",
        f"postgresql://ann:x@{CANARY}@127.0.0.1:1/tarn",
        f"postgresql://ann:{CANARY}@127.0.0.1:{CANARY}/tarn",
        f"postgresql://ann:{CANARY}@127.0.0.1:1/",
        f"postgresql://ann:{CANARY}@127.0.0.1:1/tarn?{CANARY}=1",
        f"mysql://ann:{CANARY}@127.0.0.1:1/tarn",
        f"{CANARY}",
        f"sqlite://ann:{CANARY}@host/file.db",
        "",
    ],
)
def test_an_unreachable_or_misspelt_database_is_one_line_with_a_remedy_and_no_password(url: str) -> None:
    with pytest.raises(AuditorError) as caught:
        open_store(url)
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    assert CANARY not in told
    assert caught.value.remedy
    assert "\n" not in str(caught.value)
    (finding,) = examine(url)
    assert not finding.ok
    assert finding.remedy
    assert CANARY not in repr(finding)


def test_a_store_is_named_without_its_password(database: str) -> None:
    shown = read_address("postgresql://ann:secret@db.example:5433/tarn?sslpassword=hidden").shown
    assert shown == "postgresql://ann:***@db.example:5433/tarn"
    with open_store(database) as store:
        assert store.name == read_address(database).shown


def test_importing_the_package_is_quick_and_opening_an_old_store_needs_no_alembic(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    open_store(url).close()
    call = (
        "import sys, auditor.storage\n"
        "assert not {'sqlalchemy', 'sqlmodel', 'alembic'} & set(sys.modules)\n"
        f"auditor.storage.open_store({url!r}).close()\n"
        "assert 'alembic' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", call], check=True, timeout=60, env=dict(os.environ))


def test_the_doctor_finds_a_new_store_well(database: str) -> None:
    with open_store(database) as store:
        run = store.begin_run("test", {})
        findings = examine(database)
        assert [each.name for each in findings if each.ok] == [
            "revision",
            "integrity",
            "foreign keys",
            "size",
            "writable",
        ]
        assert [each.key for each in store.runs()] == [run]


def test_the_doctor_sees_a_damaged_file(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    url = f"sqlite:///{file}"
    with open_store(url) as store:
        run = store.begin_run("test", {})
        store.add([(str(n), Article(f"{n:04}", "text " * 300)) for n in range(500)], run=run)
    data = bytearray(file.read_bytes())
    for page in range(60, len(data) // 4096 - 5, 3):
        data[page * 4096 : page * 4096 + 512] = b"\xff" * 512
    file.write_bytes(data)
    assert not all(each.ok for each in examine(url))
