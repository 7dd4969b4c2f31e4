"""How often a row such as this one is right: scores in nats made into a calibrated probability.

A parent is right if it is the right one of the relatives *and* there is a parent among them at all, the
earlier one, of which the article is a copy. Two chances, then, that are multiplied: however clear order and
relation are, they say nothing of which of two that read the same was taken. Their scores are sums of
evidence that isn't independent, and so too sure of themselves: two logistic curves through simulated lineages
draw them in. This module must not know what the scores were made of.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from auditor.domain import Relation
from auditor.lineage.parameters import Calibration

_CAP = 6.0
_LEAST, _MOST = 0.02, 0.995


def confidence(
    relation: Relation,
    leads: Sequence[float],
    order_odds: float,
    copy_odds: float,
    calibration: Calibration,
) -> float:
    """The probability that the parent is right; for a common source, that the relation is."""
    if relation is Relation.COMMON_SOURCE:
        return round(_bounded(_sigmoid(-copy_odds * calibration.common)), 4)
    choice, order, copy = scores(leads, order_odds, copy_odds)
    chosen = calibration.unrivalled if choice is None else _line(calibration.choice, choice)
    related = _line(calibration.relation, order, copy)
    return round(_bounded(_sigmoid(chosen) * _sigmoid(related)), 4)


def scores(leads: Sequence[float], order_odds: float, copy_odds: float) -> tuple[float | None, float, float]:
    """What the curves are drawn through, capped: odds of the choice (None without rival), order, relation."""
    return (
        _choice_odds(leads) if leads else None,
        max(-_CAP, min(order_odds, _CAP)),
        max(-_CAP, min(copy_odds, _CAP)),
    )


def _line(weights: Sequence[float], *values: float) -> float:
    """The first weight, and the values by the others."""
    return weights[0] + sum(weight * value for weight, value in zip(weights[1:], values, strict=True))


def _choice_odds(leads: Sequence[float]) -> float:
    """The odds of the chosen relative against all of its rivals together, in nats, capped."""
    against = sum(math.exp(-max(-_CAP, min(lead, 2 * _CAP))) for lead in leads)
    return max(-_CAP, min(_CAP, -math.log(against)))


def _sigmoid(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _bounded(chance: float) -> float:
    return max(_LEAST, min(_MOST, chance))
