"""Keeps which files lay in the inboxes, and what became of each.

Must not know how a file is read, nor move one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import delete, func, select

from auditor.domain import Disposition
from auditor.storage.connected import BATCH, Connected, batched, insert_rows
from auditor.storage.records import InboxFile, InboxState
from auditor.storage.rows import AnyRow, Values, legible
from auditor.storage.tables import INBOX


class Inbox(Connected):
    """The files of a store's inboxes."""

    def inbox_files(
        self, paths: Iterable[str] | None = None, *, state: InboxState | None = None
    ) -> Iterator[InboxFile]:
        """The files known, sorted by path: all, those of these paths, those in that state."""
        query = select(INBOX).order_by(INBOX.c.path)
        if paths is not None:
            query = query.where(self._among(INBOX.c.path, {legible(path) for path in paths}))
        if state is not None:
            query = query.where(INBOX.c.state == state.value)
        return map(_file_of, self._rows(query))

    def put_inbox(self, files: Iterable[InboxFile]) -> None:
        """Note files, each in place of what was known of its path; the last of equal paths stands."""
        with self._writing() as connection:
            for batch in batched(files, BATCH):
                rows = {values["path"]: values for values in map(_values, batch)}
                connection.execute(delete(INBOX).where(self._among(INBOX.c.path, rows.keys())))
                insert_rows(connection, INBOX, list(rows.values()))

    def inbox_counts(self) -> dict[InboxState, int]:
        """How many files are in each state."""
        counts = dict.fromkeys(InboxState, 0)
        for row in self._rows(select(INBOX.c.state, func.count()).group_by(INBOX.c.state)):
            counts[InboxState(row[0])] = row[1]
        return counts


def _values(file: InboxFile) -> Values:
    return {
        "path": legible(file.path),
        "digest": file.digest,
        "size": file.size,
        "modified": file.modified,
        "state": file.state.value,
        "tries": file.tries,
        "run_key": file.run,
        **{each.value: file.counts.get(each, 0) for each in Disposition},
        "reason": legible(file.reason),
    }


def _file_of(row: AnyRow) -> InboxFile:
    return InboxFile(
        path=row.path,
        digest=row.digest,
        size=row.size,
        modified=row.modified,
        state=InboxState(row.state),
        tries=row.tries,
        run=row.run_key,
        counts={each: getattr(row, each.value) for each in Disposition},
        reason=row.reason,
    )
