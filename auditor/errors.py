"""Every error that a user can meet: its message, its remedy, its exit code.

    AuditorError                 1
    ├── UsageProblem             2   the call's words are wrong
    ├── ConfigProblem            2   a setting or a file of settings is wrong
    ├── InputRejected            1   an input can't be read (3 where others went on without it)
    ├── NotFound                 1   no such article, story or source
    ├── StoreProblem             1   the database can't be used
    │   ├── StoreUnreachable
    │   ├── StoreReadOnly
    │   ├── StoreNotOurs
    │   └── WrongRevision
    ├── WriteProblem             1   an output can't be written
    └── AlreadyRunning           1   another job has the store's lock, or took it from this one

The message is one line that names the input; the remedy, another, says what to do.
"""

from __future__ import annotations

DONE, FAILED, WRONG_USAGE, SOME_REJECTED, GATE_MET = 0, 1, 2, 3, 4


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


class StoreNotOurs(StoreProblem):
    """The file or database holds something else."""


class WrongRevision(StoreProblem):
    """The database's schema is older or newer than this program."""


class WriteProblem(AuditorError):
    """An output can't be written."""


class AlreadyRunning(AuditorError):
    """Another job holds the lock of this store, or has taken it over."""
