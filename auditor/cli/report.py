"""``auditor report``: write the pages that people read."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.session import DatabaseOption, JsonOption, QuietOption, session_of
from auditor.errors import UsageProblem


def report(
    ctx: typer.Context,
    out: Annotated[
        Path | None, typer.Option(help="The folder (default: report); the file of a single story.")
    ] = None,
    time_zone: Annotated[str | None, typer.Option(help="The zone of the times shown.")] = None,
    story: Annotated[str | None, typer.Option(help="Only this story, as one file to send.")] = None,
    single_file: Annotated[
        bool, typer.Option("--single-file", help="With --story: one page with all its texts (the default).")
    ] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="With --story: printed, not as a page.")] = False,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Write the report: an overview, a page for each story, article and source; opens from the disk."""
    from auditor.jobs import report as job

    if story is None and (single_file or pdf):
        raise UsageProblem("--single-file and --pdf are for one story", "name it with --story ID")
    if single_file and pdf:
        raise UsageProblem("--single-file and --pdf at once", "give one of them")
    session = session_of(
        ctx, database=database, quiet=quiet, report=None if story else out, time_zone=time_zone
    )
    settings = session.settings
    with session.store(create=False) as store:
        registry = session.registry(store)
        if story is not None:
            file = out or Path(f"story-{story}.{'pdf' if pdf else 'html'}")
            size = job.report_story(store, registry, story, file, time_zone=settings.time_zone, as_pdf=pdf)
            told = {"file": str(file), "bytes": size}
            sentence = f"{file}: {size / 1000:.0f} kB"
        else:
            summary = job.report(
                store,
                registry,
                settings.report,
                time_zone=settings.time_zone,
                second=settings.second_sign_off,
            )
            told = asdict(summary) | {"index": str(summary.index)}
            sentence = (
                f"{summary.stories} stories, {summary.pickups} pickups, {summary.articles} articles; "
                f"{summary.changed} files written, {summary.unchanged} unchanged\nreport: {summary.index}"
            )
    if as_json:
        session.json(told)
    else:
        session.out.print(sentence, markup=False)
