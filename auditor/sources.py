"""The sources shipped with the program, and the reading of source tables from TOML.

An adapter: it reads one file of the package and turns tables into ``domain.Source``. It must not know
of databases or of settings; who adds which sources is for the caller to say.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from auditor.domain import Source, SourceKind
from auditor.errors import ConfigProblem
from auditor.registry import source_key

_LISTS = ("domains", "aliases", "credits", "datelines")
_KEYS = ("name", "kind", *_LISTS, "owner")
_SHIPPED = "sources.toml"


@cache
def shipped_sources() -> tuple[Source, ...]:
    """The sources that the auditor knows from the start, sorted by key."""
    tables = tomllib.loads(resources.files("auditor").joinpath(_SHIPPED).read_text(encoding="utf-8"))
    return parse_sources(tables)


def parse_sources(tables: Mapping[str, Any]) -> tuple[Source, ...]:
    """Sources from tables by key, ``{"ap": {"name": "AP", "kind": "wire", …}}``, sorted by key.

    ``name`` is required; ``kind`` is "publisher" where it isn't said; ``domains``, ``aliases``,
    ``credits`` and ``datelines`` are lists of text; ``owner`` is a key. Raises ConfigProblem, which
    names the entry and the key that is wrong.
    """
    return tuple(_source(key, table) for key, table in sorted(tables.items()))


def _source(key: str, table: object) -> Source:
    if key != source_key(key):
        raise ConfigProblem(f"source {key!r}: not a key", f"write it as {source_key(key)!r}")
    if not isinstance(table, Mapping):
        raise ConfigProblem(f"source {key!r}: not a table", f"write [{key}] and its keys below")
    for unknown in table.keys() - set(_KEYS):
        raise ConfigProblem(f"source {key!r}: unknown key {unknown!r}", f"known are {', '.join(_KEYS)}")
    return Source(
        key,
        _required_text(key, table, "name"),
        _kind(key, table),
        **{name: _texts(key, table, name) for name in _LISTS},
        owner=_required_text(key, table, "owner") if "owner" in table else None,
    )


def _required_text(key: str, table: Mapping[str, object], name: str) -> str:
    value = table.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ConfigProblem(f"source {key!r}: {name!r} is missing or not text", f'write {name} = "…"')
    return value.strip()


def _kind(key: str, table: Mapping[str, object]) -> SourceKind:
    value = table.get("kind", SourceKind.PUBLISHER.value)
    try:
        return SourceKind(value)  # type: ignore[arg-type]
    except ValueError:
        known = ", ".join(kind.value for kind in SourceKind)
        raise ConfigProblem(f"source {key!r}: 'kind' is {value!r}", f"it is one of {known}") from None


def _texts(key: str, table: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = table.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise ConfigProblem(f"source {key!r}: {name!r} isn't a list of texts", f'write {name} = ["…", "…"]')
    return tuple(item.strip() for item in value)
