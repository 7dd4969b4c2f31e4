"""What was agreed, as frozen values: an agreement is a licensor, its licensees, dates and rules.

Each rule follows a clause that syndication contracts have; its docstring says which. This module must not
know how terms are written down, nor what any article does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any, ClassVar

from auditor.domain import CreditForm


class RuleKind(StrEnum):
    """What a finding measures. The last three need no agreement; territory is an agreement's own key."""

    VERBATIM = "verbatim"
    SOURCE_SHARE = "source_share"
    TARGET_SHARE = "target_share"
    WORDS = "words"
    CREDIT = "credit"
    BYLINE = "byline"
    DATELINE = "dateline"
    ALTERATIONS = "alterations"
    ARCHIVE = "archive"
    EMBARGO = "embargo"
    CORRECTIONS = "corrections"
    ADVISORY = "advisory"
    REPUBLICATION = "republication"
    TERRITORY = "territory"
    FULL_COPY = "full_copy"
    EXCERPT = "excerpt"
    SAME_OWNER = "same_owner"


class Where(StrEnum):
    """In which part of the article a credit must stand."""

    ANY = "any"
    HEAD = "head"
    FOOT = "foot"


class Changes(StrEnum):
    """Which alterations are allowed: none at all, or those of spelling and house style."""

    NONE = "none"
    STYLE = "style"


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Whether sentences may run word for word ("for rewriting only", "not for verbatim use")."""

    kind: ClassVar[RuleKind] = RuleKind.VERBATIM
    allowed: bool


@dataclass(frozen=True, slots=True)
class SourceShare:
    """Most of an item that may be used, 0..1 of its body's words ("no more than half of any article")."""

    kind: ClassVar[RuleKind] = RuleKind.SOURCE_SHARE
    most: float


@dataclass(frozen=True, slots=True)
class TargetShare:
    """Most of an article that may be made of the licensor's text, 0..1 of its body's words."""

    kind: ClassVar[RuleKind] = RuleKind.TARGET_SHARE
    most: float


@dataclass(frozen=True, slots=True)
class Words:
    """Most words of one item that may be used ("extracts of up to 150 words")."""

    kind: ClassVar[RuleKind] = RuleKind.WORDS
    most: int


DEFAULT_FORMS = (CreditForm.DATELINE, CreditForm.CREDIT_LINE, CreditForm.COPYRIGHT, CreditForm.BYLINE)


@dataclass(frozen=True, slots=True)
class CreditLine:
    """The credit that each use must carry: one of these forms, or this wording, in a part of the article."""

    kind: ClassVar[RuleKind] = RuleKind.CREDIT
    forms: tuple[CreditForm, ...] = DEFAULT_FORMS
    where: Where = Where.ANY
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Byline:
    """The writer's name is kept."""

    kind: ClassVar[RuleKind] = RuleKind.BYLINE
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place that the item is dated from is kept."""

    kind: ClassVar[RuleKind] = RuleKind.DATELINE
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Alterations:
    """What may be changed ("shall not be altered except to conform to house style")."""

    kind: ClassVar[RuleKind] = RuleKind.ALTERATIONS
    allowed: Changes


@dataclass(frozen=True, slots=True)
class Archive:
    """For how many days after its release an item may be shown."""

    kind: ClassVar[RuleKind] = RuleKind.ARCHIVE
    days: int


@dataclass(frozen=True, slots=True)
class Embargo:
    """From when an item may be shown: its own embargo, and so many hours after its release (a holdback)."""

    kind: ClassVar[RuleKind] = RuleKind.EMBARGO
    hours: float = 0


@dataclass(frozen=True, slots=True)
class Corrections:
    """Within how many hours a correction, and a kill, must be acted on."""

    kind: ClassVar[RuleKind] = RuleKind.CORRECTIONS
    hours: float
    kill_hours: float


@dataclass(frozen=True, slots=True)
class Advisory:
    """Items and passages marked advisory or not for publication are never shown.

    ``marks`` are the agreement's own words for such passages, beside those that wires use.
    """

    kind: ClassVar[RuleKind] = RuleKind.ADVISORY
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Republication:
    """Whether others may take the text from the licensee's pages (sublicensing, onward supply)."""

    kind: ClassVar[RuleKind] = RuleKind.REPUBLICATION
    allowed: bool


Rule = (
    Verbatim
    | SourceShare
    | TargetShare
    | Words
    | CreditLine
    | Byline
    | Dateline
    | Alterations
    | Archive
    | Embargo
    | Corrections
    | Advisory
    | Republication
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement: ``id`` is its file's name; licensor and licensees are keys, names, domains or aliases.

    Dates are inclusive, None where open. ``territory`` is where the text may be shown, anywhere if empty; it
    is measured where a capture says where its page is shown.
    """

    id: str
    name: str
    licensor: str
    licensees: tuple[str, ...]
    rules: tuple[Rule, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    territory: tuple[str, ...] = ()

    def rule(self, kind: RuleKind) -> Rule | None:
        """The rule of that kind, if there is one."""
        return next((rule for rule in self.rules if rule.kind is kind), None)

    def as_dict(self) -> dict[str, Any]:
        """Everything in it as plain values, rules by kind."""
        return {
            "id": self.id,
            "name": self.name,
            "licensor": self.licensor,
            "licensees": list(self.licensees),
            "valid_from": self.valid_from.isoformat() if self.valid_from else None,
            "valid_until": self.valid_until.isoformat() if self.valid_until else None,
            "territory": list(self.territory),
            "rules": {rule.kind.value: _plain(asdict(rule)) for rule in self.rules},
        }

    @property
    def digest(self) -> str:
        """The version of the agreement: SHA-256 (hex) of all that it says, not of how it is written."""
        return sha256(canonical(self.as_dict()).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Defaults:
    """What is looked at where nothing is agreed.

    Full copy: as the Fair Syndication Consortium and Attributor counted (2009): more than 80% of the
    original and more than 125 words. Triage: a source with ten full copies in 30 days, as they used to
    choose whom to write to. Excerpts below ``excerpt_words`` are what anybody may quote and are left out.
    """

    full_share: float = 0.80
    full_words: int = 125
    excerpt_words: int = 25
    triage_copies: int = 10
    triage_days: int = 30

    @property
    def digest(self) -> str:
        """The version of the defaults."""
        return sha256(canonical(asdict(self)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Terms:
    """All agreements, and what holds without one."""

    agreements: tuple[Agreement, ...] = ()
    defaults: Defaults = field(default_factory=Defaults)

    @property
    def digest(self) -> str:
        """The version of everything that was agreed."""
        parts = [agreement.digest for agreement in self.agreements]
        return sha256(canonical([*parts, self.defaults.digest]).encode()).hexdigest()


def canonical(value: object) -> str:
    """JSON that is the same for equal values."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
