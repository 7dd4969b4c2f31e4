"""Whose text it is: names as captured become keys of registered sources.

An unknown name is a new publisher. Knows the registry it was given and what it met since; stores nothing.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from auditor.domain import Source, SourceKind
from auditor.errors import InputRejected
from auditor.ingest.decoding import storable
from auditor.registry import Registry, folded_name, source_key

_DOMAIN = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:[/:]\S*)?", re.IGNORECASE)

_LONGEST_NAME = 200  # characters; more is a text in the wrong column
_LONGEST_HOST = 253  # RFC 1035, in its written form


def host_of(url: str | None) -> str | None:
    """The host of an http(s) address without "www.", in lower case; None where there is none."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or "." not in host or len(host) > _LONGEST_HOST:
        return None
    return host.removeprefix("www.")


class Sources:
    """Resolves names against a registry and remembers the new publishers it met.

    The first spelling of a new name is the one that is kept.
    """

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._met: dict[str, Source] = {}

    def of(self, name: str | None, url: str | None = None) -> tuple[str | None, Source | None]:
        """The key for a name (else for the host of an address), and the source itself where it is new.

        Raises InputRejected where the name is too long to be one.
        """
        host = host_of(url)
        if name and name.strip():
            if len(name) > _LONGEST_NAME:
                raise InputRejected(f"its source is longer than {_LONGEST_NAME} characters", "give its name")
            if _DOMAIN.fullmatch(name.strip()):
                host = host_of(name if "://" in name else f"http://{name.strip()}") or host
                return self._known(name) or self._publisher(host or name, host)
            return self._known(name) or self._publisher(" ".join(storable(name).split()), None)
        if host is None:
            return None, None
        return self._known(host) or self._publisher(host, host)

    def of_page(self, url: str | None, site_name: str | None) -> tuple[str | None, Source | None]:
        """The source of a page: its address where that is registered, else the name the site gives itself."""
        host = host_of(url)
        known = self._known(host) if host else None
        if known:
            return known
        if not site_name or not site_name.strip() or len(site_name) > _LONGEST_NAME:
            return self.of(None, url)
        return self._known(site_name) or self._publisher(" ".join(storable(site_name).split()), host)

    def _known(self, name: str) -> tuple[str, None] | None:
        found = self.registry.resolve(name) or self.registry.get(source_key(name))
        return (found.key, None) if found else None

    def _publisher(self, name: str, host: str | None) -> tuple[str, Source]:
        new = Source(source_key(name), name, SourceKind.PUBLISHER, domains=(host,) if host else ())
        met = self._met.setdefault(folded_name(name) or new.key, new)
        return met.key, met
