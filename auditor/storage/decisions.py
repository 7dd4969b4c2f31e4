"""Stores the log of decisions. Entries are added one at a time and never touched again.

Must not know what a decision means for anything else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import select

from auditor.licensing.decisions import Entry, chained, entry_of
from auditor.storage.connected import Connected, insert_rows
from auditor.storage.licence_tables import DECISION
from auditor.storage.rows import AnyRow, legible, packed


class DecisionOutline(NamedTuple):
    """What a queue needs of an entry; light, since there may be very many."""

    number: int
    finding: str
    version: str
    case: str
    decision: str
    reviewer: str


class Decisions(Connected):
    """The log of decisions of a store."""

    def add_decision(self, entry: Entry) -> Entry:
        """Add an entry after the last one, whoever wrote that; returns it with its number and digests."""
        with self._writing() as connection:
            last = connection.execute(select(DECISION).order_by(DECISION.c.number.desc()).limit(1)).first()
            said = replace(entry, note=legible(entry.note), reviewer=legible(entry.reviewer))
            placed = chained(said, _entry(last) if last else None)
            row = placed.as_dict()
            insert_rows(
                connection,
                DECISION,
                [
                    {
                        "case_id": row.pop("case"),
                        **row,
                        "texts": packed(row["texts"]),
                    }
                ],
            )
        return placed

    def decisions(self, name: str | None = None) -> Iterator[Entry]:
        """The log in its order; with a name only the entries of that finding or case."""
        query = select(DECISION).order_by(DECISION.c.number)
        if name is not None:
            this = legible(name)
            query = query.where((DECISION.c.finding == this) | (DECISION.c.case_id == this))
        return map(_entry, self._rows(query))

    def decision_outlines(self) -> Iterator[DecisionOutline]:
        """The log in its order without times, notes and digests."""
        table = DECISION.c
        columns = (table.number, table.finding, table.version, table.case_id, table.decision, table.reviewer)
        return (DecisionOutline(*row) for row in self._rows(select(*columns).order_by(table.number)))


def _entry(row: AnyRow) -> Entry:
    return entry_of(
        {
            "number": row.number,
            "at": row.at,
            "reviewer": row.reviewer,
            "finding": row.finding,
            "version": row.version,
            "case": row.case_id,
            "decision": row.decision,
            "note": row.note,
            "texts": json.loads(row.texts),
            "previous": row.previous,
            "digest": row.digest,
        }
    )
