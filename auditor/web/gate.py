"""Who may come in: whoever has the key that was printed, from this machine, by a page of ours.

Three checks, each against another attack: the ``Host`` header (a foreign name that resolves to this machine),
the session cookie (other users of this machine), the form's token (other sites' forms). It must not know any
page.
"""

from __future__ import annotations

import hmac
import secrets
from http.cookies import CookieError, SimpleCookie

COOKIE = "auditor_review"
LOOPBACK = ("127.0.0.1", "localhost")


class Gate:
    """The key and the sessions of one run of the server; nothing of it outlives the run."""

    def __init__(self, port: int) -> None:
        self.key = secrets.token_urlsafe(24)
        self._sessions: set[str] = set()
        self._hosts = {f"{name}:{port}" for name in LOOPBACK}

    def knows_host(self, host: str) -> bool:
        """Was the request meant for this server?"""
        return host.lower() in self._hosts

    def enter(self, key: str) -> str | None:
        """The cookie of a new session for whoever has the key. A session is never taken from a request."""
        if not hmac.compare_digest(key.encode(), self.key.encode()):
            return None
        session = secrets.token_urlsafe(24)
        self._sessions.add(session)
        return f"{COOKIE}={session}; HttpOnly; SameSite=Strict; Path=/"

    def session_of(self, cookies: str) -> str | None:
        """The session that a request's cookies name, if it is one of ours."""
        try:
            found = SimpleCookie(cookies).get(COOKIE)
        except CookieError:
            return None
        return found.value if found and found.value in self._sessions else None

    def token(self, session: str) -> str:
        """What a form of that session must carry."""
        return hmac.new(self.key.encode(), session.encode(), "sha256").hexdigest()

    def is_ours(self, session: str, token: str) -> bool:
        """Does the form come from a page that this session was shown?"""
        return hmac.compare_digest(token.encode(), self.token(session).encode())
