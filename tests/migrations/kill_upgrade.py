"""A script for the tests: upgrade a database again and again, killed some statements later each time.

Prints a line of JSON after each kill with what stands in the database then; ends when an upgrade gets
through. A process of its own, because it forks and kills.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from auditor.storage.address import read_address
from auditor.storage.engines import make_engine
from auditor.storage.migrate import VERSION_TABLE, upgrade


def tables(url: str) -> dict[str, Any]:
    """The number of rows of every table, and the revision."""
    from sqlalchemy import inspect

    found: dict[str, Any] = {}
    with make_engine(read_address(url), migrating=True).connect() as connection:
        for name in sorted(inspect(connection).get_table_names()):
            column = "max(version_num)" if name == VERSION_TABLE else "count(*)"
            found[name] = connection.exec_driver_sql(f"SELECT {column} FROM {name}").scalar()
        if connection.dialect.name == "sqlite":
            found["integrity"] = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
    return found


def upgrade_until(url: str, statement: int, history: Path) -> int:
    """Upgrade in a child that kills itself before that statement; its signal, or 0."""
    child = os.fork()
    if child:
        status = os.waitpid(child, 0)[1]
        if os.WIFEXITED(status) and os.WEXITSTATUS(status):
            raise SystemExit(f"the upgrade failed by itself before statement {statement}")
        return os.WTERMSIG(status)
    seen = 0

    def count(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        upgrade(url, history=history)
    except BaseException:  # noqa: BLE001 - the child must never go on as if it were the parent
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def main(url: str, history: Path, step: int) -> None:
    """Kill before the first statement, and then every so many later."""
    import alembic.command  # noqa: F401 - once here, not in every child

    statement = 1
    while upgrade_until(url, statement, history) == signal.SIGKILL:
        print(json.dumps(tables(url)), flush=True)
        statement += step


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
