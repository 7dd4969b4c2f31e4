"""Writes the report of what is stored, or one story of it to send to someone."""

from __future__ import annotations

import tempfile
from collections.abc import Container
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.jobs.review import count_cases
from auditor.report import ReportSummary, print_pdf, write_report, write_story

if TYPE_CHECKING:
    from auditor.registry import Registry
    from auditor.storage import Store


def report(
    store: Store, registry: Registry, out: Path, *, time_zone: str, second: Container[str] = ()
) -> ReportSummary:
    """Write the pages; the old report stands if the new one fails. Raises WriteProblem.

    ``second`` are the decisions that need a second sign-off: cases are counted by how far they are decided.
    """
    return write_report(store, registry, out, timezone=time_zone, reviewed=count_cases(store, second))


def report_story(
    store: Store, registry: Registry, story: str, out: Path, *, time_zone: str, as_pdf: bool = False
) -> int:
    """Write one story with its texts as a single page, or printed; returns its size in bytes.

    Raises NotFound, WriteProblem, and UsageProblem where nothing here can print.
    """
    if not as_pdf:
        return write_story(store, registry, story, out, timezone=time_zone)
    with tempfile.TemporaryDirectory(prefix="auditor-") as folder:
        page = Path(folder) / "story.html"
        write_story(store, registry, story, page, timezone=time_zone)
        return print_pdf(page, out)
