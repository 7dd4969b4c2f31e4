"""``auditor furniture``: the lines that count as page furniture, and what a person says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from auditor.cli.arguments import source_named
from auditor.cli.session import DatabaseOption, JsonOption, Session, session_of

if TYPE_CHECKING:
    from auditor.storage import Furnishing

app = typer.Typer(
    help="Lines that sites print under everything, which nobody copied: list, add, keep, remove.",
    no_args_is_help=True,
)

TextArgument = Annotated[str, typer.Argument(help="The line, as it stands on the page; of several, each.")]
LineArgument = Annotated[str, typer.Argument(help="The line's name as listed, or the line itself.")]
_NEXT = "the next audit examines anew what holds it"
_LONGEST = 90


@app.command("list")
def list_furniture(
    ctx: typer.Context,
    source: Annotated[str | None, typer.Option(help="Only what this source prints, by any name.")] = None,
    said: Annotated[
        bool, typer.Option("--said", help="Only what a person said, not what was learnt.")
    ] = False,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the lines that count as furniture, and those kept as text, with where they were met."""
    from auditor.jobs.furniture import listed, name_of
    from auditor.storage import LineStanding

    session = session_of(ctx, database=database)
    with session.store(create=False) as store:
        registry = session.registry(store)
        key = source_named(registry, source).key if source else None
        found = listed(store, source=key)
    if said:
        found = tuple(each for each in found if each.standing is not LineStanding.LEARNT)
    if as_json:
        session.json([_row(each) for each in found])
        return
    session.table(
        ("line", "standing", "source", "text", "met in"),
        (
            (
                name_of(each.line),
                each.standing.value,
                ", ".join(registry.name_of(source) or source for source in each.sources),
                _short(each.text),
                ", ".join(each.seen),
            )
            for each in found
        ),
    )


@app.command()
def add(
    ctx: typer.Context, text: TextArgument, database: DatabaseOption = None, as_json: JsonOption = False
) -> None:
    """Let a line be furniture, whoever prints it and however often."""
    from auditor.jobs.furniture import add_furniture

    session = session_of(ctx, database=database)
    with session.store(create=False) as store:
        _tell(session, "furniture", add_furniture(store, text), as_json=as_json)


@app.command()
def keep(
    ctx: typer.Context, line: LineArgument, database: DatabaseOption = None, as_json: JsonOption = False
) -> None:
    """Keep a line as text, whatever is learnt: who has it may have copied it."""
    from auditor.jobs.furniture import keep_as_text

    session = session_of(ctx, database=database)
    with session.store(create=False) as store:
        _tell(session, "kept as text", keep_as_text(store, line), as_json=as_json)


@app.command()
def remove(
    ctx: typer.Context, line: LineArgument, database: DatabaseOption = None, as_json: JsonOption = False
) -> None:
    """Take back what was said of a line with add or keep: what is learnt decides again."""
    from auditor.jobs.furniture import remove_furniture

    session = session_of(ctx, database=database)
    with session.store(create=False) as store:
        _tell(session, "taken back", [remove_furniture(store, line)], as_json=as_json)


def _tell(
    session: Session, what: str, lines: list[Furnishing] | tuple[Furnishing, ...], *, as_json: bool
) -> None:
    if as_json:
        session.json([_row(each) for each in lines])
        return
    for each in lines:
        session.out.print(f"{what}: {_short(each.text)}", markup=False)
    session.note(_NEXT)


def _row(each: Furnishing) -> dict[str, Any]:
    from auditor.jobs.furniture import name_of

    return {
        "line": name_of(each.line),
        "standing": each.standing.value,
        "source": each.source,
        "also": list(each.also),
        "text": each.text,
        "seen": list(each.seen),
    }


def _short(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= _LONGEST else joined[: _LONGEST - 1] + "…"
