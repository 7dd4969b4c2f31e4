"""The relatives of an article as possible parents: readings, and the evidence for and against each.

What the times rule out is not read at all, so that the first article of a story that thousands copied
costs little to trace. This module must not know passages: which relative explains which is chosen later.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from auditor.domain import Evidence
from auditor.lineage import clock
from auditor.lineage.cuts import passages_cut
from auditor.lineage.kinship import kinship_evidence
from auditor.lineage.order import from_readings, from_texts, from_what_is_known
from auditor.lineage.parameters import Parameters
from auditor.lineage.readings import Reading, read_against
from auditor.lineage.relation import relation_evidence
from auditor.lineage.variants import Variants, compare, stand_apart
from auditor.lineage.witness import Relative, Witness
from auditor.registry import Registry


@dataclass(frozen=True)
class Candidate:
    """A relative as a possible parent: its readings beside the others', and the evidence.

    ``order`` speaks for its being the earlier, ``relation`` for a copy rather than a common source,
    ``kinship`` for this relative rather than another. ``is_preceded`` tells that an earlier one
    has nearly all that this one has: of equal texts the first is the likeliest parent.
    """

    witness: Witness
    reading: Reading
    variants: Variants
    order: tuple[Evidence, ...]
    relation: tuple[Evidence, ...]
    kinship: tuple[Evidence, ...]
    is_preceded: bool

    @cached_property
    def order_odds(self) -> float:
        """How surely this relative is the earlier text, in nats."""
        return sum(item.weight for item in self.order)

    @cached_property
    def copy_odds(self) -> float:
        """How surely one is a copy of the other rather than both of something else, in nats."""
        return sum(item.weight for item in self.relation)

    @property
    def is_likely(self) -> bool:
        """May this be the parent? Not one that is rather the later, nor one that is rather a sibling."""
        return self.order_odds >= 0 and self.copy_odds >= 0

    def prior(self, registry: Registry, parameters: Parameters) -> float:
        """How likely a parent at all, before any passage is looked at, in nats."""
        prior = log_sigmoid(self.order_odds) + log_sigmoid(self.copy_odds)
        prior += sum(item.weight for item in self.kinship)
        prior += parameters.order_slope * min(self.order_odds, parameters.sure_time)
        prior += parameters.wire_parent * registry.is_wire(self.witness.article.source)
        prior -= parameters.first_parent * self.is_preceded
        prior -= parameters.style_undone * min(2, self.variants.styles_undone)
        return prior - parameters.style_new * min(1, self.variants.styles_new)


def log_sigmoid(odds: float) -> float:
    """The logarithm of the probability that odds in nats stand for."""
    return -math.log1p(math.exp(-odds)) if odds > -30 else odds


@dataclass(frozen=True)
class _Read:
    relative: Relative
    reading: Reading
    order: tuple[Evidence, ...]
    is_known: bool


def candidates(
    child: Witness, relatives: Sequence[Relative], registry: Registry, parameters: Parameters
) -> tuple[Candidate, ...]:
    """The relatives that may be a parent, sorted by id so that their order of arrival doesn't matter."""
    earlier, later = _apart(child, relatives, registry, parameters)
    read = [_read(child, relative, known, parameters) for relative, known in earlier]
    read = [one for one in read if _odds(one.order) > parameters.excluded]
    if not read:
        return ()
    readings = [one.reading for one in read]
    chances = [math.exp(log_sigmoid(_odds(one.order))) for one in read]
    witnesses = [one.relative.witness for one in read]
    is_known = [one.is_known for one in read]
    letters = _letters(child, witnesses)
    before, after = _siblings(child, later, read, registry, parameters)
    everybody = (*readings, *after)
    cuts = passages_cut(everybody)
    variants = compare(
        readings,
        chances,
        _leads(witnesses, registry),
        cuts,
        shared_cut=[parameters.shared_cut_of_letters if one else parameters.shared_cut for one in letters],
        is_known=is_known,
        cuts_tell=[
            not is_letter and (one.extent >= parameters.much or one.covered.mean() >= parameters.shared_part)
            for one, is_letter in zip(readings, letters, strict=True)
        ],
    )
    preceded = _preceded(child, witnesses, readings)
    since = range(len(readings), len(everybody))
    held = {one.relative.witness.article.source for one in read}
    return tuple(
        Candidate(
            one.relative.witness,
            one.reading,
            variant,
            _with_readings(one, variant, letters[index], parameters),
            relation_evidence(
                child,
                one.relative,
                one.reading,
                apart=stand_apart(index, everybody, () if letters[index] else cuts, before, since),
                held=held,
                registry=registry,
                parameters=parameters,
            ),
            kinship_evidence(child, one.relative.witness, registry, parameters),
            is_preceded=bool(preceded[index]),
        )
        for index, (one, variant) in enumerate(zip(read, variants, strict=True))
    )


def _odds(evidence: Sequence[Evidence]) -> float:
    return sum(item.weight for item in evidence)


def _apart(
    child: Witness, relatives: Sequence[Relative], registry: Registry, parameters: Parameters
) -> tuple[list[tuple[Relative, tuple[Evidence, ...]]], list[Relative]]:
    """Relatives that may be earlier, with what is known of their order; and those that can't be."""
    earlier, later = [], []
    for relative in sorted(relatives, key=lambda item: item.witness.article.id):
        if relative.witness.article.id == child.article.id or not relative.matches:
            continue
        known = from_what_is_known(child, relative.witness, registry, parameters)
        if _odds(known) > parameters.excluded:
            earlier.append((relative, known))
        else:
            later.append(relative)
    return earlier, later


def _read(child: Witness, relative: Relative, known: tuple[Evidence, ...], parameters: Parameters) -> _Read:
    reading = _reading(child, relative)
    if _odds(known) >= parameters.sure_order:  # the texts could not turn it: don't compare them for order
        return _Read(relative, reading, known, is_known=True)
    found = (*known, *from_texts(child, relative.witness, reading, parameters))
    return _Read(relative, reading, found, is_known=False)


def _letters(child: Witness, witnesses: Sequence[Witness]) -> list[bool]:
    """With which of them an article exchanges letters: those whose authors give an address, as its own does.

    These are asked less about who stands alone with what, as each quotes of the first what it answers, and
    begins and ends there where others do, too.
    """
    return [child.gives_address and one.gives_address for one in witnesses]


def _with_readings(
    one: _Read, variant: Variants, is_letter: bool, parameters: Parameters
) -> tuple[Evidence, ...]:
    """The evidence of order, with what the other relatives' readings say where times leave it open."""
    if one.is_known:
        return one.order
    weight = parameters.stands_alone_of_letters if is_letter else parameters.stands_alone
    return (*one.order, *from_readings(variant, weight))


def _reading(child: Witness, relative: Relative) -> Reading:
    other = relative.witness
    same = child.article.source is not None and child.article.source == other.article.source
    return read_against(child.side, other.side, relative.matches, along=not same)


def _siblings(
    child: Witness,
    later: Sequence[Relative],
    read: Sequence[_Read],
    registry: Registry,
    parameters: Parameters,
) -> tuple[list[int], list[Reading]]:
    """A few relatives that show who changed what where no wire is held.

    The earlier ones by their place in ``read``, and the readings of later ones.
    """
    if any(registry.is_wire(one.relative.witness.article.source) for one in read):
        return [], []
    most = parameters.siblings_read
    earlier = sorted(range(len(read)), key=lambda at: -read[at].reading.same)  # which are sorted by id
    longest = sorted(
        later, key=lambda item: (-sum(match.a.length for match in item.matches), item.witness.article.id)
    )
    return earlier[:most], [_reading(child, relative) for relative in longest[:most]]


def _times(witnesses: Sequence[Witness]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The first and last second in which each may have been published; NaN where nothing is known."""
    windows = [clock.window(witness.article) for witness in witnesses]
    first = np.array([window.earliest.timestamp() if window else np.nan for window in windows])
    last = np.array([window.latest.timestamp() if window else np.nan for window in windows])
    return first, last


def _leads(witnesses: Sequence[Witness], registry: Registry) -> NDArray[np.bool_]:
    """Which of them begin the story before which others: wires, or without any the earliest by time."""
    leading = np.array([registry.is_wire(witness.article.source) for witness in witnesses], np.bool_)
    if not leading.any():
        first, last = _times(witnesses)
        leading = first <= np.nanmin(np.append(last, np.inf))
    return np.asarray(leading[:, None] & ~leading[None, :], np.bool_)


_NEARLY_ALL = 0.9


def _preceded(child: Witness, witnesses: Sequence[Witness], readings: Sequence[Reading]) -> NDArray[np.bool_]:
    """For each whether another that is rather taken from covers nearly all that it covers.

    That is the earlier one, but of two versions of one item the later: a feed shows the latest. Not one
    that was still to come when the child was published.
    """
    _, published = _times([child])
    first, last = _times(witnesses)
    earlier = last[:, None] < first[None, :]
    index = {witness.article.id: position for position, witness in enumerate(witnesses)}
    for position, witness in enumerate(witnesses):
        older = index.get(witness.article.revises or "")
        if older is not None and not first[position] > published[0]:
            earlier[older, position], earlier[position, older] = False, True
    covered = np.array([reading.covered for reading in readings], np.float32)
    shared = covered @ covered.T
    return np.asarray((earlier & (shared >= _NEARLY_ALL * np.diag(shared)[None, :])).any(axis=0), np.bool_)
