"""The table of lines that are page furniture, or are said not to be. Only its shape, as in ``tables``."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Table
from sqlmodel import Field

from auditor.storage.tables import METADATA, TEXT, Base


class FurnitureRow(Base, table=True):
    """A line of furniture: its hash, what it says, and who says that it is some."""

    __tablename__ = "furniture"
    line: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    standing: str = Field(sa_column=Column(TEXT, nullable=False))
    text: str = Field(sa_column=Column(TEXT, nullable=False))
    source: str | None = Field(sa_column=Column(TEXT))
    seen: str = Field(sa_column=Column(TEXT, nullable=False))
    also: str | None = Field(sa_column=Column(TEXT))


FURNITURE: Table = METADATA.tables["furniture"]
