"""Putting a finished report in place of the old one, so that the old one stands if the new one fails.

Pages are written to a folder beside their places; only those that differ from what stands there. When all
are written a mark is set, and from then on the pages are moved, one rename each, and the index is kept: if
that is cut short, the next run finishes the moving and trusts no digest of what was moved. It knows files,
not pages.
"""

from __future__ import annotations

import filecmp
import json
import os
import shutil
import sqlite3
from pathlib import Path
from types import TracebackType

from auditor.errors import WriteProblem
from auditor.report.index import INDEX, Index

STAGE = ".new"
READY = "ready.json"
# Where a report's files lie.
PATTERNS = ("*.html", "*/*.html", "tables/*.csv", "tables/*.xlsx")


class Staging:
    """A report being written; as a context manager it commits at the end, or leaves the old one as it was.

    ``index`` is what the last report noted; it is held by one writer at a time, and so is the folder.
    """

    index: Index

    def __init__(self, out: Path) -> None:
        self._out = out
        self._stage = out / STAGE
        self._staged: set[str] = set()
        self.changed = 0
        self.unchanged = 0

    def __enter__(self) -> Staging:
        try:
            self._out.mkdir(parents=True, exist_ok=True)
            self._refuse_strangers()
            self.index = Index(self._out / INDEX)
        except (OSError, sqlite3.Error) as problem:
            raise self._problem(problem) from problem
        try:
            if self.index.is_new:
                self._adopt()
            self._finish_the_last()
            shutil.rmtree(self._stage, ignore_errors=True)
            self._stage.mkdir()
        except BaseException as problem:
            self.index.close()
            if isinstance(problem, OSError | sqlite3.Error):
                raise self._problem(problem) from problem
            raise
        return self

    def _refuse_strangers(self) -> None:
        """A folder that holds something else is never overwritten."""
        if any(self._out.iterdir()) and not (self._out / INDEX).is_file():
            raise WriteProblem(
                f"{self._out} holds something that isn't a report of ours", "name an empty folder with --out"
            )

    def _adopt(self) -> None:
        """Note the pages of an index that can't be read any more: else none of them would ever be removed."""
        for pattern in PATTERNS:
            for path in self._out.glob(pattern):
                self.index.put_page(path.relative_to(self._out).as_posix())

    def _finish_the_last(self) -> None:
        """Move what a report that was cut off had ready. Its index was lost: what it noted isn't known."""
        ready = self._stage / READY
        if ready.is_file():
            plan = json.loads(ready.read_text(encoding="utf-8"))
            self.index.forget_digests([*plan["keep"], *plan["remove"]])
            self._move(plan)
            self.index.keep()
            self.index.begin()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._commit()
        except (OSError, sqlite3.Error) as problem:
            raise self._problem(problem) from problem
        finally:
            self.index.close()
            if not (self._stage / READY).is_file():
                shutil.rmtree(self._stage, ignore_errors=True)
        if isinstance(error, sqlite3.Error):
            raise self._problem(error) from error

    def stands(self, name: str) -> bool:
        """Does a file of that name stand in its place?"""
        return (self._out / name).is_file()

    def is_whole(self) -> bool:
        """Do all files that the index knows stand in their places?"""
        held: dict[str, frozenset[str]] = {}
        for name in self.index.pages():
            folder, _, file = name.rpartition("/")
            if folder not in held:
                path = self._out / folder
                held[folder] = (
                    frozenset(each.name for each in os.scandir(path)) if path.is_dir() else frozenset()
                )
            if file not in held[folder]:
                return False
        return True

    def write(self, name: str, text: str | bytes) -> None:
        """Stage one file unless the very same stands there already; raises WriteProblem."""
        content = text.encode("utf-8", "replace") if isinstance(text, str) else text
        try:
            if self._is_same(self._out / name, content):
                self.unchanged += 1
                return
            new = self._stage / name
            try:
                new.write_bytes(content)
            except FileNotFoundError:
                new.parent.mkdir(parents=True, exist_ok=True)
                new.write_bytes(content)
            self._staged.add(name)
            self.changed += 1
        except OSError as problem:
            raise self._problem(problem) from problem

    @staticmethod
    def _is_same(old: Path, content: bytes) -> bool:
        try:
            return old.stat().st_size == len(content) and old.read_bytes() == content
        except FileNotFoundError:
            return False

    def growing(self, name: str) -> Path:
        """Where to write a file that grows row by row; ``grown`` is to be called when it is whole."""
        path = self._stage / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def grown(self, name: str) -> None:
        """A growing file is whole: keep it, unless the very same stands there already."""
        old, new = self._out / name, self._stage / name
        if old.is_file() and filecmp.cmp(old, new, shallow=False):
            new.unlink()
            self.unchanged += 1
        else:
            self._staged.add(name)
            self.changed += 1

    def _commit(self) -> None:
        plan = {"keep": sorted(self._staged), "remove": self.index.take_gone()}
        if plan["keep"] or plan["remove"]:
            ready = self._stage / (READY + ".part")
            ready.write_text(json.dumps(plan), encoding="utf-8")
            with ready.open("rb") as handle:
                os.fsync(handle.fileno())
            ready.replace(self._stage / READY)
            self._move(plan)
        self.index.keep()
        (self._stage / READY).unlink(missing_ok=True)
        shutil.rmtree(self._stage, ignore_errors=True)

    def _move(self, plan: dict[str, list[str]]) -> None:
        made: set[Path] = set()
        for name in plan["keep"]:
            new, old = self._stage / name, self._out / name
            if old.parent not in made:
                old.parent.mkdir(parents=True, exist_ok=True)
                made.add(old.parent)
            try:
                new.replace(old)
            except FileNotFoundError:  # moved before the last run was cut off
                continue
        for name in filter(_is_below, plan["remove"]):
            (self._out / name).unlink(missing_ok=True)

    def _problem(self, problem: OSError | sqlite3.Error) -> WriteProblem:
        reason = problem.strerror if isinstance(problem, OSError) else None
        if isinstance(problem, sqlite3.OperationalError) and "locked" in str(problem):
            reason = "another report is being written there"
        reason = reason or str(problem) or type(problem).__name__
        return WriteProblem(
            f"the report can't be written to {self._out}: {reason}", "the old report still stands"
        )


def _is_below(name: str) -> bool:
    """Does the name lead to a place in the report's folder? Nothing else is ever removed."""
    return ".." not in Path(name).parts and not Path(name).is_absolute()
