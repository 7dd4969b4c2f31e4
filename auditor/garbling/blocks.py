"""The differing runs of two readings: blocks of words that one side has and the other hasn't.

The alignment keeps as many words as it can, some of them by chance; what a reader would see as one change is
put together here. It must not know what a change does to a statement.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Indel

from auditor.garbling.reading import Reading
from auditor.garbling.vocabulary import FUNCTION_WORDS

Range = tuple[int, int]
Block = tuple[Range, Range]

CHANCE_WORDS = 2
"""So few equal words between two insertions may be equal by chance."""


def differing(parent: Reading, child: Reading, before: Range, after: Range) -> list[Block]:
    """The differing ranges of parent and child, in order."""
    old, new = parent.forms[slice(*before)], child.forms[slice(*after)]
    if old == new:
        return []
    found: list[Block] = []
    for block in Indel.opcodes(old, new):
        if block.tag == "equal":
            continue
        b = (before[0] + block.src_start, before[0] + block.src_end)
        a = (after[0] + block.dest_start, after[0] + block.dest_end)
        if found and found[-1][0][1] == b[0] and found[-1][1][1] == a[0]:
            (first_b, _), (first_a, _) = found.pop()
            b, a = (first_b, b[1]), (first_a, a[1])
        found.append((b, a))
    found = _gathered(parent, child, _rewritten(child, found))
    for index, (b, a) in enumerate(found):
        if b[0] != b[1] and a[0] != a[1]:
            continue
        low = found[index - 1][0][1] if index else before[0]
        high = found[index + 1][0][0] if index + 1 < len(found) else before[1]
        limits = (low - b[0], high - b[1])
        shift = _slide(parent, b, limits) if a[0] == a[1] else _slide(child, a, limits)
        found[index] = (b[0] + shift, b[1] + shift), (a[0] + shift, a[1] + shift)
    return [part for block in found for part in _at_sentence_ends(parent, child, block)]


def _at_sentence_ends(parent: Reading, child: Reading, block: Block) -> list[Block]:
    """Part a replaced run where the one side is a sentence's rest and the other begins a sentence.

    So, too, where whole sentences follow on the one side only what was replaced.
    """
    b, a = block
    if b[0] == b[1] or a[0] == a[1]:
        return [block]
    if parent.starts_sentence(b[1]) and (place := _first_start(child, a)) and not _first_start(parent, b):
        return [(b, (a[0], place)), ((b[1], b[1]), (place, a[1]))]
    if child.starts_sentence(a[1]) and (place := _first_start(parent, b)) and not _first_start(child, a):
        return [((b[0], place), a), ((place, b[1]), (a[1], a[1]))]
    if parent.starts_sentence(b[0]) == child.starts_sentence(a[0]):
        return [block]
    return [(b, (a[0], a[0])), ((b[1], b[1]), a)]


def _first_start(reading: Reading, words: Range) -> int | None:
    """The first word inside a run at which a sentence begins."""
    return next((word for word in range(words[0] + 1, words[1]) if reading.starts_sentence(word)), None)


def _rewritten(child: Reading, blocks: Sequence[Block]) -> list[Block]:
    """Join two rewritten runs that only chance function words part."""
    kept: list[Block] = []
    for block in blocks:
        if kept and _is_chance(child, kept[-1], block):
            (first_b, _), (first_a, _) = kept.pop()
            kept.append(((first_b, block[0][1]), (first_a, block[1][1])))
        else:
            kept.append(block)
    return kept


def _is_chance(child: Reading, one: Block, other: Block) -> bool:
    between = range(one[1][1], other[1][0])
    if not 0 < len(between) <= CHANCE_WORDS or any(
        child.forms[word] not in FUNCTION_WORDS for word in between
    ):
        return False
    return all(
        max(b[1] - b[0], a[1] - a[0]) > len(between) and b[0] < b[1] and a[0] < a[1] for b, a in (one, other)
    )


def _gathered(parent: Reading, child: Reading, blocks: Sequence[Block]) -> list[Block]:
    """Join two insertions (or deletions) that a chance word parts: "x [x a] x [b]" is "x [x a x b]"."""
    kept: list[Block] = []
    for block in blocks:
        joined: Block | None = block
        while kept and joined is not None:
            last, block = joined, joined  # noqa: PLW2901
            joined = _one(parent, child, kept[-1], last)
            if joined is not None:
                kept.pop()
                block = joined  # noqa: PLW2901
        kept.append(block)
    return kept


def _one(parent: Reading, child: Reading, one: Block, other: Block) -> Block | None:
    """Two blocks of one kind as one, where that can be."""
    if one[1][0] == one[1][1] and other[1][0] == other[1][1]:
        run = _joined_run(parent, one[0], other[0])
        return run and (run[0], (other[1] if run[1] else one[1]))
    if one[0][0] == one[0][1] and other[0][0] == other[0][1]:
        run = _joined_run(child, one[1], other[1])
        return run and ((other[0] if run[1] else one[0]), run[0])
    return None


def _joined_run(reading: Reading, one: Range, other: Range) -> tuple[Range, bool] | None:
    """Two runs and the chance words between them as one run, before (False) or after (True) those words."""
    between = other[0] - one[1]
    if one[0] == one[1] or other[0] == other[1] or not 0 < between <= CHANCE_WORDS:
        return None
    words = reading.forms[one[1] : other[0]]
    if reading.forms[other[1] - between : other[1]] == words:
        return (one[0], other[1] - between), False
    if reading.forms[one[0] : one[0] + between] == words:
        return (one[0] + between, other[1]), True
    return None


def _slide(reading: Reading, words: Range, limits: Range) -> int:
    """How far to shift an inserted or deleted run, of several that read the same, to begin at a boundary.

    "x (a b) a" and "x a (b a)" are one difference; the one that begins after a mark is what was done.
    """
    first, last = words
    forms = reading.forms
    best, shift = _boundary(reading, first, last), 0
    for step in range(1, min(last - first, -limits[0]) + 1):
        if forms[first - step] != forms[last - step]:
            break
        score = _boundary(reading, first - step, last - step)
        if score > best:
            best, shift = score, -step
    for step in range(1, min(last - first, limits[1]) + 1):
        if forms[first + step - 1] != forms[last + step - 1]:
            break
        score = _boundary(reading, first + step, last + step)
        if score > best:
            best, shift = score, step
    return shift


def _boundary(reading: Reading, first: int, last: int) -> int:
    def weight(index: int) -> int:
        if index >= len(reading):
            return 3
        gap = reading.gap(index)
        return 3 if any(mark in gap for mark in ".!?\n") else 2 if gap.strip() else 0

    return weight(first) + weight(last)
