"""Who may log in to the review application: added, listed, ended, and held against their passwords.

    name, password | argon2id | account          name, password | account, or nobody

Passwords are hashed by argon2-cffi with the parameters that RFC 9106 recommends for little memory. Must not
know of sessions or pages.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from auditor.domain import Moment
from auditor.errors import NotFound, UsageProblem

if TYPE_CHECKING:
    from argon2 import PasswordHasher

    from auditor.storage import Store
    from auditor.storage.accounts import Account

# NIST SP 800-63B-4 asks for at least 15 characters where a password is the only factor; no rules of
# composition. The longest keeps hashing from being made to work on megabytes.
SHORTEST_PASSWORD = 15
LONGEST_PASSWORD = 256
LONGEST_NAME = 64


class Role(StrEnum):
    """What somebody may do; each may do what those before it may."""

    READER = "reader"  # sees queue, cases, packs
    REVIEWER = "reviewer"  # decides, takes cases
    ADMINISTRATOR = "administrator"  # gives cases to others, ends accounts

    def may(self, needed: Role) -> bool:
        """Does the role reach that far?"""
        order = list(Role)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True)
class User:
    """An account as it is shown: without its password."""

    name: str
    role: Role
    created: Moment
    disabled: Moment | None


def add_user(store: Store, name: str, role: Role, password: str, *, at: Moment) -> User:
    """Make an account. Raises UsageProblem for a name or password that can't be used."""
    from auditor.storage.accounts import Account

    named = _name(name)
    taken = [one.name for one in store.accounts() if one.name.casefold() == named.casefold()]
    if taken:
        raise UsageProblem(f"there is a user {taken[0]!r} already", "choose another name")
    account = Account(named, role.value, _hashed(password), at)
    store.add_account(account)
    return _shown(account)


def list_users(store: Store) -> tuple[User, ...]:
    """Every account, sorted by name."""
    return tuple(map(_shown, store.accounts()))


def disable_user(store: Store, name: str, *, at: Moment) -> None:
    """End an account; what it decided stays. Its sessions end with their next request. Raises NotFound."""
    store.change_account(_known(store, name).name, disabled=at)


def set_password(store: Store, name: str, password: str) -> None:
    """Give an account another password; its sessions end. Raises NotFound and UsageProblem."""
    store.change_account(_known(store, name).name, password=_hashed(password))


def has_users(store: Store) -> bool:
    """Is there an account that somebody can log in to?"""
    return any(one.disabled is None for one in store.accounts())


def logged_in(store: Store, name: str, password: str) -> Account | None:
    """The account of whoever knows its password; None for anybody else.

    Takes as long for a name that there isn't, so that names can't be found out by the clock.
    """
    from argon2.exceptions import InvalidHashError, VerificationError

    account = _found(store, name)
    is_usable = account is not None and account.disabled is None
    try:
        _hasher().verify(account.password if account and is_usable else _nobody(), _text(password))
    except (VerificationError, InvalidHashError):
        return None
    if account is None or not is_usable:
        return None
    if _hasher().check_needs_rehash(account.password):
        store.change_account(account.name, password=_hasher().hash(_text(password)))
        account = store.account(account.name)
    return account


def _known(store: Store, name: str) -> Account:
    account = _found(store, name)
    if account is None:
        raise NotFound(f"no user {name!r} in this store", "see auditor users list")
    return account


def _found(store: Store, name: str) -> Account | None:
    folded = _text(name).strip().casefold()
    return next((one for one in store.accounts() if one.name.casefold() == folded), None)


def _shown(account: Account) -> User:
    return User(account.name, Role(account.role), account.created, account.disabled)


def _name(name: str) -> str:
    named = _text(name).strip()
    if not named or len(named) > LONGEST_NAME or not named.isprintable():
        raise UsageProblem(
            f"{name!r} can't be a user's name", f"give 1 to {LONGEST_NAME} characters that can be seen"
        )
    return named


def _hashed(password: str) -> str:
    given = _text(password)
    if not SHORTEST_PASSWORD <= len(given) <= LONGEST_PASSWORD:
        raise UsageProblem(
            f"a password must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters",
            "take several words that nobody would guess together",
        )
    return _hasher().hash(given)


def _text(given: str) -> str:
    """One form of what looks the same, whatever keyboard typed it."""
    return unicodedata.normalize("NFC", given[: LONGEST_PASSWORD + 1])


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher
    from argon2.profiles import RFC_9106_LOW_MEMORY

    return PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


@cache
def _nobody() -> str:
    """The hash of a password that nobody knows."""
    from secrets import token_urlsafe

    return _hasher().hash(token_urlsafe())
