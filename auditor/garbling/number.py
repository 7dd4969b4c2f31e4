"""Number: a figure, amount, date, unit or percentage says something else, or its hedge does.

The same value in another form ("5,000" and "five thousand", "Sept. 30" and "30 September") is spelling; a
figure that left together with its clause is for truncation to judge.
"""

from __future__ import annotations

import math
import re
from datetime import date

from rapidfuzz.distance import OSA

from auditor.domain import Figure, GarbleKind, Severity, Span
from auditor.garbling import vocabulary
from auditor.garbling.blocks import Range
from auditor.garbling.changes import Change, Stretch
from auditor.garbling.context import stands_among_kept, tells_of_other
from auditor.garbling.finding import HARMLESS, Judgement, at, found
from auditor.garbling.reading import Reading, WordClass

KIND = GarbleKind.NUMBER

CLOCK_WORDS = 3
"""So few words stand before the time in "Update at 9:19 p.m." """

SLIPS = 2
"""A unit's or number's word with no more letters wrong is a slip of that word, not another one."""

LEAP_YEAR = 366
"""Days up to this are days of a year that isn't told."""

AROUND_WORDS, KEPT_AROUND = 4, 0.75
"""Of so many words on either side this share must stand where a figure alone is gone."""

KEPT_BESIDE = 0.6
"""And this share where it is another."""

KEPT_BESIDE_FIGURE = 0.5
"""And this share beside all words of the figure, with its unit: a house's style changes these, too."""

_NOT_AMOUNTS = frozenset(("date", "year", "time", "ordinal"))
_HEDGES = {
    "nearly": "almost", "almost": "almost", "close to": "almost", "approaching": "almost",
    "about": "about", "around": "about", "approximately": "about", "roughly": "about", "some": "about",
    "circa": "about", "an estimated": "about", "estimated": "about",
    "more than": "over", "over": "over", "above": "over", "upwards of": "over", "in excess of": "over",
    "less than": "under", "fewer than": "under", "under": "under", "below": "under",
    "at least": "least", "no fewer than": "least", "no less than": "least", "at most": "most",
    "up to": "most", "as many as": "most", "as much as": "most", "no more than": "most",
}  # fmt: skip
"""Hedges that say the same, under one name."""


_LETTERS = frozenset(
    (("1", "one"), ("2", "two"), ("3", "three"), ("4", "four"), ("5", "five"), ("6", "six"), ("7", "seven"),
     ("8", "eight"), ("9", "nine"), ("10", "ten"), ("11", "eleven"), ("12", "twelve"))
)  # fmt: skip


def judge(stretch: Stretch, change: Change) -> Judgement:
    """Do the figures that the change touches say something else on the two sides?"""
    if change.kind is not WordClass.NUMBER or change.edge or _is_slip(stretch, change):
        return None
    old, new = _figures(stretch, change)
    if old and new:
        return _compared(stretch, change, old, new)
    if change.deleted and len(old) == 1:
        return _dropped(stretch, change, old[0])
    if change.deleted or change.inserted:
        return None
    return _in_words(stretch, change)


def _dropped(stretch: Stretch, change: Change, figure: Figure) -> Judgement:
    """Is an amount gone from a sentence that otherwise stands, and told nowhere else in the text?

    Days, years and ages are left out every day, and what stands between two commas is an editor's to cut.
    """
    first, last = change.before
    parent, child = stretch.parent, stretch.child
    aside = "," in parent.gap(first) or "(" in parent.gap(first)
    if figure.unit in _NOT_AMOUNTS or figure.value <= 1 or aside or not _joins(stretch, change):
        return None
    whole = all(parent.figure_of[word] >= 0 or parent.forms[word] == "of" for word in range(first, last))
    kept = stands_among_kept(stretch, change, AROUND_WORDS, KEPT_AROUND)
    if not whole or not kept or any(math.isclose(figure.value, other.value) for other in child.figures):
        return None
    return found(KIND, Severity.HIGH, stretch, change, "a figure is gone")


def _joins(stretch: Stretch, change: Change) -> bool:
    """Do the words on both sides of what is gone stand side by side in one sentence of the child?"""
    place = change.after[0]
    inside = 0 < place < len(stretch.child) and not stretch.child.starts_sentence(place)
    return inside and place - 1 in stretch.origins and place in stretch.origins


def _is_slip(stretch: Stretch, change: Change) -> bool:
    """Is it only a letter lost in a unit or a figure's word?"""
    old, new = stretch.parent.forms[slice(*change.before)], stretch.child.forms[slice(*change.after)]
    if len(old) != 1 or len(new) != 1 or not (old[0] + new[0]).isalpha():
        return False
    known = vocabulary.UNITS | vocabulary.NUMBER_WORDS | vocabulary.HEDGES
    known |= vocabulary.MONTHS.keys() | vocabulary.WEEKDAYS.keys()
    return (
        new[0] not in known
        and min(OSA.distance(one, new[0]) for one in (old[0], vocabulary.styled(old[0]))) <= SLIPS
        and vocabulary.styled(old[0]) != vocabulary.styled(new[0])
    )


def _figures(stretch: Stretch, change: Change) -> tuple[list[Figure], list[Figure]]:
    """The figures that a change touches on either side, each with its counterpart where that stands."""
    child, parent = stretch.child, stretch.parent
    old = {parent.figure_of[word] for word in range(*change.before)}
    new = {child.figure_of[word] for word in range(*change.after)}
    new |= {child.figure_of[stretch.twins[word]] for word in _words_of(parent, old) if word in stretch.twins}
    old |= {
        parent.figure_of[stretch.origins[word]] for word in _words_of(child, new) if word in stretch.origins
    }
    return _read(parent, old), _read(child, new)


def _words_of(reading: Reading, figures: set[int]) -> list[int]:
    return [
        word
        for index in figures
        if index >= 0
        for word in range(*reading.within(reading.figures[index].span))
    ]


def _compared(stretch: Stretch, change: Change, old: list[Figure], new: list[Figure]) -> Judgement:
    before = _around(stretch.parent, change.before, old)
    after = _around(stretch.child, change.after, new)
    texts = before.of(stretch.parent.text), after.of(stretch.child.text)
    points = {"points" in text or "point" in text.split() for text in texts}  # not the same as percent
    if _is_mixed(stretch, change):
        spans = (after, before)
        return (at(GarbleKind.SPELLING, Severity.LOW, stretch, *spans, "the same figure in another form"),)
    same = len(old) == len(new) and len(points) == 1 and all(map(_same, old, new))
    if same and not _is_misread(stretch, change, old, new):
        if _letters(before.of(stretch.parent.text)) == _letters(after.of(stretch.child.text)):
            return HARMLESS
        return (
            at(GarbleKind.SPELLING, Severity.LOW, stretch, after, before, "the same figure in another form"),
        )
    if (
        not stretch.is_close(change)
        or (len(old) != len(new) and (_contained(old, new) or _digits(texts[0]) == _digits(texts[1])))
        or _year_apart(old, new)
    ):
        return HARMLESS
    whole = stretch.child.within(after) if after else (0, 0)
    kept = stands_among_kept(stretch, change, AROUND_WORDS, KEPT_BESIDE_FIGURE, whole)
    if not kept or tells_of_other(stretch, change) or _is_clock(stretch, change, new):
        return HARMLESS
    return (at(KIND, Severity.HIGH, stretch, after, before, _said(old, new)),)


def _is_misread(stretch: Stretch, change: Change, old: list[Figure], new: list[Figure]) -> bool:
    """Do the words differ as decimals, though the figures that were read from them agree ("141.25/35")?"""
    one, other = (
        [form for form in forms if form.replace(".", "").isdecimal() and "." in form]
        for forms in (stretch.parent.forms[slice(*change.before)], stretch.child.forms[slice(*change.after)])
    )
    known = {figure.value for figure in (*old, *new)}
    return len(one) == len(other) == 1 and one != other and not {float(one[0]), float(other[0])} & known


def _is_mixed(stretch: Stretch, change: Change) -> bool:
    """Is the one side's figure the other's with its fraction ("three-and-a-half" and "3 1/2")?"""
    sides = zip((stretch.parent, stretch.child), stretch.blocks[change.block], strict=True)
    fewer, more = sorted(
        (_read(reading, {reading.figure_of[word] for word in range(*words)}) for reading, words in sides),
        key=len,
    )
    whole = len(fewer) == 1 and len(more) == 2 and more[0].span.end + 1 == more[1].span.start
    return whole and math.isclose(fewer[0].value, more[0].value + more[1].value)


def _read(reading: Reading, indices: set[int]) -> list[Figure]:
    return [reading.figures[index] for index in sorted(indices) if index >= 0]


def _digits(text: str) -> list[str]:
    """The digits of a text, figure by figure ("January 20th of 2017" and "January 20, 2017")."""
    return re.findall(r"\d+", text)


def _letters(text: str) -> list[str]:
    return text.casefold().replace("-", " ").split()


def _contained(old: list[Figure], new: list[Figure]) -> bool:
    """Does the one side say all that the other does, and more?"""
    fewer, more = sorted((old, new), key=len)
    return all(any(_same(one, other) for other in more) for one in fewer)


def _is_clock(stretch: Stretch, change: Change, new: list[Figure]) -> bool:
    """Is it the time at which a running report was added to, at the head of its paragraph?"""
    start = stretch.child.starts[change.after[0]] if not change.inserted else new[0].span.start
    head = stretch.child.text[stretch.child.text.rfind("\n", 0, start) + 1 : start]
    return any(figure.unit == "time" for figure in new) and len(head.split()) <= CLOCK_WORDS


def _year_apart(old: list[Figure], new: list[Figure]) -> bool:
    """Are these the same day, with its year on the one side only?"""
    if len(old) != 1 or len(new) != 1 or not old[0].unit == new[0].unit == "date":
        return False
    bare, full = sorted((int(old[0].value), int(new[0].value)))
    if not 1 <= bare <= LEAP_YEAR < full:
        return False
    day = date.fromordinal(full)
    return day.replace(year=2000).timetuple().tm_yday == bare


def _same(one: Figure, other: Figure) -> bool:
    return (
        math.isclose(one.value, other.value, rel_tol=1e-9)
        and one.unit == other.unit
        and _hedge(one) == _hedge(other)
    )


def _hedge(figure: Figure) -> str:
    return _HEDGES.get(figure.hedge, figure.hedge)


def _said(old: list[Figure], new: list[Figure]) -> str:
    if len(old) == len(new) == 1:
        one, other = old[0], new[0]
        if not math.isclose(one.value, other.value, rel_tol=1e-9):
            return "another date" if one.unit == other.unit == "date" else "another figure"
        return (
            "another unit"
            if one.unit != other.unit
            else "another hedge"
            if one.hedge and other.hedge
            else ("the hedge is gone" if one.hedge else "a hedge was added")
        )
    return "another figure"


def _around(reading: Reading, words: Range, figures: list[Figure]) -> Span:
    span = reading.span(*words)
    starts, ends = [figure.span.start for figure in figures], [figure.span.end for figure in figures]
    if words[0] < words[1]:
        starts.append(span.start)
        ends.append(span.end)
    return Span(min(starts), max(ends)) if starts else span


def _in_words(stretch: Stretch, change: Change) -> Judgement:
    """Weekdays, months and figures that the figure reader doesn't know."""
    old = [vocabulary.styled(form) for form in stretch.parent.forms[slice(*change.before)]]
    new = [vocabulary.styled(form) for form in stretch.child.forms[slice(*change.after)]]
    if (
        old == new
        or _is_in_letters(old, new)
        or change.loose > 1
        or not stretch.is_close(change)
        or tells_of_other(stretch, change)
    ):
        return None
    if not stands_among_kept(stretch, change, AROUND_WORDS, KEPT_BESIDE):
        return None
    of_parent = stretch.parent.classes[slice(*change.before)]
    kinds = [*of_parent, *stretch.child.classes[slice(*change.after)]]
    unit_lost = of_parent == [WordClass.NUMBER] and stretch.parent.forms[change.before[0]] in vocabulary.UNITS
    if not unit_lost and any(kind not in (WordClass.NUMBER, WordClass.FUNCTION) for kind in kinds):
        return None
    days = {*vocabulary.WEEKDAYS.values(), *vocabulary.MONTHS.values()}
    detail = "another day" if days & {*old, *new} else "another figure"
    before, after = _with_figure(stretch, change) if unit_lost else (change.before, change.after)
    spans = stretch.child.span(*after), stretch.parent.span(*before)
    return (at(KIND, Severity.HIGH, stretch, *spans, "another unit" if unit_lost else detail),)


def _is_in_letters(old: list[str], new: list[str]) -> bool:
    """Is it one small number, in digits here and in letters there ("No. 1", "number one")?"""
    return len(old) == len(new) == 1 and bool({(old[0], new[0]), (new[0], old[0])} & _LETTERS)


def _with_figure(stretch: Stretch, change: Change) -> tuple[Range, Range]:
    """A unit's words together with the figure before them."""
    (b, last_b), (a, last_a) = change.before, change.after
    if a > 0 and stretch.origins.get(a - 1) == b - 1 and stretch.child.classes[a - 1] is WordClass.NUMBER:
        return (b - 1, last_b), (a - 1, last_a)
    return change.before, change.after
