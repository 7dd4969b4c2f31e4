"""``auditor report``: write the pages that people read."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.session import DatabaseOption, JsonOption, QuietOption, session_of


def report(
    ctx: typer.Context,
    out: Annotated[Path | None, typer.Option(help="The folder (default: report).")] = None,
    time_zone: Annotated[str | None, typer.Option(help="The zone of the times shown.")] = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Write the report: an overview, a page for each story, article and source; opens from the disk."""
    from auditor.jobs.report import report as run

    session = session_of(ctx, database=database, quiet=quiet, report=out, time_zone=time_zone)
    settings = session.settings
    with session.store(create=False) as store:
        summary = run(store, session.registry(store), settings.report, time_zone=settings.time_zone)
    if as_json:
        session.json(asdict(summary) | {"index": str(summary.index)})
    else:
        session.out.print(
            f"{summary.stories} stories, {summary.pickups} pickups, {summary.articles} articles; "
            f"{summary.changed} files written, {summary.unchanged} unchanged"
        )
        session.out.print(f"report: {summary.index}", markup=False)
