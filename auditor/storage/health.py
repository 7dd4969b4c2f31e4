"""Answers the doctor's questions about a database, each in one line, and never with a password.

Asks without leaving a trace: what it writes to see whether it may, it takes back. Must not know what the
doctor makes of the answers.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Engine, func, insert, select

from auditor.errors import AuditorError, StoreProblem
from auditor.storage.address import Address, read_address
from auditor.storage.engines import make_engine, reading, undone
from auditor.storage.migrate import expect_file, expect_head, revision_of
from auditor.storage.records import Finding
from auditor.storage.schema import METADATA
from auditor.storage.tables import ARTICLE, REVISION, RUN

_MEGABYTE = 1024 * 1024


def examine(url: str) -> tuple[Finding, ...]:
    """What the doctor asks of a database: reachable, ours, revision, integrity, size, writable.

    Stops at the first question without whose answer the rest makes no sense. Raises nothing: an error
    is an answer.
    """
    try:
        address = read_address(url)
        expect_file(address)
    except AuditorError as error:
        return (_answer("address", error),)
    engine = make_engine(address)
    found: list[Finding] = []
    for name, question, is_needed in (
        ("revision", _revision, True),
        ("integrity", _integrity, False),
        ("foreign keys", _foreign_keys, False),
        ("size", _size, False),
        ("writable", _writable, False),
    ):
        found.append(_asked(name, question, engine, address))
        if is_needed and not found[-1].ok:
            break
    engine.dispose()
    return tuple(found)


def _asked(
    name: str, question: Callable[[Engine, Address], str], engine: Engine, address: Address
) -> Finding:
    try:
        return Finding(name, ok=True, detail=question(engine, address))
    except AuditorError as error:
        return _answer(name, error)


def _answer(name: str, error: AuditorError) -> Finding:
    return Finding(name, ok=False, detail=error.message, remedy=error.remedy)


def _revision(engine: Engine, address: Address) -> str:
    with reading(engine, address) as connection:
        revision = revision_of(connection, address)
    expect_head(revision, address)
    return f"{address.shown} is of revision {revision}"


def _integrity(engine: Engine, address: Address) -> str:
    with reading(engine, address) as connection:
        if not address.is_sqlite:
            # A server checks its own pages; what can be asked of it is that every table is there.
            for table in METADATA.sorted_tables:
                connection.execute(select(func.count()).select_from(select(table).limit(1).subquery()))
            return "every table can be read"
        said = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
    if said != "ok":
        raise StoreProblem(f"the store {address.shown} is damaged: {said}", "restore it from a backup")
    return "the file is whole"


def _foreign_keys(engine: Engine, address: Address) -> str:
    with reading(engine, address) as connection:
        orphans = _orphans(connection, address)
    if orphans:
        raise StoreProblem(
            f"{orphans} rows of {address.shown} point at rows that are gone", "restore it from a backup"
        )
    return "every row has what it points at"


def _orphans(connection: Connection, address: Address) -> int:
    if address.is_sqlite:
        return len(connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall())
    # The server enforces the keys; what it can't enforce is that the current revision exists.
    current = (REVISION.c.article_key == ARTICLE.c.key) & (REVISION.c.number == ARTICLE.c.revision)
    query = select(func.count()).select_from(ARTICLE.outerjoin(REVISION, current))
    return connection.execute(query.where(REVISION.c.number.is_(None))).scalar_one()


def _size(engine: Engine, address: Address) -> str:
    with reading(engine, address) as connection:
        articles = connection.execute(select(func.count()).select_from(ARTICLE)).scalar_one()
        if address.file is not None:
            size = address.file.stat().st_size
        else:
            size = connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one()
    return f"{articles} articles in {size / _MEGABYTE:.1f} MB"


def _writable(engine: Engine, address: Address) -> str:
    """Write a row and take it back: rights, roles and full disks show only then."""
    with undone(engine, address) as connection:
        last = connection.execute(select(func.max(RUN.c.key))).scalar() or 0
        row = {"key": last + 1, "command": "doctor", "parameters": "{}", "counts": "{}"}
        connection.execute(insert(RUN), [{**row, "started_at": "", "status": ""}])
    return "it can be written"
