"""``auditor export``: give out what is stored, in the forms of the interchange formats."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.session import DatabaseOption, QuietOption, session_of


class What(StrEnum):
    """What can be exported."""

    ARTICLES = "articles"
    MATCHES = "matches"
    LINEAGE = "lineage"
    GARBLES = "garbles"
    STALE = "stale"
    RECONSTRUCTIONS = "reconstructions"
    PROV = "prov"


class Format(StrEnum):
    """The form of an export."""

    JSONL = "jsonl"
    CSV = "csv"
    JSON = "json"


def export(
    ctx: typer.Context,
    what: Annotated[
        What, typer.Argument(help="articles, matches, lineage, garbles, stale, reconstructions or prov.")
    ],
    form: Annotated[
        Format | None, typer.Option("--format", help="jsonl (default), csv; prov is always json.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The file (default: standard output).")] = None,
    database: DatabaseOption = None,
    quiet: QuietOption = False,
) -> None:
    """Export rows, sorted: the same store gives the same bytes."""
    from auditor.jobs.export import export as run

    session = session_of(ctx, database=database, quiet=quiet)
    with session.store(create=False) as store:
        count = run(store, session.registry(store), what.value, form.value if form else None, out)
    if out:
        session.note(f"{count} rows written to {out}")
