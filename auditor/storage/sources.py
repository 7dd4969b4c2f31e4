"""Stores the registered sources. Must not know how a name is resolved to one."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, update

from auditor.domain import Source
from auditor.errors import InputRejected
from auditor.storage.connected import Connected, insert_rows
from auditor.storage.rows import Values, source_of, source_values, storable
from auditor.storage.tables import SOURCE


class Sources(Connected):
    """The sources of a store."""

    def sources(self) -> tuple[Source, ...]:
        """All registered sources, sorted by key."""
        return tuple(map(source_of, self._rows(select(SOURCE).order_by(SOURCE.c.key))))

    def put_sources(self, sources: Iterable[Source]) -> None:
        """Register sources; one of a known key replaces what was known, the last of equal keys stands."""
        given = {source.key: _checked(source_values(source)) for source in sources}
        if not given:
            return
        with self._writing() as connection:
            known = {source.key: source_values(source) for source in self.sources()}
            new = [values for key, values in given.items() if key not in known]
            insert_rows(connection, SOURCE, new)
            for key, values in given.items():
                if key in known and known[key] != values:
                    connection.execute(update(SOURCE).where(SOURCE.c.key == key).values(**values))


def _checked(values: Values) -> Values:
    for name, value in values.items():
        if value is not None and not storable(value):
            raise InputRejected(
                f"the source {values['key']!a} can't be stored: its {name} holds a NUL character"
            )
    return values
