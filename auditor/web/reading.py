"""What can be read: the queue, a case, its evidence pack, the findings as a spreadsheet, the log.

It must not know how a request is routed, nor who may do what.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory

from auditor.jobs.evidence import pack
from auditor.jobs.findings import list_findings
from auditor.jobs.findings_export import export_findings
from auditor.jobs.review import verify
from auditor.licensing.decisions import Entry
from auditor.web.pages import case_page, queue_page
from auditor.web.visit import Answer, Visit, page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Of the log as a page; the whole of it is `auditor review export`.
LOG_SHOWN = 200


@dataclass(frozen=True, slots=True)
class LogPage:
    """The end of the log of decisions, the latest first, and whether all of it is as it was written."""

    entries: tuple[Entry, ...]
    total: int
    last: str
    problems: tuple[str, ...]


def queue(visit: Visit, trouble: str = "", status: HTTPStatus = HTTPStatus.OK) -> Answer:
    """The cases that are asked for."""
    office = visit.office
    asked = {**visit.filters(), **({"story": visit.given("story")} if visit.given("story") else {})}
    shown = queue_page(office.store, office.registry, asked, visit.who, second=office.second, trouble=trouble)
    return page(visit, "review_queue", shown, status)


def case(visit: Visit, trouble: str = "", status: HTTPStatus = HTTPStatus.OK) -> Answer:
    """One case with everything that its decision needs."""
    office = visit.office
    shown = case_page(
        office.store, office.registry, visit.named["name"], visit.who, second=office.second, trouble=trouble
    )
    return page(visit, "review_case", shown, status)


def evidence(visit: Visit) -> Answer:
    """The evidence pack of a case, the same bytes as `auditor evidence pack` gives."""
    name = visit.named["name"]
    with TemporaryDirectory(prefix="auditor-pack-") as folder:
        out = Path(folder) / "case.zip"
        packed = pack(visit.office.store, visit.office.registry, name, out)
        content = out.read_bytes()
    return _file(content, f"{packed.case}.zip", "application/zip")


def spreadsheet(visit: Visit) -> Answer:
    """Every finding in force, with its decision."""
    office = visit.office
    with TemporaryDirectory(prefix="auditor-findings-") as folder:
        out = Path(folder) / "findings.xlsx"
        export_findings(list_findings(office.store, second=office.second), "xlsx", out)
        content = out.read_bytes()
    return _file(content, "findings.xlsx", XLSX)


def log(visit: Visit) -> Answer:
    """The log of decisions, held against itself."""
    checked = verify(visit.office.store)
    entries = list(visit.office.store.decisions())[-LOG_SHOWN:]
    shown = LogPage(tuple(reversed(entries)), checked.entries, checked.last, checked.problems)
    return page(visit, "review_log", shown)


def _file(content: bytes, name: str, kind: str) -> Answer:
    headers = (("Content-Disposition", f'attachment; filename="{name}"'),)
    return Answer(HTTPStatus.OK, content, headers, kind)
