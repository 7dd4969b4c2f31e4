"""``auditor evidence``: a case as one file, and the check of such a file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.session import DatabaseOption, JsonOption, session_of
from auditor.errors import FAILED, InputRejected

app = typer.Typer(help="Evidence of a case: pack, verify.", no_args_is_help=True)


@app.command()
def pack(
    ctx: typer.Context,
    case: Annotated[str, typer.Argument(help="A case (c-…), or a finding (f-…) of it.")],
    out: Annotated[Path, typer.Option(help="The file to write.")],
    stamp: Annotated[
        Path | None,
        typer.Option(help="An RFC 3161 time stamp of the pack's MANIFEST.json, to be put beside it."),
    ] = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write all that is known of a case into one file; the same case gives the same bytes."""
    from auditor.jobs.evidence import pack as run

    session = session_of(ctx, database=database)
    with session.store(create=False) as store:
        packed = run(store, session.registry(store), case, out, stamp=_read(stamp) if stamp else None)
    if as_json:
        session.json(asdict(packed))
    else:
        session.out.print(f"{out}: case {packed.case}, {packed.files} files", markup=False)
        session.out.print(f"manifest {packed.digest}", markup=False)


@app.command()
def verify(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="The pack.")],
    digest: Annotated[
        str | None, typer.Option(help="The manifest's digest, as written down when it was packed.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Check a pack by itself, without the database; says what differs."""
    from auditor.jobs.evidence_check import check_pack

    session = session_of(ctx)
    checked = check_pack(file, expected=digest)
    if as_json:
        session.json(asdict(checked))
    else:
        for problem in checked.problems:
            session.out.print(problem, markup=False)
        said = "NOT as it was packed" if checked.problems else "as it was packed"
        session.out.print(f"{file}: case {checked.case}, {checked.files} files, {said}", markup=False)
        session.out.print(f"manifest {checked.digest}", markup=False)
        if checked.has_stamp:
            session.note("it has a time stamp; README.txt in it says how to check that")
    if checked.problems:
        raise typer.Exit(FAILED)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise InputRejected(f"{path}: {problem.strerror}", "name a file that can be read") from problem
