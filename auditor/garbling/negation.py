"""Negation: a "not", "no", "never", "denied" appeared or went, so that the statement says the opposite.

A contraction is the same two words; a statement that keeps its count of negations was reworded, not turned.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from auditor.domain import GarbleKind, Severity
from auditor.garbling import vocabulary
from auditor.garbling.blocks import Range
from auditor.garbling.changes import Change, Stretch
from auditor.garbling.context import stands_among_kept
from auditor.garbling.finding import Judgement, found
from auditor.garbling.reading import Reading, WordClass

KIND = GarbleKind.NEGATION

MOST_WORDS = 5
"""A negation that leaves with more words than this leaves with its clause: not a turned statement."""

AROUND_WORDS, KEPT_AROUND = 4, 0.5
"""Of so many words on either side this share must be the parent's, or the statement was put anew."""

BESIDE = 8
"""A negation that the other side has of its own within so many words is the same, put elsewhere."""

STUTTERED, KEPT_STUTTER = 2, 0.6
"""Who begins a sentence anew says so much of it again, and puts in no more than so many words."""

_STOP = re.compile("[.?!]")
_CONTENT = (WordClass.OTHER, WordClass.NAME, WordClass.NUMBER)

SLIP = 0.75
"""From this likeness on a word is a misspelt negation, not another word."""


def judge(stretch: Stretch, change: Change) -> Judgement:
    """Does the change turn its statement round?"""
    old = stretch.parent.forms[slice(*change.before)]
    new = stretch.child.forms[slice(*change.after)]
    slip = len(old) == len(new) == 1 and _is_slip(old[0], new[0])
    if (
        slip
        or _is_reworded(stretch, change)
        or _is_said_beside(stretch, change)
        or _is_asked(stretch, change)
    ):
        return None
    opposite = len(old) == len(new) == 1 and _opposite(old[0], new[0])
    if change.edge or not (opposite or _is_negating(stretch, change)) or not stretch.is_close(change):
        return None
    before, after = stretch.sentences(change)
    gone, come = _count(stretch.parent, before), _count(stretch.child, after)
    if opposite and not vocabulary.NEGATIONS & {old[0], new[0]}:
        return found(KIND, Severity.HIGH, stretch, change, "the opposite word")
    if gone % 2 == come % 2 or not stands_among_kept(stretch, change, AROUND_WORDS, KEPT_AROUND):
        return None
    return found(KIND, Severity.HIGH, stretch, change, "negation lost" if gone > come else "negation added")


def _is_asked(stretch: Stretch, change: Change) -> bool:
    """Is it a question on the one side only? "Shouldn't you?" expects what "you should" says."""
    ends = {
        hit[0] if (hit := _STOP.search(reading.text, reading.span(*words).end)) else ""
        for reading, words in ((stretch.parent, change.before), (stretch.child, change.after))
    }
    return "?" in ends and len(ends) > 1


def _is_said_beside(stretch: Stretch, change: Change) -> bool:
    """Is a negation that came or went an answer ("No, …"), or said again right beside ("didn't, I didn't")?

    Where the one breaks off and begins anew, or puts as a sentence of its own what the other has as a clause.
    """
    if not (change.deleted or change.inserted):
        return False
    reading, (first, last) = (
        (stretch.parent, change.before) if change.deleted else (stretch.child, change.after)
    )
    if reading.forms[first] == "no" and "," in reading.text[reading.ends[first] :][:1]:
        return True
    said = {form for form in reading.forms[first:last] if form in vocabulary.NEGATIONS}
    return bool(said) and (_begins_anew(reading, (first, last), said) or _is_put_apart(stretch, change, said))


def _begins_anew(reading: Reading, words: Range, said: set[str]) -> bool:
    """Do the words beside these say nearly the same?"""
    first, last = words
    size, forms = last - first, reading.forms
    reach = size + STUTTERED
    sides = (forms[max(0, first - reach) : first], forms[last : last + reach])
    return size > 1 and any(
        said <= set(side) and sum(form in side for form in forms[first:last]) >= KEPT_STUTTER * size
        for side in sides
    )


def _is_put_apart(stretch: Stretch, change: Change, said: set[str]) -> bool:
    """Does the other side have the negation as well, as its own, right beside the place?"""
    if change.deleted:
        place, kept, forms = change.after[0], set(stretch.origins), stretch.child.forms
    else:
        place, kept, forms = change.before[0], set(stretch.twins), stretch.parent.forms
    around = range(max(0, place - BESIDE), min(len(forms), place + BESIDE))
    return said <= {forms[word] for word in around if word not in kept}


def _is_negating(stretch: Stretch, change: Change) -> bool:
    size = max(change.before[1] - change.before[0], change.after[1] - change.after[0])
    if size > MOST_WORDS:
        return False
    kinds = [*stretch.parent.classes[slice(*change.before)], *stretch.child.classes[slice(*change.after)]]
    if WordClass.NEGATION not in kinds:
        return False
    content = [
        word
        for word, kind in zip(_forms(stretch, change), kinds, strict=True)
        if kind in _CONTENT and word[-2:] != "ly"
    ]
    return len(content) <= (0 if change.deleted or change.inserted else 1)


def _forms(stretch: Stretch, change: Change) -> list[str]:
    return stretch.parent.forms[slice(*change.before)] + stretch.child.forms[slice(*change.after)]


def _count(reading: Reading, words: Range) -> int:
    """How many negations these words hold, those of set phrases left out."""
    spans = [hit.span() for hit in vocabulary.NOT_NEGATING.finditer(reading.text, *reading.span(*words))]
    return sum(
        reading.classes[word] is WordClass.NEGATION
        and not any(start <= reading.starts[word] < end for start, end in spans)
        for word in range(*words)
    )


def _is_reworded(stretch: Stretch, change: Change) -> bool:
    """Was what stands beside the negation replaced with it? Then "wouldn't return" may be "would leave"."""
    return any(
        other is not change and other.kind in (*_CONTENT, WordClass.SPEECH)
        for other in stretch.of_block(change)
        if not other.deleted and not other.inserted and not _is_one_word(stretch, other)
    )


def _is_one_word(stretch: Stretch, change: Change) -> bool:
    old, new = stretch.parent.forms[slice(*change.before)], stretch.child.forms[slice(*change.after)]
    return len(old) == len(new) == 1 and vocabulary.same_word(old[0], new[0])


def _is_slip(one: str, other: str) -> bool:
    """Is the one only a misspelling of the other ("rejected", "rejeted")?"""
    if _opposite(one, other) or {one, other} <= vocabulary.NEGATIONS:
        return False
    return OSA.normalized_similarity(one, other) >= SLIP


def _opposite(one: str, other: str) -> bool:
    if frozenset((one, other)) in vocabulary.OPPOSITES:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) > 3 and any(long == prefix + short for prefix in vocabulary.PREFIX_NEGATIONS)
