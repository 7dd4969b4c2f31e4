"""``auditor db``: the store's schema, and a copy of it all."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.session import DatabaseOption, JsonOption, session_of
from auditor.errors import FAILED

app = typer.Typer(help="The store's schema: upgrade, current, check; and its backup.", no_args_is_help=True)


@app.command()
def upgrade(
    ctx: typer.Context,
    revision: Annotated[str, typer.Option(help="The revision to go to.")] = "head",
    database: DatabaseOption = None,
) -> None:
    """Bring the store to this program's revision; nothing is half done if it is interrupted."""
    from auditor.storage import migrate

    session = session_of(ctx, database=database)
    migrate.upgrade(session.settings.database, revision)
    session.note(f"the store is at revision {migrate.current(session.settings.database)}")


@app.command()
def current(ctx: typer.Context, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """Print the store's revision and the one that this program expects."""
    from auditor.storage import migrate

    session = session_of(ctx, database=database)
    revision = migrate.current(session.settings.database)
    if as_json:
        session.json({"current": revision, "expected": migrate.HEAD})
    else:
        session.out.print(f"{revision or 'none'} (expected {migrate.HEAD})")


@app.command()
def check(ctx: typer.Context, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """Compare the store's tables with those that this program expects; exit code 1 where they differ."""
    from auditor.storage import migrate

    session = session_of(ctx, database=database)
    differences = migrate.check(session.settings.database)
    if as_json:
        session.json(list(differences))
    else:
        for difference in differences:
            session.out.print(difference, markup=False)
        session.note(
            "differs: run auditor db upgrade" if differences else "the store's tables are as expected"
        )
    if differences:
        raise typer.Exit(FAILED)


@app.command()
def backup(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="Where the copy is written.")],
    database: DatabaseOption = None,
) -> None:
    """Copy the store as it is now, while others may write: a SQLite file, or a dump for pg_restore."""
    from auditor.storage.backup import backup as run

    session = session_of(ctx, database=database)
    size = run(session.settings.database, file)
    session.note(f"{file} written, {size / 1e6:.1f} MB")
