"""``auditor sources``: the registry of who publishes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from auditor.cli.session import DatabaseOption, JsonOption, session_of
from auditor.domain import Source, SourceKind
from auditor.errors import NotFound

app = typer.Typer(help="The registry of sources: list, show, add, import.", no_args_is_help=True)


@app.command("list")
def list_sources(
    ctx: typer.Context,
    kind: Annotated[SourceKind | None, typer.Option(help="Only this kind.")] = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the sources: shipped, met at ingest, added, and those of auditor.toml."""
    session = session_of(ctx, database=database)
    with session.store() as store:
        sources = [s for s in session.registry(store) if kind is None or s.kind is kind]
    if as_json:
        session.json([_row(source) for source in sources])
        return
    session.table(
        ("key", "name", "kind", "domains", "owner"),
        ((s.key, s.name, s.kind.value, ", ".join(s.domains), s.owner or "") for s in sources),
    )


@app.command()
def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="A key, name, alias, domain or address.")],
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one source with all its names and ways of being credited."""
    session = session_of(ctx, database=database)
    with session.store() as store:
        source = session.registry(store).resolve(name)
    if source is None:
        raise NotFound(f"{name}: no such source", "auditor sources list names them all")
    if as_json:
        session.json(_row(source))
        return
    session.table(
        ("", ""),
        (
            (key, ", ".join(value) if isinstance(value, list) else value or "")
            for key, value in _row(source).items()
        ),
    )


@app.command()
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="What people call it.")],
    kind: Annotated[SourceKind, typer.Option(help="What it does with text.")] = SourceKind.PUBLISHER,
    key: Annotated[str | None, typer.Option(help="Its key (default: made from the name).")] = None,
    domain: Annotated[list[str] | None, typer.Option(help="A domain; may be given again.")] = None,
    alias: Annotated[list[str] | None, typer.Option(help="Another name; may be given again.")] = None,
    credit: Annotated[
        list[str] | None, typer.Option(help="How others credit it; may be given again.")
    ] = None,
    dateline: Annotated[
        list[str] | None, typer.Option(help="What stands in its dateline's brackets; may be given again.")
    ] = None,
    owner: Annotated[str | None, typer.Option(help="Who owns it.")] = None,
    database: DatabaseOption = None,
) -> None:
    """Add a source to the store, or replace the one of that key."""
    from auditor.jobs.sources import add_sources
    from auditor.registry import source_key

    session = session_of(ctx, database=database)
    source = Source(
        key=source_key(key or name),
        name=name,
        kind=kind,
        domains=tuple(domain or ()),
        aliases=tuple(alias or ()),
        credits=tuple(credit or ()),
        datelines=tuple(dateline or ()),
        owner=owner,
    )
    with session.store() as store:
        add_sources(store, [source])
    session.note(f"{source.key} stored; articles audited before keep their lineage until auditor audit --all")


@app.command("import")
def import_sources(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="TOML with [sources.KEY] tables, as in auditor.toml.")],
    database: DatabaseOption = None,
) -> None:
    """Add every source of a file to the store."""
    from auditor.jobs.sources import add_sources, sources_of_file

    session = session_of(ctx, database=database)
    sources = sources_of_file(file)
    with session.store() as store:
        add_sources(store, sources)
    session.note(f"{len(sources)} sources stored")


def _row(source: Source) -> dict[str, Any]:
    return {
        "key": source.key,
        "name": source.name,
        "kind": source.kind.value,
        "domains": list(source.domains),
        "aliases": list(source.aliases),
        "credits": list(source.credits),
        "datelines": list(source.datelines),
        "owner": source.owner,
    }
