"""How much of the words around a change was kept: what stands for what is told by its neighbours.

Where a clause was written anew, single words of it face each other by chance. No kind is decided here.
"""

from __future__ import annotations

from auditor.garbling.blocks import Range
from auditor.garbling.changes import Change, Stretch
from auditor.garbling.reading import Reading, WordClass

SWAPPED = 0.5
"""How much of a word that another of the parent's stands for counts as kept."""

LONGEST_BLOCK = 6
"""A difference of more of the parent's words than this is a rewritten clause."""


def stands_among_kept(
    stretch: Stretch, change: Change, around: int, share: float, words: Range = (0, 0)
) -> bool:
    """Is at least this share of so many words on either side, in the child's sentence, the parent's?

    A word that another stands for, one for one, counts half: a tool that swaps words swaps neighbours, too.
    ``words`` are those of the child that belong to the change besides, as "million" does to its figure.
    """
    (b, last_b), (a, last_a) = stretch.blocks[change.block]
    if last_b - b > LONGEST_BLOCK:
        return False
    if words[0] < words[1]:
        a, last_a = min(a, words[0]), max(last_a, words[1])
    _, (first, last) = stretch.sentences(change)
    before = range(max(first, a - around), a)
    after = range(last_a, min(last, last_a + around))
    return all(sum(_weight(stretch, word) for word in side) >= share * len(side) for side in (before, after))


def _weight(stretch: Stretch, word: int) -> float:
    if word in stretch.origins:
        return 1.0
    return SWAPPED if word in stretch.swapped else 0.0


def in_brackets(reading: Reading, words: Range, quotation: Range) -> bool:
    """Do these words of a quotation stand in brackets that show them as the writer's own?"""
    end = reading.starts[words[0]] if words[0] < words[1] else reading.ends[words[0] - 1]
    opened = reading.text[reading.starts[quotation[0]] - 1 : end]
    return opened.count("[") > opened.count("]") or opened.count("(") > opened.count(")")


OTHER_THINGS = 3
"""A sentence in which so many figures and names are others tells of another thing in the same form."""


SERIES_SENTENCES = 2
"""A table or a report's standing part is told by so many sentences on either side, too."""

SERIES_SHARE = 0.5
"""Of the figures there at least this share must be others."""


def tells_of_other(stretch: Stretch, change: Change) -> bool:
    """Does the sentence tell of another day, place or body in the same words, as a weekly report does?

    One name that was swapped throughout counts once.
    """
    _, (first, last) = stretch.sentences(change)
    return len(_swapped(stretch, first, last)) >= OTHER_THINGS or _is_of_series(stretch, first, last)


def _is_of_series(stretch: Stretch, first: int, last: int) -> bool:
    """Are most figures of the sentences around others, too?"""
    child = stretch.child
    one, other = child.sentence_of[first], child.sentence_of[last - 1]
    sentences = child.sentence_words[max(0, one - SERIES_SENTENCES) : other + SERIES_SENTENCES + 1]
    low, high = max(sentences[0][0], stretch.after[0]), min(sentences[-1][1], stretch.after[1])
    figures = {child.figure_of[word] for word in range(low, high)} - {-1}
    if len(figures) < OTHER_THINGS:
        return False
    changed = {
        child.figure_of[word]
        for other in stretch.changes
        if other.kind is WordClass.NUMBER and _is_another(stretch, other)
        for word in range(*other.after)
        if low <= word < high
    } - {-1}
    names = sum(other.kind is WordClass.NAME and low <= other.after[0] < high for other in stretch.changes)
    another = len(changed) > 1 < names and len(changed) + names > OTHER_THINGS
    return another or len(changed) >= max(OTHER_THINGS, SERIES_SHARE * len(figures))


def _is_another(stretch: Stretch, change: Change) -> bool:
    """Do other digits stand there, and not the same ones in another house's form?"""
    old, new = (
        [form for form in forms if form[0].isdigit()]
        for forms in (stretch.parent.forms[slice(*change.before)], stretch.child.forms[slice(*change.after)])
    )
    return bool(old or new) and old != new


def _swapped(stretch: Stretch, first: int, last: int) -> set[tuple[str, ...]]:
    """The figures and names of the parent in whose place others stand among these words of the child."""
    return {
        tuple(stretch.parent.forms[slice(*other.before)])
        for other in stretch.changes
        if other.kind in (WordClass.NUMBER, WordClass.NAME)
        and first <= other.after[0] < last
        and not (other.deleted or other.inserted)
    }
