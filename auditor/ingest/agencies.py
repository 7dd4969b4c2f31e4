"""Agency names to look for in pages: a plain value that crosses to the child process as JSON.

Knows names and domains of sources, not where they were registered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from auditor.domain import Source, SourceKind
from auditor.ingest.sources import host_of

_SHORT = 4  # letters up to which a name is taken only as it is written: "AP", not "ap"
_LONGEST_LINE = 1_000  # characters of a line that are looked at: names stand in short ones


@dataclass(frozen=True)
class Agency:
    """A source that others credit: its key, the names it goes by, its domains."""

    key: str
    names: tuple[str, ...]
    domains: tuple[str, ...] = ()


@dataclass(frozen=True)
class Agencies:
    """The agencies whose names are looked for."""

    all: tuple[Agency, ...] = ()

    @classmethod
    def of(cls, sources: Iterable[Source]) -> Agencies:
        """Those of the sources that others credit: wires, and whoever has a form of credit of its own."""
        return cls(
            tuple(
                Agency(source.key, tuple(dict.fromkeys((source.name, *source.aliases))), source.domains)
                for source in sources
                if source.kind is SourceKind.WIRE or source.credits
            )
        )

    def __bool__(self) -> bool:
        return bool(self.all)

    @cached_property
    def pattern(self) -> str:
        """A regular expression of all names, longest first; short ones in their own case only.

        Nothing of it repeats, so that its time is linear in the text. Matches nothing without agencies.
        """
        names = sorted({name for agency in self.all for name in agency.names if name}, key=len, reverse=True)
        if not names:
            return r"(?!)"
        forms = (re.escape(name) if len(name) <= _SHORT else f"(?i:{re.escape(name)})" for name in names)
        return rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)"

    @cached_property
    def long_names(self) -> frozenset[str]:
        """The names that are recognised in any case, in lower case."""
        return frozenset(name.lower() for one in self.all for name in one.names if len(name) > _SHORT)

    @cached_property
    def short_names(self) -> frozenset[str]:
        """The names that are recognised only as they are written."""
        return frozenset(name for one in self.all for name in one.names if 0 < len(name) <= _SHORT)

    def named(self, text: str) -> str | None:
        """The key of the first agency that a line names, None where it names none."""
        found = self._any.search(text, 0, _LONGEST_LINE)
        return self._keys[found[0].casefold()] if found else None

    def at(self, url: str | None) -> str | None:
        """The key of the agency whose site an address belongs to."""
        host = host_of(url)
        while host:
            if host in self._hosts:
                return self._hosts[host]
            host = host.partition(".")[2]
        return None

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    @cached_property
    def _keys(self) -> dict[str, str]:
        return {name.casefold(): agency.key for agency in reversed(self.all) for name in agency.names}

    @cached_property
    def _hosts(self) -> dict[str, str]:
        return {domain.casefold(): agency.key for agency in self.all for domain in agency.domains}
