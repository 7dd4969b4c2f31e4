"""``auditor runs``: the ledger of what was run, and what became of each input."""

from __future__ import annotations

from typing import Annotated

import typer

from auditor.cli.session import DatabaseOption, JsonOption, session_of

app = typer.Typer(help="The runs on this store: list, show.", no_args_is_help=True)


@app.command("list")
def list_runs(
    ctx: typer.Context,
    last: Annotated[int, typer.Option(min=1, help="How many, the latest first.")] = 20,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the last runs: which command, when, for how long, how it ended, what it counted."""
    from auditor.jobs.runs import listed, row, took

    session = session_of(ctx, database=database)
    with session.store(create=False) as store:
        runs = listed(store, last)
    if as_json:
        session.json([row(run) for run in runs])
        return
    session.table(
        ("run", "command", "started", "took", "status", "counts"),
        (
            (
                run.key,
                run.command,
                run.started,
                took(run),
                run.status,
                ", ".join(f"{name} {count}" for name, count in run.counts.items() if count),
            )
            for run in runs
        ),
    )


@app.command()
def show(
    ctx: typer.Context,
    run: Annotated[int, typer.Argument(help="The run's number.")],
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one run: its counts, and each input that was rejected or failed, with its reason.

    Those of a night are those of the ingest that was part of it.
    """
    from auditor.jobs.runs import show as of

    session = session_of(ctx, database=database)
    with session.store(create=False) as store:
        shown = of(store, run)
    if as_json:
        session.json(shown.as_dict())
        return
    found = shown.run
    session.out.print(
        f"run {found.key}, {found.command}: {found.status}, {found.started} to {found.ended or '…'}",
        markup=False,
    )
    counts = found.counts or {each.value: count for each, count in shown.counts.items()}
    session.out.print(", ".join(f"{name} {count}" for name, count in counts.items() if count) or "no inputs")
    if shown.problems:
        session.table(
            ("input", "ended as", "reason"), ((p.name, p.disposition.value, p.reason) for p in shown.problems)
        )
