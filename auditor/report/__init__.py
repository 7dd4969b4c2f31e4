"""The report: pages that say where texts came from, through whom, and what was damaged on the way.

An adapter: it reads a store through a protocol and writes files. ``write_report`` is its one verb.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from auditor.report.pdf import print_pdf
from auditor.report.store import ReportStore
from auditor.report.summary import ReportSummary, Reviewed

if TYPE_CHECKING:
    from auditor.registry import Registry

__all__ = ["ReportStore", "ReportSummary", "Reviewed", "print_pdf", "write_report", "write_story"]


def write_report(
    store: ReportStore,
    registry: Registry,
    out: Path,
    *,
    timezone: str = "UTC",
    templates: Path | None = None,
    reviewed: Reviewed | None = None,
) -> ReportSummary:
    """Write the pages of everything in the store below ``out``; only files whose content changed are written.

    Times are shown in ``timezone`` (an IANA name); ``reviewed`` is how far reviewers are, for the overview.
    Raises ConfigProblem where that is unknown, WriteProblem
    where ``out`` holds something else or can't be written: the old report then stands as it was.
    """
    from auditor.report.write import write_report as write  # jinja2 is loaded only when pages are made

    return write(store, registry, out, timezone=timezone, templates=templates, reviewed=reviewed)


def write_story(
    store: ReportStore,
    registry: Registry,
    story: str,
    out: Path,
    *,
    timezone: str = "UTC",
    templates: Path | None = None,
) -> int:
    """Write one story, its texts included, as a single file that can be sent; return its size in bytes.

    ``story`` is its id. Raises NotFound, ConfigProblem (time zone) and WriteProblem.
    """
    from auditor.report.single import write_single
    from auditor.report.write import zone_of

    return write_single(store, registry, story, out, zone_of(timezone), templates)
