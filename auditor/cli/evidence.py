"""``auditor evidence``: a case as one file, and the check of such a file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.session import DatabaseOption, JsonOption, session_of
from auditor.errors import FAILED, InputRejected, WriteProblem

app = typer.Typer(help="Evidence of a case: pack, verify, request.", no_args_is_help=True)


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
def request(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="The pack.")],
    out: Annotated[Path, typer.Option(help="The file to write, as in case.tsq.")],
) -> None:
    """Write what a time-stamping authority is asked (RFC 3161): the digest of the pack's manifest alone."""
    from auditor.jobs.evidence_check import manifest_of
    from auditor.jobs.timestamp import request_of

    session = session_of(ctx)
    asked = request_of(manifest_of(file))
    try:
        out.write_bytes(asked)
    except OSError as problem:
        raise WriteProblem(f"{out} can't be written: {problem.strerror}", "choose another path") from problem
    session.note(f"{out}: send it to an authority, then pack again with --stamp and what comes back")


@app.command()
def verify(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="The pack.")],
    digest: Annotated[
        str | None, typer.Option(help="The manifest's digest, as written down when it was packed.")
    ] = None,
    authority: Annotated[
        Path | None,
        typer.Option(help="Certificates (PEM) that the time stamp must go back to; checks who signed it."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Check a pack by itself, without the database; says what differs."""
    from auditor.jobs.evidence_check import check_pack

    session = session_of(ctx)
    checked = check_pack(file, expected=digest, authorities=_read(authority) if authority else None)
    if as_json:
        session.json(asdict(checked))
    else:
        for problem in checked.problems:
            session.out.print(problem, markup=False)
        said = "NOT as it was packed" if checked.problems else "as it was packed"
        session.out.print(f"{file}: case {checked.case}, {checked.files} files, {said}", markup=False)
        session.out.print(f"manifest {checked.digest}", markup=False)
        if checked.stamp:
            session.out.print(checked.stamp.sentence(), markup=False)
    if checked.problems:
        raise typer.Exit(FAILED)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise InputRejected(f"{path}: {problem.strerror}", "name a file that can be read") from problem
