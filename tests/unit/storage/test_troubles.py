"""The driver's errors in plain words, decided by its codes."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from auditor.errors import StoreFull, StoreNotOurs, StoreProblem, StoreReadOnly, StoreUnreachable
from auditor.storage.address import read_address
from auditor.storage.troubles import plain_error, plain_errors

SERVER = read_address("postgresql://ann:secret@db.example/tarn")
FILE = read_address("sqlite:///store.db")


class DriverError(Exception):
    """What a driver raises, with the codes that it carries."""

    def __init__(
        self, said: str, *, sqlstate: str | None = None, sqlite_errorname: str | None = None
    ) -> None:
        super().__init__(said)
        self.sqlstate = sqlstate
        if sqlite_errorname:
            self.sqlite_errorname = sqlite_errorname


def raised(error: DriverError) -> DBAPIError:
    return DBAPIError("SELECT 1", None, error)


@pytest.mark.parametrize(
    ("state", "kind", "words"),
    [
        (None, StoreUnreachable, "doesn't answer"),
        ("08006", StoreUnreachable, "doesn't answer"),
        ("57P03", StoreUnreachable, "doesn't answer"),
        ("28P01", StoreUnreachable, "refuses the log-in"),
        ("3D000", StoreUnreachable, "doesn't exist"),
        ("25006", StoreReadOnly, "can't be written"),
        ("42501", StoreReadOnly, "can't be written"),
        ("55P03", StoreProblem, "was in use"),
        ("57014", StoreProblem, "took too long"),
        ("53100", StoreFull, "no room"),
        ("XX001", StoreProblem, "is damaged"),
        ("23503", StoreProblem, "refused a statement"),
    ],
)
def test_each_state_of_a_server_has_its_words(
    state: str | None, kind: type[StoreProblem], words: str
) -> None:
    error = plain_error(raised(DriverError("said secret\nmore", sqlstate=state)), SERVER)
    assert type(error) is kind
    assert words in error.message
    assert error.remedy
    assert "secret" not in str(error)
    assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        ("SQLITE_READONLY_DIRECTORY", StoreReadOnly, "can't be written"),
        ("SQLITE_NOTADB", StoreNotOurs, "isn't a database"),
        ("SQLITE_CANTOPEN", StoreUnreachable, "can't be opened"),
        ("SQLITE_BUSY_SNAPSHOT", StoreProblem, "was in use"),
        ("SQLITE_CORRUPT", StoreProblem, "is damaged"),
        ("SQLITE_FULL", StoreFull, "no room"),
        ("SQLITE_IOERR_WRITE", StoreFull, "no room"),
        ("SQLITE_IOERR_READ", StoreProblem, "can't be read or written"),
        ("SQLITE_CONSTRAINT_FOREIGNKEY", StoreProblem, "refused a statement"),
    ],
)
def test_each_code_of_a_file_has_its_words(code: str, kind: type[StoreProblem], words: str) -> None:
    error = plain_error(raised(DriverError("said", sqlite_errorname=code)), FILE)
    assert type(error) is kind
    assert words in error.message
    assert "store.db" in error.message


def test_what_the_driver_says_is_told_without_the_password_and_its_cause_is_cut_off() -> None:
    with pytest.raises(StoreUnreachable) as caught, plain_errors(SERVER):
        raise raised(DriverError("no route for ann with secret"))
    assert "no route for ann with ***" in caught.value.message
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_the_cause_is_kept_where_it_tells_no_secret() -> None:
    with pytest.raises(StoreUnreachable) as caught, plain_errors(SERVER):
        raise raised(DriverError("no route"))
    assert isinstance(caught.value.__cause__, DBAPIError)


def test_other_errors_pass_unchanged() -> None:
    with pytest.raises(KeyError), plain_errors(SERVER):
        raise KeyError("x")
