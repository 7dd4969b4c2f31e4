"""The tables of the review application: accounts, assignments of cases, captured bytes.

Only their shape. Rows of ``assignment`` are only ever added: the last one of a case holds. ``packed`` of a
capture is null once retention has taken it away; its digest and length stay. Must not know of engines or
queries.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Table
from sqlmodel import Field

from auditor.storage.tables import KEY, METADATA, TEXT, Base


class AccountRow(Base, table=True):
    """Somebody who may log in; ``password`` is an argon2 hash with its parameters and salt."""

    __tablename__ = "account"
    name: str = Field(sa_column=Column(TEXT, primary_key=True))
    role: str = Field(sa_column=Column(TEXT, nullable=False))
    password: str = Field(sa_column=Column(TEXT, nullable=False))
    created_at: str = Field(sa_column=Column(TEXT, nullable=False))
    disabled_at: str | None = Field(sa_column=Column(TEXT))


class AssignmentRow(Base, table=True):
    """A case given to somebody, or to nobody again, by somebody."""

    __tablename__ = "assignment"
    number: int = Field(sa_column=Column(KEY, primary_key=True, autoincrement=False))
    at: str = Field(sa_column=Column(TEXT, nullable=False))
    case_id: str = Field(sa_column=Column(TEXT, nullable=False, index=True))
    assignee: str | None = Field(sa_column=Column(TEXT))
    assigned_by: str = Field(sa_column=Column(TEXT, nullable=False))


class CaptureRow(Base, table=True):
    """The bytes that a revision of an article was read from, packed by zlib; ``name`` is the input's."""

    __tablename__ = "capture"
    article_key: int = Field(
        sa_column=Column(KEY, ForeignKey("article.key"), primary_key=True, autoincrement=False)
    )
    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    name: str = Field(sa_column=Column(TEXT, nullable=False))
    digest: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    length: int = Field(sa_column=Column(KEY, nullable=False))
    packed: bytes | None = Field(sa_column=Column(LargeBinary))


ACCOUNT: Table = METADATA.tables["account"]
ASSIGNMENT: Table = METADATA.tables["assignment"]
CAPTURE: Table = METADATA.tables["capture"]
