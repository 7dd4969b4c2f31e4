"""``auditor check``: where does this pasted text come from? Nothing is stored."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.passages import print_traced
from auditor.cli.session import DatabaseOption, JsonOption, session_of
from auditor.domain import Moment


def check(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A text file; - reads standard input.")],
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare a text with all that is stored and say where its passages come from."""
    from auditor.jobs.check import check as run
    from auditor.jobs.texts import text_of

    session = session_of(ctx, database=database)
    text = text_of(file, sys.stdin.buffer)
    with session.store(create=False) as store:
        now = datetime.now(UTC).replace(microsecond=0)
        traced = run(store, session.registry(store), text, name=str(file), now=Moment(now, now))
    if as_json:
        session.json(traced.as_dict())
    else:
        print_traced(session, traced)
