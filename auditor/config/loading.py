"""Putting the settings together: flags before environment before file before defaults.

Cheap to import: pydantic-settings is loaded by the first call. It must not know what the settings are
used for.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from auditor.config.settings import Settings


def load_settings(flags: Mapping[str, object] | None = None, *, config: Path | None = None) -> Settings:
    """Put the settings together; flags that are None were not given.

    ``config`` names a file of settings, which must then exist; without it ``auditor.toml`` in the
    current folder is read where there is one. Raises ConfigProblem, which names the file or
    variable, the setting and what to write instead.
    """
    from auditor.config.reading import read_settings  # half a second of imports

    given = {name: value for name, value in (flags or {}).items() if value is not None}
    return read_settings(given, config)
