"""``auditor trace``: the lineage of one article in the terminal."""

from __future__ import annotations

from typing import Annotated

import typer

from auditor.cli.passages import print_traced
from auditor.cli.session import DatabaseOption, JsonOption, session_of


def trace(
    ctx: typer.Context,
    article: Annotated[str, typer.Argument(help="The article's id.")],
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show each passage of an article, whom it derives from, and why we think so."""
    from auditor.jobs.trace import trace as run

    session = session_of(ctx, database=database)
    with session.store(create=False) as store:
        traced = run(store, session.registry(store), article)
    if as_json:
        session.json(traced.as_dict())
    else:
        print_traced(session, traced)
