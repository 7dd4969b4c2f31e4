"""The commands put together, and the one place where an error becomes a line and an exit code."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any, cast

import typer

from auditor import __version__
from auditor.cli import (
    audit,
    check,
    compare,
    config,
    db,
    demo,
    doctor,
    evidence,
    export,
    findings,
    furniture,
    garbles,
    inbox,
    ingest,
    init,
    licences,
    nightly,
    purge,
    report,
    review,
    runs,
    serve,
    sources,
    story,
    users,
)
from auditor.cli import trace as trace_command
from auditor.cli.session import Common, complain
from auditor.errors import FAILED, AuditorError, exit_code_of

app = typer.Typer(
    help="Find out where each passage of a news text came from, through whom, what was damaged on the way.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"auditor {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    ctx: typer.Context,
    database: Annotated[
        str | None,
        typer.Option(help="The store: sqlite:///file.db or postgresql://… (or AUDITOR_DATABASE)."),
    ] = None,
    config: Annotated[str | None, typer.Option(help="The settings file (default: ./auditor.toml).")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes.")] = False,
    debug: Annotated[bool, typer.Option(help="Show the traceback of an error.")] = False,
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    ctx.obj = Common(database=database, config=config, quiet=quiet, debug=debug)


app.command()(init.init)
app.command()(ingest.ingest)
app.command()(audit.audit)
app.command()(report.report)
app.command()(trace_command.trace)
app.command()(story.story)
app.command()(check.check)
app.command()(compare.compare)
app.command()(garbles.garbles)
app.command()(export.export)
app.command()(nightly.nightly)
app.add_typer(runs.app, name="runs")
app.add_typer(inbox.app, name="inbox")
app.command()(purge.purge)
app.add_typer(sources.app, name="sources")
app.add_typer(furniture.app, name="furniture")
app.add_typer(licences.app, name="licences")
app.add_typer(findings.app, name="findings")
app.add_typer(review.app, name="review")
app.add_typer(evidence.app, name="evidence")
app.add_typer(users.app, name="users")
app.add_typer(db.app, name="db")
app.add_typer(config.app, name="config")
app.command()(serve.serve)
app.command()(doctor.doctor)
app.command()(demo.demo)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; an AuditorError becomes one line on standard error and its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        app(args=arguments, prog_name="auditor")
    except AuditorError as error:
        if "--debug" in arguments:
            raise
        complain(error.message, error.remedy)
        sys.exit(exit_code_of(error))
    except BrokenPipeError:
        # The reader of our output went away (`auditor export … | head`): nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), cast("Any", sys.stdout).fileno())
        sys.exit(FAILED)
