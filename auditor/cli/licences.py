"""``auditor licences``: what was agreed with whom, as it stands in the folder of agreements."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.cli.session import DatabaseOption, JsonOption, Session, session_of
from auditor.errors import FAILED

if TYPE_CHECKING:
    from auditor.registry import Registry

app = typer.Typer(help="The agreements: check, list, export.", no_args_is_help=True)

FolderOption = Annotated[
    Path | None, typer.Option("--licences", help="The folder of agreements (default: licences).")
]


class Format(StrEnum):
    """The form of an export."""

    ODRL = "odrl"


@app.command()
def check(
    ctx: typer.Context,
    folder: FolderOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read every agreement; name file, line and key of each mistake; show what overlaps."""
    from auditor.jobs.licences import check_licences

    session = session_of(ctx, database=database, licences=folder)
    with _registry(session) as registry:
        checked = check_licences(session.settings.licences, registry)
    if as_json:
        session.json(checked.as_dict())
    else:
        for mistake in checked.mistakes:
            session.out.print(str(mistake), markup=False)
        for conflict in checked.conflicts:
            session.out.print(f"note: {conflict}", markup=False)
        count, wrong = len(checked.terms.agreements), len(checked.mistakes)
        session.out.print(
            f"{session.settings.licences}: {count} agreements, {wrong} mistakes, "
            f"{len(checked.conflicts)} overlaps",
            markup=False,
        )
    if checked.mistakes:
        raise typer.Exit(FAILED)


@app.command("list")
def list_licences(
    ctx: typer.Context,
    folder: FolderOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the agreements: who licenses to whom, from when to when, which rules."""
    from auditor.jobs.licences import load_terms

    session = session_of(ctx, database=database, licences=folder)
    with _registry(session) as registry:
        checked = load_terms(session.settings.licences, registry)
    if as_json:
        session.json([agreement.as_dict() for agreement in checked.terms.agreements])
        return
    session.table(
        ("agreement", "licensor", "licensees", "from", "until", "rules"),
        (
            (
                one.id,
                one.licensor,
                ", ".join(one.licensees),
                one.valid_from,
                one.valid_until,
                ", ".join(rule.kind.value for rule in one.rules),
            )
            for one in checked.terms.agreements
        ),
    )


@app.command()
def export(
    ctx: typer.Context,
    form: Annotated[Format, typer.Option("--format", help="odrl: ODRL 2.2 in JSON-LD.")] = Format.ODRL,
    out: Annotated[Path | None, typer.Option(help="The file (default: standard output).")] = None,
    folder: FolderOption = None,
    database: DatabaseOption = None,
) -> None:
    """Give out the agreements as ODRL."""
    from auditor.jobs.licences import export_odrl, load_terms

    session = session_of(ctx, database=database, licences=folder)
    assert form is Format.ODRL
    with _registry(session) as registry:
        checked = load_terms(session.settings.licences, registry)
        export_odrl(checked.terms, registry, out)
    if out:
        session.note(f"{len(checked.terms.agreements)} agreements written to {out}")


@contextmanager
def _registry(session: Session) -> Iterator[Registry]:
    """The sources known; those of the store too, where there is one."""
    from auditor.errors import StoreUnreachable

    try:
        with session.store(create=False) as store:
            yield session.registry(store)
    except StoreUnreachable:
        yield session.registry()
