"""``auditor story``: a story's tree in the terminal, with its lost originals put together."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from auditor.cli.session import DatabaseOption, JsonOption, session_of


def story(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="The id of a story, or of an article in it.")],
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show who took a story from whom and when, and what its lost originals most probably said."""
    from auditor.jobs.story import story as run

    session = session_of(ctx, database=database)
    with session.store(create=False) as store:
        told = run(store, session.registry(store), name)
    if as_json:
        session.json(told.as_dict())
        return
    out = session.out
    out.print(Text(f"{told.story.id}: {told.story.title}", style="bold"))
    for branch, depth in zip(told.branches, told.depths, strict=True):
        lead = "   " * (depth - 1) + "└─ " if depth else ""
        out.print(Text(f"{lead}{branch.sentence()}"))
    for source, rebuilt in told.lost:
        out.print()
        more = f" and {rebuilt.unread} more" if rebuilt.unread else ""
        heading = f"Reconstructed: what {source} most probably wrote, which isn't held"
        out.print(Text(heading, style="bold yellow"))
        out.print(
            Text(f"from {', '.join(rebuilt.read)}{more}; they agree in {rebuilt.agreement:.0%} of the words")
        )
        for passage in rebuilt.passages:
            line = Text(f"  {passage.agreement:4.0%} of {len(passage.copies)}  ", style="dim")
            out.print(line.append(Text(passage.text, style="not dim")))
