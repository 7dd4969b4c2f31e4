"""Rules: a replacement made all through an article, the sign of a tool rather than of an editor.

Worked out from an article's garbles alone, so that whoever holds them can ask.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from auditor.domain import Garble, GarbleKind, Severity, Span

LEAST_PLACES = 3
"""Twice is chance, three times is a rule."""

_RULED = frozenset((GarbleKind.ENTITY, GarbleKind.SUBSTITUTION, GarbleKind.SPELLING, GarbleKind.NUMBER))
_MARK = "; a rule of this article: "


@dataclass(frozen=True, slots=True)
class Rule:
    """A replacement made in many places of one article. ``places`` are spans of its text, in order."""

    article: str
    before: str
    after: str
    kind: GarbleKind
    severity: Severity
    places: tuple[Span, ...]
    introduced_by: str


def rules(rows: Iterable[Garble]) -> tuple[Rule, ...]:
    """The systematic replacements among an article's garbles, those with most places first."""
    groups: dict[tuple[str, str, str], list[Garble]] = defaultdict(list)
    for row in rows:
        if row.kind in _RULED and row.before and row.after:
            groups[row.article, _plain(row.before), _plain(row.after)].append(row)
    found = [
        Rule(
            same[0].article,
            same[0].before,
            same[0].after,
            same[0].kind,
            same[0].severity,
            tuple(sorted(row.span for row in same)),
            same[0].introduced_by,
        )
        for same in groups.values()
        if len({row.span for row in same}) >= LEAST_PLACES
    ]
    return tuple(sorted(found, key=lambda rule: (-len(rule.places), rule.article, rule.places)))


def marked(rows: tuple[Garble, ...]) -> tuple[Garble, ...]:
    """The same garbles, those of a rule saying so in their detail."""
    places = {(rule.article, span): rule for rule in rules(rows) for span in rule.places}
    return tuple(
        replace(row, detail=f"{row.detail}{_MARK}{len(places[row.article, row.span].places)} places")
        if row.kind in _RULED and (row.article, row.span) in places and _MARK not in row.detail
        else row
        for row in rows
    )


def _plain(text: str) -> str:
    return text.casefold().removesuffix("'s").removesuffix("’s")
