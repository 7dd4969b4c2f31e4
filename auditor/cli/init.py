"""``auditor init``: make the store and a settings file to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.session import DatabaseOption, session_of


def init(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Where auditor.toml is to stand.")] = Path(),
    database: DatabaseOption = None,
) -> None:
    """Make the store (if there is none) and an auditor.toml with every setting explained."""
    from auditor.config import masked, write_example
    from auditor.storage import open_store

    session = session_of(ctx, database=database)
    written = write_example(folder / "auditor.toml")
    with open_store(session.settings.database):
        pass
    session.note(f"{folder / 'auditor.toml'} {'written' if written else 'stands already, left as it is'}")
    session.note(f"store: {masked(session.settings.database)}")
    session.note("next: auditor ingest PATH…, then auditor audit, then auditor report")
