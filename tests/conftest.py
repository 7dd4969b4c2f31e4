"""Fixtures of all tests: where the evaluation data lies, real databases, nothing that fakes our own code."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import pytest
from hypothesis import settings

from auditor.storage import open_store

if TYPE_CHECKING:
    from auditor.storage import Store

# A busy machine isn't a broken promise: time is measured elsewhere.
settings.register_profile("auditor", deadline=None)
settings.load_profile("auditor")

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of evaluation data beside the checkout; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("AUDITOR_SHARED", CHECKOUT.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip("the evaluation data (../shared/data) isn't on this machine")
    return folder


_FIRST_WITH_ICU = 150000


class PostgreSQL:
    """A real server for the tests, and as many empty databases in it as they ask for."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._numbers = count()

    def new_database(self, encoding: str = "UTF8") -> str:
        """The URL of a new, empty database."""
        import psycopg

        name = f"auditor_test_{os.getpid()}_{next(self._numbers)}"
        with psycopg.connect(self._url, autocommit=True) as connection:
            # A language's order by default, so that a text that isn't compared by code point shows.
            knows_icu = encoding == "UTF8" and connection.info.server_version >= _FIRST_WITH_ICU
            order = "LOCALE_PROVIDER icu ICU_LOCALE 'en'" if knows_icu else "LOCALE 'C'"
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0 ENCODING {encoding!r} {order}')
        return urlunsplit(urlsplit(self._url)._replace(path=f"/{name}"))

    def empty_database(self, url: str) -> None:
        """Delete every row of our tables, and none of the schema's revision."""
        import psycopg
        from psycopg import sql

        with psycopg.connect(url) as connection:
            names = connection.execute(
                "SELECT tablename FROM pg_tables"
                " WHERE schemaname = 'public' AND tablename <> 'auditor_schema'"
            ).fetchall()
            tables = sql.SQL(", ").join(sql.Identifier(name) for (name,) in names)
            connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(tables))

    def drop_database(self, url: str) -> None:
        """Drop a database, whoever is still connected to it."""
        import psycopg

        name = urlsplit(url).path.removeprefix("/")
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _postgresql_programs() -> Path | None:
    """The folder of the server's programs, the newest where there are several."""
    named = os.environ.get("AUDITOR_POSTGRESQL")
    on_path = shutil.which("initdb")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: int(each.parent.name))
    folders = [Path(named)] if named else []
    folders += [Path(on_path).resolve().parent] if on_path else []
    for folder in folders + installed[::-1]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    return None


def _server_user() -> str | None:
    """The user to run the server as: PostgreSQL refuses to run as root. None for ourselves."""
    if os.geteuid() != 0:
        return None
    names = {each.pw_name for each in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A throw-away server reached by a socket in its own folder, or the one of AUDITOR_TEST_POSTGRES."""
    given = os.environ.get("AUDITOR_TEST_POSTGRES")
    if given:
        yield PostgreSQL(given)
        return
    programs = _postgresql_programs()
    if programs is None:
        pytest.skip("no PostgreSQL server on this machine (initdb not found)")
    user = _server_user()
    # Not pytest's own folder: it is closed to other users, and too long a path for a socket.
    with tempfile.TemporaryDirectory(prefix="auditor-pg-") as name:
        folder = Path(name)
        data = folder / "data"
        if user:
            shutil.chown(folder, user)

        def call(program: str, *arguments: str) -> None:
            subprocess.run(
                [programs / program, *arguments], check=True, capture_output=True, user=user, cwd=folder
            )

        call("initdb", "-D", str(data), "-U", "auditor", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -k {folder} -c fsync=off -c max_connections=40"
        call("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield PostgreSQL(f"postgresql://auditor@/postgres?host={folder}")
        finally:
            call("pg_ctl", "-D", str(data), "-m", "immediate", "stop")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database that doesn't exist yet (SQLite) or is empty (PostgreSQL); runs on both."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.db'}"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    url = server.new_database()
    yield url
    server.drop_database(url)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new store in SQLite, to be copied: cheaper than the migrations for every test."""
    file = tmp_path_factory.mktemp("template") / "store.db"
    open_store(f"sqlite:///{file}").close()
    return file


@pytest.fixture(scope="session")
def reused_database(postgresql: PostgreSQL) -> Iterator[str]:
    """A migrated database of the server, for tests that empty it before they begin."""
    url = postgresql.new_database()
    open_store(url).close()
    yield url
    postgresql.drop_database(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A new store; runs on both databases."""
    if request.param == "sqlite":
        file = shutil.copy(request.getfixturevalue("empty_file"), tmp_path / "store.db")
        url = f"sqlite:///{file}"
    else:
        url = request.getfixturevalue("reused_database")
        request.getfixturevalue("postgresql").empty_database(url)
    with open_store(url) as opened:
        yield opened
