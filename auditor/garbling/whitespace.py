"""Whitespace: space or line breaks lost or added, inside words or between them.

House style (closed, open and hyphenated compounds) is spelling; a text that is wrapped throughout is laid
out, not damaged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.domain import GarbleKind, Severity, Span
from auditor.garbling import vocabulary
from auditor.garbling.blocks import Range
from auditor.garbling.changes import Change, Stretch
from auditor.garbling.finding import Finding, Judgement, at, found
from auditor.garbling.reading import Reading, WordClass

KIND = GarbleKind.WHITESPACE

WRAPPED_LINES = 4
"""From this many line breaks inside sentences on, a text is taken for wrapped by its layout."""

_GLUED = re.compile(r"[.!?;,'‘\"“](?=[A-Za-z][a-z])")
_WORD_AFTER = re.compile(r"[A-Za-z]+")
_LETTERS_BEFORE = 3
_DOMAIN = re.compile(r"(?i)(?:com|org|net|co|gov|edu|info|uk|ru|de|io|tv|js|py|fr|eu|ca|au|me)$")
_SPACED_MARK = re.compile(r"[ \t](?:[,;](?=\s)|\.(?=\s+[A-Z]))")


def judge(stretch: Stretch, change: Change) -> Judgement:
    """Are these the same letters, parted or joined by nothing but space?"""
    if change.kind is not WordClass.JOINED:
        return None
    old, new = stretch.parent.forms[slice(*change.before)], stretch.child.forms[slice(*change.after)]
    compound = _is_compound(stretch.parent, change.before) or _is_compound(stretch.child, change.after)
    if compound or _is_habit(stretch.child, change.after) or not _has_space(stretch, change):
        return found(GarbleKind.SPELLING, Severity.LOW, stretch, change, "written as one word or as two")
    return found(KIND, Severity.LOW, stretch, change, _said(len(old), len(new)))


def _said(old: int, new: int) -> str:
    return "space lost between words" if new < old else "space added inside a word"


def _has_space(stretch: Stretch, change: Change) -> bool:
    """Does white space part the words on one side? An apostrophe does so in "the 1930's"."""
    return any(
        reading.gap(word).isspace()
        for reading, (first, last) in ((stretch.parent, change.before), (stretch.child, change.after))
        for word in range(first + 1, last)
    )


def _is_compound(reading: Reading, words: tuple[int, int]) -> bool:
    if any("-" in reading.gap(index) for index in range(words[0] + 1, words[1])):
        return not any("\n" in reading.gap(index) for index in range(words[0] + 1, words[1]))
    return "".join(reading.forms[slice(*words)]) in vocabulary.COMPOUNDS


def _is_habit(reading: Reading, words: Range) -> bool:
    """Does the article write it so elsewhere, too? A slip isn't made twice."""
    return words[1] - words[0] == 1 and reading.forms.count(reading.forms[words[0]]) > 1


def gaps(stretch: Stretch) -> Iterator[Finding]:
    """Line breaks and runs of space between words that stand side by side in the parent, too."""
    child, parent = stretch.child, stretch.parent
    broken = []
    for index, before in stretch.odd_gaps:
        gap = child.gap(index)
        if gap == " " or not gap.isspace() or parent.gap(before) != " ":
            continue
        broken.append(
            at(
                KIND,
                Severity.LOW,
                stretch,
                Span(child.ends[index - 1], child.starts[index]),
                Span(parent.ends[before - 1], parent.starts[before]),
                "line break inside a sentence" if "\n" in gap else "space added between words",
            )
        )
    if len(broken) < WRAPPED_LINES:
        yield from broken


def own(text: str) -> Iterator[Finding]:
    """Places where a text by itself shows that a space is missing or one too many."""
    spaced = None
    for hit in _GLUED.finditer(text):
        if not _is_glued(text, hit.start()):
            continue
        if hit[0] == ",":
            spaced = _spaced_commas(text) if spaced is None else spaced
            if not spaced:
                continue
        after = _WORD_AFTER.match(text, hit.end())
        end = after.end() if after else hit.end()
        yield Finding(
            KIND,
            Severity.LOW,
            Span(hit.start(), end),
            detail="no space between two words",
            repaired=_parted(text[hit.start() : end]),
        )
    for hit in _SPACED_MARK.finditer(text):
        if hit.start() and text[hit.start() - 1].isalnum():
            yield Finding(KIND, Severity.LOW, Span(hit.start(), hit.end() - 1), detail="space before a mark")


def _is_glued(text: str, at: int) -> bool:
    """Do a word and the next touch at this mark, with nothing of an address, a name or a contraction?"""
    before = text[max(0, at - _LETTERS_BEFORE) : at]
    after = _WORD_AFTER.match(text, at + 1)
    word = after[0] if after else ""
    behind = text[at + 1 + len(word) : at + 2 + len(word)]
    if len(before) < 2 or not before[-2:].isalpha() or not before[-2:].islower() or behind in (".", "@", "/"):
        return False
    if text[at] in ".!?;":
        return word[0].isupper() and not _DOMAIN.match(word)
    if text[at] == ",":
        return True
    return (
        word[0].islower()
        and len(word) > _LETTERS_BEFORE
        and before.isalpha()
        and len(before) == _LETTERS_BEFORE
    )


def _parted(glued: str) -> str:
    return f" {glued}" if glued[0] in "'‘\"“" else f"{glued[0]} {glued[1:]}"


def _spaced_commas(text: str) -> bool:
    """Does this text put a space after its commas elsewhere?"""
    return text.count(", ") > 3 * len(re.findall(r"[a-z],[A-Za-z]", text))
