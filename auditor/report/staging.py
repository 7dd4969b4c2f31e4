"""Putting a finished report in place of the old one, so that the old one stands if the new one fails.

Pages are written to a folder beside their places; only those that differ from what stands there. When all
are written a mark is set, and from then on the pages are moved, one rename each: if that is cut short, the
next run finishes it. It knows files, not pages.
"""

from __future__ import annotations

import filecmp
import json
import os
import shutil
from pathlib import Path
from types import TracebackType

from auditor.errors import WriteProblem

STAGE = ".new"
READY = "ready.json"
LIST = ".pages.json"


class Staging:
    """A report being written; as a context manager it commits at the end, or leaves the old one as it was."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._stage = out / STAGE
        self._written: set[str] = set()
        self.changed = 0
        self.unchanged = 0

    def __enter__(self) -> Staging:
        try:
            self._out.mkdir(parents=True, exist_ok=True)
            if (self._stage / READY).is_file():
                self._move(json.loads((self._stage / READY).read_text(encoding="utf-8")))
            shutil.rmtree(self._stage, ignore_errors=True)
            self._refuse_strangers()
            self._stage.mkdir()
        except OSError as problem:
            raise self._problem(problem) from problem
        return self

    def _refuse_strangers(self) -> None:
        """A folder that holds something else is never overwritten."""
        if any(self._out.iterdir()) and not (self._out / LIST).is_file():
            raise WriteProblem(
                f"{self._out} holds something that isn't a report of ours", "name an empty folder with --out"
            )

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._commit()
        except OSError as problem:
            raise self._problem(problem) from problem
        finally:
            if not (self._stage / READY).is_file():
                shutil.rmtree(self._stage, ignore_errors=True)

    def write(self, name: str, text: str | bytes) -> None:
        """Stage one file unless the very same stands there already; raises WriteProblem."""
        content = text.encode("utf-8", "replace") if isinstance(text, str) else text
        self._written.add(name)
        try:
            old = self._out / name
            if old.is_file() and old.stat().st_size == len(content) and old.read_bytes() == content:
                self.unchanged += 1
                return
            new = self._stage / name
            new.parent.mkdir(parents=True, exist_ok=True)
            new.write_bytes(content)
            self.changed += 1
        except OSError as problem:
            raise self._problem(problem) from problem

    def growing(self, name: str) -> Path:
        """Where to write a file that grows row by row; ``grown`` is to be called when it is whole."""
        path = self._stage / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def grown(self, name: str) -> None:
        """A growing file is whole: keep it, unless the very same stands there already."""
        self._written.add(name)
        old, new = self._out / name, self._stage / name
        if old.is_file() and filecmp.cmp(old, new, shallow=False):
            new.unlink()
            self.unchanged += 1
        else:
            self.changed += 1

    def _commit(self) -> None:
        listing = self._out / LIST
        listed = json.loads(listing.read_text(encoding="utf-8")) if listing.is_file() else []
        before = {name for name in listed if ".." not in Path(name).parts and not Path(name).is_absolute()}
        plan = {"keep": sorted(self._written), "remove": sorted(before - self._written)}
        ready = self._stage / (READY + ".part")
        ready.write_text(json.dumps(plan), encoding="utf-8")
        with ready.open("rb") as handle:
            os.fsync(handle.fileno())
        ready.replace(self._stage / READY)
        self._move(plan)
        shutil.rmtree(self._stage, ignore_errors=True)

    def _move(self, plan: dict[str, list[str]]) -> None:
        for name in plan["keep"]:
            new, old = self._stage / name, self._out / name
            if new.is_file():
                old.parent.mkdir(parents=True, exist_ok=True)
                new.replace(old)
        for name in plan["remove"]:
            (self._out / name).unlink(missing_ok=True)
        part = self._out / (LIST + ".part")
        part.write_text(json.dumps(plan["keep"]), encoding="utf-8")
        part.replace(self._out / LIST)
        (self._stage / READY).unlink(missing_ok=True)

    def _problem(self, problem: OSError) -> WriteProblem:
        reason = problem.strerror or type(problem).__name__
        return WriteProblem(
            f"the report can't be written to {self._out}: {reason}", "the old report still stands"
        )
