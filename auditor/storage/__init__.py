"""Keeps articles and everything found of them in a database: SQLite by default, PostgreSQL by URL.

    url → address → engine → Store: articles, ledger, fingerprints, findings, stories
                  ↘ migrate: the schema's history    ↘ health: what the doctor asks

The store takes and gives domain values in batches. It must not know how an article was read, what a
match means, or in which order jobs run. SQLModel, SQLAlchemy and Alembic are imported only when a store
is opened, so that commands which need none stay quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from auditor.storage.records import (
    Finding,
    Furnishing,
    Holder,
    InboxFile,
    InboxState,
    Known,
    LineStanding,
    Mark,
    Outline,
    Removal,
    Run,
    RunStatus,
)

if TYPE_CHECKING:
    from auditor.storage.store import Store

__all__ = [
    "Finding",
    "Furnishing",
    "Holder",
    "InboxFile",
    "InboxState",
    "Known",
    "LineStanding",
    "Mark",
    "Outline",
    "Removal",
    "Run",
    "RunStatus",
    "Store",
    "examine",
    "open_store",
]


def open_store(url: str, *, create: bool = True) -> Store:
    """Open the store at a database URL; a context manager that closes it.

    A store that doesn't exist yet is made, with its folder, unless ``create`` is False. Raises
    StoreUnreachable, StoreReadOnly, StoreNotOurs or WrongRevision, none of which shows a password.
    """
    from auditor.storage.store import Store

    return Store.open(url, create=create)


def examine(url: str) -> tuple[Finding, ...]:
    """What the doctor asks of a database: reachable, ours, revision, integrity, size, writable."""
    from auditor.storage.health import examine as ask

    return ask(url)


def __getattr__(name: str) -> Any:
    if name == "Store":
        from auditor.storage.store import Store

        return Store
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
