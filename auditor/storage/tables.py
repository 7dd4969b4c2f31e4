"""The store's tables, in the words of the domain.

Only their shape; ``rows`` turns them into domain values, and ``migrations/`` brings a database to this
shape (a test compares the two). Must not know of sessions, engines or queries.

An article's number (``article_key``) is the store's own and never leaves it as a name. Every captured
text of an article is a row of ``revision``; ``article.revision`` says which one is current. A text stands
in the database once. Times are texts as in FORMATS.md, so that a day stays a day. Texts compare by code
point on every database. No foreign key cascades: an overlooked child must stop a deletion, not vanish.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

# SQLite compares the bytes of UTF-8 by itself; PostgreSQL only when told so.
TEXT = Text().with_variant(Text(collation="C"), "postgresql")
# Only a column of exactly the type INTEGER is SQLite's own row number.
KEY = BigInteger().with_variant(Integer(), "sqlite")

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


class Base(SQLModel, registry=registry(metadata=METADATA)):
    """What all tables of the store share: one collection of them, apart from anyone else's."""


def _article(*, index: bool = False, nullable: bool = False, primary: bool = False) -> Column[int]:
    name = "article.key"
    return Column(
        KEY, ForeignKey(name), index=index, nullable=nullable, primary_key=primary, autoincrement=False
    )


class SourceRow(Base, table=True):
    """Who publishes."""

    __tablename__ = "source"
    key: str = Field(sa_column=Column(TEXT, primary_key=True))
    name: str = Field(sa_column=Column(TEXT, nullable=False))
    kind: str = Field(sa_column=Column(TEXT, nullable=False))
    domains: str = Field(sa_column=Column(TEXT, nullable=False))
    aliases: str = Field(sa_column=Column(TEXT, nullable=False))
    credits: str = Field(sa_column=Column(TEXT, nullable=False))
    datelines: str = Field(sa_column=Column(TEXT, nullable=False))
    owner: str | None = Field(sa_column=Column(TEXT))


class RunRow(Base, table=True):
    """One call of a job."""

    __tablename__ = "run"
    key: int = Field(sa_column=Column(KEY, primary_key=True, autoincrement=False))
    command: str = Field(sa_column=Column(TEXT, nullable=False))
    parameters: str = Field(sa_column=Column(TEXT, nullable=False))
    started_at: str = Field(sa_column=Column(TEXT, nullable=False))
    ended_at: str | None = Field(sa_column=Column(TEXT))
    status: str = Field(sa_column=Column(TEXT, nullable=False))
    counts: str = Field(sa_column=Column(TEXT, nullable=False))


class OutcomeRow(Base, table=True):
    """The ledger: what became of one input of one run. A retry is a new row, so tries can be counted."""

    __tablename__ = "outcome"
    __table_args__ = (
        CheckConstraint("disposition IN ('stored', 'duplicate', 'rejected', 'failed')", name="disposition"),
    )
    run_key: int = Field(sa_column=Column(KEY, ForeignKey("run.key"), primary_key=True, autoincrement=False))
    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    name: str = Field(sa_column=Column(TEXT, nullable=False))
    disposition: str = Field(sa_column=Column(TEXT, nullable=False))
    article_id: str | None = Field(sa_column=Column(TEXT))
    reason: str = Field(sa_column=Column(TEXT, nullable=False))


class ArticleRow(Base, table=True):
    """A name for a text, and which of its revisions is current."""

    __tablename__ = "article"
    key: int = Field(sa_column=Column(KEY, primary_key=True, autoincrement=False))
    id: str = Field(sa_column=Column(TEXT, nullable=False, unique=True))
    revision: int = Field(sa_column=Column(Integer, nullable=False))


class RevisionRow(Base, table=True):
    """One captured text of an article with what came along. Text comes last: scans stop before it.

    ``text`` is null only once retention has taken it away (``purged_at``); digest and length stay. It is
    empty where ``packed`` holds it, as zlib packs its UTF-8: rows from before that column was don't.
    """

    __tablename__ = "revision"
    __table_args__ = (CheckConstraint("(text IS NULL) = (purged_at IS NOT NULL)", name="purged"),)
    article_key: int = Field(sa_column=_article(primary=True))
    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    run_key: int = Field(sa_column=Column(KEY, ForeignKey("run.key"), nullable=False))
    digest: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    length: int = Field(sa_column=Column(Integer, nullable=False))
    source_key: str | None = Field(sa_column=Column(TEXT, ForeignKey("source.key")))
    url: str | None = Field(sa_column=Column(TEXT))
    title: str | None = Field(sa_column=Column(TEXT))
    byline: str | None = Field(sa_column=Column(TEXT))
    credit: str | None = Field(sa_column=Column(TEXT))
    language: str | None = Field(sa_column=Column(TEXT))
    published_at: str | None = Field(sa_column=Column(TEXT))
    captured_at: str | None = Field(sa_column=Column(TEXT))
    revises: str | None = Field(sa_column=Column(TEXT))
    status: str = Field(sa_column=Column(TEXT, nullable=False))
    extra: str | None = Field(sa_column=Column(TEXT))
    purged_at: str | None = Field(sa_column=Column(TEXT))
    text: str | None = Field(sa_column=Column(TEXT))
    packed: bytes | None = Field(sa_column=Column(LargeBinary))


class FingerprintRow(Base, table=True):
    """The fingerprints of an article's current revision, packed. Its absence means: not examined."""

    __tablename__ = "fingerprint"
    article_key: int = Field(sa_column=_article(primary=True))
    version: int = Field(sa_column=Column(Integer, nullable=False))
    packed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class MatchedRow(Base, table=True):
    """All matches of an article with such as sort after it, packed; ``match_packing`` knows how.

    ``before`` has the keys of articles that sort before it and have matches with it in their own rows.
    """

    __tablename__ = "matched"
    article_key: int = Field(sa_column=_article(primary=True))
    before: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    packed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class MatchRow(Base, table=True):
    """Two aligned spans of two articles, as they were kept before ``matched`` was. Empty since then."""

    __tablename__ = "match"
    a_key: int = Field(sa_column=_article(primary=True))
    a_start: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    a_end: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    b_key: int = Field(sa_column=_article(primary=True, index=True))
    b_start: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    b_end: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    similarity: float = Field(sa_column=Column(Double, nullable=False))
    kind: str = Field(sa_column=Column(TEXT, nullable=False))


class DerivedRow(Base, table=True):
    """The passages of an article with the one parent that each was most probably taken from, packed.

    ``rows`` and ``packing`` know how. Until an article's rows are settled, a passage may have one for its
    parent and one for a credit.
    """

    __tablename__ = "derived"
    article_key: int = Field(sa_column=_article(primary=True))
    packed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class DescentRow(Base, table=True):
    """An article that another one names as a parent (1) or only as an origin (0) of a passage."""

    __tablename__ = "descent"
    child_key: int = Field(sa_column=_article(primary=True))
    ancestor_key: int = Field(sa_column=_article(primary=True, index=True))
    is_parent: int = Field(sa_column=Column(Integer, nullable=False))


class DerivationRow(Base, table=True):
    """A passage with its parent, as they were kept before ``derived`` was. Empty since then."""

    __tablename__ = "derivation"
    key: int | None = Field(default=None, sa_column=Column(KEY, primary_key=True))
    article_key: int = Field(sa_column=_article(index=True))
    span_start: int = Field(sa_column=Column(Integer, nullable=False))
    span_end: int = Field(sa_column=Column(Integer, nullable=False))
    parent_key: int | None = Field(sa_column=_article(index=True, nullable=True))
    parent_start: int | None = Field(sa_column=Column(Integer))
    parent_end: int | None = Field(sa_column=Column(Integer))
    origin_source: str | None = Field(sa_column=Column(TEXT))
    origin_key: int | None = Field(sa_column=_article(nullable=True))
    relation: str = Field(sa_column=Column(TEXT, nullable=False))
    confidence: float = Field(sa_column=Column(Double, nullable=False))
    kind: str = Field(sa_column=Column(TEXT, nullable=False))
    similarity: float = Field(sa_column=Column(Double, nullable=False))
    evidence: str = Field(sa_column=Column(TEXT, nullable=False))
    evidence_number: int | None = Field(sa_column=Column(Integer))


class EvidenceRow(Base, table=True):
    """All different evidence of an article's derivations, as it was kept before ``derived`` was. Empty."""

    __tablename__ = "evidence"
    article_key: int = Field(sa_column=_article(primary=True))
    packed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class VerdictRow(Base, table=True):
    """What was found of a whole article."""

    __tablename__ = "verdict"
    article_key: int = Field(sa_column=_article(primary=True))
    derived_share: float = Field(sa_column=Column(Double, nullable=False))
    wire_share: float = Field(sa_column=Column(Double, nullable=False))
    label: str = Field(sa_column=Column(TEXT, nullable=False))
    origins: str = Field(sa_column=Column(TEXT, nullable=False))
    reason: str = Field(sa_column=Column(TEXT, nullable=False))


class GarbleRow(Base, table=True):
    """One change that damaged a text. Several may touch the same span, so rows have a number."""

    __tablename__ = "garble"
    key: int | None = Field(default=None, sa_column=Column(KEY, primary_key=True))
    article_key: int = Field(sa_column=_article(index=True))
    span_start: int = Field(sa_column=Column(Integer, nullable=False))
    span_end: int = Field(sa_column=Column(Integer, nullable=False))
    kind: str = Field(sa_column=Column(TEXT, nullable=False))
    severity: str = Field(sa_column=Column(TEXT, nullable=False))
    before: str = Field(sa_column=Column(TEXT, nullable=False))
    after: str = Field(sa_column=Column(TEXT, nullable=False))
    parent_key: int | None = Field(sa_column=_article(index=True, nullable=True))
    parent_start: int | None = Field(sa_column=Column(Integer))
    parent_end: int | None = Field(sa_column=Column(Integer))
    introduced_key: int = Field(sa_column=_article())
    detail: str = Field(sa_column=Column(TEXT, nullable=False))


class StaleRow(Base, table=True):
    """A span that still carries what a later version of its source changed or withdrew."""

    __tablename__ = "stale"
    key: int | None = Field(default=None, sa_column=Column(KEY, primary_key=True))
    article_key: int = Field(sa_column=_article(index=True))
    span_start: int = Field(sa_column=Column(Integer, nullable=False))
    span_end: int = Field(sa_column=Column(Integer, nullable=False))
    taken_key: int = Field(sa_column=_article(index=True))
    current_key: int = Field(sa_column=_article(index=True))
    status: str = Field(sa_column=Column(TEXT, nullable=False))
    hours: float | None = Field(sa_column=Column(Double))


class RefusedRow(Base, table=True):
    """What tracing said of an article and settling refused: kept, as it may be right again.

    Packed JSON; rows from before that column was have it in ``told``.
    """

    __tablename__ = "refused"
    article_key: int = Field(sa_column=_article(primary=True))
    told: str = Field(sa_column=Column(TEXT, nullable=False))
    packed: bytes | None = Field(sa_column=Column(LargeBinary))


class StoryRow(Base, table=True):
    """Articles tied together by derivations."""

    __tablename__ = "story"
    id: str = Field(sa_column=Column(TEXT, primary_key=True))
    title: str = Field(sa_column=Column(TEXT, nullable=False))


class StoryArticleRow(Base, table=True):
    """An article's place in its story; an article belongs to one story at most."""

    __tablename__ = "story_article"
    article_key: int = Field(sa_column=_article(primary=True))
    story_id: str = Field(sa_column=Column(TEXT, ForeignKey("story.id"), index=True, nullable=False))
    place: int = Field(sa_column=Column(Integer, nullable=False))


class LockRow(Base, table=True):
    """Who is at work that only one may do at a time. ``machine`` tells whose process numbers these are."""

    __tablename__ = "lock"
    name: str = Field(sa_column=Column(TEXT, primary_key=True))
    token: str = Field(sa_column=Column(TEXT, nullable=False))
    command: str = Field(sa_column=Column(TEXT, nullable=False))
    host: str = Field(sa_column=Column(TEXT, nullable=False))
    machine: str = Field(sa_column=Column(TEXT, nullable=False))
    pid: int = Field(sa_column=Column(KEY, nullable=False))
    started_at: str = Field(sa_column=Column(TEXT, nullable=False))
    heartbeat_at: str = Field(sa_column=Column(TEXT, nullable=False))


class InboxRow(Base, table=True):
    """A file that lay in an inbox, known by its path and what it held; the counts are of its last reading."""

    __tablename__ = "inbox"
    __table_args__ = (CheckConstraint("state IN ('waiting', 'done', 'quarantined')", name="state"),)
    path: str = Field(sa_column=Column(TEXT, primary_key=True))
    digest: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    size: int = Field(sa_column=Column(KEY, nullable=False))
    modified: int = Field(sa_column=Column(BigInteger, nullable=False))
    state: str = Field(sa_column=Column(TEXT, nullable=False, index=True))
    tries: int = Field(sa_column=Column(Integer, nullable=False))
    run_key: int | None = Field(sa_column=Column(KEY, ForeignKey("run.key"), autoincrement=False))
    stored: int = Field(sa_column=Column(Integer, nullable=False))
    duplicate: int = Field(sa_column=Column(Integer, nullable=False))
    rejected: int = Field(sa_column=Column(Integer, nullable=False))
    failed: int = Field(sa_column=Column(Integer, nullable=False))
    reason: str = Field(sa_column=Column(TEXT, nullable=False))


class BaselineRow(Base, table=True):
    """What was known of an article when the changes were last told; see ``auditor.jobs.changes``."""

    __tablename__ = "baseline"
    article_key: int = Field(sa_column=_article(primary=True))
    story_id: str | None = Field(sa_column=Column(TEXT))
    parents: str = Field(sa_column=Column(TEXT, nullable=False))
    derives: int = Field(sa_column=Column(Integer, nullable=False))
    garbles: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    stale: str = Field(sa_column=Column(TEXT, nullable=False))


class ChangesRow(Base, table=True):
    """What the last run that found any change told of it, as JSON."""

    __tablename__ = "changes"
    run_key: int = Field(sa_column=Column(KEY, ForeignKey("run.key"), primary_key=True, autoincrement=False))
    told: str = Field(sa_column=Column(TEXT, nullable=False))


class MarkRow(Base, table=True):
    """Up to which stamp a part of a night has seen what was written, and what else it wants to remember."""

    __tablename__ = "mark"
    name: str = Field(sa_column=Column(TEXT, primary_key=True))
    stamp: str = Field(sa_column=Column(TEXT, nullable=False))
    told: str = Field(sa_column=Column(TEXT, nullable=False))


SOURCE: Table = METADATA.tables["source"]
RUN: Table = METADATA.tables["run"]
OUTCOME: Table = METADATA.tables["outcome"]
ARTICLE: Table = METADATA.tables["article"]
REVISION: Table = METADATA.tables["revision"]
FINGERPRINT: Table = METADATA.tables["fingerprint"]
MATCHED: Table = METADATA.tables["matched"]
DERIVED: Table = METADATA.tables["derived"]
DESCENT: Table = METADATA.tables["descent"]
VERDICT: Table = METADATA.tables["verdict"]
GARBLE: Table = METADATA.tables["garble"]
STALE: Table = METADATA.tables["stale"]
REFUSED: Table = METADATA.tables["refused"]
STORY: Table = METADATA.tables["story"]
STORY_ARTICLE: Table = METADATA.tables["story_article"]
LOCK: Table = METADATA.tables["lock"]
INBOX: Table = METADATA.tables["inbox"]
BASELINE: Table = METADATA.tables["baseline"]
CHANGES: Table = METADATA.tables["changes"]
MARK: Table = METADATA.tables["mark"]
