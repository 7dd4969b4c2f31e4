"""A plain text that a user names but doesn't store, read as ingest reads it, so that offsets hold."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from auditor.errors import InputRejected
from auditor.ingest import decode_text, read_text


def text_of(path: Path, stdin: BinaryIO | None = None) -> str:
    """The text of a file; of ``stdin`` where that is given and the path is ``-``. Raises InputRejected."""
    try:
        if stdin and str(path) == "-":
            return decode_text(stdin.read(), stored=False)
        return read_text(path, stored=False)
    except OSError as problem:
        raise InputRejected(f"{path}: {problem.strerror}", "name a file that can be read") from problem
    except InputRejected as problem:
        raise InputRejected(f"{path}: {problem.message}", problem.remedy) from problem
