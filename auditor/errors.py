"""Every error that a user can meet: its message, its remedy, its exit code.

    AuditorError                 1
    ├── UsageProblem             2   the call's words are wrong
    ├── ConfigProblem            2   a setting or a file of settings is wrong
    ├── InputRejected            1   an input can't be read (3 where others went on without it)
    ├── NotFound                 1   no such article, story or source
    ├── StoreProblem             1   the database can't be used
    │   ├── StoreUnreachable
    │   ├── StoreReadOnly
    │   ├── StoreFull            5   its disk has no room left
    │   ├── StoreNotOurs
    │   └── WrongRevision
    ├── WriteProblem             1   an output can't be written (5 where its disk has no room left)
    └── AlreadyRunning           1   another job has the store's lock, or took it from this one

The message is one line that names the input; the remedy, another, says what to do.
"""

from __future__ import annotations

import errno

DONE, FAILED, WRONG_USAGE, SOME_REJECTED, GATE_MET, NO_ROOM = 0, 1, 2, 3, 4, 5
# What a system says of a disk, a quota or a file that takes no more.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
# The same from SQLite: what it calls full is ENOSPC alone.
SQLITE_FULL = frozenset({"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE"})


class AuditorError(Exception):
    """Something a user can be told in one line."""

    exit_code = FAILED

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} ({self.remedy})" if self.remedy else self.message


class UsageProblem(AuditorError):
    """The call's words are wrong."""

    exit_code = WRONG_USAGE


class ConfigProblem(AuditorError):
    """A setting or a file of settings is wrong."""

    exit_code = WRONG_USAGE


class InputRejected(AuditorError):
    """An input can't be read or isn't what it claims to be.

    Where others go on without it, a job ends with SOME_REJECTED; alone, it has failed.
    """


class NotFound(AuditorError):
    """No such article, story or source in this store."""


class StoreProblem(AuditorError):
    """The database can't be used."""


class StoreUnreachable(StoreProblem):
    """The database doesn't answer."""


class StoreReadOnly(StoreProblem):
    """The database can't be written."""


class StoreFull(StoreProblem):
    """The database's disk has no room left."""

    exit_code = NO_ROOM


class StoreNotOurs(StoreProblem):
    """The file or database holds something else."""


class WrongRevision(StoreProblem):
    """The database's schema is older or newer than this program."""


class WriteProblem(AuditorError):
    """An output can't be written."""


class AlreadyRunning(AuditorError):
    """Another job holds the lock of this store, or has taken it over."""


def exit_code_of(error: AuditorError) -> int:
    """The exit code that tells a script what went wrong: of a full disk its own, whatever was written."""
    cause = error.__cause__
    is_full = isinstance(cause, OSError) and cause.errno in _FULL
    is_full = is_full or getattr(cause, "sqlite_errorname", None) in SQLITE_FULL
    return NO_ROOM if is_full else error.exit_code
