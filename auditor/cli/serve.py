"""``auditor serve``: the review application, for one reviewer on this machine or for users who log in."""

from __future__ import annotations

import getpass
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.session import DatabaseOption, QuietOption, session_of


def serve(
    ctx: typer.Context,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes any free one.")] = 8642,
    host: Annotated[
        str, typer.Option(help="The address to listen on; any but this machine's own needs users and TLS.")
    ] = "127.0.0.1",
    name: Annotated[
        list[str] | None, typer.Option(help="A name that browsers ask for, as in review.example.")
    ] = None,
    certificate: Annotated[Path | None, typer.Option(help="The TLS certificate, in PEM.")] = None,
    private_key: Annotated[Path | None, typer.Option(help="Its private key, in PEM.")] = None,
    behind_proxy: Annotated[
        bool, typer.Option("--behind-proxy", help="A proxy on this machine does TLS and passes on addresses.")
    ] = False,
    reviewer: Annotated[
        str | None,
        typer.Option(help="Who decides, where there are no users (default: the name you are logged in by)."),
    ] = None,
    database: DatabaseOption = None,
    quiet: QuietOption = False,
) -> None:
    """Review findings in a browser; stop with Ctrl-C. Where users were made, everybody logs in."""
    from auditor.jobs.users import has_users
    from auditor.web.server import Listening, make_review_server

    session = session_of(ctx, database=database, quiet=quiet)
    listening = Listening(host, port, tuple(name or ()), certificate, private_key, behind_proxy)
    with session.store(create=False) as store:
        if reviewer is None and not has_users(store):
            reviewer = getpass.getuser()
        server = make_review_server(
            store,
            session.registry(store),
            listening,
            reviewer=reviewer,
            second=session.settings.second_sign_off,
        )
        session.out.print(f"open {server.address}", markup=False, soft_wrap=True)
        reach = "only this machine can reach it; " if listening.is_private else ""
        session.note(f"{reach}stop with Ctrl-C")
        with suppress(KeyboardInterrupt):
            server.serve()
