"""How much of the words around a change was kept: what stands for what is told by its neighbours.

Where a clause was written anew, single words of it face each other by chance. No kind is decided here.
"""

from __future__ import annotations

from auditor.garbling.changes import Change, Stretch
from auditor.garbling.reading import WordClass

SWAPPED = 0.5
"""How much of a word that another of the parent's stands for counts as kept."""

LONGEST_BLOCK = 6
"""A difference of more of the parent's words than this is a rewritten clause."""


def stands_among_kept(stretch: Stretch, change: Change, around: int, share: float) -> bool:
    """Is at least this share of so many words on either side, in the child's sentence, the parent's?

    A word that another stands for, one for one, counts half: a tool that swaps words swaps neighbours, too.
    """
    (b, last_b), (a, last_a) = stretch.blocks[change.block]
    if last_b - b > LONGEST_BLOCK:
        return False
    _, (first, last) = stretch.sentences(change)
    before = range(max(first, a - around), a)
    after = range(last_a, min(last, last_a + around))
    return all(sum(_weight(stretch, word) for word in side) >= share * len(side) for side in (before, after))


def _weight(stretch: Stretch, word: int) -> float:
    if word in stretch.origins:
        return 1.0
    return SWAPPED if word in stretch.swapped else 0.0


OTHER_THINGS = 3
"""A sentence in which so many figures and names are others tells of another thing in the same form."""


def tells_of_other(stretch: Stretch, change: Change) -> bool:
    """Does the sentence tell of another day, place or body in the same words, as a weekly report does?

    One name that was swapped throughout counts once.
    """
    _, (first, last) = stretch.sentences(change)
    swapped = {
        tuple(stretch.parent.forms[slice(*other.before)])
        for other in stretch.changes
        if other.kind in (WordClass.NUMBER, WordClass.NAME)
        and first <= other.after[0] < last
        and not (other.deleted or other.inserted)
    }
    return len(swapped) >= OTHER_THINGS
