"""``auditor report``: write the pages that people read."""

from __future__ import annotations

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
    with session.store(create=False) as store, session.progress() as progress:
        summary = run(store, session.registry(store), session.settings, progress=progress)
    if as_json:
        session.json(summary.as_dict())
    else:
        session.out.print(summary.sentence())
