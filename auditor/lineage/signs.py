"""What two texts tell of which came first, without any time: each sign with its value and in words.

A value is positive where the sign speaks for the relative being the earlier, negative where for the
traced article; seen from the other side every value changes its sign. How much a sign weighs is not
decided here. This module must not know times, sources or other relatives.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from auditor.domain import Span
from auditor.lineage.marks import Marks
from auditor.lineage.readings import Block, Reading
from auditor.lineage.witness import Witness
from auditor.text import Document


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of order: its kind, its signed value, and the plain words for it."""

    kind: str
    value: float
    detail: str


def signs(child: Witness, relative: Witness, reading: Reading) -> tuple[Sign, ...]:
    """Every sign that says something of the order of the two texts."""
    found = (
        *_from_marks(child.marks, relative.marks),
        *_from_extent(child.document, relative.document, reading),
        *_from_edges(child.document, relative.document, reading),
    )
    return tuple(sign for sign in found if sign.value)


def _from_marks(ours: Marks, theirs: Marks) -> Iterator[Sign]:
    for kind, mine, other, what in (
        ("litter", ours.litter, theirs.litter, "page furniture among its text"),
        ("damage", ours.damage, theirs.damage, "damaged characters"),
        ("doubled", ours.doubled, theirs.doubled, "sentences that stand twice"),
        ("elision", ours.elisions, theirs.elisions, "quotations with words left out"),
        (
            "yesterday",
            _next_day(ours),
            _next_day(theirs),
            "words such as “yesterday” for the other's “today”",
        ),
    ):
        value = _squash(mine) - _squash(other)
        if value:
            yield Sign(kind, value, f"{'has' if value > 0 else 'the other has'} more {what}")


def _squash(count: float) -> float:
    """Counts matter less the more there are."""
    return math.copysign(math.log1p(abs(count)), count)


def _next_day(marks: Marks) -> float:
    """Positive for a text that looks back at the day, negative for one written on it."""
    return (marks.yesterday > marks.today) - (marks.today > marks.yesterday)


def _from_extent(ours: Document, theirs: Document, reading: Reading) -> Iterator[Sign]:
    """The whole of one text inside the other."""
    mine = float(reading.covered.mean()) if len(ours.tokens) else 0.0
    partners = np.unique(reading.partner[reading.partner >= 0])
    other = len(partners) / max(1, len(theirs.tokens))
    value = mine - other
    if abs(value) < 0.02:
        return
    if value > 0:
        yield Sign("coverage", value, f"{mine:.0%} of it stands in the other, which has more text")
    else:
        yield Sign("coverage", value, f"{other:.0%} of the other stands in it, and it has more text")


def _from_edges(ours: Document, theirs: Document, reading: Reading) -> Iterator[Sign]:
    """Where the shared stretches begin and end: an extract stands by itself, its source flows on."""
    if not reading.blocks:
        return
    alone = place = weight = 0.0
    for block in reading.blocks:
        size = block.last - block.first
        alone += size * _standing_alone(ours, theirs, block)
        place += size * (block.b_first / max(1, len(theirs.tokens)) - block.first / max(1, len(ours.tokens)))
        weight += size
    alone, place = alone / weight, place / weight
    if abs(alone) >= 0.05:
        what = "stands by itself here and runs on in the other" if alone > 0 else "runs on here"
        yield Sign("extract", alone, f"the shared text {what}")
    if abs(place) >= 0.02:
        where = "begins earlier in this text" if place > 0 else "begins later in this text"
        yield Sign("position", place, f"the shared text {where}")


def _standing_alone(ours: Document, theirs: Document, block: Block) -> float:
    """-1..1: how much harder the text breaks around the block here than in the other."""
    before = _break(ours, block.first) - _break(theirs, block.b_first)
    after = _break(ours, block.last) - _break(theirs, block.b_last)
    return (before + after) / (2 * _EDGE)


_INSIDE, _SENTENCE, _PARAGRAPH, _EDGE = range(4)
_ENDS = ".!?"


def _break(document: Document, at: int) -> int:
    """How hard the text breaks before token ``at``."""
    tokens = document.tokens
    if at <= 0 or at >= len(tokens):
        return _EDGE
    gap = Span(int(tokens.ends[at - 1]), int(tokens.starts[at])).of(document.text)
    if "\n\n" in gap.replace(" ", "").replace("\t", "") or "\n   " in gap:
        return _PARAGRAPH
    return _SENTENCE if any(mark in gap for mark in _ENDS) else _INSIDE
