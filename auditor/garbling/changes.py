"""The change view that all detectors share: what became of a parent's words in the child, piece by piece.

A stretch is a run of the child that derives from one parent without a break, widened to whole sentences.
Its words are aligned with the parent's, and each difference is parted until a change is of one class: a
number for a number, a name for a name. No kind of garble is decided here.

    derivations | join neighbours | widen to sentences | align words | slide | pair within blocks | changes
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from auditor.domain import Derivation, MatchKind, Relation
from auditor.garbling import vocabulary
from auditor.garbling.reading import Reading, WordClass

JOIN_GAP = 60
"""Neighbouring derivations of one parent with at most this many words between them, on both sides, are one
stretch: about two sentences, so that an edit in the middle of a sentence never parts it."""

EDGE_WORDS = 4
"""A difference beyond the ends of a derivation counts only if it is no longer than this: what is longer is
the alignment's edge, or other text."""

LARGEST_BLOCK = 24
"""Words on one side of a replaced block that are still paired one by one; longer ones are rewriting."""

CLOSE_SENTENCE = 0.5
"""A sentence of which at least this share of the words stands in its counterpart is the same sentence,
changed; below it was written anew, and its single words say nothing."""

STEADY_SENTENCE = 0.25
"""Two sentences of which no more than this share of the words lacks a partner are the same, word for word."""

Range = tuple[int, int]


class Change(NamedTuple):
    """One difference of one class: word ranges of parent and child, either of which may be empty.

    ``block`` numbers the contiguous difference that the change is part of; ``loose`` counts the block's
    content words that have no partner on the other side (a measure of rewriting); ``edge`` says that it
    lies beyond the ends of what was matched.
    """

    before: Range
    after: Range
    kind: WordClass
    block: int
    loose: int
    edge: bool

    @property
    def deleted(self) -> bool:
        """Is nothing left of it in the child?"""
        return self.after[0] == self.after[1]

    @property
    def inserted(self) -> bool:
        """Does it stand in the child only?"""
        return self.before[0] == self.before[1]


@dataclass(frozen=True, eq=False)
class Stretch:
    """A run of the child and the run of the parent that it was taken from, aligned word by word."""

    child: Reading
    parent: Reading
    parent_id: str
    relation: Relation
    kind: MatchKind
    after: Range
    before: Range
    core: tuple[Range, Range]
    blocks: tuple[tuple[Range, Range], ...]

    @cached_property
    def twins(self) -> dict[int, int]:
        """For each word of the parent that stands unchanged in the child, which word of the child it is."""
        found: dict[int, int] = {}
        parent, child = self.before[0], self.after[0]
        for before, after in (*self.blocks, ((self.before[1],) * 2, (self.after[1],) * 2)):
            found.update(zip(range(parent, before[0]), range(child, after[0]), strict=True))
            parent, child = before[1], after[1]
        return found

    @cached_property
    def origins(self) -> dict[int, int]:
        """The twins seen from the child."""
        return {child: parent for parent, child in self.twins.items()}

    def counterpart(self, after: Range) -> Range | None:
        """The parent's words in whose place these words of the child stand; None where that isn't clear."""
        left = next(
            (word for word in range(after[0] - 1, self.after[0] - 1, -1) if word in self.origins), None
        )
        right = next((word for word in range(after[1], self.after[1]) if word in self.origins), None)
        first = self.origins[left] + 1 if left is not None else self.before[0]
        last = self.origins[right] if right is not None else self.before[1]
        return (first, last) if 0 <= last - first <= LARGEST_BLOCK else None

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The differences, each of one class, in the child's order."""
        return tuple(change for index in range(len(self.blocks)) for change in self._parted(index))

    def closeness(self, after: Range) -> float:
        """Which share of the words of the child's sentences around a range stands unchanged in the parent."""
        first, last = self._sentence_range(self.child, after, self.after)
        kept = sum(word in self.origins for word in range(first, last))
        return kept / max(1, last - first)

    @cached_property
    def _unpaired(self) -> tuple[list[int], list[int]]:
        """For each word of parent and child, how many up to it have no partner on the other side."""
        old, new = [0] * (len(self.parent) + 1), [0] * (len(self.child) + 1)
        for change in self.changes:
            surplus = (change.before[1] - change.before[0]) - (change.after[1] - change.after[0])
            if surplus > 0:
                old[change.before[0]] += surplus
            elif surplus < 0:
                new[change.after[0]] -= surplus
        return list(accumulate(old)), list(accumulate(new))

    def is_steady(self, change: Change) -> bool:
        """Are the change's sentences alike word for word, so that a word stands for a word?"""
        (b, last_b), (a, last_a) = self.sentences(change)
        old, new = self._unpaired
        unpaired = old[last_b - 1] - (old[b - 1] if b else 0) + new[last_a - 1] - (new[a - 1] if a else 0)
        return unpaired <= STEADY_SENTENCE * (last_b - b + last_a - a)

    def is_close(self, change: Change) -> bool:
        """Is the change a detail of a sentence that was taken over, on both sides?"""
        if change.deleted:
            place = self.anchor(change)
            return self.closeness((place, place + 1)) >= CLOSE_SENTENCE
        return self.closeness(change.after) >= CLOSE_SENTENCE

    def _is_outside(self, before: Range, after: Range) -> bool:
        """Does a difference lie beyond what was matched, where the alignment may only have lost its way?

        Words missing where the child's own sentence begins or ends are really missing.
        """
        if after[0] == after[1]:
            left, right = after[0] - 1 in self.origins, after[0] in self.origins
            return not (left or right) if self.child.starts_sentence(after[0]) else not (left and right)
        return (
            before[1] <= self.core[0][0]
            or before[0] >= self.core[0][1]
            or after[1] <= self.core[1][0]
            or after[0] >= self.core[1][1]
        )

    def anchor(self, change: Change) -> int:
        """A word of the child in whose sentence a change lies: for a deletion, one that it stood beside."""
        if not change.deleted:
            return change.after[0]
        first, last = change.before
        sentences = self.parent.sentence_of
        left = self.twins.get(first - 1) if first and sentences[first - 1] == sentences[first] else None
        right = (
            self.twins.get(last)
            if last < len(self.parent) and sentences[last] == sentences[last - 1]
            else None
        )
        if left is not None or right is not None:
            return left if left is not None else right or 0
        return max(self.after[0], min(change.after[0], self.after[1] - 1))

    @staticmethod
    def _sentence_range(reading: Reading, words: Range, bounds: Range) -> Range:
        """The words of the sentences that a range touches (of the word before it, where it is empty)."""
        low = max(bounds[0], min(words[0], bounds[1] - 1))
        high = max(low, words[1] - 1)
        sentences = reading.sentence_of
        first = reading.sentence_words[sentences[low]][0]
        last = reading.sentence_words[sentences[min(high, len(reading) - 1)]][1]
        return max(first, bounds[0]), min(last, bounds[1])

    def sentences(self, change: Change) -> tuple[Range, Range]:
        """The words of the change's sentences in parent and child."""
        return (
            self._sentence_range(self.parent, change.before, self.before),
            self._sentence_range(self.child, self._around(change), self.after),
        )

    def _around(self, change: Change) -> Range:
        place = self.anchor(change)
        return (place, place + 1) if change.deleted else change.after

    def was_moved(self, change: Change) -> bool:
        """Do the words that are gone here stand elsewhere in the child's sentence or the next one?"""
        words = [self.parent.forms[word] for word in range(*change.before)]
        first, last = self._sentence_range(self.child, self._around(change), self.after)
        window = self.child.forms[max(0, first - len(words) - 3) : last + len(words) + 3]
        new = [word for word in range(*self.after) if word not in self.origins]
        added = {self.child.forms[word] for word in new}
        return all(word in window for word in words) and sum(word in added for word in words) >= 0.7 * len(
            words
        )

    def _parted(self, index: int) -> Iterator[Change]:
        before, after = self.blocks[index]
        size = max(before[1] - before[0], after[1] - after[0])
        edge = size > EDGE_WORDS and self._is_outside(before, after)
        if before[0] == before[1] or after[0] == after[1] or size > LARGEST_BLOCK:
            words = self.parent.classes[slice(*before)] + self.child.classes[slice(*after)]
            yield Change(before, after, _ruling(words), index, 0, edge)
            return
        pieces = list(_pieces(self.parent, self.child, before, after))
        loose = sum(
            (b[1] - b[0]) + (a[1] - a[0])
            for b, a, kind in pieces
            if (b[0] == b[1] or a[0] == a[1]) and kind is WordClass.OTHER
        )
        for piece_before, piece_after, kind in pieces:
            yield Change(piece_before, piece_after, kind, index, loose, edge)


def _ruling(classes: Sequence[WordClass]) -> WordClass:
    """The class of a run: the one that all content words share, else OTHER."""
    kinds = {kind for kind in classes if kind is not WordClass.FUNCTION}
    if not kinds:
        return WordClass.FUNCTION
    return kinds.pop() if len(kinds) == 1 else WordClass.OTHER


# From derivations to stretches


class _Run(NamedTuple):
    derivation: Derivation
    after: Range
    before: Range


def stretches(
    child: Reading, derivations: Sequence[Derivation], parents: dict[str, Reading]
) -> tuple[Stretch, ...]:
    """The stretches of a child, in its order; derivations without a held parent give none."""
    runs = []
    for derivation in sorted(derivations, key=lambda one: one.span):
        if derivation.parent and derivation.parent.article in parents:
            parent = parents[derivation.parent.article]
            runs.append(
                _Run(derivation, child.within(derivation.span), parent.within(derivation.parent.span))
            )
    found: list[Stretch] = []
    groups = _joined(runs)
    for index, group in enumerate(groups):
        low = groups[index - 1][-1].after[1] if index else 0
        high = groups[index + 1][0].after[0] if index + 1 < len(groups) else len(child)
        parent_id = group[0].derivation.parent.article if group[0].derivation.parent else ""
        stretch = _stretch(child, parents[parent_id], parent_id, group, (low, max(low, high)))
        if stretch:
            found.append(stretch)
    return tuple(found)


def _joined(runs: Sequence[_Run]) -> list[list[_Run]]:
    groups: list[list[_Run]] = []
    for run in runs:
        if groups and _continues(groups[-1][-1], run):
            groups[-1].append(run)
        else:
            groups.append([run])
    return groups


def _continues(one: _Run, other: _Run) -> bool:
    a, b = one.derivation, other.derivation
    if not a.parent or not b.parent or a.parent.article != b.parent.article:
        return False
    if MatchKind.QUOTATION in (a.kind, b.kind) and a.kind != b.kind:
        return False
    between, left_out = other.after[0] - one.after[1], other.before[0] - one.before[1]
    return -3 <= between <= JOIN_GAP and -3 <= left_out <= JOIN_GAP


def _stretch(
    child: Reading, parent: Reading, parent_id: str, group: Sequence[_Run], free: Range
) -> Stretch | None:
    after = (group[0].after[0], max(run.after[1] for run in group))
    before = (min(run.before[0] for run in group), max(run.before[1] for run in group))
    if after[0] >= after[1] or before[0] >= before[1]:
        return None
    first = group[0].derivation
    core = (before, after)
    if first.kind is not MatchKind.QUOTATION:
        after = _widened(child, after, free)
        before = _widened(parent, before, (0, len(parent)))
    relations = {run.derivation.relation for run in group}
    kinds = {run.derivation.kind for run in group}
    return Stretch(
        child,
        parent,
        parent_id,
        first.relation if len(relations) == 1 else Relation.UNDECIDED,
        first.kind if len(kinds) == 1 else MatchKind.EDITED,
        after,
        before,
        core,
        tuple(_blocks(parent, child, before, after)),
    )


def _widened(reading: Reading, words: Range, free: Range) -> Range:
    """The range grown to whole sentences, as far as it is free."""
    first = reading.sentence_words[reading.sentence_of[words[0]]][0]
    last = reading.sentence_words[reading.sentence_of[words[1] - 1]][1]
    return min(words[0], max(first, free[0])), max(words[1], min(last, free[1]))


# The alignment


def _blocks(parent: Reading, child: Reading, before: Range, after: Range) -> list[tuple[Range, Range]]:
    """The differing ranges of parent and child, in order."""
    old, new = parent.forms[slice(*before)], child.forms[slice(*after)]
    if old == new:
        return []
    found: list[tuple[Range, Range]] = []
    for block in Levenshtein.opcodes(old, new):
        if block.tag == "equal":
            continue
        b = (before[0] + block.src_start, before[0] + block.src_end)
        a = (after[0] + block.dest_start, after[0] + block.dest_end)
        if found and found[-1][0][1] == b[0] and found[-1][1][1] == a[0]:
            (first_b, _), (first_a, _) = found.pop()
            b, a = (first_b, b[1]), (first_a, a[1])
        found.append((b, a))
    for index, (b, a) in enumerate(found):
        if b[0] != b[1] and a[0] != a[1]:
            continue
        low = found[index - 1][0][1] if index else before[0]
        high = found[index + 1][0][0] if index + 1 < len(found) else before[1]
        limits = (low - b[0], high - b[1])
        shift = _slide(parent, b, limits) if a[0] == a[1] else _slide(child, a, limits)
        found[index] = (b[0] + shift, b[1] + shift), (a[0] + shift, a[1] + shift)
    return found


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


# Pairing words inside a replaced block

_GAP_COST = 0.55
_PAIR_COSTS = {
    WordClass.NUMBER: 0.3,
    WordClass.NAME: 0.3,
    WordClass.SPEECH: 0.3,
    WordClass.NEGATION: 0.3,
    WordClass.FUNCTION: 0.4,
    WordClass.OTHER: 0.6,
}
_CROSS_COST = 1.15  # above two gaps: words of different classes don't replace each other
_HALF_CROSS = {
    frozenset((WordClass.NEGATION, WordClass.SPEECH)),
    frozenset((WordClass.NEGATION, WordClass.OTHER)),
    frozenset((WordClass.NEGATION, WordClass.FUNCTION)),
    frozenset((WordClass.OTHER, WordClass.SPEECH)),
}
_HALF_COST = 0.7
_MOST_JOINED = 3
_ALONE = (WordClass.FORM, WordClass.JOINED)

_Step = tuple[int, int, WordClass]


def _pieces(
    parent: Reading, child: Reading, before: Range, after: Range
) -> Iterator[tuple[Range, Range, WordClass]]:
    """Part a replaced block into changes of one class each, by the cheapest pairing of its words."""
    start_b, start_a = at_b, at_a = before[0], after[0]
    current: WordClass | None = None
    for take_b, take_a, kind in _pairing(parent, child, before, after):
        if current is not None and (kind != current or kind in _ALONE):
            yield (start_b, at_b), (start_a, at_a), current
            start_b, start_a = at_b, at_a
        current = kind
        at_b, at_a = at_b + take_b, at_a + take_a
    if current is not None:
        yield (start_b, at_b), (start_a, at_a), current


def _pairing(parent: Reading, child: Reading, before: Range, after: Range) -> list[_Step]:
    rows, columns = before[1] - before[0], after[1] - after[0]
    best: list[list[tuple[float, _Step | None]]] = [[(0.0, None)] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows, -1, -1):
        for column in range(columns, -1, -1):
            if row == rows and column == columns:
                continue
            options = [
                (cost + best[row + step[0]][column + step[1]][0], index, step)
                for index, (cost, step) in enumerate(
                    _steps(parent, child, (before[0] + row, before[1]), (after[0] + column, after[1]))
                )
            ]
            cost, _, step = min(options)
            best[row][column] = (cost, step)
    steps: list[_Step] = []
    row = column = 0
    while (step_here := best[row][column][1]) is not None:
        steps.append(step_here)
        row, column = row + step_here[0], column + step_here[1]
    return steps


def _steps(parent: Reading, child: Reading, before: Range, after: Range) -> Iterator[tuple[float, _Step]]:
    """What can be done with the next words of both sides, and what it costs; ties go to the first."""
    (b, last_b), (a, last_a) = before, after
    if b < last_b and a < last_a:
        yield _pair(parent, child, b, a)
        yield from _joins(parent, child, before, after)
    if b < last_b:
        yield _GAP_COST, (1, 0, parent.classes[b])
    if a < last_a:
        yield _GAP_COST, (0, 1, child.classes[a])


def _joins(parent: Reading, child: Reading, before: Range, after: Range) -> Iterator[tuple[float, _Step]]:
    (b, last_b), (a, last_a) = before, after
    for size in range(2, _MOST_JOINED + 1):
        if b + size <= last_b and "".join(parent.forms[b : b + size]) == child.forms[a]:
            yield 0.0, (size, 1, WordClass.JOINED)
        if a + size <= last_a and "".join(child.forms[a : a + size]) == parent.forms[b]:
            yield 0.0, (1, size, WordClass.JOINED)
    for one, other, step in (
        (parent.forms[b : b + 2], child.forms[a], (2, 1)),
        (child.forms[a : a + 2], parent.forms[b], (1, 2)),
    ):
        if (
            one == ["per", "cent"]
            and vocabulary.styled(other) == "percent"
            and b + step[0] <= last_b
            and a + step[1] <= last_a
        ):
            yield 0.0, (*step, WordClass.NUMBER)


def _pair(parent: Reading, child: Reading, old: int, new: int) -> tuple[float, _Step]:
    one, other = parent.forms[old], child.forms[new]
    kinds = (parent.classes[old], child.classes[new])
    if WordClass.NUMBER in kinds:
        kind = WordClass.NUMBER
    elif WordClass.NEGATION in kinds:
        kind = WordClass.NEGATION
    else:
        kind = max(kinds)
    if one == other or vocabulary.styled(one) == vocabulary.styled(other):
        return 0.0, (1, 1, kind if kind is WordClass.NUMBER else WordClass.FORM)
    if kinds[0] == kinds[1]:
        likeness = Levenshtein.normalized_similarity(one, other)
        return _PAIR_COSTS[kind] * (1.0 - 0.5 * likeness), (1, 1, kind)
    if vocabulary.same_word(one, other) or Levenshtein.normalized_similarity(one, other) >= 0.7:
        return 0.3, (1, 1, kind)
    return (_HALF_COST if frozenset(kinds) in _HALF_CROSS else _CROSS_COST), (1, 1, kind)
