"""A garble as pages show it: numbered, named, with before and after and who introduced it.

Pure. It must not know HTML.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from auditor.domain import Garble, GarbleKind, Span
from auditor.report import naming, wording
from auditor.report.facts import ArticleFacts
from auditor.report.heads import Head

INLINE_LIMIT = 90  # a longer "before" isn't set into the running text but only beside it
WHOLE_TEXT = frozenset(
    {GarbleKind.DUPLICATION, GarbleKind.REORDERING, GarbleKind.TRUNCATION, GarbleKind.SPLICE}
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One garble of one article. ``introduced`` is None where the article itself introduced it."""

    number: int
    anchor: str
    kind: wording.Term
    severity: wording.Term
    before: str
    after: str
    span: Span
    detail: str
    introduced: Head | None
    parent: Head | None
    pair_href: str | None

    @property
    def is_harm(self) -> bool:
        """Can it mislead?"""
        return self.severity.key != "low"

    @property
    def inline_before(self) -> str:
        """What stands struck out in the running text, where that helps and is short."""
        if not self.is_harm or self.kind.key in _KEYS_OF_BLOCKS or len(self.before) > INLINE_LIMIT:
            return ""
        return self.before.strip()


_KEYS_OF_BLOCKS = frozenset(wording.KINDS[kind].key for kind in WHOLE_TEXT)


def marks_of(facts: ArticleFacts) -> tuple[Mark, ...]:
    """The garbles of one article in reading order, numbered from 1, no two with the same anchor."""
    seen: dict[str, int] = {}
    found: list[Mark] = []
    for number, garble in enumerate(facts.garbles, 1):
        anchor = naming.garble_anchor(garble)
        seen[anchor] = seen.get(anchor, 0) + 1
        found.append(
            _mark(facts, garble, number, anchor if seen[anchor] == 1 else f"{anchor}-{seen[anchor]}")
        )
    return tuple(found)


def _mark(facts: ArticleFacts, garble: Garble, number: int, anchor: str) -> Mark:
    parent = facts.heads.get(garble.parent.article) if garble.parent else None
    inherited = garble.introduced_by != garble.article
    return Mark(
        number=number,
        anchor=anchor,
        kind=wording.KINDS[garble.kind],
        severity=wording.SEVERITIES[garble.severity],
        before=garble.before,
        after=garble.after,
        span=garble.span,
        detail=garble.detail,
        introduced=facts.heads.get(garble.introduced_by) if inherited else None,
        parent=parent,
        pair_href=facts.pair_href(garble),
    )


def distinct(garbles: Iterable[Garble]) -> int:
    """How many different changes these are: one that an article makes in eight places is one."""
    return len({(each.introduced_by, each.kind, each.before, each.after) for each in garbles})


def tally(garbles: Sequence[Garble]) -> Mapping[str, int]:
    """How many of each severity: {"high": 3, "medium": 0, "low": 1}."""
    found = {term.key: 0 for term in wording.SEVERITIES.values()}
    for garble in garbles:
        found[wording.SEVERITIES[garble.severity].key] += 1
    return found
