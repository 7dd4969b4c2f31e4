"""``auditor inbox``: what lies in the inboxes, and what is to become of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from auditor.cli.session import DatabaseOption, JsonOption, Session, session_of
from auditor.errors import UsageProblem

if TYPE_CHECKING:
    from auditor.jobs.intake import Rules

app = typer.Typer(help="The inboxes of the nightly job: status, retry, quarantine.", no_args_is_help=True)


@app.command()
def status(ctx: typer.Context, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """Show how many files are new, and those that wait for another try or are in quarantine, with reasons."""
    from auditor.jobs.inbox import status as of

    session = session_of(ctx, database=database)
    with session.store(create=False) as store:
        found = of(store, _rules(session))
    if as_json:
        session.json(found.as_dict())
        return
    session.out.print(
        f"{found.new} new, {len(found.waiting)} to be tried again, {len(found.quarantined)} in quarantine, "
        f"{found.held_up} held up by a manifest, {found.done} done"
    )
    files = (*found.waiting, *found.quarantined)
    if files:
        session.table(
            ("file", "state", "tries", "run", "reason"),
            ((f.path, f.state.value, f.tries, f.run, f.reason) for f in files),
        )


@app.command()
def retry(
    ctx: typer.Context,
    paths: Annotated[list[str] | None, typer.Argument(help="Files as inbox status names them.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All that are in quarantine.")] = False,
    database: DatabaseOption = None,
) -> None:
    """Let the next night read files again that are in quarantine, or done."""
    from auditor.jobs.inbox import retry as run

    if bool(paths) == everything:
        raise UsageProblem("nothing to retry was named", "name files, or give --all")
    session = session_of(ctx, database=database)
    with session.store(create=False) as store:
        again = run(store, _rules(session), paths or [])
    session.note(f"{len(again)} files will be read again")


@app.command()
def quarantine(
    ctx: typer.Context,
    paths: Annotated[list[str], typer.Argument(help="Files as inbox status names them, or new ones.")],
    database: DatabaseOption = None,
) -> None:
    """Put files aside: they aren't read until someone retries them."""
    from auditor.jobs.inbox import quarantine as run

    session = session_of(ctx, database=database)
    with session.store() as store:
        aside = run(store, _rules(session), paths)
    session.note(f"{len(aside)} files put aside")


def _rules(session: Session) -> Rules:
    from auditor.jobs.intake import Rules

    nightly = session.settings.nightly
    return Rules(nightly.inbox, nightly.done == "move", nightly.tries)
