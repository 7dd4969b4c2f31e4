"""Whether a relative that an article didn't have before can change the article's rows.

    what is known of both, without their texts → surely later → what else it could say → yes or no

A story grows mostly by articles that came later than all that is known of it, and of these nothing was taken.
They still show what others made of the text, but only where no wire is held, and only the few of them that
share most. Whoever keeps rows asks here before an article is traced again. This module must not know texts;
it says "yes" wherever that would be needed to be sure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from auditor.domain import Derivation
from auditor.lineage.order import Outlined, known_without_texts
from auditor.lineage.parameters import DEFAULTS, Parameters
from auditor.lineage.retold import is_retold
from auditor.registry import Registry


@dataclass(frozen=True, slots=True)
class Kin:
    """A relative by its outline, with how many characters of the article it shares, or did before."""

    outline: Outlined
    shared: int


def may_bear(
    child: Outlined,
    credited: Collection[str] | None,
    changed: Sequence[Kin],
    steady: Sequence[Kin],
    rows: Iterable[Derivation],
    registry: Registry,
    parameters: Parameters = DEFAULTS,
) -> bool:
    """Could an article be traced otherwise since what it shares with some relatives changed?

    ``credited`` are the sources that the article credits with more than a sentence, None if that isn't known;
    ``steady`` its other relatives; ``rows`` what tracing gave for it the last time, settled or refused.
    """

    def is_later(kin: Kin) -> bool:
        return _is_later(child, kin.outline, credited, registry, parameters)

    if not changed:
        return False
    if not all(is_later(kin) for kin in changed):
        return True
    if all(is_later(kin) for kin in steady):
        return False  # no relative is read at all
    wires = {kin.outline.id for kin in steady if registry.is_wire(kin.outline.source)}
    if any(row.parent and row.parent.article in wires and not is_retold(row) for row in rows):
        return False  # beside a wire's report no later text is asked
    most = max(kin.shared for kin in changed)
    fuller = sum(kin.shared > most and is_later(kin) for kin in steady)
    return fuller < parameters.siblings_read


def _is_later(
    child: Outlined,
    other: Outlined,
    credited: Collection[str] | None,
    registry: Registry,
    parameters: Parameters,
) -> bool:
    """Is the other ruled out as a parent, whatever it credits itself?"""
    odds = sum(item.weight for item in known_without_texts(child, other, registry, parameters))
    if other.source and other.source != child.source and (credited is None or other.source in credited):
        odds += parameters.credits_other
    return odds <= parameters.excluded
