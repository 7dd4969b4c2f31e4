"""Writes the report of what is stored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from auditor.report import ReportSummary, write_report

if TYPE_CHECKING:
    from auditor.registry import Registry
    from auditor.storage import Store


def report(store: Store, registry: Registry, out: Path, *, time_zone: str) -> ReportSummary:
    """Write the pages; the old report stands if the new one fails. Raises WriteProblem."""
    return write_report(store, registry, out, timezone=time_zone)
