"""Was the sentence in which a difference stands copied at all? Without that a difference is no change.

Two reporters who heard one speech share its quotations, word for word, and each tells the rest in his own
words: what the one writes of figures, names and speakers then says nothing of what the other wrote. So what
stands outside quotation marks counts only where the parent's own prose was taken over. It must not know of
single kinds' reasons, only which of them need this.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.domain import GarbleKind, Severity
from auditor.garbling.blocks import Range
from auditor.garbling.changes import Stretch
from auditor.garbling.context import SWAPPED, in_brackets
from auditor.garbling.entity import is_misspelling
from auditor.garbling.finding import Finding
from auditor.garbling.reading import Reading

RUN_WORDS = 8
"""So many words of prose in one unbroken run aren't shared by chance."""

BRIDGED = 2
"""A difference of no more words than this, on either side, doesn't break a run."""

COPIED_WORDS = 24
"""So many words in such runs and the article was written from its parent: about a sentence."""

WHOLE_SHARE = 0.5
"""Short texts are copied, too, if this share of their prose stands in the parent."""

FRAME = 0.6
"""And of the sentence itself, on both sides, this share must have been kept."""

SPUN_FRAME = 0.75
"""Where a word stands for a word: only of a sentence that is otherwise the same can one say so."""

SAME_QUOTATION = 0.7
"""Inside quotation marks this share of the quotation: below it there are two reports of one statement."""

_DOUBTED = frozenset(
    (
        GarbleKind.NUMBER,
        GarbleKind.NEGATION,
        GarbleKind.ENTITY,
        GarbleKind.ATTRIBUTION,
        GarbleKind.SPLICE,
        GarbleKind.SUBSTITUTION,
        GarbleKind.REORDERING,
        GarbleKind.TRUNCATION,
        GarbleKind.QUOTE,
    )
)


class Copied:
    """Of the stretches of one article, those whose parents' prose it took over; worked out when asked."""

    def __init__(self, runs: Sequence[Stretch]) -> None:
        self._runs = runs
        self._known: dict[str, bool] = {}

    def allows(self, one: Finding) -> bool:
        """Is this finding a change of what was copied, as far as its kind needs that?"""
        run = one.stretch
        if run is None or one.before is None or one.kind not in _DOUBTED:
            return True
        if _shows_itself(one):
            return True
        if one.kind is GarbleKind.REORDERING:
            return self._copies(run.parent_id)
        after, before = run.child.within(one.after), run.parent.within(one.before)
        ours, theirs = _quotation(run.child, after), _quotation(run.parent, before)
        if one.kind is GarbleKind.QUOTE:
            return (ours is None) == (theirs is None) or not one.after or self._copies(run.parent_id)
        if ours is not None and theirs is not None:
            honest = in_brackets(run.child, after, ours) or in_brackets(run.parent, before, theirs)
            cut = one.kind is GarbleKind.TRUNCATION  # the quotation shows it
            return not honest and (cut or _kept(run.origins, range(*ours)) >= SAME_QUOTATION)
        return self._stands(run, one, after, before)

    def _stands(self, run: Stretch, one: Finding, after: Range, before: Range) -> bool:
        """Does a change in prose stand in a copied text, and in a sentence that was kept?"""
        if not _is_slip(run, one) and not self._copies(run.parent_id):
            return False
        frame = SPUN_FRAME if one.kind is GarbleKind.SUBSTITUTION else FRAME
        return _frame(run, run.child, after) >= frame and _frame(run, run.parent, before) >= frame

    def _copies(self, parent: str) -> bool:
        if parent not in self._known:
            self._known[parent] = _is_copied([run for run in self._runs if run.parent_id == parent])
        return self._known[parent]


def _shows_itself(one: Finding) -> bool:
    """Is it another name for the same, whoever wrote it down, or text that breaks into the parent's words?"""
    alias = one.kind is GarbleKind.ENTITY and one.severity is Severity.LOW
    return alias or (one.kind is GarbleKind.SPLICE and not one.before)


def _is_slip(run: Stretch, one: Finding) -> bool:
    """Is a name only misspelt? In two reports of one thing it would be spelt right."""
    if one.kind is not GarbleKind.ENTITY or one.before is None:
        return False
    return is_misspelling(one.before.of(run.parent.text), one.after.of(run.child.text))


def prose(run: Stretch) -> int:
    """How many words of a stretch stand unchanged, outside quotation marks on either side."""
    return sum(_is_prose(run, word) for word in run.origins)


def _is_prose(run: Stretch, word: int) -> bool:
    return run.child.quotation_of[word] < 0 and run.parent.quotation_of[run.origins[word]] < 0


def _is_copied(runs: Sequence[Stretch]) -> bool:
    found = sum(size for run in runs for size in _runs(run))
    if found >= COPIED_WORDS:
        return True
    return sum(map(prose, runs)) >= WHOLE_SHARE * max(1, runs[0].child.prose)


def _runs(run: Stretch) -> Iterator[int]:
    """The sizes of the runs of kept words, in words of prose, the short ones left out."""
    child, size = run.after[0], 0
    for before, after in (*run.blocks, ((run.before[1],) * 2, (run.after[1],) * 2)):
        size += sum(_is_prose(run, word) for word in range(child, after[0]))
        child = after[1]
        if max(before[1] - before[0], after[1] - after[0]) <= BRIDGED:
            continue
        if size >= RUN_WORDS:
            yield size
        size = 0
    if size >= RUN_WORDS:
        yield size


def _quotation(reading: Reading, words: Range) -> Range | None:
    """The quotation in which these words stand (for none: the words on both sides), as its words."""
    around = range(*words) if words[0] < words[1] else (words[0] - 1, words[0])
    inside = {reading.quotation_of[word] if 0 <= word < len(reading) else -1 for word in around}
    index = inside.pop() if len(inside) == 1 else -1
    return None if index < 0 else reading.within(reading.document.quotations[index].inner)


def _frame(run: Stretch, reading: Reading, words: Range) -> float:
    """Which share of the rest of the sentence that these words are of was kept, as far as it is prose?

    A word that another stands for, one for one, counts half.
    """
    ours = reading is run.child
    first, last = Stretch.sentence_range(reading, words, run.after if ours else run.before)
    rest = [
        word
        for word in range(first, last)
        if reading.quotation_of[word] < 0 and not words[0] <= word < words[1]
    ]
    kept, swapped = (run.origins, run.swapped) if ours else (run.twins, run.replaced)
    weights = [1.0 if word in kept else SWAPPED if word in swapped else 0.0 for word in rest]
    return sum(weights) / len(weights) if weights else 1.0


def _kept(kept: dict[int, int], words: Sequence[int]) -> float:
    return sum(word in kept for word in words) / max(1, len(words))
