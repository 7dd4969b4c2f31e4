"""``auditor review``: decisions on findings, from the terminal."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.session import DatabaseOption, JsonOption, session_of
from auditor.domain import Moment
from auditor.errors import FAILED
from auditor.licensing.decisions import Decision

app = typer.Typer(help="Decisions on findings: decide, list, export, verify.", no_args_is_help=True)


@app.command()
def decide(
    ctx: typer.Context,
    decision: Annotated[Decision, typer.Argument(help="What you make of it.")],
    names: Annotated[
        list[str], typer.Argument(metavar="FINDING…", help="Findings (f-…), cases (c-…) or stories.")
    ],
    note: Annotated[str, typer.Option(help="Why.")] = "",
    reviewer: Annotated[
        str | None, typer.Option(help="Who decides (default: the name you are logged in by).")
    ] = None,
    after: Annotated[
        int | None, typer.Option(help="The number of the last decision, where there is one already.")
    ] = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Decide on findings. A false match isn't found again while the two texts are the same."""
    from auditor.jobs.review import decide as run

    session = session_of(ctx, database=database)
    now = datetime.now(UTC).replace(microsecond=0)
    with session.store(create=False) as store:
        written = run(
            store,
            names,
            decision,
            reviewer=reviewer or getpass.getuser(),
            at=Moment(now, now),
            note=note,
            after=after,
        )
    if as_json:
        session.json([entry.as_dict() for entry in written])
        return
    for entry in written:
        session.out.print(
            f"{entry.number}: {entry.finding} {entry.decision.value}, by {entry.reviewer}", markup=False
        )
    if decision.value in session.settings.second_sign_off:
        session.note("it holds once a second reviewer decides the same")
    elif decision is Decision.FALSE_MATCH:
        session.note("these texts don't come up again from the next auditor findings update on")


@app.command()
def assign(
    ctx: typer.Context,
    case: Annotated[str, typer.Argument(help="A case (c-…).")],
    to: Annotated[str | None, typer.Argument(help="Who is to look at it; nobody where left out.")] = None,
    reviewer: Annotated[
        str | None, typer.Option(help="Who gives it (default: the name you are logged in by).")
    ] = None,
    after: Annotated[
        int | None, typer.Option(help="The number of its last assignment, where there is one already.")
    ] = None,
    database: DatabaseOption = None,
) -> None:
    """Give a case to somebody, or to nobody any more."""
    from auditor.jobs.review import assign as run

    session = session_of(ctx, database=database)
    now = datetime.now(UTC).replace(microsecond=0)
    with session.store(create=False) as store:
        by = reviewer or getpass.getuser()
        done = run(store, case, to, by=by, at=Moment(now, now), after=after)
    session.out.print(f"{done.number}: {case} to {done.assignee or 'nobody'}, by {done.by}", markup=False)


@app.command("list")
def list_decisions(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Only of this finding or case.")] = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the decisions in the order in which they were made."""
    session = session_of(ctx, database=database)
    with session.store(create=False) as store:
        log = list(store.decisions(name))
    if as_json:
        session.json([entry.as_dict() for entry in log])
        return
    session.table(
        ("number", "at", "reviewer", "finding", "decision", "note"),
        ((e.number, e.at, e.reviewer, e.finding, e.decision.value, e.note) for e in log),
    )


@app.command()
def export(
    ctx: typer.Context,
    out: Annotated[Path | None, typer.Option(help="The file (default: standard output).")] = None,
    database: DatabaseOption = None,
) -> None:
    """Give out the whole log as JSONL, an entry a line, with the digests that chain it."""
    from auditor.jobs.review import export_log

    session = session_of(ctx, database=database)
    with session.store(create=False) as store:
        count = export_log(store, out)
    if out:
        session.note(f"{count} decisions written to {out}")


@app.command()
def verify(ctx: typer.Context, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """Find any change made to the log behind its back."""
    from dataclasses import asdict

    from auditor.jobs.review import verify as run

    session = session_of(ctx, database=database)
    with session.store(create=False) as store:
        found = run(store)
    if as_json:
        session.json(asdict(found))
    else:
        for problem in found.problems:
            session.out.print(problem, markup=False)
        said = "broken" if found.problems else "whole"
        session.out.print(f"{found.entries} decisions, the chain is {said}; last digest {found.last}")
    if found.problems:
        raise typer.Exit(FAILED)
