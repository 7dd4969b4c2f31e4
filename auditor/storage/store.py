"""The store: one face over its parts, opened by a database URL.

Opening decides whether the database is new (then it is brought to the schema), ours and of the right
revision, or something else. Must not know any table; the parts do.
"""

from __future__ import annotations

from types import TracebackType
from typing import Self

from auditor.storage import migrate
from auditor.storage.accounts import Accounts
from auditor.storage.address import Address, read_address
from auditor.storage.articles import Articles
from auditor.storage.baselines import Baselines
from auditor.storage.captures import Captures
from auditor.storage.decisions import Decisions
from auditor.storage.engines import make_engine, reading
from auditor.storage.examinations import Examinations
from auditor.storage.fingerprints import FingerprintShelf
from auditor.storage.furniture import FurnitureStore
from auditor.storage.inbox import Inbox
from auditor.storage.ledger import Ledger
from auditor.storage.licence_findings import LicenceFindings
from auditor.storage.locks import Locks
from auditor.storage.marks import Marks
from auditor.storage.retention import Retention
from auditor.storage.sources import Sources
from auditor.storage.staleness import Staleness
from auditor.storage.stories import Stories


class Store(
    Sources,
    Ledger,
    Locks,
    Marks,
    Inbox,
    Articles,
    FingerprintShelf,
    FurnitureStore,
    Examinations,
    Stories,
    Staleness,
    Baselines,
    Retention,
    LicenceFindings,
    Decisions,
    Accounts,
    Captures,
):
    """Articles and everything found of them, in one database.

    Threads and processes may share a database: readers see one state, writers wait for each other. A
    child process that was forked must open a store of its own.
    """

    @classmethod
    def open(cls, url: str, *, create: bool = True) -> Self:
        """Open the store at a URL, see ``auditor.storage.open_store``."""
        address = read_address(url)
        if not (create and _is_missing(address)):
            migrate.expect_file(address)
        revision = _revision(address)
        if revision is None and create:
            migrate.upgrade(url)
            revision = _revision(address)
        migrate.expect_head(revision, address)
        return cls(make_engine(address), address)

    @property
    def name(self) -> str:
        """The store's address as it may be shown: without its password."""
        return self._address.shown

    def close(self) -> None:
        """Give back the connections."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _is_missing(address: Address) -> bool:
    return address.file is not None and not address.file.exists()


def _revision(address: Address) -> str | None:
    if _is_missing(address):
        return None
    engine = make_engine(address, migrating=True)
    with reading(engine, address) as connection:
        return migrate.revision_of(connection, address)
