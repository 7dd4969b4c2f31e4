"""Coming in and going out: the key of a server for one, the login of a server for many, and its users.

It must not know findings.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from http import HTTPStatus
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from auditor.domain import Moment
from auditor.jobs.users import LONGEST_NAME, Role, User, disable_user, list_users, logged_in
from auditor.web.gate import Session, same
from auditor.web.visit import Answer, Visit, page, seen_there

if TYPE_CHECKING:
    from auditor.storage.accounts import Account
    from auditor.web.visit import Office

# Hashing takes 64 MB each time: more than two at once and guessing would fill the memory.
_HASHING = BoundedSemaphore(2)
_LOGIN_COOKIE = "auditor-login"
_LOGIN_SECONDS = 3600
# The only pages to which a login leads on: nobody can be sent elsewhere by a link to it.
_CASE = re.compile(r"/case/(c-[0-9a-f]{1,64})")


@dataclass(frozen=True, slots=True)
class LoginPage:
    """The form to log in by; ``mark`` is what it must carry, as the cookie does."""

    mark: str
    after: str
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class UsersPage:
    """Everybody who may log in, or once might."""

    users: tuple[User, ...]
    trouble: str = ""


def enter(visit: Visit) -> Answer:
    """Let in whoever has the key."""
    office = visit.office
    key = visit.asked.get("key", [""])[-1]
    if office.key is None or office.reviewer is None:
        return seen_there("login")
    if not same(key, office.key):
        return Answer(HTTPStatus.FORBIDDEN, "this isn't the key; it changes each time the server starts")
    return _entered(visit, office.sessions.open(office.reviewer, Role.REVIEWER), "/")


def login_form(visit: Visit, trouble: str = "", status: HTTPStatus = HTTPStatus.OK, wait: int = 0) -> Answer:
    """Show the form; its mark stands in a cookie too, so that no other site can log anybody in."""
    mark = secrets.token_urlsafe(32)
    after = (visit.asked.get("after") or visit.posted.get("after") or [""])[-1]
    value = LoginPage(mark, after if _CASE.fullmatch(after) else "", trouble)
    shown = page(visit, "review_login", value, status)
    cookie = visit.office.kept(_login_cookie(visit.office), mark, seconds=_LOGIN_SECONDS)
    headers = (cookie, ("Retry-After", str(wait))) if wait else (cookie,)
    return Answer(shown.status, shown.body, headers, shown.kind, shown.policy)


def log_in(visit: Visit) -> Answer:
    """Hold a name and a password against the accounts. A new session is opened, an older one ends."""
    office = visit.office
    mark = visit.cookies.get(_login_cookie(office), "")
    if not mark or not same(mark, visit.given("mark")):
        return login_form(visit, "This form was too old. Try again.", HTTPStatus.FORBIDDEN)
    name = visit.given("name").strip()[: LONGEST_NAME + 1]
    wait = office.attempts.wait(name.casefold(), visit.address)
    if wait:
        minutes = -(-wait // 60)
        said = f"Too many attempts. Try again in {minutes} minute{'' if minutes == 1 else 's'}."
        return login_form(visit, said, HTTPStatus.TOO_MANY_REQUESTS, wait)
    with _HASHING:
        account = logged_in(office.store, name, visit.given("password"))
    if account is None:
        return login_form(visit, "Name or password is wrong.", HTTPStatus.FORBIDDEN)
    office.attempts.forget(name.casefold(), visit.address)
    session = office.sessions.open(account.name, Role(account.role), stamp_of(account))
    after = visit.given("after")
    return _entered(visit, session, after if _CASE.fullmatch(after) else "/")


def log_out(visit: Visit) -> Answer:
    """End the session, at the server too."""
    visit.office.sessions.close(visit.who.id)
    gone = visit.office.kept(visit.office.cookie, "", seconds=0)
    return Answer(HTTPStatus.SEE_OTHER, "", (gone, ("Location", "/login")))


def users(visit: Visit, trouble: str = "", status: HTTPStatus = HTTPStatus.OK) -> Answer:
    """Everybody who may log in."""
    return page(visit, "review_users", UsersPage(list_users(visit.office.store), trouble), status)


def end_user(visit: Visit) -> Answer:
    """Let somebody log in no more; nobody ends themselves, so that somebody is left who may."""
    name = visit.given("name")
    if name.strip().casefold() == visit.who.user.casefold():
        return users(visit, "You can't end your own account.", HTTPStatus.CONFLICT)
    now = datetime.now(UTC).replace(microsecond=0)
    disable_user(visit.office.store, name, at=Moment(now, now))
    return seen_there("users")


def holds(office: Office, session: Session) -> bool:
    """Does a session still stand for an account as it is? Ends it otherwise."""
    if office.key is not None:
        return True
    account = office.store.account(session.user)
    is_same = (
        account is not None
        and account.disabled is None
        and account.role == session.role.value
        and same(stamp_of(account), session.stamp)
    )
    if not is_same:
        office.sessions.close(session.id)
    return is_same


def stamp_of(account: Account) -> str:
    """What changes with an account's password."""
    return sha256(account.password.encode()).hexdigest()


def _login_cookie(office: Office) -> str:
    return f"__Host-{_LOGIN_COOKIE}" if office.is_secure else _LOGIN_COOKIE


def _entered(visit: Visit, session: Session, after: str) -> Answer:
    office = visit.office
    office.sessions.close(visit.cookies.get(office.cookie, ""))
    headers = (office.kept(office.cookie, session.id), ("Location", after))
    return Answer(HTTPStatus.SEE_OTHER, "", headers)
