"""Gives out what is stored, as rows of the interchange formats."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from auditor.registry import Registry

if TYPE_CHECKING:
    from auditor.storage import Store


def export(store: Store, registry: Registry, what: str, form: str | None, out: Path | None) -> int:
    """Write one export to a file, or to standard output; returns how many rows.

    The file appears whole or not at all. Raises WriteProblem and UsageProblem.
    """
    from auditor.export import write_export

    return write_export(store, registry, what, form, out)
