"""Gives out findings as JSON, CSV or XLSX, written whole or not at all; every cell safe in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from auditor.errors import UsageProblem, WriteProblem
from auditor.export.writing import neutral, write_lines
from auditor.jobs.findings import Listed
from auditor.report.tables import Table

# One row a finding; passages as "start-end" of the article, and where each was taken from.
COLUMNS = (
    *("id", "case", "article", "source", "licensor", "item", "rule", "state", "agreement", "measured"),
    *("bound", "unit", "sentence", "certainty", "confidence", "rank", "story", "passages"),
    *("terms_sha256", "version", "superseded", "decision", "decision_reviewer", "decision_at"),
    "decision_stale",
)


def export_findings(listed: Iterable[Listed], form: str, out: Path | None) -> int:
    """Write findings as ``json``, ``csv`` or ``xlsx``, to a file or to standard output; how many there were.

    A workbook goes to a file only. Raises WriteProblem and UsageProblem.
    """
    rows = [one.as_dict() for one in listed]
    if form == "json":
        write_lines([json.dumps(rows, ensure_ascii=False, indent=2) + "\n"], out)
    elif form == "csv":
        write_lines(_csv(rows), out)
    elif out is None:
        raise UsageProblem("a workbook can't be written to a terminal", "give --out FILE.xlsx")
    else:
        _write_book(rows, out)
    return len(rows)


def _write_book(rows: Sequence[dict[str, Any]], out: Path) -> None:
    """The workbook in its place, whole or not at all."""
    try:
        with TemporaryDirectory(dir=out.parent, prefix=".findings-") as folder:
            book = Path(folder) / "findings.xlsx"
            with Table(Path(folder) / "findings.csv", book, COLUMNS) as table:
                for row in rows:
                    flat = _flat(row)
                    table.add([_cell(flat[name]) for name in COLUMNS])
            book.replace(out)
    except OSError as problem:
        raise WriteProblem(
            f"{out} can't be written: {problem.strerror}", "choose another path, or make room"
        ) from problem


def _cell(value: Any) -> str | int | float:
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    return value if isinstance(value, int | float) else str(value)


def _csv(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        flat = _flat(row)
        writer.writerow([neutral(v) if isinstance(v := flat[name], str) else v for name in COLUMNS])
    yield buffer.getvalue()


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    decision = row["decision"] or {}
    return {
        **row,
        "passages": "; ".join(_passage(one) for one in row["passages"]),
        "decision": decision.get("decision"),
        "decision_reviewer": decision.get("reviewer"),
        "decision_at": decision.get("at"),
        "decision_stale": decision.get("stale"),
    }


def _passage(row: dict[str, Any]) -> str:
    parent = row["parent"]
    came = f" from {parent['id']} {parent['start']}-{parent['end']}" if parent else ""
    return f"{row['start']}-{row['end']}{came}"
