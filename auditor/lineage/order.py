"""Which of two articles came first: times, sources, credits and texts fused into evidence.

Positive weights say that the relative came before the traced article. Seen from the other side the
same evidence has the opposite sum, so that two articles never both claim the other as their source.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from auditor.domain import Evidence
from auditor.lineage import clock
from auditor.lineage.crediting import Reach
from auditor.lineage.parameters import Parameters
from auditor.lineage.readings import Reading
from auditor.lineage.signs import signs
from auditor.lineage.variants import Variants
from auditor.lineage.witness import Witness
from auditor.registry import Registry

PUBLISHED_FIRST, SAME_DAY = "published_first", "same_day"
OF_TIMES = frozenset({PUBLISHED_FIRST, SAME_DAY})  # kinds of evidence that compare two times of publication


class Outlined(clock.Timed, Protocol):
    """What is known of an article without its text."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def source(self) -> str | None:
        """Its source's key."""

    @property
    def byline(self) -> str | None:
        """Who wrote it, as its page or its sender says."""

    @property
    def revises(self) -> str | None:
        """The article that it is a later version of, by its own word."""


def from_what_is_known(
    child: Witness, relative: Witness, registry: Registry, parameters: Parameters
) -> tuple[Evidence, ...]:
    """What times, versions, sources and credits say; cheap, as no text is compared."""
    return (
        *known_without_texts(child.article, relative.article, registry, parameters),
        *_from_credits(child, relative, registry, parameters),
    )


def known_without_texts(
    ours: Outlined, theirs: Outlined, registry: Registry, parameters: Parameters
) -> tuple[Evidence, ...]:
    """What times, versions and sources say."""
    return (
        *_from_times(ours, theirs, parameters),
        *_from_sources(ours.source, theirs.source, registry, parameters),
    )


def from_texts(
    child: Witness, relative: Witness, reading: Reading, parameters: Parameters
) -> tuple[Evidence, ...]:
    """What the two texts say."""
    letters = _are_letters(child, relative, parameters)
    weights = parameters.letters if letters else parameters.reports
    found = (
        Evidence(sign.kind, sign.detail, getattr(weights, sign.kind) * sign.value)
        for sign in signs(child, relative, reading, letters=letters)
    )
    return tuple(item for item in found if abs(item.weight) >= _LEAST_WEIGHT)


def _are_letters(child: Witness, relative: Witness, parameters: Parameters) -> bool:
    """Do the two talk, or do both of their authors give an address to be answered at?"""
    talk = (child.marks.talk + relative.marks.talk) / 2
    return talk >= parameters.talk or (child.gives_address and relative.gives_address)


_LEAST_WEIGHT = 0.05


def from_readings(variants: Variants, weight: float) -> tuple[Evidence, ...]:
    """What the other relatives' readings say: who stands alone with a word is the one who changed it."""
    value = weight * variants.sides
    if abs(value) < _LEAST_WEIGHT:
        return ()
    if value > 0:
        detail = f"stands alone in {variants.ours:.0f} readings that the other shares with further articles"
    else:
        detail = f"reads as further articles do in {variants.theirs:.0f} places that the other has changed"
    return (Evidence("stands_alone", detail, value),)


def _from_times(ours: Outlined, theirs: Outlined, parameters: Parameters) -> Iterator[Evidence]:
    if ours.revises == theirs.id:
        yield Evidence("revises", "a later version of the other by its own word", parameters.revises)
    elif theirs.revises == ours.id:
        yield Evidence("revises", "the other is a later version of it", -parameters.revises)
    skew = clock.PEOPLE if _is_sent(ours) and _is_sent(theirs) else clock.SITES
    told = clock.order(theirs, ours, parameters.sure_time, parameters.near_time, skew)
    if told.weight:
        kind = PUBLISHED_FIRST if told.sure else SAME_DAY
        yield Evidence(kind, told.detail, told.weight)


def _is_sent(article: Outlined) -> bool:
    """Is it a letter or post, by the mail address of its author? Such are dated by the author's own clock."""
    return "@" in (article.byline or "")


def _from_sources(
    ours: str | None, theirs: str | None, registry: Registry, parameters: Parameters
) -> Iterator[Evidence]:
    mine, other = registry.is_wire(ours), registry.is_wire(theirs)
    if mine != other:
        name = registry.name_of(theirs if other else ours)
        yield Evidence("wire", f"{name} is a wire", parameters.wire_first * (1 if other else -1))


def _from_credits(
    child: Witness, relative: Witness, registry: Registry, parameters: Parameters
) -> Iterator[Evidence]:
    ours, theirs = child.article.source, relative.article.source
    if ours == theirs:
        return
    if theirs and _credits(child, theirs):
        yield Evidence("credits", f"credits {registry.name_of(theirs)}", parameters.credits_other)
    if ours and _credits(relative, ours):
        yield Evidence("credits", f"the other credits {registry.name_of(ours)}", -parameters.credits_other)


def _credits(witness: Witness, source: str) -> bool:
    return any(scope.source == source and scope.reach is not Reach.SENTENCE for scope in witness.credited)
