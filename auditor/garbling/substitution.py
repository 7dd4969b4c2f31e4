"""Substitution: words replaced by near-synonyms in a sentence that otherwise stands: spun text.

A form of the same word, a function word, or a passage written anew is editing.
"""

from __future__ import annotations

from auditor.domain import GarbleKind, Severity
from auditor.garbling import vocabulary
from auditor.garbling.changes import Change, Stretch
from auditor.garbling.context import stands_among_kept
from auditor.garbling.finding import HARMLESS, Judgement, found
from auditor.garbling.reading import WordClass

KIND = GarbleKind.SUBSTITUTION

MOST_WORDS = 4
"""More words than this on either side are a rewritten clause, not a replaced expression."""

LONGER = 2
"""An expression may have so many times the words of the other."""

MOST_LOOSE = 1
"""Words without a partner that a replaced expression may bring along."""


AROUND_WORDS = 4
KEPT_AROUND = 0.75
"""Of so many words on either side at least this share must be the parent's: where less was kept, a clause was
written anew, and a word that stands in the place of another says nothing."""


def judge(stretch: Stretch, change: Change) -> Judgement:
    """Was an expression replaced by another, word for word?"""
    if change.deleted or change.inserted:
        return HARMLESS
    if change.kind not in (WordClass.OTHER, WordClass.SPEECH) or change.edge or change.loose > MOST_LOOSE:
        return HARMLESS
    old = _content(stretch, change, parent=True)
    new = _content(stretch, change, parent=False)
    fewer, more = sorted((len(old), len(new)))
    if not fewer or more > min(MOST_WORDS, LONGER * fewer) or not stretch.is_close(change):
        return HARMLESS
    if (fewer == more and all(map(_same, old, new))) or not _fits(stretch, change):
        return HARMLESS
    in_place = stretch.is_steady(change) and stands_among_kept(stretch, change, AROUND_WORDS, KEPT_AROUND)
    if not in_place or _moved(stretch, change, old, new) or _tells_who_speaks(stretch, change):
        return HARMLESS
    return found(KIND, Severity.MEDIUM, stretch, change, "replaced by another expression")


def _fits(stretch: Stretch, change: Change) -> bool:
    """Are the small words of the difference as many on both sides, as where a word stands for a word?"""
    b, a = stretch.blocks[change.block]
    small = (
        sum(kind is WordClass.FUNCTION for kind in reading.classes[slice(*words)])
        for reading, words in ((stretch.parent, b), (stretch.child, a))
    )
    return len(set(small)) == 1


def _tells_who_speaks(stretch: Stretch, change: Change) -> bool:
    """Is it a part of "he said", put in other words? Whether that does harm is for attribution to judge."""
    old, new = stretch.parent.forms[slice(*change.before)], stretch.child.forms[slice(*change.after)]
    return any(vocabulary.tells(form) for form in (*old, *new))


def _same(one: str, other: str) -> bool:
    spoken = vocabulary.SPEECH.get(one), vocabulary.SPEECH.get(other)
    neutral = all(verb in vocabulary.NEUTRAL_SPEECH for verb in spoken)  # "said" for "added": an editor's
    return vocabulary.same_word(one, other) or (spoken[0] is not None and spoken[0] == spoken[1]) or neutral


def _moved(stretch: Stretch, change: Change, old: list[str], new: list[str]) -> bool:
    """Do the words stand elsewhere in the other side's sentence? Then they changed places only."""
    (first_b, last_b), (first_a, last_a) = stretch.sentences(change)
    added = {stretch.child.forms[word] for word in range(first_a, last_a) if word not in stretch.origins}
    gone = {stretch.parent.forms[word] for word in range(first_b, last_b) if word not in stretch.twins}
    return all(word in added for word in old) or all(word in gone for word in new)


def _content(stretch: Stretch, change: Change, *, parent: bool) -> list[str]:
    reading, words = (stretch.parent, change.before) if parent else (stretch.child, change.after)
    return [reading.forms[word] for word in range(*words) if reading.classes[word] is not WordClass.FUNCTION]
