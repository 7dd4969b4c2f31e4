"""What a table of the report shows as files: CSV, and XLSX written without a library.

Rows are streamed, and the same rows give the same bytes. A cell that a spreadsheet would take for a
formula is made harmless. It must not know pages.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO
from xml.sax.saxutils import escape

FORMULA = ("=", "+", "-", "@", "\t", "\r")
MOST_ROWS = 1_048_576  # of a sheet; the CSV goes on
MOST_LETTERS = 32_767  # of a cell
_STAMP = (1980, 1, 1, 0, 0, 0)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Cell = str | int | float


@dataclass(frozen=True, slots=True)
class SetRows:
    """Rows as they stand in both kinds of file, so that they can be kept and written again as they are."""

    csv: str
    sheet: str
    count: int


def set_rows(rows: Iterable[Sequence[Cell]]) -> SetRows:
    """Rows as both kinds of file have them."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    cells: list[str] = []
    count = 0
    for row in rows:
        writer.writerow([harmless(_plain(cell)) if isinstance(cell, str) else cell for cell in row])
        cells.append("<row>" + "".join(map(_cell, row)) + "</row>")
        count += 1
    return SetRows(lines.getvalue(), "".join(cells), count)


def harmless(text: str) -> str:
    """A text that no spreadsheet reads as a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


class Table:
    """A table being written row by row, as CSV and as XLSX; close it to finish the files."""

    def __init__(self, csv_path: Path, xlsx_path: Path, columns: Sequence[str]) -> None:
        self._csv = csv_path.open("w", encoding="utf-8-sig", newline="")
        self._book = zipfile.ZipFile(xlsx_path, "w", zipfile.ZIP_DEFLATED)
        for name, content in _PARTS.items():
            self._book.writestr(_entry(name), content)
        self._sheet: IO[bytes] = self._book.open(_entry("xl/worksheets/sheet1.xml"), "w", force_zip64=True)
        self._sheet.write(_SHEET_START.encode())
        self._count = 0
        self.add(columns)

    def __enter__(self) -> Table:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, cells: Sequence[Cell]) -> None:
        """Write one row."""
        self.add_set(set_rows((cells,)))

    def add_set(self, rows: SetRows) -> None:
        """Write rows that were set before; those that a sheet can't hold stand in the CSV alone."""
        self._csv.write(rows.csv)
        self._count += rows.count
        if self._count <= MOST_ROWS:
            self._sheet.write(rows.sheet.encode())

    def close(self) -> None:
        """Finish both files."""
        self._csv.close()
        self._sheet.write(b"</sheetData></worksheet>")
        self._sheet.close()
        self._book.close()


def _plain(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        text = escape(_plain(cell)[:MOST_LETTERS])
        return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f"<c><v>{cell}</v></c>"


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _STAMP)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHEET_START = f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'
_PARTS = {
    "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/></Types>',
    "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="auditor" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
