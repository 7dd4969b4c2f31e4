"""The change view that all detectors share: what became of a parent's words in the child, piece by piece.

A stretch is a run of the child that derives from one parent without a break. Its words are aligned with the
parent's, and each difference is parted until a change is of one class: a number for a number, a name for a
name. No kind of garble is decided here, nor how stretches come about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from auditor.domain import MatchKind, Relation
from auditor.garbling.blocks import Block, Range
from auditor.garbling.pairing import pieces
from auditor.garbling.reading import Reading, WordClass

EDGE_WORDS = 4
"""A difference beyond the ends of a derivation counts only if it is no longer than this: what is longer is
the alignment's edge, or other text."""

LARGEST_BLOCK = 16
"""Words on one side of a replaced block that are still paired one by one; longer ones are rewriting."""

CLOSE_SENTENCE = 0.5
"""A sentence of which at least this share of the words stands in its counterpart is the same sentence,
changed; below it was written anew, and its single words say nothing."""

REST_OF_SENTENCE = 0.6
"""Where less than this share of a sentence's other words was kept, the sentence was left out, not cut."""

STEADY_SENTENCE = 0.25
"""Two sentences of which no more than this share of the words lacks a partner are the same, word for word."""


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
    blocks: tuple[Block, ...]
    moves: tuple[Block, ...] = ()

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

    @cached_property
    def swapped(self) -> frozenset[int]:
        """The child's words in differences of as many words on both sides."""
        even = (a for b, a in self.blocks if b[1] - b[0] == a[1] - a[0])
        return frozenset(word for a in even for word in range(*a))

    @cached_property
    def replaced(self) -> frozenset[int]:
        """The parent's words in such differences."""
        even = (b for b, a in self.blocks if b[1] - b[0] == a[1] - a[0])
        return frozenset(word for b in even for word in range(*b))

    @property
    def is_unchanged(self) -> bool:
        """Are both sides equal to the letter?"""
        old, new = self.parent.span(*self.before), self.child.span(*self.after)
        return old.of(self.parent.text) == new.of(self.child.text)

    @cached_property
    def odd_gaps(self) -> tuple[tuple[int, int], ...]:
        """Pairs of words (of child and parent) that follow equal words, with something else between."""
        child, parent, origins = self.child, self.parent, self.origins
        return tuple(
            (word, origins[word])
            for word in range(self.after[0] + 1, self.after[1])
            if word in origins
            and origins.get(word - 1) == origins[word] - 1
            and child.gap(word) != parent.gap(origins[word])
        )

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

    def of_block(self, change: Change) -> Iterator[Change]:
        """All changes of the difference that a change is part of, itself included."""
        return (other for other in self._of_blocks.get(change.block, ()))

    @cached_property
    def _of_blocks(self) -> dict[int, list[Change]]:
        found: dict[int, list[Change]] = {}
        for change in self.changes:
            found.setdefault(change.block, []).append(change)
        return found

    def closeness(self, after: Range) -> float:
        """Which share of the words of the child's sentences around a range stands unchanged in the parent."""
        first, last = self.sentence_range(self.child, after, self.after)
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
    def sentence_range(reading: Reading, words: Range, bounds: Range) -> Range:
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
            self.sentence_range(self.parent, change.before, self.before),
            self.sentence_range(self.child, self._around(change), self.after),
        )

    def _around(self, change: Change) -> Range:
        place = self.anchor(change)
        return (place, place + 1) if change.deleted else change.after

    def has_left_sentence(self, change: Change) -> bool:
        """Was the sentence that the change belongs to left out, but for words that match by chance?"""
        (first, last), _ = self.sentences(change)
        rest = [word for word in range(first, last) if not change.before[0] <= word < change.before[1]]
        return sum(word in self.twins for word in rest) < REST_OF_SENTENCE * len(rest)

    def is_pure(self, change: Change) -> bool:
        """Does nothing of the child stand in the place of what is gone?"""
        _, after = self._without_moves(*self.blocks[change.block])
        return after[0] == after[1]

    def was_moved(self, change: Change) -> bool:
        """Do the words that are gone here stand elsewhere in the child's sentence or the next one?"""
        words = [self.parent.forms[word] for word in range(*change.before)]
        first, last = self.sentence_range(self.child, self._around(change), self.after)
        window = self.child.forms[max(0, first - len(words) - 3) : last + len(words) + 3]
        new = [word for word in range(*self.after) if word not in self.origins]
        added = {self.child.forms[word] for word in new}
        put_back = sum(word in added for word in words)
        return put_back >= 0.7 * len(words) and all(word in window for word in words)

    def _without_moves(self, before: Range, after: Range) -> Block:
        """A block without what was only moved away from here, or to here."""
        if any(before == old for old, _ in self.moves):
            before = (before[1], before[1])
        if any(after == new for _, new in self.moves):
            after = (after[1], after[1])
        return before, after

    def _parted(self, index: int) -> Iterator[Change]:
        before, after = self._without_moves(*self.blocks[index])
        if before[0] == before[1] and after[0] == after[1]:
            return
        size = max(before[1] - before[0], after[1] - after[0])
        edge = size > EDGE_WORDS and self._is_outside(before, after)
        if before[0] == before[1] or after[0] == after[1] or size > LARGEST_BLOCK:
            words = self.parent.classes[slice(*before)] + self.child.classes[slice(*after)]
            yield Change(before, after, _ruling(words), index, 0, edge)
            return
        parts = list(pieces(self.parent, self.child, before, after))
        loose = sum(
            (b[1] - b[0]) + (a[1] - a[0])
            for b, a, kind in parts
            if (b[0] == b[1] or a[0] == a[1]) and kind is WordClass.OTHER
        )
        for piece_before, piece_after, kind in parts:
            yield Change(piece_before, piece_after, kind, index, loose, edge)


def _ruling(classes: Sequence[WordClass]) -> WordClass:
    """The class of a run: the one that all content words share, else OTHER."""
    kinds = {kind for kind in classes if kind is not WordClass.FUNCTION}
    if not kinds:
        return WordClass.FUNCTION
    return kinds.pop() if len(kinds) == 1 else WordClass.OTHER
