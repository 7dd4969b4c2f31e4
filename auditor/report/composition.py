"""What a text is made of: how much of it in which band, and from which parents.

Pure. Shares are of the body text. What the verdict calls derived can be less: a quotation that others have
too isn't derived by that alone. It must not know pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.domain import Derivation, MatchKind, Origin, Relation
from auditor.report import formats, wording
from auditor.report.facts import ArticleFacts

ORDER = (MatchKind.VERBATIM, MatchKind.EDITED, MatchKind.REWORDED, MatchKind.QUOTATION)


@dataclass(frozen=True, slots=True)
class Part:
    """A band of a strip: its share 0..1 and in words."""

    band: str
    label: str
    share: float

    @property
    def text(self) -> str:
        """As in "verbatim 24%"."""
        return f"{self.label} {formats.share(self.share)}"


@dataclass(frozen=True, slots=True)
class ParentKey:
    """Whom a stretch was taken from: a held article, or an origin that nobody captured."""

    article: str | None
    source: str | None

    @classmethod
    def of(cls, derivation: Derivation) -> ParentKey:
        """The parent where it is held, else the origin that is inferred."""
        if derivation.parent:
            return cls(derivation.parent.article, None)
        return cls(None, derivation.origin.source)


@dataclass(frozen=True, slots=True)
class Taking:
    """What a text has from one parent; nothing of its body where only credit lines or furniture are."""

    parent: ParentKey
    share: float
    parts: tuple[Part, ...]
    relation: Relation
    confidence: float
    origins: tuple[Origin, ...]
    passages: int
    first: int  # offset where it is first used
    main_band: str  # the band that most of it falls into


def _parts(sizes: dict[MatchKind, float]) -> tuple[Part, ...]:
    terms = ((kind, wording.BANDS[kind]) for kind in ORDER)
    return tuple(Part(term.key, term.label, sizes[kind]) for kind, term in terms if sizes.get(kind, 0) > 0)


def composition(facts: ArticleFacts) -> tuple[Part, ...]:
    """The whole text by band, what is new at the end; shares add up to 1."""
    covered, scale = facts.covered, 1 / max(1, facts.body)
    sizes: dict[MatchKind, float] = defaultdict(float)
    for index, length in covered.items():
        sizes[facts.derivations[index].kind] += length * scale
    parts = _parts(sizes)
    rest = 1 - sum(part.share for part in parts)
    new = wording.BANDS[wording.NEW]
    return (*parts, Part(new.key, new.label, rest)) if rest > 0.0005 else parts


def takings(facts: ArticleFacts) -> tuple[Taking, ...]:
    """What was taken from each parent, the largest share first."""
    covered, scale = facts.covered, 1 / max(1, facts.body)
    groups: dict[ParentKey, list[int]] = defaultdict(list)
    for index in covered:
        groups[ParentKey.of(facts.derivations[index])].append(index)
    found = [_taking(facts.derivations, key, members, covered, scale) for key, members in groups.items()]
    return tuple(sorted(found, key=lambda taking: (-taking.share, taking.first)))


def _taking(
    derivations: Sequence[Derivation],
    key: ParentKey,
    members: list[int],
    covered: Mapping[int, int],
    scale: float,
) -> Taking:
    sizes: dict[MatchKind, float] = defaultdict(float)
    relations: dict[Relation, int] = defaultdict(int)
    origins: dict[Origin, int] = defaultdict(int)
    for index in members:
        sizes[derivations[index].kind] += covered[index] * scale
        relations[derivations[index].relation] += covered[index]
        origins[derivations[index].origin] += covered[index]
    weight = sum(covered[index] for index in members) or 1
    return Taking(
        parent=key,
        share=sum(sizes.values()),
        parts=_parts(sizes),
        relation=max(relations, key=lambda relation: relations[relation]),
        confidence=sum(derivations[i].confidence * covered[i] for i in members) / weight,
        origins=tuple(sorted(origins, key=lambda origin: -origins[origin])),
        passages=len(members),
        first=min(derivations[index].span.start for index in members),
        main_band=wording.BANDS[max(sizes, key=lambda kind: sizes[kind])].key,
    )


def derived_share(facts: ArticleFacts) -> float:
    """How much of the text derives from others, 0..1: the verdict's figure where there is one."""
    if facts.verdict:
        return facts.verdict.derived_share
    return min(1.0, sum(facts.covered.values()) / max(1, facts.body))


def in_words(parts: Sequence[Part]) -> str:
    """A strip in words: "verbatim 24%, edited 62%, new 14%"."""
    return ", ".join(part.text for part in parts)
