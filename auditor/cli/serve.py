"""``auditor serve``: the review application, for one reviewer on this machine."""

from __future__ import annotations

import getpass
from contextlib import suppress
from typing import Annotated

import typer

from auditor.cli.session import DatabaseOption, QuietOption, session_of


def serve(
    ctx: typer.Context,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes any free one.")] = 8642,
    reviewer: Annotated[
        str | None, typer.Option(help="Who decides (default: the name you are logged in by).")
    ] = None,
    database: DatabaseOption = None,
    quiet: QuietOption = False,
) -> None:
    """Review findings in a browser on this machine; stop with Ctrl-C."""
    from auditor.web.server import make_review_server

    session = session_of(ctx, database=database, quiet=quiet)
    with session.store(create=False) as store:
        registry = session.registry(store)
        server, address = make_review_server(
            store, registry, port=port, reviewer=reviewer or getpass.getuser()
        )
        session.out.print(f"open {address}", markup=False, soft_wrap=True)
        session.note("only this machine can reach it; stop with Ctrl-C")
        with server, suppress(KeyboardInterrupt):
            server.serve_forever()
