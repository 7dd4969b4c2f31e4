"""The words of the project as plain, frozen values.

Every stage and every adapter speaks in these types. This module knows nothing of files, databases,
engines or pages, and computes nothing but what a value can say of itself.

Offsets are half-open ranges ``[start, end)`` in Unicode code points of an article's stored text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from auditor.extents import Moment as Moment  # noqa: PLC0414  (so named it is given on)
from auditor.extents import Span as Span  # noqa: PLC0414


class SourceKind(StrEnum):
    """What a source does with text."""

    WIRE = "wire"
    PUBLISHER = "publisher"
    AGGREGATOR = "aggregator"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Source:
    """Who publishes.

    ``key`` is the stable identifier ("ap"), ``name`` what people read ("AP"). ``aliases`` are other
    names, ``credits`` the phrases by which others credit it ("The Associated Press contributed to
    this report"), ``datelines`` what stands in the brackets of a dateline ("AP"), ``owner`` the key
    of the source or company that owns it.
    """

    key: str
    name: str
    kind: SourceKind = SourceKind.UNKNOWN
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    datelines: tuple[str, ...] = ()
    owner: str | None = None


class Status(StrEnum):
    """Wire status of an item."""

    USABLE = "usable"
    CORRECTED = "corrected"
    WITHHELD = "withheld"
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True)
class Removed:
    """What stays of a text that retention took away: when that was, and the SHA-256 it had (hex)."""

    at: Moment
    digest: str


@dataclass(frozen=True, slots=True)
class Article:
    """A text from one source as captured at one time.

    ``source`` is the key of a registered source. ``text`` is stored as given and never altered.
    ``extra`` keeps what came along and has no field here, and page evidence under the key
    ``"evidence"`` (see ``auditor.ingest``). Where retention took the text away, ``removed`` says so and
    ``text`` is a stand-in of the same length, so that every offset still holds.
    """

    id: str
    text: str
    source: str | None = None
    url: str | None = None
    title: str | None = None
    byline: str | None = None
    credit: str | None = None
    language: str | None = None
    published: Moment | None = None
    captured: Moment | None = None
    revises: str | None = None
    status: Status = Status.USABLE
    revision: int = 1
    extra: Mapping[str, Any] = field(default_factory=dict)
    removed: Removed | None = None


# Parts of a text


class PassageKind(StrEnum):
    """What a passage is on its page."""

    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"
    CREDIT = "credit"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, headline, caption or credit line of an article."""

    span: Span
    kind: PassageKind


@dataclass(frozen=True, slots=True)
class Quotation:
    """A statement between quotation marks.

    ``span`` includes the marks, ``inner`` doesn't. ``speaker`` is the name that the text gives, as
    it stands there, and ``speaker_span`` where; None where the text names nobody.
    """

    span: Span
    inner: Span
    speaker: str | None = None
    speaker_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text with what it counts.

    ``value`` is the number with its magnitude applied ("4.1 million" is 4_100_000.0); ``unit`` a
    normalised unit ("%", "USD", "km", "tonne"; "" where none is said; "date" for a calendar date, whose
    value is the ordinal day, and "year"); ``hedge`` the normalised hedge before it ("nearly",
    "more than"; "" where none). The span covers number, magnitude, unit and hedge.
    """

    span: Span
    value: float
    unit: str = ""
    hedge: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A capitalised name: "Michael Fallon", "Free Syrian Army"."""

    span: Span
    text: str


class CreditForm(StrEnum):
    """How a text credits a source."""

    DATELINE = "dateline"  # MOSCOW (AP) —
    CREDIT_LINE = "credit_line"  # Source: Washington Post; With files from AFP
    ATTRIBUTION = "attribution"  # …, Reuters reported
    COPYRIGHT = "copyright"  # © 2015 The Associated Press
    BYLINE = "byline"  # By JOHN DOE, Associated Press
    PHOTO = "photo"  # Photo by X/AFP: credits a picture, never the text
    METADATA = "metadata"  # told by the page or the wire item, not by the text


@dataclass(frozen=True, slots=True)
class Credit:
    """A place where a text credits a source. ``span`` is None for metadata."""

    source: str
    form: CreditForm
    span: Span | None = None


# What the stages find


@dataclass(frozen=True, slots=True)
class Place:
    """A span of an article."""

    article: str
    span: Span


class MatchKind(StrEnum):
    """How two passages are alike."""

    VERBATIM = "verbatim"
    EDITED = "edited"
    REWORDED = "reworded"
    QUOTATION = "quotation"


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two matching spans of two texts a and b."""

    a: Span
    b: Span
    similarity: float
    kind: MatchKind

    def flipped(self) -> Aligned:
        """The same seen from the other text."""
        return Aligned(self.b, self.a, self.similarity, self.kind)


@dataclass(frozen=True, slots=True)
class Match:
    """Two matching passages of two articles; ``a`` is the article whose id sorts first."""

    a: Place
    b: Place
    similarity: float
    kind: MatchKind


class Relation(StrEnum):
    """How a passage and its parent belong together."""

    COPY = "copy"
    COMMON_SOURCE = "common_source"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a derivation: what kind, in plain words, and its weight in nats of log odds.

    Positive weights speak for the parent, negative ones against it.
    """

    kind: str
    detail: str
    weight: float


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a chain of derivations begins.

    ``source`` is a source key, ``article`` an article id; ``article`` is None where the wire item
    isn't held and only inferred, ``source`` None where nobody is known.
    """

    source: str | None
    article: str | None


@dataclass(frozen=True, slots=True)
class Derivation:
    """A passage of an article, the parent it was most probably taken from, and why we think so.

    ``parent`` is None where the parent isn't held. ``confidence`` is a calibrated probability.
    """

    article: str
    span: Span
    parent: Place | None
    origin: Origin
    relation: Relation
    confidence: float
    kind: MatchKind
    similarity: float
    evidence: tuple[Evidence, ...] = ()


class Label(StrEnum):
    """The verdict for a whole article."""

    WHOLLY = "wholly-derived"
    PARTIALLY = "partially-derived"
    NON = "non-derived"


@dataclass(frozen=True, slots=True)
class Share:
    """How much of an article a source accounts for, 0..1."""

    source: str | None
    share: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of a whole article. Shares are of its body text.

    ``reason`` says in plain words why nothing was found, where nothing was.
    """

    article: str
    derived_share: float
    wire_share: float
    label: Label
    origins: tuple[Share, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """Articles tied together by derivations; ``id`` stays the same as the story grows."""

    id: str
    title: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stale:
    """A span of an article that still carries what a later version of its source changed or withdrew.

    ``taken`` is the version whose words these are, ``current`` the one that put them right or withdrew them
    (it may be the same), with its status; ``hours`` how long after it the article was seen at the least,
    nought where it was only seen before, None where a time isn't known.
    """

    article: str
    span: Span
    taken: str
    current: str
    status: Status
    hours: float | None = None

    @property
    def reason(self) -> str:
        """What became of the version that was taken."""
        word = "changed" if self.status is Status.USABLE else self.status.value
        return f"{self.taken} was {word}" + (f" by {self.current}" if self.current != self.taken else "")

    @property
    def detail(self) -> str:
        """The same with how long it had been so when the article was last seen."""
        lag = f" {self.hours:g} h before this was last seen" if self.hours else ""
        return self.reason + (", after this was last seen" if self.hours == 0 else lag)


class GarbleKind(StrEnum):
    """What a change does to the text."""

    NUMBER = "number"
    NEGATION = "negation"
    ENTITY = "entity"
    QUOTE = "quote"
    ATTRIBUTION = "attribution"
    TRUNCATION = "truncation"
    SPLICE = "splice"
    SUBSTITUTION = "substitution"
    ENCODING = "encoding"
    WHITESPACE = "whitespace"
    BOILERPLATE = "boilerplate"
    DUPLICATION = "duplication"
    REORDERING = "reordering"
    SPELLING = "spelling"


class Severity(StrEnum):
    """What a garble does to a reader: changes what they believe, misleads, or is only visible."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Garble:
    """One change that damaged the text.

    ``before`` is what the parent says, ``after`` what the article says; ``parent`` is where, or None
    where the article alone shows it. ``introduced_by`` is the article where the change first appears.
    """

    article: str
    span: Span
    kind: GarbleKind
    severity: Severity
    before: str
    after: str
    parent: Place | None
    introduced_by: str
    detail: str = ""


# What becomes of inputs


class Disposition(StrEnum):
    """What an input ended as: exactly one of these."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input. ``name`` names the input (a path, or path:line)."""

    name: str
    disposition: Disposition
    article: str | None = None
    reason: str = ""
