"""What is stored, given out in the forms of FORMATS.md: JSONL, CSV, PROV-JSON.

Knows a store only by the few methods it reads; the same store gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from auditor.errors import UsageProblem
from auditor.export.rows import Row, earlier_place, reconstruction_row
from auditor.export.selection import WHAT, ExportStore, rows
from auditor.export.writing import appearing_whole, csv_lines, jsonl_lines, neutral, write_lines
from auditor.registry import Registry

__all__ = [
    "PROV",
    "RECONSTRUCTIONS",
    "WHAT",
    "ExportStore",
    "appearing_whole",
    "earlier_place",
    "neutral",
    "reconstruction_row",
    "rows",
    "write_export",
    "write_rows",
]

PROV = "prov"
RECONSTRUCTIONS = "reconstructions"
_FORMS = ("jsonl", "csv")


def write_export(
    store: ExportStore, registry: Registry, what: str, form: str | None = None, out: Path | None = None
) -> int:
    """Write one export to a file, whole or not at all, or to standard output; how many rows it has.

    ``form`` is ``jsonl`` (where none is named) or ``csv``; ``prov`` is PROV-JSON, one document (as ``jsonl``
    on one line), and counts as one row. Raises UsageProblem where there is no such export or form,
    WriteProblem where it can't be written.
    """
    if what == PROV:
        return _write_prov(store, registry, form, out)
    return write_rows(rows(what, store, registry), what, form, out)


def write_rows(given: Iterable[Row], what: str, form: str | None = None, out: Path | None = None) -> int:
    """Write rows that are given as one export; how many. Raises as ``write_export`` does."""
    if form not in {None, *_FORMS}:
        raise UsageProblem(f'"{what}" can\'t be had as "{form}"', f"choose one of {', '.join(_FORMS)}")
    if form == "csv":
        return write_lines(csv_lines(given, what), out) - 1
    return write_lines(jsonl_lines(given), out)


def _write_prov(store: ExportStore, registry: Registry, form: str | None, out: Path | None) -> int:
    if form not in {None, "json", "jsonl"}:
        raise UsageProblem(f'"{PROV}" can\'t be had as "{form}"', "it is JSON: leave out --format")
    from auditor.export.provenance import prov_pieces

    pieces = prov_pieces(store, registry)
    if form == "jsonl":  # every line end of the document is between its values: inside them it is escaped
        pieces = chain((piece.replace("\n", "") for piece in pieces), ["\n"])
    write_lines(pieces, out)
    return 1
