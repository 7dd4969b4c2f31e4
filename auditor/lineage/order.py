"""Which of two articles came first: times, sources, credits and texts fused into evidence.

Positive weights say that the relative came before the traced article. Seen from the other side the
same evidence has the opposite sum, so that two articles never both claim the other as their source.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.domain import Evidence
from auditor.lineage import clock
from auditor.lineage.crediting import Reach
from auditor.lineage.parameters import Parameters
from auditor.lineage.readings import Reading
from auditor.lineage.signs import signs
from auditor.lineage.witness import Witness
from auditor.registry import Registry


def order_evidence(
    child: Witness, relative: Witness, reading: Reading, registry: Registry, parameters: Parameters
) -> tuple[Evidence, ...]:
    """The evidence that the relative came before the traced article, strongest kinds first."""
    return (
        *_from_times(child, relative, parameters),
        *_from_sources(child, relative, registry, parameters),
        *_from_texts(child, relative, reading, parameters),
    )


def _from_times(child: Witness, relative: Witness, parameters: Parameters) -> Iterator[Evidence]:
    ours, theirs = child.article, relative.article
    if ours.revises == theirs.id:
        yield Evidence("revises", "a later version of the other by its own word", parameters.revises)
    elif theirs.revises == ours.id:
        yield Evidence("revises", "the other is a later version of it", -parameters.revises)
    told = clock.order(theirs, ours, parameters.sure_time, parameters.near_time)
    if told.weight:
        kind = "published_first" if told.sure else "same_day"
        yield Evidence(kind, told.detail, told.weight)


def _from_sources(
    child: Witness, relative: Witness, registry: Registry, parameters: Parameters
) -> Iterator[Evidence]:
    ours, theirs = child.article.source, relative.article.source
    mine, other = registry.is_wire(ours), registry.is_wire(theirs)
    if mine != other:
        name = registry.name_of(theirs if other else ours)
        yield Evidence("wire", f"{name} is a wire", parameters.wire_first * (1 if other else -1))
    if ours == theirs:
        return
    if theirs and _credits(child, theirs):
        yield Evidence("credits", f"credits {registry.name_of(theirs)}", parameters.credits_other)
    if ours and _credits(relative, ours):
        yield Evidence("credits", f"the other credits {registry.name_of(ours)}", -parameters.credits_other)


def _credits(witness: Witness, source: str) -> bool:
    return any(scope.source == source and scope.reach is not Reach.SENTENCE for scope in witness.credited)


def _from_texts(
    child: Witness, relative: Witness, reading: Reading, parameters: Parameters
) -> Iterator[Evidence]:
    for sign in signs(child, relative, reading):
        yield Evidence(sign.kind, sign.detail, getattr(parameters, sign.kind) * sign.value)
