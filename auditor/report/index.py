"""What the last report was made of, kept beside it, so that the next one makes only what changed.

A small SQLite file: for each unit (a story, or an article alone) the digests of what its pages were made
from, and its lines of the lists that speak of everything. All of a report's changes to it are one
transaction, kept once the pages are in place. It must not know what a page or a line says.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

INDEX = ".index.db"
# Counts the shapes of the tables below: an index of another shape is made anew.
SHAPE = 1
WAIT_SECONDS = 5.0
OVERALL = b""  # the unit of pages that speak of everything

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE unit (name BLOB PRIMARY KEY, told TEXT NOT NULL);
CREATE TABLE member (article BLOB PRIMARY KEY, unit BLOB NOT NULL);
CREATE INDEX member_by_unit ON member (unit);
CREATE TABLE mention (unit BLOB NOT NULL, article BLOB NOT NULL);
CREATE INDEX mention_by_unit ON mention (unit);
CREATE TABLE page (name TEXT PRIMARY KEY, unit BLOB NOT NULL, digest BLOB NOT NULL, stands INTEGER NOT NULL);
CREATE INDEX page_by_unit ON page (unit);
CREATE TABLE line (list TEXT NOT NULL, part TEXT NOT NULL, place BLOB NOT NULL, unit BLOB NOT NULL,
                   told TEXT NOT NULL, html TEXT NOT NULL);
CREATE INDEX line_by_place ON line (list, part, place);
CREATE INDEX line_by_unit ON line (unit);
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A unit's line of a list: in which part, by what it is sorted there, what is known of it, its HTML."""

    list: str
    part: str
    place: bytes
    told: tuple[Any, ...]
    html: str


def key_of(text: str) -> bytes:
    """An id as the index keeps it: any text, in the order of its code points."""
    return text.encode("utf-8", "surrogatepass")


class Index:
    """The index of one report folder, in one transaction."""

    def __init__(self, path: Path) -> None:
        """Open it, or make an empty one where there is none or what stands there isn't readable.

        Raises sqlite3.OperationalError where another report is being written here, or nothing can be.
        """
        self.is_new = False
        try:
            self._open(path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            path.unlink()
            self._open(path)

    def _open(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)
        try:
            # What retention took away mustn't stay readable in the file's free pages.
            self._connection.execute("PRAGMA secure_delete = ON")
            self.begin()
            if self._connection.execute("PRAGMA user_version").fetchone()[0] != SHAPE:
                self._make()
        except BaseException:
            self._connection.close()
            raise

    def _make(self) -> None:
        self.is_new = True
        tables = self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in tables:
            self._connection.execute(f'DROP TABLE "{name}"')
        for statement in filter(str.strip, _TABLES.split(";")):
            self._connection.execute(statement)
        self._connection.execute(f"PRAGMA user_version = {SHAPE}")

    def begin(self) -> None:
        """Begin to note things; raises sqlite3.OperationalError where someone else is at it."""
        self._connection.execute("BEGIN IMMEDIATE")

    def keep(self) -> None:
        """Keep all that was noted."""
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close it; what wasn't kept is as it was."""
        self._connection.close()

    # What is known of the whole

    def note(self, key: str) -> str:
        """A note on the whole report; "" where there is none."""
        row = self._connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def note_down(self, key: str, value: str) -> None:
        """Note something on the whole report."""
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # Units

    def forget_units(self) -> None:
        """Forget all units and their lines; their pages are gone unless they are put again."""
        for table in ("unit", "member", "mention", "line"):
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
        self._connection.execute("UPDATE page SET stands = 0")

    def units_of(self, articles: Iterable[str]) -> set[bytes]:
        """The units that these articles were last in."""
        query = "SELECT unit FROM member WHERE article = ?"
        rows = (self._connection.execute(query, (key_of(each),)).fetchone() for each in articles)
        return {row[0] for row in rows if row}

    def mentioned_by(self, unit: bytes) -> set[str]:
        """The articles outside a unit that its pages last spoke of, or that spoke of its articles."""
        rows = self._connection.execute("SELECT article FROM mention WHERE unit = ?", (unit,))
        return {row[0].decode("utf-8", "surrogatepass") for row in rows}

    def forget_overall(self) -> None:
        """The pages that speak of everything are gone unless they are put again."""
        self._connection.execute("UPDATE page SET stands = 0 WHERE unit = ?", (OVERALL,))

    def forget(self, unit: bytes) -> None:
        """Forget a unit and its lines; its pages are gone unless they are put again."""
        for table, column in (("unit", "name"), ("member", "unit"), ("mention", "unit"), ("line", "unit")):
            self._connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (unit,))  # noqa: S608
        self._connection.execute("UPDATE page SET stands = 0 WHERE unit = ?", (unit,))

    def put(
        self,
        unit: bytes,
        *,
        told: object,
        articles: Sequence[str],
        mentions: Collection[str],
        lines: Iterable[Line],
    ) -> None:
        """Note a unit: what is told of it as JSON, its articles, those it speaks of, its lines."""
        execute, many = self._connection.execute, self._connection.executemany
        execute("INSERT INTO unit VALUES (?, ?)", (unit, json.dumps(told, separators=(",", ":"))))
        many("INSERT OR REPLACE INTO member VALUES (?, ?)", [(key_of(each), unit) for each in articles])
        many("INSERT INTO mention VALUES (?, ?)", [(unit, key_of(each)) for each in sorted(mentions)])
        many(
            "INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)",
            [
                (line.list, line.part, line.place, unit, json.dumps(line.told), _storable(line.html))
                for line in lines
            ],
        )

    def units(self) -> Iterator[Any]:
        """What is told of each unit, sorted by its name."""
        with closing(self._connection.execute("SELECT told FROM unit ORDER BY name")) as rows:
            for (told,) in rows:
                yield json.loads(told)

    def lines(
        self, name: str, part: str, *, last: bool = False, most: int = -1
    ) -> Iterator[tuple[list[Any], str]]:
        """The lines of a part of a list by their places, with what is told of each; or from the ``last``."""
        order = "DESC" if last else "ASC"
        query = f"SELECT told, html FROM line WHERE list = ? AND part = ? ORDER BY place {order} LIMIT ?"  # noqa: S608
        with closing(self._connection.execute(query, (name, part, most))) as rows:
            for told, html in rows:
                yield json.loads(told), html

    # Pages

    def digest(self, name: str) -> bytes | None:
        """What a page was last made from; None where there is no such page."""
        row = self._connection.execute("SELECT digest FROM page WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def put_page(self, name: str, unit: bytes = OVERALL, digest: bytes = b"") -> None:
        """Note that a page stands, of which unit, and what it was made from."""
        self._connection.execute("INSERT OR REPLACE INTO page VALUES (?, ?, ?, 1)", (name, unit, digest))

    def forget_digests(self, names: Iterable[str] | None = None) -> None:
        """Let these pages, or all, be made anew whatever they were made from."""
        if names is None:
            self._connection.execute("UPDATE page SET digest = x''")
        else:
            self._connection.executemany("UPDATE page SET digest = x'' WHERE name = ?", ((n,) for n in names))

    def take_gone(self) -> list[str]:
        """The pages that no longer stand, sorted; they are forgotten."""
        gone = self._connection.execute("SELECT name FROM page WHERE NOT stands ORDER BY name").fetchall()
        self._connection.execute("DELETE FROM page WHERE NOT stands")
        return [name for (name,) in gone]

    def pages(self) -> Iterator[str]:
        """The names of all pages, sorted."""
        with closing(self._connection.execute("SELECT name FROM page ORDER BY name")) as rows:
            for (name,) in rows:
                yield name

    def count_standing(self) -> int:
        """How many pages stand."""
        return int(self._connection.execute("SELECT count(*) FROM page WHERE stands").fetchone()[0])


def _storable(html: str) -> str:
    """A line without halves of surrogate pairs, as ``Staging`` writes it."""
    return html.encode("utf-8", "replace").decode("utf-8")
