"""``auditor purge``: take away the texts of a source from before a day."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from typing import Annotated

import typer

from auditor.cli.session import DatabaseOption, JsonOption, session_of


def purge(
    ctx: typer.Context,
    source: Annotated[str, typer.Option(help="Whose texts: a source's key, name or domain.")],
    before: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="From before this day.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be removed.")] = False,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Remove texts; digests, offsets and decisions stay, and what was removed is shown as such."""
    from auditor.jobs.locking import locked
    from auditor.jobs.retention import counts
    from auditor.jobs.retention import purge as run

    session = session_of(ctx, database=database)
    stale_after = session.settings.nightly.stale_after
    with ExitStack() as held:
        store = held.enter_context(session.store(create=False))
        if not dry_run:
            held.enter_context(locked(store, "purge", stale_after=stale_after))
        removal = run(store, session.registry(store), source, before.date(), dry_run=dry_run)
    if as_json:
        session.json(counts(removal) | {"dry_run": dry_run})
        return
    verb = "would be removed" if dry_run else "removed"
    session.out.print(
        f"{removal.texts} texts of {removal.articles} articles ({removal.characters} characters) {verb}"
    )
