"""One function a kind of rule: a rule and a taking in, what it measures out.

None means that the rule can't be asked here: the item isn't held, or a time isn't known.
"""

from __future__ import annotations

from auditor.licensing.rules import alterations, amounts, corrected, passing, places, signs, timing
from auditor.licensing.rules.measure import Measure
from auditor.licensing.taking import Taking
from auditor.licensing.terms import (
    Advisory,
    Alterations,
    Archive,
    Byline,
    Corrections,
    CreditLine,
    Dateline,
    Embargo,
    Rule,
    SourceShare,
    TargetShare,
    Verbatim,
    Words,
)

__all__ = ["Measure", "measure", "passing", "places"]


def measure(rule: Rule, taking: Taking, agreement: str) -> Measure | None:  # noqa: C901, PLR0911, PLR0912 - one a line
    """Hold a rule against what a licensee took; ``agreement`` is the name to say."""
    match rule:
        case Verbatim():
            return amounts.verbatim(rule, taking, agreement)
        case SourceShare():
            return amounts.source_share(rule, taking, agreement)
        case TargetShare():
            return amounts.target_share(rule, taking, agreement)
        case Words():
            return amounts.words(rule, taking, agreement)
        case CreditLine():
            return signs.credit(rule, taking, agreement)
        case Byline():
            return signs.byline(rule, taking, agreement)
        case Dateline():
            return signs.dateline(rule, taking, agreement)
        case Alterations():
            return alterations.alterations(rule, taking, agreement)
        case Archive():
            return timing.archive(rule, taking, agreement)
        case Embargo():
            return timing.embargo(rule, taking, agreement)
        case Corrections():
            return corrected.corrections(rule, taking, agreement)
        case Advisory():
            return passing.advisory(rule, taking, agreement)
        case _:
            return None  # republication is asked of others than the licensee
