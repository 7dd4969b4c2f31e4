"""Finding a registered source by any of its names: key, name, alias, domain or address.

A plain value built from sources; where they come from (shipped data, settings, the database) is
the caller's business.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from auditor.domain import Source, SourceKind

_NOT_KEY = re.compile(r"[^\w]+")
_BRACKETED = re.compile(r"([^()]{1,80}?)\s*\(([^()]{1,80})\)")


def source_key(name: str) -> str:
    """A stable key for a name: "The Daily Echo" is "the-daily-echo"."""
    return _NOT_KEY.sub("-", name.casefold()).strip("-") or "unnamed"


def _folded(name: str) -> str:
    """What is left of a name when its spelling is forgotten: "The A.P." and "ap" are one."""
    bare = unicodedata.normalize("NFKC", name).casefold().replace(".", "").replace("&", " and ")
    return " ".join(_NOT_KEY.sub(" ", bare).split()).removeprefix("the ")


def folded_name(name: str) -> str:
    """A name without its spelling: two names of one folded form are one name. Empty for no name."""
    return _folded(name)


def _readings(name: str) -> Iterator[str]:
    """A name as given; without what stands in brackets; what stands there: "Associated Press (AP)"."""
    yield name
    bracketed = _BRACKETED.fullmatch(name.strip())
    if bracketed:
        yield from bracketed.groups()


def _host(url: str) -> str | None:
    if "." not in url:
        return None
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host and "." in host else None


class Registry:
    """The registered sources; later ones replace earlier ones of the same key.

    Where two share a name, a key goes before a name, a name before an alias, a later source before an
    earlier: what a user adds isn't hidden by what is shipped.
    """

    def __init__(self, sources: Iterable[Source] = ()) -> None:
        self._by_key = {source.key: source for source in sources}
        known = self._by_key.values()
        self._by_name = {_folded(alias): source for source in known for alias in source.aliases}
        self._by_name.update({_folded(source.name): source for source in known})
        self._by_name.update({_folded(source.key): source for source in known})
        self._by_name.pop("", None)
        self._by_domain = {domain.casefold(): source for source in known for domain in source.domains}

    def __iter__(self) -> Iterator[Source]:
        return iter(sorted(self._by_key.values(), key=lambda source: source.key))

    def __len__(self) -> int:
        return len(self._by_key)

    def get(self, key: str | None) -> Source | None:
        """The source of that key."""
        return self._by_key.get(key) if key else None

    def resolve(self, name: str) -> Source | None:
        """The source of that key, name, alias, domain (or a domain above it) or address."""
        for reading in _readings(name):
            found = self._by_name.get(_folded(reading))
            if found:
                return found
        host = _host(name.strip())
        while host and "." in host:
            if host in self._by_domain:
                return self._by_domain[host]
            host = host.partition(".")[2]
        return None

    def name_of(self, key: str | None) -> str | None:
        """What people call the source of that key; the key itself where it isn't registered."""
        source = self.get(key)
        return source.name if source else key

    def is_wire(self, key: str | None) -> bool:
        """Is that source a wire?"""
        source = self.get(key)
        return source is not None and source.kind is SourceKind.WIRE
