"""Spelling: the same said in another house's form. A change, not a damage, and easy to hide.

British and American spelling, "percent" and "per cent", months and titles abbreviated, courtesy titles,
figures in words, hyphens. What is written wrongly isn't style: see encoding and entity.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.domain import GarbleKind, Severity, Span
from auditor.garbling import vocabulary
from auditor.garbling.blocks import Range
from auditor.garbling.changes import Change, Stretch
from auditor.garbling.finding import HARMLESS, Finding, Judgement, at, found
from auditor.garbling.reading import Reading, WordClass

KIND = GarbleKind.SPELLING


def judge(stretch: Stretch, change: Change) -> Judgement:
    """Do both sides write the same words in two styles?"""
    old, new = _styled(stretch.parent, change.before), _styled(stretch.child, change.after)
    if change.deleted or change.inserted:
        return _courtesy(stretch, change, old or new)
    if old == new or "".join(old) == "".join(new):
        if stretch.parent.forms[slice(*change.before)] == stretch.child.forms[slice(*change.after)]:
            return HARMLESS
        return found(KIND, Severity.LOW, stretch, change, "another house's spelling")
    return None


def _styled(reading: Reading, words: Range) -> list[str]:
    forms: list[str] = []
    for index in range(*words):
        form = reading.forms[index]
        if form in ("mr", "mrs", "ms") and words[1] - words[0] > 1:
            continue
        if form == "cent" and forms and forms[-1] == "per":
            forms[-1] = "percent"
            continue
        form = "is" if form == "'s" and index == words[0] and words[1] - words[0] == 1 else form
        forms.append(vocabulary.styled(form))
    return forms


def _courtesy(stretch: Stretch, change: Change, forms: list[str]) -> Judgement:
    if len(forms) != 1 or forms[0] not in vocabulary.COURTESY:
        return None
    reading, after = (
        (stretch.parent, change.before[1]) if change.deleted else (stretch.child, change.after[1])
    )
    kept = after in (stretch.twins if change.deleted else stretch.origins)
    if kept and reading.classes[after] is WordClass.NAME:
        return found(KIND, Severity.LOW, stretch, change, "a courtesy title")
    return None


def hyphens(stretch: Stretch) -> Iterator[Finding]:
    """Words that the one side hyphenates and the other writes apart."""
    child, parent = stretch.child, stretch.parent
    for index, before in stretch.odd_gaps:
        gaps = {child.gap(index).replace("‐", "-").replace("‑", "-"), parent.gap(before).replace("‑", "-")}
        if gaps == {" ", "-"}:
            yield at(
                KIND,
                Severity.LOW,
                stretch,
                Span(child.starts[index - 1], child.ends[index]),
                Span(parent.starts[before - 1], parent.ends[before]),
                "hyphenation",
            )
