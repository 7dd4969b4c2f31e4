"""Putting the registry together: shipped sources, the store's own, and those of the settings."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.domain import Source
from auditor.errors import ConfigProblem, UsageProblem
from auditor.registry import Registry
from auditor.sources import parse_sources, shipped_sources

if TYPE_CHECKING:
    from auditor.storage import Store


def registry_of(store: Store | None, added: Iterable[Source] = ()) -> Registry:
    """The registry of a call.

    Shipped sources go before stored ones of the same key, so that a newer program brings newer facts;
    those of the settings (``added``) go before both.
    """
    stored = store.sources() if store else ()
    return Registry((*stored, *shipped_sources(), *added))


def digest_of(registry: Registry) -> str:
    """Equal for registries in which the same sources go by the same names."""
    return sha256(repr(tuple(registry)).encode()).hexdigest()


def sources_of_file(path: Path) -> tuple[Source, ...]:
    """The sources of a TOML file with ``[sources.KEY]`` tables. Raises ConfigProblem."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise ConfigProblem(f"{path}: {problem.strerror}", "name a file that can be read") from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise ConfigProblem(f"{path}: not TOML in UTF-8: {problem}", "mend that place") from problem
    return parse_sources(tables.get("sources", tables))


def add_sources(store: Store, sources: Sequence[Source]) -> None:
    """Store sources of the user's own. Raises UsageProblem for a key that is shipped."""
    shipped = {source.key for source in shipped_sources()}
    taken = sorted(source.key for source in sources if source.key in shipped)
    if taken:
        raise UsageProblem(
            f"{', '.join(taken)}: shipped with the program",
            "give another --key, or replace it in auditor.toml under [sources.KEY]",
        )
    store.put_sources(sources)
