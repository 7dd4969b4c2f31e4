"""``auditor demo``: the whole way, on a small invented collection."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.session import QuietOption, session_of


def demo(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Where its database and report are to stand.")] = Path(
        "demo"
    ),
    quiet: QuietOption = False,
) -> None:
    """Ingest, audit, hold against agreements and report the example collection; say what was found."""
    from auditor.jobs.demo import demo as run

    session = session_of(ctx, quiet=quiet)
    with session.progress() as progress:
        found = run(folder, processes=session.settings.processes, progress=progress)
    session.out.print(found.ingest.sentence())
    session.out.print(found.audit.sentence())
    session.out.print(found.findings.sentence())
    session.table(("story", "articles", "began with", "garbles of high severity"), found.stories)
    session.out.print(f"report: {found.report}", markup=False)
