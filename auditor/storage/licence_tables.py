"""The tables of licensing: versions of the terms, findings, decisions.

Only their shape. A finding's row is never deleted: ``superseded_key`` names the run that replaced it. Rows of
``decision`` are only ever added. Must not know of engines or queries.
"""

from __future__ import annotations

from sqlalchemy import Column, Double, ForeignKey, Integer, Table
from sqlmodel import Field

from auditor.storage.tables import KEY, METADATA, TEXT, Base


def _run(*, nullable: bool = False) -> Column[int]:
    return Column(KEY, ForeignKey("run.key"), nullable=nullable, autoincrement=False)


class LicenceTermsRow(Base, table=True):
    """One version of an agreement, or of the defaults: what it says (JSON) and how it was written."""

    __tablename__ = "licence_terms"
    digest: str = Field(sa_column=Column(TEXT, primary_key=True))
    agreement: str | None = Field(sa_column=Column(TEXT))
    says: str = Field(sa_column=Column(TEXT, nullable=False))
    written: str = Field(sa_column=Column(TEXT, nullable=False))
    run_key: int = Field(sa_column=_run())


class LicenceFindingRow(Base, table=True):
    """One version of a finding; ``told`` is all of it as JSON, the columns before it what queues ask for."""

    __tablename__ = "licence_finding"
    key: int | None = Field(default=None, sa_column=Column(KEY, primary_key=True))
    id: str = Field(sa_column=Column(TEXT, nullable=False, index=True))
    version: str = Field(sa_column=Column(TEXT, nullable=False))
    case_id: str = Field(sa_column=Column(TEXT, nullable=False, index=True))
    article_key: int = Field(
        sa_column=Column(KEY, ForeignKey("article.key"), nullable=False, index=True, autoincrement=False)
    )
    state: str = Field(sa_column=Column(TEXT, nullable=False))
    source: str | None = Field(sa_column=Column(TEXT))
    licensor: str = Field(sa_column=Column(TEXT, nullable=False))
    rule: str = Field(sa_column=Column(TEXT, nullable=False))
    certainty: str = Field(sa_column=Column(TEXT, nullable=False))
    story: str | None = Field(sa_column=Column(TEXT))
    rank: int = Field(sa_column=Column(Integer, nullable=False))
    confidence: float = Field(sa_column=Column(Double, nullable=False))
    told: str = Field(sa_column=Column(TEXT, nullable=False))
    run_key: int = Field(sa_column=_run())
    superseded_key: int | None = Field(sa_column=_run(nullable=True))


class DecisionRow(Base, table=True):
    """An entry of the log of decisions; ``texts`` are the pairs of digests as JSON."""

    __tablename__ = "decision"
    number: int = Field(sa_column=Column(KEY, primary_key=True, autoincrement=False))
    at: str = Field(sa_column=Column(TEXT, nullable=False))
    reviewer: str = Field(sa_column=Column(TEXT, nullable=False))
    finding: str = Field(sa_column=Column(TEXT, nullable=False, index=True))
    version: str = Field(sa_column=Column(TEXT, nullable=False))
    case_id: str = Field(sa_column=Column(TEXT, nullable=False, index=True))
    decision: str = Field(sa_column=Column(TEXT, nullable=False))
    note: str = Field(sa_column=Column(TEXT, nullable=False))
    texts: str = Field(sa_column=Column(TEXT, nullable=False))
    previous: str = Field(sa_column=Column(TEXT, nullable=False))
    digest: str = Field(sa_column=Column(TEXT, nullable=False))


LICENCE_TERMS: Table = METADATA.tables["licence_terms"]
LICENCE_FINDING: Table = METADATA.tables["licence_finding"]
DECISION: Table = METADATA.tables["decision"]
