"""What every part of the store needs: a connection to read or write on, and sets of values in a query.

Knows the engine and the names of articles, and nothing of what any table means.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from threading import local
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Executable,
    Table,
    any_,
    delete,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from auditor.errors import NotFound, StoreProblem
from auditor.storage.address import Address
from auditor.storage.engines import reading, writing
from auditor.storage.rows import AnyRow, Values, storable
from auditor.storage.tables import ARTICLE
from auditor.storage.troubles import plain_errors

T = TypeVar("T")

# Rows held at once when reading or writing a stream; more were no faster.
BATCH = 1000
# The same where rows carry texts: an article may be 20 MB, though most are some kilobytes.
TEXT_BATCH = 50
# The note of a transaction: the numbers of the articles that it asked for.
_KEYS = "keys"


class Connected:
    """A store's engine, and the transaction that the current thread has open on it."""

    def __init__(self, engine: Engine, address: Address) -> None:
        self._engine = engine
        self._address = address
        self._open = local()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Group writes: all of them are kept if the block ends well, none otherwise.

        Waits for other writers. Reads inside the block see its writes. Inner transactions join it.
        """
        with self._writing():
            yield

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        held: Connection | None = getattr(self._open, "connection", None)
        if held is not None:
            yield held
            return
        with writing(self._engine, self._address) as connection:
            self._open.connection, self._open.notes = connection, {}
            try:
                yield connection
            finally:
                self._open.connection, self._open.notes = None, {}

    def _notes(self) -> dict[str, Any]:
        """What parts of the store remember until the current thread's transaction ends."""
        notes: dict[str, Any] = getattr(self._open, "notes", {})
        return notes

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        held: Connection | None = getattr(self._open, "connection", None)
        if held is not None:
            with plain_errors(self._address):
                yield held
            return
        with reading(self._engine, self._address) as connection:
            yield connection

    def _rows(self, statement: Executable, *, batch: int = BATCH) -> Iterator[AnyRow]:
        """The rows of a query as a stream, a batch in memory at a time."""
        is_abandoned = False
        try:
            with self._reading() as connection:
                result = connection.execute(statement, execution_options={"yield_per": batch})
                try:
                    yield from result
                except GeneratorExit:
                    is_abandoned = True
                    raise
                finally:
                    # A reader that stops early mustn't leave a cursor open on the server.
                    with suppress(SQLAlchemyError):
                        result.close()
        except StoreProblem:
            # A reader that went away because the connection is lost was told so already.
            if not is_abandoned:
                raise

    def _row(self, statement: Executable) -> AnyRow | None:
        with self._reading() as connection:
            return connection.execute(statement).first()

    def _among(self, column: ColumnElement[Any], values: Collection[Any]) -> ColumnElement[bool]:
        """The condition that a column holds one of many values, as one parameter however many."""
        given = list(values)
        if self._address.is_sqlite:
            return column.in_(select(func.json_each(json.dumps(given)).table_valued("value").c.value))
        return column == any_(literal(given, ARRAY(column.type)))

    def keys_of(self, ids: Iterable[str]) -> dict[str, int]:
        """The store's numbers of those articles; ids that it doesn't hold are left out."""
        wanted = {each for each in ids if storable(each)}
        with self._reading() as connection:
            # A transaction asks for the same ones again and again; what it has seen stays as it is.
            is_writing = getattr(self._open, "connection", None) is not None
            met: dict[str, int] = self._notes().setdefault(_KEYS, {}) if is_writing else {}
            missing = wanted - met.keys()
            if missing:
                query = select(ARTICLE.c.id, ARTICLE.c.key).where(self._among(ARTICLE.c.id, missing))
                met.update((name, key) for name, key in connection.execute(query))
            return {name: met[name] for name in wanted if name in met}

    def ids_of(self, keys: Iterable[int]) -> dict[int, str]:
        """The ids of those numbers; numbers that no article has are left out."""
        with self._reading() as connection:
            query = select(ARTICLE.c.key, ARTICLE.c.id).where(self._among(ARTICLE.c.key, set(keys)))
            return {row.key: row.id for row in connection.execute(query)}

    def _known(self, ids: Iterable[str]) -> Mapping[str, int]:
        """The numbers of articles that must be held; raises NotFound where one isn't."""
        wanted = set(ids)
        keys = self.keys_of(wanted)
        missing = wanted - keys.keys()
        if missing:
            raise NotFound(f"no article {min(missing)!r} in this store", "see auditor export articles")
        return keys

    def _renew(
        self, connection: Connection, table: Table, keys: Collection[int], rows: Iterable[Values]
    ) -> set[int]:
        """Let these be all rows of those articles in a table that has at most one an article.

        Writes only what differs: a replaced row keeps its room until the database finds the time to clean up.
        Returns the articles whose row came, changed or went.
        """
        column = table.c.article_key
        new = {row["article_key"]: row for row in rows}
        held = connection.execute(select(table).where(self._among(column, keys)))
        before = {row["article_key"]: dict(row) for row in held.mappings()}
        changed = {key for key in keys if before.get(key) != new.get(key)}
        if gone := changed & before.keys():
            connection.execute(delete(table).where(self._among(column, gone)))
        insert_rows(connection, table, [new[key] for key in sorted(changed & new.keys())])
        return changed

    def _some(self, column: ColumnElement[Any], ids: Iterable[str] | None) -> list[ColumnElement[bool]]:
        """The conditions under which a column of article numbers is among those ids; none for all."""
        return [] if ids is None else [self._among(column, self.keys_of(ids).values())]


def insert_rows(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    """Insert rows that all have the same columns; on PostgreSQL by COPY, which is several times faster."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(insert(table), rows)
        return
    names = list(rows[0])
    columns = ", ".join(connection.dialect.identifier_preparer.quote(name) for name in names)
    cursor: Any = connection.connection.cursor()
    driver = connection.dialect.loaded_dbapi
    try:
        with cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([row[name] for name in names])
    except driver.Error as error:
        raise DBAPIError(f"COPY {table.name}", None, error, hide_parameters=True) from error
    finally:
        cursor.close()


def batched(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """The values in lists of at most that size, in their order."""
    stream = iter(values)
    while batch := list(islice(stream, size)):
        yield batch
