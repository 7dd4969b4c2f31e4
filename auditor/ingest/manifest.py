"""A CSV manifest beside files: what is known of each that the file itself doesn't say.

Knows the manifest's rows and how they name files; reads no article. Where a manifest says something, it is
believed over the page.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from os.path import normpath
from pathlib import Path

from auditor.errors import InputRejected, UsageProblem
from auditor.ingest.decoding import decode_text
from auditor.ingest.fields import KEYS
from auditor.ingest.items import Item, rejected
from auditor.ingest.limits import Limits, read_document

FILE_NAME = "manifest.csv"  # read in a given folder where no manifest is named
FILE_COLUMN = "file"
_LIMITS = Limits(input_bytes=100_000_000, unpacked_bytes=100_000_000)  # some 500,000 rows
_DELIMITERS = ",;\t"  # spreadsheets of many countries save "CSV" with semicolons


@dataclass(frozen=True, slots=True)
class Row:
    """A manifest's row: the manifest's name and line, the file as written, its non-empty values."""

    manifest: str
    line: int
    file: str
    values: Mapping[str, str]

    @property
    def name(self) -> str:
        """How the row is named to a user."""
        return f"{self.manifest}:{self.line}"


class Manifest:
    """The rows of a manifest by the files they describe."""

    def __init__(self, path: Path, rows: list[Row], problems: list[Item]) -> None:
        self.path = path
        self.problems = problems
        self._rows = rows
        self._by_path: dict[str, Row] = {}
        self._used: set[int] = set()
        for row in rows:
            self._add(row)

    def row_of(self, path: Path, below: str) -> Row | None:
        """The row that describes a file, by its path or by its path below the folder that was given."""
        row = self._by_path.get(_absolute(path)) or self._by_path.get(_absolute(self.path.parent / below))
        if row:
            self._used.add(row.line)
        return row

    def absent(self) -> Iterator[Item]:
        """The rows whose file is not there, for when every file was looked at."""
        for row in self._rows:
            if row.line not in self._used and not _is_there(self.path.parent / _slashed(row.file)):
                reason = InputRejected(f'the file "{row.file}" isn\'t there', "mend the row or add the file")
                yield rejected(row.name, reason)

    def _add(self, row: Row) -> None:
        path = _absolute(self.path.parent / _slashed(row.file))
        first = self._by_path.setdefault(path, row)
        if first is not row:
            self._used.add(row.line)
            if first.values != row.values:
                reason = f'says other things of "{row.file}" than line {first.line}, which was taken'
                self.problems.append(rejected(row.name, InputRejected(reason, "leave one row a file")))


def read_manifest(path: Path) -> Manifest:
    """Read a manifest. Raises UsageProblem where it can't be used: absent, not CSV, without its column."""
    try:
        text = decode_text(read_document(path, _LIMITS)).removeprefix("\ufeff")
    except InputRejected as error:
        raise UsageProblem(f"the manifest {path} {error.message}", error.remedy) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageProblem(f"the manifest {path} can't be read: {reason}", "check its path") from error
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    lines = ((reader.line_num, cells) for cells in reader)
    try:
        header = _header(path, next(lines, (1, []))[1])
        return _collected(path, header, lines)
    except csv.Error as error:
        reason = f"the manifest {path} isn't CSV: {error} in line {reader.line_num}"
        raise UsageProblem(reason, "save it anew") from error


def _header(path: Path, cells: list[str]) -> list[str]:
    """The columns: those that FORMATS.md names in its own writing, others as they are."""
    known = KEYS | {FILE_COLUMN}
    header = [name if (name := cell.strip()).lower() not in known else name.lower() for cell in cells]
    if FILE_COLUMN not in header:
        raise UsageProblem(f'the manifest {path} has no column "file"', "name the columns in its first line")
    if "text" in header:
        raise UsageProblem(f'the manifest {path} has a column "text"', "give texts as JSONL, or as files")
    repeated = sorted(name for name in set(header) if name and header.count(name) > 1)
    if repeated:
        raise UsageProblem(f'the manifest {path} has two columns "{repeated[0]}"', "leave one of them")
    return header


def _collected(path: Path, header: list[str], lines: Iterable[tuple[int, list[str]]]) -> Manifest:
    rows: list[Row] = []
    problems: list[Item] = []
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        values = {key: cell for key, cell in zip(header, cells, strict=False) if key and cell.strip()}
        file = values.pop(FILE_COLUMN, "").strip()
        problem = None
        if not file:
            problem = InputRejected("the row names no file", 'fill its column "file"')
        elif any(cell.strip() for cell in cells[len(header) :]):
            problem = InputRejected("the row has more cells than the header", "quote cells that hold commas")
        if problem:
            problems.append(rejected(f"{path}:{number}", problem))
        else:
            rows.append(Row(str(path), number, file, values))
    return Manifest(path, rows, problems)


def _delimiter(text: str) -> str:
    header = text.partition("\n")[0].lower()
    cells = {mark: [cell.strip(' "\r') for cell in header.split(mark)] for mark in _DELIMITERS}
    return next((mark for mark, names in cells.items() if FILE_COLUMN in names), ",")


def _slashed(file: str) -> str:
    return file.replace("\\", "/")


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that no file system takes
        return False


def _absolute(path: Path) -> str:
    return normpath(path.absolute())
