"""Turns what a database's driver raises into one line with a remedy and without secrets.

Must not know of engines or tables; it is told the address, and decides by the driver's own codes, never
by the wording of its messages.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from auditor.errors import SQLITE_FULL, StoreFull, StoreNotOurs, StoreProblem, StoreReadOnly, StoreUnreachable
from auditor.storage.address import Address

# How long a writer waits for the others. A night's longest batch takes seconds; a minute is patience
# enough, and short enough that a cron job says what it waits for instead of hanging.
WAIT_SECONDS = 60

Trouble = tuple[type[StoreProblem], str, str]

_BUSY: Trouble = (StoreProblem, f"was in use for {WAIT_SECONDS} s", "wait for the other writer to end")
_DOWN: Trouble = (StoreUnreachable, "doesn't answer", "check that it runs and that the address is right")
_LOCKED_OUT: Trouble = (StoreUnreachable, "refuses the log-in", "check user and password")

_NO_ROOM: Trouble = (StoreFull, "has no room left on its disk", "free some, then run this again")

_REFUSED = "refused a statement"

# By the first word of SQLite's result code.
_SQLITE: dict[str, Trouble] = {
    "READONLY": (StoreReadOnly, "can't be written", "check who owns the file and its folder"),
    "PERM": (StoreReadOnly, "can't be written", "check who owns the file and its folder"),
    "NOTADB": (StoreNotOurs, "isn't a database", "name another file, or move this one away"),
    "CANTOPEN": (StoreUnreachable, "can't be opened", "check that it and its folder may be read and written"),
    "BUSY": _BUSY,
    "LOCKED": _BUSY,
    "CORRUPT": (StoreProblem, "is damaged", "restore it from a backup"),
    "IOERR": (StoreProblem, "can't be read or written", "check its disk, then run this again"),
}

# By SQLSTATE, or by its class of two characters.
_POSTGRESQL: dict[str, Trouble] = {
    "08": _DOWN,
    "57": _DOWN,
    "57014": (StoreProblem, "took too long over a statement", "see what else the server is busy with"),
    "55P03": _BUSY,
    "28": _LOCKED_OUT,
    "3D": (StoreUnreachable, "doesn't exist", "create it with createdb"),
    "25006": (StoreReadOnly, "can't be written", "name the server that takes writes"),
    "42501": (StoreReadOnly, "can't be written by this user", "grant the user its rights"),
    "53100": _NO_ROOM,
    "53": (StoreProblem, "has no memory or connections left", "free some, then run this again"),
    "58": (StoreProblem, "can't be read or written", "check the server's disk, then run this again"),
    "XX": (StoreProblem, "is damaged", "restore it from a backup"),
}


@contextmanager
def plain_errors(address: Address) -> Iterator[None]:
    """Let nothing of the driver's errors through but a StoreProblem of ours."""
    try:
        yield
    except DBAPIError as error:
        # A traceback prints the cause too, so one that repeats a secret is cut off.
        cause = None if any(secret in str(error) for secret in address.secrets()) else error
        raise plain_error(error, address) from cause


def plain_error(error: DBAPIError, address: Address) -> StoreProblem:
    """The driver's error in plain words."""
    kind, words, remedy = _trouble(error)
    if (kind is StoreUnreachable and not address.is_sqlite) or words == _REFUSED:
        words = f"{words}: {_said(error, address)}"
    return kind(f"the store {address.shown} {words}", remedy)


def _trouble(error: DBAPIError) -> Trouble:
    code = getattr(error.orig, "sqlite_errorname", None)
    if code is not None:
        found = _NO_ROOM if code in SQLITE_FULL else _SQLITE.get(code.split("_")[1])
    else:
        state = getattr(error.orig, "sqlstate", None)
        # A connection that was never made, or broke, has no state.
        found = _DOWN if state is None else _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2])
    return found or (StoreProblem, _REFUSED, "run: auditor doctor")


def _said(error: DBAPIError, address: Address) -> str:
    """The driver's first line without any secret of the address."""
    said = " ".join(str(error.orig).strip().split("\n", 1)[0].split())
    for secret in address.secrets():
        said = said.replace(secret, "***")
    return said
