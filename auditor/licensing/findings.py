"""What a rule says of a pickup: a frozen value with its names, its words and its digest.

It never says that anybody did wrong: it says what was measured, against which bound, and how sure the
lineage is. This module must not know how anything is measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from auditor.domain import Article, Place, Span
from auditor.licensing.terms import RuleKind, canonical

# Of what is measured and how it is worded: a change here makes every finding a new version of itself.
ALGORITHM = 1
_ID_LENGTH = 12
_PASSING = frozenset(("confidence", "rank", "story"))


class State(StrEnum):
    """A finding; what the licence allows or one owner shares with itself; what can't be measured."""

    FINDING = "finding"
    COVERED = "covered"
    UNMEASURED = "unmeasured"


class Certainty(StrEnum):
    """What the finding rests on: an item held, an origin only inferred, or an undecided relation or time."""

    TRACED = "traced"
    INFERRED = "inferred"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A passage in question: where it stands in the article, and where in the text it was taken from."""

    span: Span
    parent: Place | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule held against one article.

    ``article`` is the pickup, ``source`` who published it, ``licensor`` whose text it is, ``item`` the
    licensor's held item that most of it comes from. ``measured`` and ``bound`` are in ``unit``.
    ``terms`` is the digest of the agreement (or of the defaults). ``pairs`` are the digests of the two
    texts of each derivation it rests on: what a decision "false match" is about.
    """

    id: str
    case: str
    article: str
    source: str | None
    licensor: str
    item: str | None
    rule: RuleKind
    state: State
    agreement: str | None
    terms: str
    measured: float | None
    bound: float | None
    unit: str
    sentence: str
    exhibits: tuple[Exhibit, ...]
    certainty: Certainty
    confidence: float
    rank: int
    story: str | None = None
    pairs: tuple[tuple[str, str], ...] = ()
    algorithm: int = ALGORITHM

    def as_dict(self) -> dict[str, Any]:
        """The form in which findings are exported; see docs/schemas/findings.json."""
        return {
            "id": self.id,
            "case": self.case,
            "article": self.article,
            "source": self.source,
            "licensor": self.licensor,
            "item": self.item,
            "rule": self.rule.value,
            "state": self.state.value,
            "agreement": self.agreement,
            "terms_sha256": self.terms,
            "measured": self.measured,
            "bound": self.bound,
            "unit": self.unit,
            "sentence": self.sentence,
            "passages": [_exhibit_row(exhibit) for exhibit in self.exhibits],
            "certainty": self.certainty.value,
            "confidence": self.confidence,
            "rank": self.rank,
            "story": self.story,
            "texts": [list(pair) for pair in self.pairs],
            "algorithm": self.algorithm,
        }

    @property
    def digest(self) -> str:
        """The version of the finding: SHA-256 (hex) of what text, terms and algorithm make of it.

        Its story, confidence and rank may change with articles that arrive later; what was decided of
        the finding stands all the same.
        """
        said = {key: value for key, value in self.as_dict().items() if key not in _PASSING}
        return sha256(canonical(said).encode()).hexdigest()


def finding_of(row: dict[str, Any]) -> Finding:
    """The finding that ``as_dict`` gave; raises KeyError or ValueError for anything else."""
    return Finding(
        id=row["id"],
        case=row["case"],
        article=row["article"],
        source=row["source"],
        licensor=row["licensor"],
        item=row["item"],
        rule=RuleKind(row["rule"]),
        state=State(row["state"]),
        agreement=row["agreement"],
        terms=row["terms_sha256"],
        measured=row["measured"],
        bound=row["bound"],
        unit=row["unit"],
        sentence=row["sentence"],
        exhibits=tuple(_exhibit_of(one) for one in row["passages"]),
        certainty=Certainty(row["certainty"]),
        confidence=row["confidence"],
        rank=row["rank"],
        story=row["story"],
        pairs=tuple((one, other) for one, other in row["texts"]),
        algorithm=row["algorithm"],
    )


def case_id(article: str, licensor: str) -> str:
    """The name of all that is found of one article's use of one licensor's text; the same every night."""
    return "c-" + _short(article, licensor)


def finding_id(article: str, licensor: str, rule: RuleKind, agreement: str | None) -> str:
    """The name of one rule's finding on one article; the same every night."""
    return "f-" + _short(article, licensor, rule.value, agreement or "")


def text_digest(article: Article) -> str:
    """SHA-256 (hex) of the article's text, also where retention took the text away."""
    return article.removed.digest if article.removed else sha256(article.text.encode()).hexdigest()


def _short(*parts: str) -> str:
    return sha256(canonical(parts).encode()).hexdigest()[:_ID_LENGTH]


def _exhibit_row(exhibit: Exhibit) -> dict[str, Any]:
    parent = exhibit.parent
    return {
        "start": exhibit.span.start,
        "end": exhibit.span.end,
        "parent": {"id": parent.article, "start": parent.span.start, "end": parent.span.end}
        if parent
        else None,
    }


def _exhibit_of(row: dict[str, Any]) -> Exhibit:
    parent = row["parent"]
    return Exhibit(
        Span(row["start"], row["end"]),
        Place(parent["id"], Span(parent["start"], parent["end"])) if parent else None,
    )
