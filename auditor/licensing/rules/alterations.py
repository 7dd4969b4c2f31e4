"""What was changed in the text beyond what was allowed.

The changes are the garbles that the article runs, whoever brought them in, and sentences put into other
words. A change of the day alone ("on Tuesday") is one of time; a lost credit or dateline has a rule of its
own. This module must not know how a garble is found.
"""

from __future__ import annotations

from auditor.domain import Derivation, Garble, GarbleKind, MatchKind, Place
from auditor.licensing.findings import Exhibit
from auditor.licensing.rules.measure import Measure
from auditor.licensing.taking import Taking
from auditor.licensing.terms import Alterations, Changes

# House style and the page's own furniture: what every newsroom does to wire copy.
STYLE = frozenset((GarbleKind.SPELLING, GarbleKind.WHITESPACE, GarbleKind.BOILERPLATE))
_NOT_TEXT = frozenset((GarbleKind.BOILERPLATE,))
_DAYS = frozenset(
    (
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("today", "yesterday", "tomorrow", "tonight"),
    )
)
_AROUND_DAYS = frozenset(
    ("on", "the", "last", "this", "next", "early", "late", "morning", "afternoon", "evening", "night")
)


def alterations(rule: Alterations, taking: Taking, agreement: str) -> Measure:
    """How many changes go beyond what is allowed."""
    allowed = STYLE if rule.allowed is Changes.STYLE else _NOT_TEXT
    changed = [one for one in taking.pickup.garbles if _is_ours(one, taking) and one.kind not in allowed]
    if rule.allowed is Changes.STYLE:
        changed = [one for one in changed if not _is_time(one)]
    reworded = [row for row in taking.derivations if row.kind is MatchKind.REWORDED]
    count = len(changed) + len(reworded)
    beyond = " beyond those of time, place and house style" if rule.allowed is Changes.STYLE else ""
    times = f"{count or 'no'} change{'' if count == 1 else 's'}{beyond}"
    says = f" with {times}; agreement {agreement} allows none"
    put_otherwise = (Exhibit(row.span, row.parent) for row in reworded)
    shown = sorted({*map(_exhibit, changed), *put_otherwise}, key=_order)
    return Measure(not count, says, count, 0, "changes", tuple(shown))


def _is_ours(garble: Garble, taking: Taking) -> bool:
    """Does the change lie in this licensor's text, and isn't it the lost credit?"""
    if garble.kind is GarbleKind.ATTRIBUTION and _is_credit(garble, taking):
        return False
    return any(_touches(garble, row) for row in taking.derivations)


def _touches(garble: Garble, row: Derivation) -> bool:
    return bool(row.span.overlap(garble.span)) or (
        not garble.span and row.span.start <= garble.span.start <= row.span.end
    )


def _is_credit(garble: Garble, taking: Taking) -> bool:
    parent = taking.held.get(garble.parent.article) if garble.parent else None
    if parent is None or garble.parent is None:
        return not garble.after
    span = garble.parent.span
    return any(one.span and one.span.overlap(span) for one in parent.credits)


def _is_time(garble: Garble) -> bool:
    """Are only names of days and what surrounds them changed?"""
    words = {word.strip(".,").casefold() for word in f"{garble.before} {garble.after}".split()}
    return bool(words & _DAYS) and words <= _DAYS | _AROUND_DAYS


def _exhibit(garble: Garble) -> Exhibit:
    parent = garble.parent
    return Exhibit(garble.span, Place(parent.article, parent.span) if parent else None)


def _order(exhibit: Exhibit) -> tuple[int, int, str, int]:
    parent = exhibit.parent
    return (*exhibit.span, parent.article if parent else "", parent.span.start if parent else 0)
