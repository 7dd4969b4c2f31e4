"""Sessions end, attempts are counted, names are known: each by a clock that the test turns."""

from __future__ import annotations

import pytest

from auditor.jobs.users import Role
from auditor.web.gate import (
    IDLE_SECONDS,
    LONGEST_SECONDS,
    MOST_OF_ADDRESS,
    MOST_OF_NAME,
    MOST_SESSIONS,
    MOST_TRIES,
    WINDOW_SECONDS,
    Attempts,
    Hosts,
    Sessions,
    same,
)


class Clock:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_session_is_found_by_its_id_alone_until_it_is_closed(clock: Clock) -> None:
    sessions = Sessions(clock)
    one, other = sessions.open("ada", Role.READER), sessions.open("ada", Role.READER)
    assert len({one.id, other.id, one.token, other.token}) == 4
    assert sessions.of(one.id) is one
    assert sessions.of("") is None and sessions.of(one.token) is None
    sessions.close(one.id)
    sessions.close("none")
    assert sessions.of(one.id) is None and sessions.of(other.id) is other


def test_a_session_ends_when_it_was_silent_for_too_long(clock: Clock) -> None:
    sessions = Sessions(clock)
    one = sessions.open("ada", Role.READER)
    for _ in range(3):
        clock.now += IDLE_SECONDS
        assert sessions.of(one.id) is one
    clock.now += IDLE_SECONDS + 1
    assert sessions.of(one.id) is None
    clock.now -= IDLE_SECONDS
    assert sessions.of(one.id) is None


def test_a_session_ends_after_a_day_however_busy(clock: Clock) -> None:
    sessions = Sessions(clock)
    one = sessions.open("ada", Role.READER)
    for _ in range(LONGEST_SECONDS // IDLE_SECONDS):
        clock.now += IDLE_SECONDS
        assert sessions.of(one.id) is one
    clock.now += 1
    assert sessions.of(one.id) is None


def test_of_too_many_sessions_the_one_that_was_silent_longest_ends(clock: Clock) -> None:
    sessions = Sessions(clock)
    first, second = sessions.open("ada", Role.READER), sessions.open("bo", Role.READER)
    assert sessions.of(first.id) is first
    for _ in range(MOST_SESSIONS - 1):
        sessions.open("cy", Role.READER)
    assert sessions.of(second.id) is None
    assert sessions.of(first.id) is first


def test_after_some_attempts_for_a_name_from_an_address_one_waits(clock: Clock) -> None:
    attempts = Attempts(clock)
    assert [attempts.wait("ada", "10.0.0.1") for _ in range(MOST_TRIES)] == [0] * MOST_TRIES
    assert attempts.wait("ada", "10.0.0.1") == WINDOW_SECONDS + 1
    assert attempts.wait("ada", "10.0.0.2") == 0
    assert attempts.wait("bo", "10.0.0.1") == 0
    clock.now += WINDOW_SECONDS
    assert attempts.wait("ada", "10.0.0.1") == 0


def test_who_knows_the_password_begins_anew(clock: Clock) -> None:
    attempts = Attempts(clock)
    for _ in range(MOST_TRIES):
        attempts.wait("ada", "10.0.0.1")
    attempts.forget("ada", "10.0.0.1")
    assert attempts.wait("ada", "10.0.0.1") == 0


def test_changing_the_name_or_the_address_doesnt_help_for_long(clock: Clock) -> None:
    attempts = Attempts(clock)
    assert not any(attempts.wait(f"name {n}", "10.0.0.1") for n in range(MOST_OF_ADDRESS))
    assert attempts.wait("another", "10.0.0.1")
    attempts = Attempts(clock)
    assert not any(attempts.wait("ada", f"10.0.1.{n}") for n in range(MOST_OF_NAME))
    assert attempts.wait("ada", "10.0.2.1")


def test_only_its_own_names_are_known() -> None:
    private = Hosts(("127.0.0.1", "localhost", "[::1]"), 8642)
    assert private.knows("127.0.0.1:8642") and private.knows("LOCALHOST:8642") and private.knows("[::1]:8642")
    for other in ("", "127.0.0.1", "127.0.0.1:80", "evil.example:8642", "127.0.0.1:8642.evil.example"):
        assert not private.knows(other), other
    public = Hosts(("review.example",), 8642)
    assert public.knows("review.example") and public.knows("review.example:8642")
    assert not public.knows("evil.example") and not public.knows("xreview.example")


def test_only_its_own_origins_are_its_own() -> None:
    hosts = Hosts(("127.0.0.1",), 8642)
    assert hosts.is_ours("") and hosts.is_ours("http://127.0.0.1:8642")
    for other in (
        "null",
        "http://evil.example",
        "http://127.0.0.1",
        "file://127.0.0.1:8642",
        "127.0.0.1:8642",
    ):
        assert not hosts.is_ours(other), other


def test_secrets_of_any_characters_are_compared() -> None:
    assert same("ä\ud800", "ä\ud800")
    assert not same("ä", "a") and not same("", "a")
