"""How often a row such as this one is right: scores in nats made into a calibrated probability.

The scores of order, relation and choice are sums of evidence that isn't independent, and so too sure of
themselves. A logistic curve through simulated lineages and quoted posts draws them in. This module must
not know what the scores were made of.
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
    features = confidence_features(leads, order_odds, copy_odds)
    odds = sum(weight * feature for weight, feature in zip(calibration.weights, features, strict=True))
    return round(_bounded(_sigmoid(odds)), 4)


def confidence_features(leads: Sequence[float], order_odds: float, copy_odds: float) -> tuple[float, ...]:
    """What the curve is drawn through: one, odds of the choice, whether there was none, order, relation."""
    return (
        1.0,
        _choice_odds(leads) if leads else 0.0,
        0.0 if leads else 1.0,
        max(-_CAP, min(order_odds, _CAP)),
        max(-_CAP, min(copy_odds, _CAP)),
    )


def _choice_odds(leads: Sequence[float]) -> float:
    """The odds of the chosen relative against all of its rivals together, in nats, capped."""
    against = sum(math.exp(-max(-_CAP, min(lead, 2 * _CAP))) for lead in leads)
    return max(-_CAP, min(_CAP, -math.log(against)))


def _sigmoid(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _bounded(chance: float) -> float:
    return max(_LEAST, min(_MOST, chance))
