"""Who may come in: sessions, the tokens of their forms, how often a password may be tried, known names.

Each against another attack: the ``Host`` header (a foreign name that resolves to this machine), the session
cookie (other users), the form's token (other sites' forms), the attempts (guessing). Nothing of it outlives
the run of the server. It must not know any page, nor how a password is checked.
"""

from __future__ import annotations

import hmac
import secrets
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from auditor.jobs.users import Role

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
# A working day at most, and half an hour away from the desk (OWASP: 15 to 30 minutes where much is at stake).
LONGEST_SECONDS = 12 * 3600
IDLE_SECONDS = 30 * 60
MOST_SESSIONS = 1000
# Within a quarter of an hour: five wrong passwords for a name from one address; thirty from one address and
# fifty for one name whatever the other is, for those who change one of the two.
WINDOW_SECONDS = 15 * 60
MOST_TRIES = 5
MOST_OF_ADDRESS = 30
MOST_OF_NAME = 50
MOST_KEPT = 10_000

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Session:
    """One login: ``id`` is the cookie's value, ``token`` what its forms must carry.

    ``stamp`` is a digest of the password as it was then: another password ends the session.
    """

    id: str
    user: str
    role: Role
    token: str
    stamp: str
    began: float


class Sessions:
    """The sessions of one run of the server. An id is always made here, never taken from a request."""

    def __init__(self, clock: Clock = monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._open: OrderedDict[str, tuple[Session, float]] = OrderedDict()

    def open(self, user: str, role: Role, stamp: str = "") -> Session:
        """A new session; the one that was silent longest ends where there are too many."""
        session = Session(
            secrets.token_urlsafe(32), user, role, secrets.token_urlsafe(32), stamp, self._clock()
        )
        with self._lock:
            self._open[session.id] = session, session.began
            while len(self._open) > MOST_SESSIONS:
                self._open.popitem(last=False)
        return session

    def of(self, given: str) -> Session | None:
        """The session of that id, unless it was silent or open for too long."""
        now = self._clock()
        with self._lock:
            session, seen = self._open.get(given, (None, 0.0))
            if session is None:
                return None
            if now - seen > IDLE_SECONDS or now - session.began > LONGEST_SECONDS:
                del self._open[given]
                return None
            self._open[given] = session, now
            self._open.move_to_end(given)
        return session

    def close(self, given: str) -> None:
        """End a session."""
        with self._lock:
            self._open.pop(given, None)


class Attempts:
    """How often passwords were tried of late, by name, by address, and by both."""

    def __init__(self, clock: Clock = monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._tried: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()

    def wait(self, name: str, address: str) -> int:
        """Count an attempt, before its password is looked at; the seconds to wait where there were too many.

        An attempt that must wait isn't counted, so that whoever waits gets in.
        """
        now = self._clock()
        limits = {
            (name, address): MOST_TRIES,
            ("", address): MOST_OF_ADDRESS,
            (name, ""): MOST_OF_NAME,
        }
        with self._lock:
            waits = [self._wait(key, most, now) for key, most in limits.items()]
            if not any(waits):
                for key in limits:
                    self._tried.setdefault(key, deque()).append(now)
                    self._tried.move_to_end(key)
                while len(self._tried) > MOST_KEPT:
                    self._tried.popitem(last=False)
        return max(waits)

    def forget(self, name: str, address: str) -> None:
        """Somebody knew the password: what they tried before is forgotten."""
        with self._lock:
            self._tried.pop((name, address), None)

    def _wait(self, key: tuple[str, str], most: int, now: float) -> int:
        tried = self._tried.get(key, deque())
        while tried and tried[0] <= now - WINDOW_SECONDS:
            tried.popleft()
        return int(tried[0] + WINDOW_SECONDS - now) + 1 if len(tried) >= most else 0


class Hosts:
    """The names under which the server may be asked for."""

    def __init__(self, names: Iterable[str], port: int) -> None:
        named = [name.lower() for name in names]
        self._known = {f"{name}:{port}" for name in named}
        if port in (80, 443) or any(name not in LOOPBACK for name in named):
            self._known |= set(named)  # behind a proxy the port is the proxy's own

    def knows(self, host: str) -> bool:
        """Was the request meant for this server?"""
        return host.lower() in self._known

    def is_ours(self, origin: str) -> bool:
        """Is that the origin of a page of ours? None given counts as ours: the token decides."""
        scheme, separator, host = origin.partition("://")
        return not origin or (bool(separator) and scheme in ("http", "https") and self.knows(host))


def same(one: str, other: str) -> bool:
    """Are two secrets the same? Takes as long wherever they differ."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
