"""``auditor config``: the settings in force, and who said so."""

from __future__ import annotations

import typer

from auditor.cli.session import JsonOption, session_of

app = typer.Typer(help="The settings.", no_args_is_help=True)


@app.command()
def show(ctx: typer.Context, as_json: JsonOption = False) -> None:
    """Print each setting with its value and where that comes from; passwords are masked."""
    session = session_of(ctx)
    shown = session.settings.shown()
    if as_json:
        session.json([{"name": s.name, "value": s.value, "origin": s.origin} for s in shown])
        return
    session.table(("setting", "value", "from"), ((s.name, s.value, s.origin) for s in shown))
