"""Which files a call means: folders walked in a fixed order, each file with its id and its format.

Decides by names alone and opens nothing. Links are followed inside the folder that was given, never out of
it and never to a folder, so that no walk loops or leaves.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from auditor.errors import InputRejected
from auditor.ingest.items import Item, rejected, unreadable
from auditor.ingest.manifest import FILE_NAME


class Format(Enum):
    """How a file is read."""

    TEXT = "plain text"
    PAGE = "web page"
    LINES = "JSONL"


_FORMATS = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.TEXT,
    ".html": Format.PAGE,
    ".htm": Format.PAGE,
    ".xhtml": Format.PAGE,
    ".jsonl": Format.LINES,
    ".ndjson": Format.LINES,
}
_PACKED = ".gz"


@dataclass(frozen=True, slots=True)
class File:
    """A file to be read: its path, its path below what was given, the id it gives, its format."""

    path: Path
    below: str
    id: str
    format: Format

    @property
    def name(self) -> str:
        """How the file is named to a user."""
        return str(self.path)


def files_of(given: Path) -> Iterator[File | Item]:
    """The files that one given path means, in a fixed order, and the problems met on the way.

    A folder is walked by name, hidden entries and ``manifest.csv`` in it left out; every other file that
    no reader knows is named, not passed over.
    """
    name = str(given)
    try:
        mode = given.stat().st_mode
    except OSError as error:
        yield _missing(given, error)
        return
    if stat.S_ISDIR(mode):
        yield from _walk(given)
    elif stat.S_ISREG(mode):
        yield _file(given, given.name)
    else:
        yield rejected(name, InputRejected("isn't a file or folder", "give - for standard input"))


def ending_of(name: str) -> str:
    """The ending of a file's name: the last suffix, or the last two of a packed file; lower case."""
    path = Path(name)
    last = path.suffix.lower()
    if last != _PACKED:
        return last
    inner = path.with_suffix("").suffix.lower()
    return inner + last if inner in _FORMATS else last


def _walk(root: Path) -> Iterator[File | Item]:
    resolved = root.resolve()
    # A stack of what is still to be looked at, not recursion: folders may be nested a thousand deep.
    waiting: list[tuple[Path, str]] = [(root, "")]
    while waiting:
        path, below = waiting.pop()
        try:
            if path.is_symlink() and below and (problem := _link_problem(path, resolved)):
                yield rejected(str(path), problem)
            elif path.is_dir():
                waiting += [
                    (path / name, f"{below}/{name}" if below else name) for name in _listed(path, below)
                ]
            elif path.is_file():
                yield _file(path, below)
            else:
                yield rejected(str(path), InputRejected("isn't a regular file", "remove it from the folder"))
        except OSError as error:
            yield unreadable(str(path), error)


def _listed(folder: Path, below: str) -> list[str]:
    """The names in a folder that are looked at, last first."""
    names = (name for name in os.listdir(folder) if not name.startswith("."))  # noqa: PTH208 - names will do
    return sorted((name for name in names if below or name != FILE_NAME), reverse=True)


def _link_problem(path: Path, root: Path) -> InputRejected | None:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: a loop of links
        return InputRejected("is a link to nothing", "remove it or mend it")
    if target.is_dir():
        return InputRejected("is a link to a folder, which is not followed", "give that folder itself")
    if not target.is_relative_to(root):
        return InputRejected("is a link out of the folder that was given", "give the file itself")
    return None


def _file(path: Path, below: str) -> File | Item:
    ending = ending_of(below)
    known = _FORMATS.get(ending.removesuffix(_PACKED)) if ending != _PACKED else None
    if known is None:
        what = f"no reader for {ending}" if ending else "no reader for a file without an ending"
        endings = " ".join(_FORMATS)
        return rejected(str(path), InputRejected(what, f"known are {endings}, also packed as .gz"))
    try:
        below.encode("utf-8")
    except UnicodeEncodeError:
        shown = below.encode("utf-8", "replace").decode()
        return rejected(shown, InputRejected("its name isn't UTF-8", "rename it"))
    return File(path, below, below[: -len(ending)], known)


def _missing(given: Path, error: OSError) -> Item:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return rejected(str(given), InputRejected("isn't there", "check the path"))
    return unreadable(str(given), error)
