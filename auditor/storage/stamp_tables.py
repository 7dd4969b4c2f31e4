"""The tables that say which articles changed since when: for jobs that go on from where they were.

Only their shape. A stamp is a number that grows with every write, and a token drawn then: a store that
was put back from a backup counts the same numbers again, but never draws the same tokens.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table
from sqlmodel import Field

from auditor.storage.tables import KEY, METADATA, TEXT, Base


class StampRow(Base, table=True):
    """One write that changed what is said of an article."""

    __tablename__ = "stamp"
    number: int = Field(sa_column=Column(KEY, primary_key=True, autoincrement=False))
    token: str = Field(sa_column=Column(TEXT, nullable=False))


class TouchedRow(Base, table=True):
    """The last write that changed what is said of an article; never touched ones have no row."""

    __tablename__ = "touched"
    article_key: int = Field(
        sa_column=Column(KEY, ForeignKey("article.key"), primary_key=True, autoincrement=False)
    )
    stamp_number: int = Field(sa_column=Column(KEY, nullable=False, index=True))


STAMP: Table = METADATA.tables["stamp"]
TOUCHED: Table = METADATA.tables["touched"]
