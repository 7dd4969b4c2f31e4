"""Rows as JSONL or CSV, to a file that appears whole or not at all, or to standard output.

Knows the forms, not what the rows mean.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp
from typing import Any, TextIO

from auditor.errors import WriteProblem
from auditor.export.rows import Row

# Columns of each export as CSV, so that an empty one has its header too.
COLUMNS = {
    "articles": (
        *("id", "source", "source_kind", "url", "title", "published_at", "text_sha256", "length", "revision"),
        *("derived_share", "wire_share", "label", "origins"),
    ),
    "matches": (
        *("earlier_id", "earlier_start", "earlier_end", "later_id", "later_start", "later_end"),
        *("similarity", "kind"),
    ),
    "lineage": (
        *("id", "start", "end", "parent_id", "parent_start", "parent_end", "origin_source", "origin_id"),
        *("relation", "confidence", "evidence"),
    ),
    "garbles": (
        *("id", "start", "end", "kind", "severity", "before", "after"),
        *("parent_id", "parent_start", "parent_end", "introduced_by"),
    ),
    "stale": ("id", "start", "end", "taken", "current", "status", "hours"),
    "reconstructions": (
        *("story", "reconstructed", "source", "agreement", "text", "copies", "copies_not_read", "passages"),
    ),
}

# A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection); full-width forms count too.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]|\s+[=+\-@]")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*\s?%?")
_NEUTRAL = "'"


def jsonl_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Each row as one line of JSON, keys in the order of FORMATS.md."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": "), allow_nan=False).encode
    for row in rows:
        # A line separator of Unicode inside a string would end the line for some readers.
        yield encode(row).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + "\n"


def csv_lines(rows: Iterable[Row], what: str) -> Iterator[str]:
    """A header, then each row with its nested keys as columns (``parent_id``) and lists as text."""
    columns = COLUMNS[what]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    yield buffer.getvalue()
    for row in rows:
        buffer.seek(0)
        buffer.truncate()
        flat = _flat(row)
        writer.writerow([_cell(flat.get(column)) for column in columns])
        yield buffer.getvalue()


def neutral(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula; plain numbers stay as they are."""
    if _FORMULA.match(text) and not _PLAIN_NUMBER.fullmatch(text):
        return _NEUTRAL + text
    return text


def write_lines(lines: Iterable[str], out: Path | None) -> int:
    """Write lines to a file, whole or not at all, or to standard output; how many there were."""
    count = 0
    with _standard_output() if out is None else appearing_whole(out) as stream:
        for line in lines:
            stream.write(line)
            count += 1
    return count


@contextmanager
def appearing_whole(path: Path) -> Iterator[TextIO]:
    """A text file to write to that takes its name when everything was written, and no sooner.

    What stood under the name before stays until then, also where writing fails. Raises WriteProblem.
    """
    try:
        descriptor, name = mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise _cannot_write(path, error) from error
    temporary = Path(name)
    try:
        with open(descriptor, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123 - a descriptor
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextmanager
def _standard_output() -> Iterator[TextIO]:
    """Standard output as UTF-8 with plain line ends, whatever the terminal's locale."""
    sys.stdout.flush()
    raw = getattr(sys.stdout, "buffer", None)
    if raw is None:  # a test's or a notebook's stand-in for text
        yield sys.stdout
        return
    stream = io.TextIOWrapper(raw, encoding="utf-8", newline="", write_through=False)
    try:
        yield stream
        stream.flush()
    finally:
        with suppress(BrokenPipeError):
            stream.detach()


def _flat(row: Row) -> Row:
    flat: Row = {}
    for key, value in row.items():
        if isinstance(value, dict):
            flat |= {f"{key}_{inner}": one for inner, one in value.items()}
        else:
            flat[key] = value
    return flat


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return neutral(value) if isinstance(value, str) else value


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _cannot_write(path: Path, error: OSError) -> WriteProblem:
    reason = error.strerror or type(error).__name__
    return WriteProblem(f"{path} can't be written: {reason}", "choose another path, or make room")
