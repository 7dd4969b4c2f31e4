"""Reads a database URL and says it again without its secrets.

Everything that is told to a person about a database goes through ``Address.shown``. Must not connect
to anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from auditor.errors import ConfigProblem

REMEDY = "write it as sqlite:///file.db or postgresql://user@host/name"
_POSTGRESQL = {"postgres", "postgresql", "postgresql+psycopg"}
_SQLITE = {"sqlite", "sqlite+pysqlite"}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a store lies. ``shown`` may be printed; ``url`` holds the password and may not.

    ``file`` is the database's file, None for a server.
    """

    url: URL = field(repr=False)
    shown: str
    file: Path | None

    @property
    def is_sqlite(self) -> bool:
        """Is it a file of SQLite?"""
        return self.file is not None

    def secrets(self) -> list[str]:
        """What must never be printed: the passwords of the address."""
        values = [str(self.url.password or "")]
        for key, value in self.url.query.items():
            if "pass" in key:
                values += [value] if isinstance(value, str) else value
        return [value for value in values if value]


def read_address(url: str) -> Address:
    """Read a database URL; raises ConfigProblem, which never repeats what might be a password."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise ConfigProblem("the database's address can't be read", REMEDY) from None
    if parsed.drivername in _SQLITE:
        if "?" in url:
            raise ConfigProblem("a store in SQLite takes no options after a question mark", REMEDY)
        return _file_address(parsed)
    if parsed.drivername in _POSTGRESQL:
        return _server_address(parsed)
    raise ConfigProblem(f"no database of the kind {parsed.drivername!r} is supported", REMEDY)


def _file_address(url: URL) -> Address:
    if url.host or not url.database or url.database == ":memory:":
        raise ConfigProblem("a store in SQLite needs a file, and nothing but a file", REMEDY)
    file = Path(url.database)
    return Address(URL.create("sqlite+pysqlite", database=str(file)), f"sqlite:///{file}", file)


def _server_address(url: URL) -> Address:
    if "@" in (url.host or ""):
        # A password with an unescaped @: its end would be taken for the host, and shown.
        raise ConfigProblem("the database's address can't be read", "write an @ in its password as %40")
    if not url.database:
        raise ConfigProblem("the address names no database on its server", REMEDY)
    # The query may hold secrets too (password=, sslpassword=), so none of it is shown.
    shown = url.set(drivername="postgresql", query={}).render_as_string(hide_password=True)
    return Address(url.set(drivername="postgresql+psycopg"), shown, None)
