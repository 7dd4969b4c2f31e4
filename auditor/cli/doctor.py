"""``auditor doctor``: look at what could go wrong before it does."""

from __future__ import annotations

import typer

from auditor.cli.session import DatabaseOption, JsonOption, session_of
from auditor.errors import FAILED


def doctor(ctx: typer.Context, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """Check settings, store, revision, disk, clock and write access; exit code 1 where something is wrong."""
    from auditor.jobs.doctor import examine

    session = session_of(ctx, database=database)
    findings = examine(session.settings)
    if as_json:
        session.json(
            [{"what": f.what, "ok": f.is_well, "detail": f.detail, "remedy": f.remedy} for f in findings]
        )
    else:
        session.table(
            ("", "what", "found", "remedy"),
            (("ok" if f.is_well else "WRONG", f.what, f.detail, f.remedy) for f in findings),
        )
    if not all(finding.is_well for finding in findings):
        raise typer.Exit(FAILED)
