"""``auditor compare``: what two texts share; no store is touched, unless its furniture is asked for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.cli.session import DatabaseOption, JsonOption, ProcessesOption, QuietOption, Session, session_of
from auditor.errors import SOME_REJECTED, UsageProblem

if TYPE_CHECKING:
    from auditor.text import Known


def compare(
    ctx: typer.Context,
    a: Annotated[Path | None, typer.Argument(help="The one text.")] = None,
    b: Annotated[Path | None, typer.Argument(help="The other text.")] = None,
    pairs: Annotated[
        Path | None,
        typer.Option(help="Two paths a line, separated by a tab, relative to this file's folder."),
    ] = None,
    furniture: Annotated[
        bool, typer.Option("--furniture", help="Leave out what the store knows as page furniture.")
    ] = False,
    database: DatabaseOption = None,
    processes: ProcessesOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Show the passages that two texts share, or with --pairs those of many pairs."""
    from auditor.jobs import compare as job

    session = session_of(ctx, database=database, processes=processes, quiet=quiet)
    known = {"furniture": _furniture(session)} if furniture else {}
    if pairs is not None:
        if a or b:
            raise UsageProblem("--pairs and two texts at once", "give one or the other")
        with session.progress() as progress:
            rejected = 0
            for row in job.compare_pairs(
                pairs, processes=session.settings.processes, **known, progress=progress
            ):
                rejected += "error" in row
                if "error" in row:
                    session.err.print(f"rejected: {row['error']}", markup=False, style="yellow")
                sys.stdout.write(job.line(row))
        if rejected:
            raise typer.Exit(SOME_REJECTED)
        return
    if a is None or b is None:
        raise UsageProblem("compare needs two texts", "auditor compare A.txt B.txt, or --pairs PAIRS.tsv")
    compared = job.compare_files(a, b, **known)
    if as_json:
        sys.stdout.write(job.line(compared.row()))
        return
    if not compared.matches:
        session.out.print(f"Nothing in common was found: {compared.reason()}", markup=False)
        return
    session.table(
        ("kind", "similarity", a.name, b.name, "begins"),
        (
            (
                match.kind.value,
                f"{match.similarity:.2f}",
                f"{match.a.start}–{match.a.end}",
                f"{match.b.start}–{match.b.end}",
                " ".join(match.a.of(compared.text_a).split())[:60],
            )
            for match in compared.matches
        ),
    )


def _furniture(session: Session) -> Known:
    """The lines that the store knows as furniture."""
    from auditor.jobs.furnishing import furniture_of

    with session.store(create=False) as store:
        return furniture_of(store).known
