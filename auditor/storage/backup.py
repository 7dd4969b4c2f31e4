"""Copies a store as it is at one moment, while others write to it.

SQLite's own backup, and ``pg_dump``: neither stops a writer, and both give one state. The copy appears
whole or not at all. Must not know what is in it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing, suppress
from pathlib import Path
from tempfile import mkstemp

from auditor.errors import StoreProblem, WriteProblem
from auditor.storage.address import Address, read_address
from auditor.storage.engines import make_engine, reading
from auditor.storage.migrate import expect_file, expect_head, revision_of
from auditor.storage.troubles import WAIT_SECONDS

# Pages of SQLite copied between two looks at who else is waiting.
PAGES = 2_000


def backup(url: str, out: Path) -> int:
    """Copy the store to a file: a SQLite database, or PostgreSQL's dump for ``pg_restore``; gives its size.

    A file that stands there is replaced only by a whole copy. Raises StoreProblem, WriteProblem.
    """
    address = read_address(url)
    expect_file(address)
    engine = make_engine(address)
    with reading(engine, address) as connection:
        expect_head(revision_of(connection, address), address)
    engine.dispose()
    try:
        descriptor, name = mkstemp(dir=out.parent, prefix=f".{out.name}.")
        os.close(descriptor)
        part = Path(name)
        try:
            (_copy_file if address.is_sqlite else _dump)(address, part)
            part.replace(out)
        finally:
            for left in out.parent.glob(f"{part.name}*"):
                with suppress(OSError):
                    left.unlink()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise WriteProblem(
            f"{out} can't be written: {reason}", "choose another path, or make room"
        ) from error
    return out.stat().st_size


def _copy_file(address: Address, part: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(str(address.file), timeout=WAIT_SECONDS)) as source,
            closing(sqlite3.connect(part)) as target,
        ):
            # In one read transaction: a writer elsewhere neither waits nor lets the copy begin anew.
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            source.backup(target, pages=PAGES)
            source.rollback()
            target.execute("PRAGMA journal_mode = DELETE")
            said = target.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        raise StoreProblem(
            f"the store {address.shown} can't be copied: {error}", "make room there"
        ) from error
    if said != "ok":
        raise StoreProblem(f"the copy of {address.shown} is damaged: {said}", "run: auditor doctor")
    with part.open("rb") as file:
        os.fsync(file.fileno())


def _dump(address: Address, part: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise StoreProblem("there is no pg_dump here", "install PostgreSQL's client programs")
    url = address.url.set(drivername="postgresql")
    # Other users can read a process's arguments, not its environment.
    password = url.password or url.query.get("password")
    environment = os.environ | ({"PGPASSWORD": str(password)} if password else {})
    url = url.set(password=None).difference_update_query(["password"])
    words = [program, "--format=custom", "--no-owner", "--file", str(part)]
    done = subprocess.run(
        [*words, "--dbname", url.render_as_string(hide_password=False)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = " ".join(done.stderr.split())
        for secret in address.secrets():
            said = said.replace(secret, "***")
        raise StoreProblem(f"the store {address.shown} can't be copied: {said}", "see what pg_dump says")
