"""What two texts tell of which came first, without any time: each sign with its value and in words.

A value is positive where the sign speaks for the relative being the earlier, negative where for the
traced article; seen from the other side every value changes its sign. How much a sign weighs is not
decided here. This module must not know times, sources or other relatives.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from auditor.domain import Span
from auditor.lineage.answering import answering
from auditor.lineage.marks import Marks
from auditor.lineage.readings import Block, Reading
from auditor.lineage.witness import Witness
from auditor.lineage.wording import wording
from auditor.text import Document


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of order: its kind, its signed value, and the plain words for it."""

    kind: str
    value: float
    detail: str


# For each kind: what is said where the sign speaks for the relative being earlier, and for the reverse.
_WORDS = {
    "litter": ("has more page furniture among its text", "the other has more page furniture"),
    "doubled": ("more of its sentences stand twice", "more of the other's sentences stand twice"),
    "contained": (
        "stands nearly whole in the other, which has more",
        "holds nearly all of the other and more",
    ),
    "share": ("more of it is shared than of the other", "more of the other is shared than of it"),
    "opens": (
        "shared text begins a paragraph here and stands inside one in the other",
        "shared text begins a paragraph in the other and stands inside one here",
    ),
    "closes": (
        "shared text ends a paragraph here and runs on in the other",
        "shared text ends a paragraph in the other and runs on here",
    ),
    "gaps": ("has text of its own between shared passages", "the other has text of its own between them"),
    "start": ("the shared text begins nearer its start", "the shared text begins nearer the other's start"),
    "end": ("the shared text ends nearer its end", "the shared text ends nearer the other's end"),
    "answers": ("its own text speaks to somebody", "the other's own text speaks to somebody"),
    "expanded": ("writes out what the other abbreviates", "abbreviates what the other writes out"),
    "spelled_out": (
        "has a name in a longer form again and again where the other has the short one",
        "the other has a name in a longer form again and again",
    ),
    "misprint": ("has misspelt words where the other doesn't", "the other has misspelt words"),
    "elision": (
        "leaves words out of a quotation and marks it so",
        "the other marks words left out of a quotation",
    ),
    "damage": ("has damaged characters where the other doesn't", "the other has damaged characters"),
    "next_day": ("says “yesterday” for the other's “today”", "says “today” for the other's “yesterday”"),
    "replies": ("goes on after shared text as an answer does", "the other goes on as an answer does"),
    "prose_after": ("has more to say right after shared text", "the other has more to say after it"),
    "says_whose": ("says whose words the shared text is", "the other says whose words the shared text is"),
    "left_out": ("says that some of the shared text is left out", "the other says that some is left out"),
    "names_author": ("its own text names the other's author", "the other names its author"),
    "asks": ("its own text asks or thanks more", "the other's own text asks or thanks more"),
}
KINDS = tuple(_WORDS)


def signs(child: Witness, relative: Witness, reading: Reading, *, letters: bool) -> tuple[Sign, ...]:
    """Every sign that says something of the order of the two texts; of ``letters`` also what answers show."""
    found = (
        *_from_marks(child.marks, relative.marks),
        *_from_extent(child.document, relative.document, reading),
        *_from_blocks(child.document, relative.document, reading.blocks),
        *_from_own_text(child.document, relative.document, reading),
        *wording(child.document, relative.document, reading, lambda: child.letters + relative.letters),
        *(answering(child, relative, reading) if letters else ()),
    )
    return tuple(Sign(kind, value, _WORDS[kind][value < 0]) for kind, value in found if abs(value) >= _LEAST)


_LEAST = 0.02
Found = Iterator[tuple[str, float]]


def _from_marks(ours: Marks, theirs: Marks) -> Found:
    yield "litter", math.log1p(ours.litter) - math.log1p(theirs.litter)
    yield "doubled", math.log1p(ours.doubled) - math.log1p(theirs.doubled)


_WHOLE = 0.8


def _from_extent(ours: Document, theirs: Document, reading: Reading) -> Found:
    """How much of each text is shared: nearly all of one is something else than a part of both."""
    mine = float(reading.covered.mean()) if len(ours.tokens) else 0.0
    other = len(np.unique(reading.partner[reading.partner >= 0])) / max(1, len(theirs.tokens))
    whole, whole_other = (min(1.0, max(0.0, (part - _WHOLE) / (1 - _WHOLE))) for part in (mine, other))
    yield "contained", whole - whole_other
    yield "share", (mine - other) * (1 - max(whole, whole_other))


def _from_blocks(ours: Document, theirs: Document, blocks: Sequence[Block]) -> Found:
    """Where the shared stretches begin and end: an extract stands by itself, its source flows on."""
    if not blocks:
        return
    count = len(blocks)
    yield "opens", sum(_apart(ours, b.first) - _apart(theirs, b.b_first) for b in blocks) / count
    yield "closes", sum(_apart(ours, b.last) - _apart(theirs, b.b_last) for b in blocks) / count
    mine = sorted((b.first, b.last) for b in blocks)
    other = sorted((b.b_first, b.b_last) for b in blocks)
    yield "gaps", math.tanh((_between(mine) - _between(other)) / 3)
    yield "start", (math.log1p(other[0][0]) - math.log1p(mine[0][0])) / 6
    rest = [
        len(document.tokens) - max(b[1] for b in side) for document, side in ((ours, mine), (theirs, other))
    ]
    yield "end", (math.log1p(max(0, rest[1])) - math.log1p(max(0, rest[0]))) / 6


def _between(ranges: Sequence[tuple[int, int]]) -> float:
    """How much lies between ranges that follow each other, on a scale that flattens."""
    return sum(math.log1p(max(0, after[0] - before[1])) for before, after in itertools.pairwise(ranges))


def _apart(document: Document, at: int) -> int:
    """1 where a paragraph ends before token ``at``, or the text itself; 0 inside a paragraph."""
    tokens = document.tokens
    if at <= 0 or at >= len(tokens):
        return 1
    gap = Span(int(tokens.ends[at - 1]), int(tokens.starts[at])).of(document.text)
    if "\n" not in gap:
        return 0
    return int("\n\n" in gap.replace(" ", "").replace("\t", "") or "\n   " in gap)


def _from_own_text(ours: Document, theirs: Document, reading: Reading) -> Found:
    """Does the text that isn't shared speak to somebody, as an answer does?"""
    mine = _speaks(ours, ~reading.covered)
    rest = np.ones(len(theirs.tokens), np.bool_)
    rest[reading.partner[reading.partner >= 0]] = False
    yield "answers", mine - _speaks(theirs, rest)


_TO_SOMEBODY = frozenset(("you", "your", "you're"))


def _speaks(document: Document, own: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> float:
    where = np.flatnonzero(own).tolist()
    count = sum(document.tokens.words[at] in _TO_SOMEBODY for at in where)
    return min(1.0, 20 * count / (len(where) + 20))
