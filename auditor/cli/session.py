"""What every command shares: the common options, the settings they end in, and the two streams."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Column, Table

if TYPE_CHECKING:
    from auditor.config import Settings
    from auditor.jobs.progress import Progress
    from auditor.registry import Registry
    from auditor.storage import Store

_WHOLE_LINES = 100_000  # characters: more than any row of a table has

DatabaseOption = Annotated[
    str | None,
    typer.Option("--database", help="The store: sqlite:///file.db or postgresql://… (or AUDITOR_DATABASE)."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes.")]
ProcessesOption = Annotated[
    int | None, typer.Option("--processes", min=1, help="How many processes work (default: one a core).")
]


@dataclass(frozen=True, slots=True)
class Common:
    """The options that stand before the command."""

    database: str | None = None
    config: str | None = None
    quiet: bool = False
    debug: bool = False


def complain(message: str, remedy: str = "") -> None:
    """One line of trouble on standard error, and what to do about it."""
    err = Console(stderr=True, highlight=False, soft_wrap=True)
    err.print(f"[bold red]error:[/] {_plain(message)}" + (f" — {_plain(remedy)}" if remedy else ""))


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape("".join(c if c.isprintable() else "�" for c in text))


@dataclass
class Session:
    """One call of the command line."""

    common: Common
    flags: Mapping[str, object] = field(default_factory=dict)
    quiet: bool = False

    @cached_property
    def settings(self) -> Settings:
        """The settings in force. Raises ConfigProblem."""
        from auditor.config import load_settings

        config = Path(self.common.config) if self.common.config else None
        return load_settings(self.flags, config=config)

    @cached_property
    def out(self) -> Console:
        """Standard output: results. No colour where NO_COLOR is set or it isn't a terminal."""
        return Console(highlight=False, soft_wrap=not sys.stdout.isatty())

    @cached_property
    def err(self) -> Console:
        """Standard error: notes and progress."""
        return Console(stderr=True, highlight=False, soft_wrap=True)

    def note(self, text: str) -> None:
        """Tell the user something that isn't the result."""
        if not self.quiet:
            self.err.print(_plain(text))

    def json(self, value: Any) -> None:
        """Print one JSON value on standard output."""
        sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")

    def lines(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Print rows as JSONL on standard output."""
        for row in rows:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")

    def table(self, columns: Iterable[str], rows: Iterable[Iterable[object]], title: str = "") -> None:
        """Print a table on standard output; cells are plain text."""
        table = Table(
            *(Column(name, overflow="fold") for name in columns),
            title=title or None,
            title_justify="left",
            box=None,
            header_style="bold",
            pad_edge=False,
        )
        for row in rows:
            table.add_row(*(_plain("" if cell is None else str(cell)) for cell in row))
        # Nothing is cut off; into a pipe or a mail a row is one line, so that it can be searched.
        out = self.out if sys.stdout.isatty() else Console(highlight=False, width=_WHOLE_LINES)
        out.print(table)

    @contextmanager
    def store(self, *, create: bool = True) -> Iterator[Store]:
        """The store that the settings name. Raises StoreProblem."""
        from auditor.storage import open_store

        with open_store(self.settings.database, create=create) as store:
            yield store

    def registry(self, store: Store | None = None) -> Registry:
        """The sources known to this call: shipped, stored, and those of the settings."""
        from auditor.jobs.sources import registry_of

        return registry_of(store, self.settings.sources)

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """Bars on standard error where it is a terminal, silence elsewhere."""
        from auditor.cli.bars import bars

        with bars(self.err, shown=not self.quiet and self.err.is_terminal) as progress:
            yield progress


def session_of(
    ctx: typer.Context,
    *,
    database: str | None = None,
    processes: int | None = None,
    quiet: bool = False,
    **flags: object,
) -> Session:
    """The session of this call; a command's own flags go before the common ones."""
    common = ctx.obj if isinstance(ctx.obj, Common) else Common()
    given = {"database": database or common.database, "processes": processes, **flags}
    return Session(common, given, quiet=quiet or common.quiet)
