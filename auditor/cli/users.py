"""``auditor users``: who may log in to the review application."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from auditor.cli.session import DatabaseOption, JsonOption, session_of
from auditor.domain import Moment
from auditor.errors import UsageProblem
from auditor.jobs.users import Role

app = typer.Typer(help="Users of the review application: add, list, disable, passwd.", no_args_is_help=True)

NameArgument = Annotated[str, typer.Argument(help="The name to log in by, as it stands in the log.")]


@app.command()
def add(
    ctx: typer.Context,
    name: NameArgument,
    role: Annotated[Role, typer.Option(help="What they may do.")] = Role.REVIEWER,
    database: DatabaseOption = None,
) -> None:
    """Make a user. The password is asked for, or is the first line of standard input."""
    from auditor.jobs.users import add_user

    session = session_of(ctx, database=database)
    with session.store(create=False) as store:
        user = add_user(store, name, role, _password(), at=_now())
    session.note(f"{user.name} may log in as {user.role.value}")


@app.command("list")
def list_(ctx: typer.Context, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """List the users; passwords can't be shown."""
    from auditor.jobs.users import list_users

    session = session_of(ctx, database=database)
    with session.store(create=False) as store:
        users = list_users(store)
    rows = [
        {
            "name": one.name,
            "role": one.role.value,
            "created": str(one.created),
            "disabled": str(one.disabled) if one.disabled else None,
        }
        for one in users
    ]
    if as_json:
        session.json(rows)
    else:
        session.table(("name", "role", "created", "disabled"), (row.values() for row in rows))


@app.command()
def disable(ctx: typer.Context, name: NameArgument, database: DatabaseOption = None) -> None:
    """Let a user log in no more; what they decided stays."""
    from auditor.jobs.users import disable_user

    session = session_of(ctx, database=database)
    with session.store(create=False) as store:
        disable_user(store, name, at=_now())
    session.note(f"{name} can't log in any more")


@app.command()
def passwd(ctx: typer.Context, name: NameArgument, database: DatabaseOption = None) -> None:
    """Give a user another password, asked for or from standard input; their sessions end."""
    from auditor.jobs.users import set_password

    session = session_of(ctx, database=database)
    with session.store(create=False) as store:
        set_password(store, name, _password())
    session.note(f"{name} has a new password")


def _password() -> str:
    """Asked for twice at a terminal, else the first line of standard input; never an argument."""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    given = sys.stdin.readline().rstrip("\r\n")
    if not given:
        raise UsageProblem("no password was given", "type it, or give it on standard input")
    return given


def _now() -> Moment:
    now = datetime.now(UTC).replace(microsecond=0)
    return Moment(now, now)
