"""Makes the engine of an address: one writer at a time on every database, and plain errors.

SQLite and PostgreSQL are brought to the same behaviour: a writing transaction takes its lock when it
begins and waits for the other writers, so that no two writers ever meet halfway. On SQLite that is
``BEGIN IMMEDIATE`` (deferred transactions of several writers fail with "database is locked"), on
PostgreSQL an advisory lock of the transaction. Must not know of any table.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from auditor.storage.address import Address
from auditor.storage.troubles import WAIT_SECONDS, plain_errors

CONNECT_SECONDS = 10
# What one statement may take on PostgreSQL. The largest takes seconds; waiting for another writer counts
# too, and ends sooner with an error of its own. A migration may take as long as it needs.
STATEMENT_SECONDS = 600
# Of a SQLite file: with the usual 4,096 a sixth of each page stays empty, since a short article needs a
# quarter of one; with 16,384 reading outlines without their texts takes longer.
PAGE_BYTES = 8192
# The number of the advisory lock: "auditor" in ASCII, so that it is nobody else's by chance.
LOCK = int.from_bytes(b"auditor", "big")

# A broken connection is told once, in plain words, by ``troubles``; the pool would add its tracebacks.
logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)

_WRITER = "auditor_writer"


def make_engine(address: Address, *, migrating: bool = False) -> Engine:
    """An engine for the address; connects to nothing yet.

    ``migrating`` leaves SQLite's foreign keys off, because rebuilding a table with them on counts as
    deleting its rows, and keeps no connection for later.
    """
    options: dict[str, Any] = {"poolclass": NullPool} if migrating else {}
    # Parameters hold articles: never in a message.
    options["hide_parameters"] = True
    if address.is_sqlite:
        engine = create_engine(address.url, connect_args={"timeout": WAIT_SECONDS}, **options)
        event.listen(engine, "connect", _sqlite_connected(foreign_keys=not migrating))
        event.listen(engine, "begin", _sqlite_begins)
        return engine
    connecting = {
        "connect_timeout": CONNECT_SECONDS,
        "client_encoding": "utf8",
        "application_name": "auditor",
    }
    if not migrating:
        connecting["options"] = f"-c statement_timeout={STATEMENT_SECONDS * 1000}"
    given = set(address.url.query)
    engine = create_engine(
        address.url,
        connect_args={key: value for key, value in connecting.items() if key not in given},
        **options,
    )
    event.listen(engine, "begin", _postgresql_begins)
    return engine


@contextmanager
def reading(engine: Engine, address: Address) -> Iterator[Connection]:
    """A connection with one view of the data; nothing it does is kept."""
    with plain_errors(address), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine, address: Address) -> Iterator[Connection]:
    """A connection in a transaction that is the only writer; kept if the block ends well, else undone."""
    with plain_errors(address), engine.connect() as opened:
        connection = opened.execution_options(**{_WRITER: True})
        with connection.begin():
            yield connection


@contextmanager
def undone(engine: Engine, address: Address) -> Iterator[Connection]:
    """A writer's connection whose work is taken back in any case."""
    with plain_errors(address), engine.connect() as opened:
        connection = opened.execution_options(**{_WRITER: True})
        with connection.begin() as transaction:
            yield connection
            transaction.rollback()


def _sqlite_connected(*, foreign_keys: bool) -> Any:
    def connected(connection: Any, _record: Any) -> None:
        # The driver must begin nothing by itself: transactions begin in _sqlite_begins.
        connection.isolation_level = None
        # Counts only for a file that is yet to be made: its articles leave less of such a page empty.
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        # A committed batch must outlive a power cut: inboxes are emptied after it.
        connection.execute("PRAGMA synchronous = FULL")

    return connected


def _is_writer(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get(_WRITER))


def _sqlite_begins(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _is_writer(connection) else "BEGIN")


def _postgresql_begins(connection: Connection) -> None:
    if _is_writer(connection):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
