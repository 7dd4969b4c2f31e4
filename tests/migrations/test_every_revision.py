"""From every revision with data: up, down, up; killed on the way with data; nothing is lost or half done."""

from __future__ import annotations

import os
from typing import Any

import pytest
from sqlalchemy import MetaData, select

from auditor.assets import migrations_dir
from auditor.storage import examine
from auditor.storage.address import read_address
from auditor.storage.engines import make_engine
from auditor.storage.migrate import HEAD, VERSION_TABLE, check, downgrade, upgrade
from tests.migrations.test_upgrades import content, fill, kill_at_every_statement

# The short form takes every fourth, and the one before the last.
IS_LONG = os.environ.get("AUDITOR_FAULTS") == "long"
ALL = [f"{number:04}" for number in range(1, int(HEAD))]
REVISIONS = ALL if IS_LONG else sorted({*ALL[::4], ALL[-1]})


def rows(url: str) -> dict[str, list[Any]]:
    """Every row of every table that stands, by whatever columns it has."""
    engine = make_engine(read_address(url), migrating=True)
    with engine.connect() as connection:
        found = MetaData()
        found.reflect(connection)
        return {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in found.sorted_tables
            if table.name != VERSION_TABLE
        }


def test_the_revisions_are_numbered_without_a_gap() -> None:
    shipped = sorted(path.name[:4] for path in (migrations_dir() / "versions").glob("[0-9]*.py"))
    assert shipped == [*ALL, HEAD]


@pytest.mark.parametrize("revision", REVISIONS)
def test_from_this_revision_up_down_and_up_keeps_every_row(database: str, revision: str) -> None:
    fill(database)
    downgrade(database, revision)
    old = rows(database)
    upgrade(database)
    new = content(database)
    assert check(database) == ()
    assert [finding for finding in examine(database) if not finding.ok] == []
    downgrade(database, revision)
    assert rows(database) == old
    upgrade(database)
    assert content(database) == new


def test_what_was_stored_before_the_first_change_of_tables_comes_through_all_of_them(database: str) -> None:
    """What revision 0001 can hold of the sample is the same after going back to it and up again."""
    fill(database)
    before = content(database)
    downgrade(database, "0001")
    upgrade(database)
    after = content(database)
    kept = ("source", "run", "outcome", "article", "matched", "descent", "verdict", "garble", "story")
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}


def test_upgrades_from_the_first_revision_with_data_killed_anywhere_leave_all_as_it_was(
    database: str,
) -> None:
    fill(database)
    downgrade(database, "0001")
    counts = {name: len(held) for name, held in rows(database).items()}
    left = kill_at_every_statement(database, migrations_dir())
    assert left
    for state in left:
        assert state.pop("integrity", "ok") == "ok"
        assert state == {**counts, VERSION_TABLE: "0001"}
    assert check(database) == ()
    again = content(database)
    downgrade(database, "0001")
    upgrade(database)
    assert content(database) == again, "the killed upgrade ended where one that was left alone does"
