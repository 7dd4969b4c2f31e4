"""Truncation: a sentence, quotation or paragraph is cut off, or a clause that qualifies it is gone.

A whole sentence left out is an editor's choice. An alignment that ends before its sentence does is no cut:
only what the child's own sentence, seen to its end, lacks counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.domain import GarbleKind, Severity, Span
from auditor.garbling import vocabulary
from auditor.garbling.blocks import Range
from auditor.garbling.changes import Change, Stretch
from auditor.garbling.finding import HARMLESS, Finding, Judgement, at, found
from auditor.garbling.reading import Reading, WordClass

KIND = GarbleKind.TRUNCATION

QUALIFYING_WORDS = 2
"""The shortest clause that limits a statement: "if confirmed"."""

CLAUSE_WORDS = 6
"""The shortest other clause whose loss a reader would mark; shorter ones are an editor's tightening."""

KEPT_SENTENCE = 0.7
"""A clause counts as gone only where at least this share of the child's sentence is the parent's."""

_LIMITING = vocabulary.words("if unless although though but except despite provided without only")
"""Words whose clause limits a statement even where it follows the quotation."""

_OPENED = (
    (re.compile(r"“(?=\w)"), re.compile("[”\"]|’’|''")),
    (re.compile(r"(?<![^\s(\[—–-])\"(?=\w)"), re.compile("[\"”“]|’’|''")),
    (re.compile(r"(?<=[a-z])'(?=[a-z]{4})"), re.compile("['’](?![a-z])")),  # the space before it lost, too
)
"""What opens a quotation, and what closes it."""

_ENDS = re.compile(r"[.!?。！？:…][\"”’')\]]*\s*$")
_SHOWN = re.compile(r"…|\.\.\.|\[\.|(?i:read more|continue reading)")


def judge(stretch: Stretch, change: Change) -> Judgement:
    """Is a part of a sentence missing, though the rest of the sentence was taken?"""
    if not change.deleted:
        return None
    if _is_doubt(stretch, change):
        return found(KIND, Severity.MEDIUM, stretch, change, "the doubt is gone")
    if not stretch.is_pure(change) or not _joins(stretch, change) or stretch.was_moved(change):
        return HARMLESS
    if _cut_off(stretch, change):
        return (_cut(stretch, change),)
    place = stretch.anchor(change)
    if stretch.closeness((place, place + 1)) >= KEPT_SENTENCE and not _has_whole_sentence(
        stretch.parent, change.before
    ):
        return _clause(stretch, change)
    return HARMLESS


def own(text: str) -> Iterator[Finding]:
    """A quotation that is opened in the last paragraph and never closed: the text was cut off inside it.

    In other paragraphs a missing mark may be a writer's: a quotation that runs on opens each of them anew.
    """
    end = len(text.rstrip())
    start = text.rfind("\n", 0, end) + 1
    last = text[start:end]
    for opened, closes in _OPENED:
        for hit in opened.finditer(last):
            if not closes.search(last, hit.end()):
                span = Span(start + hit.start(), end)
                yield Finding(KIND, Severity.MEDIUM, span, detail="a quotation is opened and never closed")
                return


def _cut(stretch: Stretch, change: Change) -> Finding:
    """The rest of the sentence that was cut off; the sentences after it were left out."""
    first, last = change.before
    sentence = stretch.parent.sentence_of[first]
    rest = (first, min(last, stretch.parent.sentence_words[sentence][1]))
    spans = stretch.child.span(*change.after), stretch.parent.span(*rest)
    return at(KIND, Severity.MEDIUM, stretch, *spans, "cut off in the middle of a sentence")


def _clause(stretch: Stretch, change: Change) -> Judgement:
    """A clause that is gone from a sentence which otherwise stands."""
    if not _in_one_sentence(stretch.parent, change.before):
        return HARMLESS
    if _tells_of_quotation(stretch, change) and stretch.parent.forms[change.before[0]] not in _LIMITING:
        return HARMLESS
    if stretch.has_left_sentence(change):
        return HARMLESS
    size = change.before[1] - change.before[0]
    if size >= QUALIFYING_WORDS and _qualifies(stretch.parent, change.before):
        return found(KIND, Severity.MEDIUM, stretch, change, "a qualifying clause is gone")
    if size >= CLAUSE_WORDS and _is_clause(stretch.parent, change.before):
        return found(KIND, Severity.LOW, stretch, change, "a clause is gone")
    return HARMLESS


def _tells_of_quotation(stretch: Stretch, change: Change) -> bool:
    """Does the missing run stand right beside a quotation, and say who spoke, where or how?"""
    parent, (first, last) = stretch.parent, change.before
    said = first > 0 and parent.classes[first - 1] is WordClass.SPEECH
    after_marks = first > 0 and parent.quotation_of[first - 1] >= 0 > parent.quotation_of[first]
    says = WordClass.SPEECH in parent.classes[first:last]
    quoted = any(parent.quotation_of[word] >= 0 for word in range(*stretch.sentences(change)[0]))
    return after_marks or said or (says and quoted)


def _is_doubt(stretch: Stretch, change: Change) -> bool:
    forms = stretch.parent.forms[slice(*change.before)]
    if len(forms) > 2 or change.edge or not stretch.is_close(change):
        return False
    if not set(forms) & vocabulary.DOUBTS:
        return False
    return not set(stretch.child.forms[slice(*stretch.sentences(change)[1])]) & vocabulary.DOUBTS


def _joins(stretch: Stretch, change: Change) -> bool:
    """Does the child run on, or end, where the words are missing, with none of its own there?"""
    place = change.after[0]
    child = stretch.child
    left = place > 0 and place - 1 in stretch.origins
    if place >= len(child) or child.begins_sentence(place):
        return left
    return left and place in stretch.origins


def _cut_off(stretch: Stretch, change: Change) -> bool:
    """Does the child's sentence break off here without an end, while the parent's goes on?"""
    child, parent, place = stretch.child, stretch.parent, change.after[0]
    if place == 0 or place - 1 not in stretch.origins or _is_cell(parent, change.before):
        return False
    if place < len(child) and child.sentence_of[place] == child.sentence_of[place - 1]:
        return False
    if (
        change.before[0] == 0
        or parent.sentence_of[change.before[0] - 1] != parent.sentence_of[change.before[0]]
    ):
        return False
    last = change.before[1]
    if last in stretch.twins and parent.sentence_of[last] == parent.sentence_of[last - 1]:
        return False  # the sentence goes on, whatever stands between
    sentence = child.sentences[child.sentence_of[place - 1]].of(child.text)
    if _SHOWN.search(sentence[-16:]):
        return True
    return not _ENDS.search(sentence)


def _is_cell(parent: Reading, words: Range) -> bool:
    """Are these only figures, as a table's cells are?"""
    return not any(form.isalpha() for form in parent.forms[slice(*words)])


def _has_whole_sentence(parent: Reading, words: Range) -> bool:
    first, last = words
    begins = first == 0 or parent.sentence_of[first - 1] != parent.sentence_of[first]
    ends = last >= len(parent) or parent.sentence_of[last] != parent.sentence_of[last - 1]
    return begins and ends


def _in_one_sentence(parent: Reading, words: Range) -> bool:
    return parent.sentence_of[words[0]] == parent.sentence_of[words[1] - 1]


def _qualifies(parent: Reading, words: Range) -> bool:
    return parent.forms[words[0]] in vocabulary.QUALIFIERS


def _is_clause(parent: Reading, words: Range) -> bool:
    """Is the missing run marked off by commas, dashes or brackets, or at the end of its sentence?"""
    before, last = parent.gap(words[0]), words[1]
    after = parent.gap(last) if last < len(parent) else "."
    return any(mark in before for mark in ",;—–-(:") or any(mark in after for mark in ".!?,;—–-)")
