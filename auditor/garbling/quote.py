"""Quote: words inside quotation marks differ, or the marks went, came or moved.

The style of the marks and what stands beside them (British and American punctuation) is nothing. A cut that
shows itself by an ellipsis is truncation, low; a bracketed insertion is honest.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from auditor.domain import GarbleKind, Severity
from auditor.garbling.blocks import Range
from auditor.garbling.changes import Change, Stretch
from auditor.garbling.context import in_brackets
from auditor.garbling.finding import HARMLESS, Finding, Judgement, at, found
from auditor.garbling.reading import Reading, WordClass

KIND = GarbleKind.QUOTE

CLOSE_QUOTATION = 0.7
"""Below this share of equal words two quotations are two translations or reports of one statement."""

CUT_QUOTATION = 0.9
"""A quotation that has little else than the parent's words was cut from it, however much is gone."""

MARKED_WORDS = 3
"""The shortest run whose marks a reader would miss."""

AROUND_WORDS, KEPT_AROUND = 4, 0.5
"""Of so many words on either side, inside the quotation, this share must be the parent's."""

KEPT_QUOTATION = 0.6
"""Otherwise at least this share of the parent's quotation must stand in it."""

_SPOKEN = (
    ("'s", "is"), ("'s", "has"), ("'d", "had"), ("'d", "would"), ("cause", "because"), ("em", "them"),
    ("gonna", "going"), ("gonna", "to"), ("wanna", "want"), ("gotta", "got"), ("ya", "you"), ("'s", "us"),
    ("ok", "okay"), ("till", "until"),
)  # fmt: skip
"""What a writer hears as the one or as the other."""

_LINKS = frozenset(("and", "but", "so", "that", "because"))
_DOUBLE = re.compile('["“”„«»]')
_MARK = re.compile("[\"“”„«»‘’']")
_REOPENED = re.compile("\\n\\s*[\"“„«‘']+$")  # a quotation's next paragraph
_ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.|\[|\(\s*…")


def judge(stretch: Stretch, change: Change) -> Judgement:
    """Does the change put words into somebody's mouth, or take them out?"""
    old = _quotation(stretch.parent, change.before)
    new = _quotation(stretch.child, change.after)
    if _goes_with_name(stretch, change):
        return HARMLESS
    if change.deleted and old is not None:
        return _cut(stretch, change, old)
    if change.edge or new is None or old is None:
        return None
    bracketed = in_brackets(stretch.child, change.after, new) or in_brackets(
        stretch.parent, change.before, old
    )
    if _alikeness(stretch, new) < CLOSE_QUOTATION or bracketed:
        return HARMLESS
    if _is_slurred(stretch, change) or _is_accent(stretch, change) or not _stands_among_kept(stretch, change):
        return HARMLESS
    return found(KIND, Severity.HIGH, stretch, change, "words inside the quotation differ")


def _goes_with_name(stretch: Stretch, change: Change) -> bool:
    """Is it the rest of a name that was replaced ("The Guardian", "Plan Marshall"), and told of with it?"""
    if not (change.deleted or change.inserted):
        return False
    reading, words = (stretch.parent, change.before) if change.deleted else (stretch.child, change.after)
    named = all(reading.word(word)[0].isupper() or reading.forms[word] == "the" for word in range(*words))
    return named and any(
        other.kind is WordClass.NAME and not (other.deleted or other.inserted)
        for other in stretch.of_block(change)
    )


def _quotation(reading: Reading, words: Range) -> Range | None:
    """The words of the quotation in which a range lies wholly (an empty one: inside, not at its edge)."""
    if words[0] == words[1]:
        around = {
            reading.quotation_of[index] for index in (words[0] - 1, words[0]) if 0 <= index < len(reading)
        }
        index = around.pop() if len(around) == 1 else -1
    else:
        inside = {reading.quotation_of[word] for word in range(*words)}
        index = inside.pop() if len(inside) == 1 else -1
    return None if index < 0 else reading.within(reading.document.quotations[index].inner)


def _alikeness(stretch: Stretch, quotation: Range) -> float:
    kept = sum(word in stretch.origins for word in range(*quotation))
    return kept / max(1, quotation[1] - quotation[0])


def _is_same(stretch: Stretch, here: Range, quotation: Range) -> bool:
    """Is the child's quotation the parent's, cut, rather than another report of one statement?"""
    alike = _alikeness(stretch, here)
    kept = sum(word in stretch.twins for word in range(*quotation)) / max(1, quotation[1] - quotation[0])
    return alike >= CUT_QUOTATION or (alike >= CLOSE_QUOTATION and kept >= KEPT_QUOTATION)


def _is_accent(stretch: Stretch, change: Change) -> bool:
    """Does nothing differ but the accents of a foreign word ("éminence")?"""
    old, new = (
        "".join(
            char for char in unicodedata.normalize("NFKD", " ".join(forms)) if not unicodedata.combining(char)
        )
        for forms in (stretch.parent.forms[slice(*change.before)], stretch.child.forms[slice(*change.after)])
    )
    return old == new


def _is_slurred(stretch: Stretch, change: Change) -> bool:
    """Are these one word as it is spoken and as it is written ("'s" and "has", "'cause" and "because")?"""
    old, new = stretch.parent.forms[slice(*change.before)], stretch.child.forms[slice(*change.after)]
    return any({*pair} == {*old, *new} for pair in _SPOKEN) and len(old) == len(new) == 1


def _cut(stretch: Stretch, change: Change, quotation: Range) -> Judgement:
    """Words of a quotation are gone: shown by an ellipsis, by ending the quotation there, or silently."""
    child, parent = stretch.child, stretch.parent
    at_start, at_end = change.before[0] == quotation[0], change.before[1] == quotation[1]
    at_end = at_end or _REOPENED.search(parent.gap(change.before[1])) is not None
    here = _quotation(child, change.after)
    remains = [stretch.twins[word] for word in range(*quotation) if word in stretch.twins]
    still_quoted = [word for word in remains if child.quotation_of[word] >= 0]
    if not still_quoted:
        return HARMLESS if (at_start and at_end) else None
    if (here is not None and not _is_same(stretch, here, quotation)) or _is_left_out(
        stretch, change, quotation
    ):
        return HARMLESS
    gap = child.gap(change.after[0]) if change.after[0] < len(child) else child.text[child.ends[-1] :]
    if _ELLIPSIS.search(gap):
        return found(
            GarbleKind.TRUNCATION, Severity.LOW, stretch, change, "cut from the quotation, and shown as cut"
        )
    at_edge = at_start or at_end or here is None
    fair = at_edge and (_whole_sentences(parent, change.before) or _is_fragment(child, still_quoted))
    if fair or stretch.has_left_sentence(change):
        return HARMLESS
    if change.edge and here is None and not _ends_there(child, change.after[0], at_end):
        return HARMLESS
    return found(KIND, Severity.HIGH, stretch, change, "words of the quotation are gone without a sign")


def _is_left_out(stretch: Stretch, change: Change, quotation: Range) -> bool:
    """Does the child quote only from behind the missing words on, or were they the writer's, in brackets?"""
    child, place = stretch.child, change.after[0]
    begins_later = (
        place < len(child)
        and child.quotation_of[place] >= 0
        and (place == 0 or child.quotation_of[place - 1] != child.quotation_of[place])
    )
    links = all(form in _LINKS for form in stretch.parent.forms[slice(*change.before)])
    parted = links and bool(_MARK.search(child.gap(place) if place < len(child) else ""))
    bracketed = in_brackets(stretch.parent, change.before, quotation)
    return begins_later or parted or bracketed or not _stands_among_kept(stretch, change)


def _stands_among_kept(stretch: Stretch, change: Change) -> bool:
    """Were the words beside the change, as far as they are quoted, kept?"""
    child, (first, last) = stretch.child, change.after
    sides = range(max(0, first - AROUND_WORDS), first), range(last, min(len(child), last + AROUND_WORDS))
    quoted = [[word for word in side if child.quotation_of[word] >= 0] for side in sides]
    beside = [word for word in (first - 1, last) if 0 <= word < len(child)]
    if not any(child.quotation_of[word] >= 0 for word in beside):
        return False
    return all(sum(word in stretch.origins for word in side) >= KEPT_AROUND * len(side) for side in quoted)


def _ends_there(child: Reading, index: int, at_end: bool) -> bool:
    """Does the child's quotation end or begin just where the words are missing?"""
    gap = child.gap(index) if index < len(child) else child.text[child.ends[-1] :]
    return bool(_MARK.search(gap)) or not at_end


def _whole_sentences(reading: Reading, words: Range) -> bool:
    first, last = words
    ends = last >= len(reading) or bool(re.search(r"[.!?…]|[\"”’]", reading.gap(last)))
    begins = bool(re.search(r"[.!?\n\"“‘]", reading.gap(first)))
    return (
        begins
        and ends
        and (last >= len(reading) or reading.word(last)[0].isupper() or bool(_MARK.search(reading.gap(last))))
        and _stops_before(reading, first)
    )


def _stops_before(reading: Reading, first: int) -> bool:
    """Is the word before the end of a sentence, or the range the quotation's beginning?"""
    return (
        bool(re.search(r"[.!?]", reading.gap(first)))
        or reading.quotation_of[first - 1] != reading.quotation_of[first]
    )


def _is_fragment(child: Reading, quoted: list[int]) -> bool:
    """Is what remains quoted a phrase worked into the child's own sentence?"""
    first = quoted[0]
    return child.word(first)[0].islower() and child.quotation_of[first - 1] != child.quotation_of[first]


# The marks


def marks(stretch: Stretch) -> Iterator[Finding]:
    """Runs of equal words that stand inside quotation marks on the one side only."""
    child, parent = stretch.child, stretch.parent
    if not (
        set(child.quotation_of[slice(*stretch.after)]) | set(parent.quotation_of[slice(*stretch.before)])
    ) - {-1}:
        return
    run: list[int] = []
    state = 0
    for word in [*range(*stretch.after), -1]:
        origin = stretch.origins.get(word, -1)
        here = 0
        if word >= 0 and origin >= 0:
            here = (child.quotation_of[word] >= 0) - (parent.quotation_of[origin] >= 0)
        if run and (here != state or word != run[-1] + 1):
            yield from _moved(stretch, run, state)
            run = []
        state = here
        if here:
            run.append(word)


def _moved(stretch: Stretch, run: list[int], state: int) -> Iterator[Finding]:
    child, parent = stretch.child, stretch.parent
    origin = [stretch.origins[run[0]], stretch.origins[run[-1]]]
    reading, first, last = (child, run[0], run[-1]) if state < 0 else (parent, origin[0], origin[1])
    if _is_inside(reading, first, last) or _marks_at(child, run[0], run[-1]) == _marks_at(parent, *origin):
        return  # the marks stand as they did, only their pairing was read differently
    if (
        len(run) < MARKED_WORDS
        or (child if state < 0 else parent).is_transcript
        or (state < 0 and _is_set_off(child, run))
    ):
        return  # a speech without marks, or a quotation that is a paragraph by itself
    if stretch.closeness((run[0], run[-1] + 1)) < CLOSE_QUOTATION or not _at_marks(
        stretch, run, origin, state
    ):
        return
    said = "quotation marks gone" if state < 0 else "quotation marks put around words that had none"
    after, before = child.span(run[0], run[-1] + 1), parent.span(origin[0], origin[1] + 1)
    yield at(KIND, Severity.HIGH, stretch, after, before, said)


def _is_set_off(child: Reading, run: list[int]) -> bool:
    """Are these whole sentences at a paragraph's beginning, set off in the place of marks?"""
    begins = run[0] == 0 or "\n" in child.gap(run[0])
    rest = child.text[child.ends[run[-1]] :][:12]
    return begins and (child.starts_sentence(run[-1] + 1) or bool(_LINKED.match(rest)))


def _at_marks(stretch: Stretch, run: list[int], origin: list[int], state: int) -> bool:
    """Does the run reach an end of the quotation, and is it no whole statement that was rightly quoted?

    Who quotes a transcript, or another article, sentence by sentence puts marks where none stood.
    """
    reading, words = (stretch.parent, origin) if state < 0 else (stretch.child, [run[0], run[-1]])
    first, last = reading.within(reading.document.quotations[reading.quotation_of[words[0]]].inner)
    if words[0] != first and words[1] != last - 1:
        return False
    origins = [stretch.origins[word] for word in range(first, last) if word in stretch.origins]
    return state < 0 or not stretch.parent.starts_sentence(origins[0])


def _marks_at(reading: Reading, first: int, last: int) -> tuple[int, ...]:
    """How many marks stand before each of these words and after the last."""
    gaps = [reading.gap(word) for word in range(first, last + 1)]
    gaps.append(reading.gap(last + 1) if last + 1 < len(reading) else reading.text[reading.ends[last] :])
    return tuple(len(_DOUBLE.findall(gap)) for gap in gaps)


_LINKED = re.compile(r"\W*(?:https?:|pic\.|#|@|— |\()")  # what follows a message shown as it was sent
_OPENS = re.compile("(?:^|[\\s(\\[—–-])[\"“„«'‘]+[\\[(]?$")
_CLOSES = re.compile("^[.,!?;:…]*[\"”»'’]")


def _is_inside(reading: Reading, first: int, last: int) -> bool:
    """Do these words stand in marks after all: one that opens before them, closes after, or is still open?"""
    end = reading.gap(last + 1) if last + 1 < len(reading) else reading.text[reading.ends[last] :]
    if _OPENS.search(reading.gap(first)) or _CLOSES.search(end):
        return True
    start = reading.starts[first]
    before = reading.text[reading.text.rfind("\n", 0, start) + 1 : start]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")
