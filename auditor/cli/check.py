"""``auditor check``: where does this pasted text come from? Nothing is stored."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.arguments import moment_of, source_named
from auditor.cli.passages import print_traced
from auditor.cli.session import DatabaseOption, JsonOption, session_of
from auditor.domain import Moment


def check(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A text file; - reads standard input.")],
    published: Annotated[
        str | None,
        typer.Option(help="When it was published (2026-03-01, 2026-03-01T05:00:00Z); default: now."),
    ] = None,
    source: Annotated[str | None, typer.Option(help="Who published it: a name, key or domain.")] = None,
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
        registry = session.registry(store)
        traced = run(
            store,
            registry,
            text,
            name=str(file),
            now=Moment(now, now),
            published=moment_of(published) if published else None,
            source=source_named(registry, source).key if source else None,
        )
    if as_json:
        session.json(traced.as_dict())
    else:
        print_traced(session, traced)
