"""Compares two texts, or many pairs of texts; no store is touched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from auditor.domain import Aligned
from auditor.engine.local import Workers
from auditor.errors import InputRejected
from auditor.jobs.progress import Progress, Silent
from auditor.jobs.texts import text_of
from auditor.matching import align
from auditor.text import NOTHING, Document, Known, read

# Documents held by a worker: a pair list names the same texts again and again.
DOCUMENTS_HELD = 64


@dataclass(frozen=True, slots=True)
class Compared:
    """What two texts share."""

    a: str
    b: str
    text_a: str
    text_b: str
    matches: tuple[Aligned, ...]

    def row(self) -> dict[str, Any]:
        """The interchange form."""
        return _row(self.a, self.b, self.matches)

    def reason(self) -> str:
        """Why nothing was found, where nothing was."""
        for name, text in ((self.a, self.text_a), (self.b, self.text_b)):
            if not text.strip():
                return f"{name} is empty"
        return "no passage of the one is close enough to a passage of the other"


def compare_files(a: Path, b: Path, *, furniture: Known = NOTHING) -> Compared:
    """Compare two text files, but for lines known as furniture. Raises InputRejected."""
    _know(furniture)
    left, right = _read(a), _read(b)
    return Compared(str(a), str(b), left.text, right.text, align(left, right))


def compare_pairs(
    pairs: Path,
    *,
    processes: int = 1,
    furniture: Known = NOTHING,
    progress: Progress | None = None,
) -> Iterator[dict[str, Any]]:
    """Compare each pair of a list, in its order; a pair that can't be read has the key "error"."""
    progress = progress or Silent()
    listed = list(_listed(pairs))
    with Workers(processes, _know, (furniture,)) as workers:
        for done, row in enumerate(workers.map(_compare_pair, listed), 1):
            progress.step("pairs", done, len(listed))
            yield row


def line(row: dict[str, Any]) -> str:
    """One row as JSONL."""
    return json.dumps(row, ensure_ascii=False) + "\n"


def _listed(pairs: Path) -> Iterator[tuple[str, str, str]]:
    try:
        text = pairs.read_text(encoding="utf-8")
    except OSError as problem:
        raise InputRejected(f"{pairs}: {problem.strerror}", "name a list that can be read") from problem
    except UnicodeDecodeError as problem:
        raise InputRejected(f"{pairs}: not UTF-8", "save it as UTF-8") from problem
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        names = line.split("\t")
        if len(names) != 2:
            raise InputRejected(f"{pairs}:{number}: not two paths", "separate the two by one tab")
        yield str(pairs.parent), names[0], names[1]


def _compare_pair(task: tuple[str, str, str]) -> dict[str, Any]:
    folder, a, b = task
    try:
        return _row(a, b, align(_held(Path(folder) / a), _held(Path(folder) / b)))
    except InputRejected as problem:
        return _row(a, b, ()) | {"error": str(problem)}


def _row(a: str, b: str, matches: tuple[Aligned, ...]) -> dict[str, Any]:
    return {
        "a": a,
        "b": b,
        "matches": [
            {
                "a": [match.a.start, match.a.end],
                "b": [match.b.start, match.b.end],
                "similarity": round(match.similarity, 4),
                "kind": match.kind.value,
            }
            for match in matches
        ],
    }


_furniture = NOTHING


def _know(furniture: Known) -> None:
    """Let this process read texts with these lines known as furniture."""
    global _furniture  # noqa: PLW0603  (set once when a process starts)
    _furniture = furniture
    _held.cache_clear()


def _read(path: Path) -> Document:
    return read(text_of(path), furniture=_furniture)


_held = lru_cache(DOCUMENTS_HELD)(_read)
