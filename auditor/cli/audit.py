"""``auditor audit``: work out where everything that is new came from."""

from __future__ import annotations

from typing import Annotated

import typer

from auditor.cli.session import DatabaseOption, JsonOption, ProcessesOption, QuietOption, session_of


def audit(
    ctx: typer.Context,
    everything: Annotated[
        bool, typer.Option("--all", help="Work out everything again, not only what is new or changed.")
    ] = False,
    processes: ProcessesOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Fingerprint, match, trace and compare what is new with all that is stored."""
    from auditor.jobs.audit import audit as run
    from auditor.jobs.locking import Watched, locked

    session = session_of(ctx, database=database, processes=processes, quiet=quiet)
    stale_after = session.settings.nightly.stale_after
    with (
        session.store() as store,
        locked(store, "audit", stale_after=stale_after) as lock,
        session.progress() as progress,
    ):
        summary = run(
            store,
            session.registry(store),
            processes=session.settings.processes,
            everything=everything,
            progress=Watched(lock, progress),
        )
    if as_json:
        moved = {one.article: [one.before, one.after] for one in summary.reparented}
        session.json({**summary.as_dict(), "reparented": moved})
    else:
        session.out.print(summary.sentence())
        for line in summary.lines():
            session.out.print(line, markup=False)
