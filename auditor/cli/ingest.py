"""``auditor ingest``: put captured articles into the store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.session import DatabaseOption, JsonOption, QuietOption, session_of
from auditor.domain import Disposition, Outcome
from auditor.errors import SOME_REJECTED


def ingest(
    ctx: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(help="Files and folders: text, HTML, JSONL (.gz too); - is JSONL on standard input."),
    ],
    manifest: Annotated[
        Path | None, typer.Option(help="A CSV that tells of the files: file,id,source,url,title,…")
    ] = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Store articles; each input ends as stored, duplicate, rejected or failed, and the counts add up."""
    from auditor.jobs.ingest import ingest as run

    session = session_of(ctx, database=database, quiet=quiet)

    def tell(outcome: Outcome) -> None:
        if outcome.disposition in (Disposition.REJECTED, Disposition.FAILED):
            session.err.print(
                f"{outcome.disposition.value}: {outcome.name}: {outcome.reason}", markup=False, style="yellow"
            )

    with session.store() as store, session.progress() as progress:
        summary = run(
            store,
            session.registry(store),
            paths,
            manifest=manifest,
            processes=session.settings.processes,
            captures=session.settings.captures,
            on_outcome=tell,
            progress=progress,
        )
    if as_json:
        session.json(summary.as_dict())
    else:
        session.out.print(summary.sentence())
    if summary.not_examined:
        raise typer.Exit(SOME_REJECTED)
