"""``auditor nightly``: a night's work in one call, for cron."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from auditor.cli.session import DatabaseOption, JsonOption, ProcessesOption, QuietOption, Session, session_of
from auditor.domain import Severity
from auditor.errors import GATE_MET, SOME_REJECTED


class Step(StrEnum):
    """A part of a night."""

    INGEST = "ingest"
    AUDIT = "audit"
    FINDINGS = "findings"
    CHANGES = "changes"
    PRUNE = "prune"
    REPORT = "report"
    EXPORT = "export"


def nightly(
    ctx: typer.Context,
    inboxes: Annotated[
        list[Path] | None,
        typer.Argument(help="Inbox folders instead of those of auditor.toml; - is JSONL on standard input."),
    ] = None,
    skip: Annotated[list[Step] | None, typer.Option(help="A step to leave out; may be repeated.")] = None,
    fail_on: Annotated[
        Severity | None, typer.Option(help="Exit code 4 where new garbles of that severity were found.")
    ] = None,
    processes: ProcessesOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Take in what lies in the inboxes, audit, prune, write report and exports; safe to kill and repeat."""
    from auditor.jobs.intake import receive, standard_input
    from auditor.jobs.nightly import nightly as run

    session = session_of(ctx, database=database, processes=processes, quiet=quiet)
    settings = _with_inboxes(session.settings, inboxes or [])
    if Path("-") in (inboxes or []):
        receive(standard_input(), settings.nightly.inbox[0])
    steps = [step for step in settings.nightly.steps if step not in (skip or [])]
    with _terminable(), _logging(session) as log, session.progress() as progress:
        night = run(settings, steps=steps, progress=progress, log=log)
    if as_json:
        session.json(night.as_dict())
    elif not quiet:
        session.out.print(night.sentence(), markup=False)
        if night.is_news and night.changes:
            session.out.print(night.changes.text(), markup=False, end="")
    if night.meets(fail_on.value if fail_on else settings.nightly.fail_on):
        raise typer.Exit(GATE_MET)
    if night.not_examined:
        raise typer.Exit(SOME_REJECTED)


def _with_inboxes(settings: Any, inboxes: list[Path]) -> Any:
    named = tuple(path for path in inboxes if path != Path("-"))
    return replace(settings, nightly=replace(settings.nightly, inbox=named)) if named else settings


@contextmanager
def _logging(session: Session) -> Iterator[Any]:
    from auditor.cli.logs import log_lines

    otherwise = not session.quiet and not session.err.is_terminal
    with log_lines(session.settings.nightly.log, otherwise=otherwise) as log:
        yield log


@contextmanager
def _terminable() -> Iterator[None]:
    """Let a request to end (systemd's, Kubernetes') end the job in order: recorded, its lock given back."""

    def end(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
