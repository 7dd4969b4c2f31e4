"""A document as the garbling detectors read it: words with their gaps, sentences, quotations and classes.

Unlike matching's tokens, a word here keeps what a reader would miss: "U.S." isn't "US", "did not" is the
same two words as "didn't", and what stands between two words (space, hyphen, dash, quotation mark) is kept
as the gap before the second. It must not know of a second text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from enum import IntEnum
from functools import cached_property
from weakref import WeakKeyDictionary

from auditor.domain import Figure, Span
from auditor.garbling import vocabulary
from auditor.text import Document

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|\d+(?:[.,]\d+)*[^\W\d_]*"  # 5,000  4.1  5th
    r"|[^\W_]+(?:['’ʼ`´][^\W\d_]+)*"  # don't  B2B
    r"|[%$€£¥]"
)
_APOSTROPHES = str.maketrans("’ʼ`´‘", "'''''")
_CLITICS = {"'re": "are", "'ve": "have", "'ll": "will", "'m": "am", "'s": "'s", "'d": "'d"}
_NOT_BASES = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}
_HEDGE_LEADS = {
    "than": ("more", "less", "fewer", "greater", "better"),
    "to": ("up", "close"),
    "as": ("many", "much", "few"),
    "least": ("at",),
    "most": ("at",),
}
_HEDGE_PAIRS = frozenset((lead, form) for form, leads in _HEDGE_LEADS.items() for lead in leads)


class WordClass(IntEnum):
    """What a word does in a statement: the detectors' first question."""

    OTHER = 0
    FUNCTION = 1
    NUMBER = 2
    NEGATION = 3
    SPEECH = 4
    NAME = 5
    FORM = 6  # of a change only: two forms of one word
    JOINED = 7  # of a change only: the same letters in another number of words


class Reading:
    """The words of one document: ``starts``, ``ends`` (offsets) and ``forms`` are lists of equal length."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.forms: list[str] = []
        self._document = document
        folded = _folded(self.text)
        for found in _WORD.finditer(folded):
            form = found[0]
            if "'" in form or form == "cannot":
                self._part(found.start(), form)
            else:
                self._put(found.start(), found.end(), form)

    def _part(self, start: int, form: str) -> None:
        """A contraction as its two words."""
        cut, parts = _contracted(form)
        if cut:
            self._put(start, start + cut, parts[0])
            self._put(start + cut, start + len(form), parts[1])
        else:
            self._put(start, start + len(form), form)

    def _put(self, start: int, end: int, form: str) -> None:
        self.starts.append(start)
        self.ends.append(end)
        self.forms.append(form)

    def __len__(self) -> int:
        return len(self.forms)

    def word(self, index: int) -> str:
        """The word as it stands in the text."""
        return self.text[self.starts[index] : self.ends[index]]

    def gap(self, index: int) -> str:
        """What stands between the word before and this word."""
        return self.text[self.ends[index - 1] if index else 0 : self.starts[index]]

    def span(self, first: int, last: int) -> Span:
        """The offsets of the words ``[first, last)``; or an empty range after the one before."""
        if first < last:
            return Span(self.starts[first], self.ends[last - 1])
        at = self.ends[first - 1] if first else (self.starts[0] if self.starts else 0)
        return Span(at, at)

    def within(self, span: Span) -> tuple[int, int]:
        """The words that a span touches, as an index range."""
        first = bisect_right(self.ends, span.start)
        return first, max(first, bisect_left(self.starts, span.end))

    @property
    def sentences(self) -> tuple[Span, ...]:
        """The spans of the sentences."""
        return self._document.sentences

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the text."""
        return self._document.figures

    @cached_property
    def sentence_of(self) -> list[int]:
        """The index of each word's sentence."""
        starts = [span.start for span in self.sentences]
        return [max(0, bisect_right(starts, start) - 1) for start in self.starts]

    @cached_property
    def sentence_words(self) -> list[tuple[int, int]]:
        """Each sentence's words, as an index range."""
        return [self.within(span) for span in self.sentences]

    @cached_property
    def quotation_of(self) -> list[int]:
        """The index of the outermost quotation that each word stands in; -1 outside."""
        found = [-1] * len(self)
        for index, quotation in enumerate(self._document.quotations):
            for word in range(*self.within(quotation.inner)):
                if found[word] < 0:
                    found[word] = index
        return found

    @property
    def document(self) -> Document:
        """The document that was read."""
        return self._document

    @cached_property
    def figure_of(self) -> list[int]:
        """The index of the figure that each word belongs to; -1 for none."""
        found = [-1] * len(self)
        for index, figure in enumerate(self.figures):
            for word in range(*self.within(figure.span)):
                found[word] = index
        return found

    @cached_property
    def name_of(self) -> list[int]:
        """The index of the name that each word belongs to; -1 for none."""
        found = [-1] * len(self)
        for index, name in enumerate(self._document.names):
            for word in range(*self.within(name.span)):
                found[word] = index
        return found

    @cached_property
    def classes(self) -> list[WordClass]:
        """The class of each word."""
        found = [self._class(index) for index in range(len(self))]
        for index in range(len(found) - 2, -1, -1):  # from the end: a hedge may stand before another
            if self._hedges(index) and found[index + 1] is WordClass.NUMBER:
                found[index] = WordClass.NUMBER
        for index in range(1, len(found)):
            if self.forms[index] in vocabulary.UNITS and found[index - 1] is WordClass.NUMBER:
                found[index] = WordClass.NUMBER
        return found

    def _hedges(self, index: int) -> bool:
        form = self.forms[index]
        if form in ("than", "to", "as", "least", "most"):
            return index > 0 and self.forms[index - 1] in _HEDGE_LEADS.get(form, ())
        return form in vocabulary.HEDGES or (form, self.forms[index + 1]) in _HEDGE_PAIRS

    @cached_property
    def lower_forms(self) -> frozenset[str]:
        """The words that stand in lower case somewhere: such a word isn't a name at a sentence's start."""
        return frozenset(
            form for form, start in zip(self.forms, self.starts, strict=True) if self.text[start].islower()
        )

    @cached_property
    def known(self) -> frozenset[str]:
        """All forms of the text."""
        return frozenset(self.forms)

    def _class(self, index: int) -> WordClass:
        form = self.forms[index]
        capital = self.text[self.starts[index]].isupper()
        if (
            form[0].isdigit()
            or self.figure_of[index] >= 0
            or form in vocabulary.NUMBER_WORDS
            or form in "%$€£¥"
        ):
            return WordClass.NUMBER
        if (form in vocabulary.WEEKDAYS and capital) or (form in vocabulary.MONTHS and capital):
            return WordClass.NUMBER
        if form in vocabulary.NEGATIONS:
            return WordClass.NEGATION
        if form in vocabulary.SPEAKER_VERBS and not capital:
            return WordClass.SPEECH
        if capital and self._is_name(index):
            return WordClass.NAME
        return WordClass.FUNCTION if form in vocabulary.FUNCTION_WORDS else WordClass.OTHER

    def _is_name(self, index: int) -> bool:
        form = self.forms[index]
        if form in vocabulary.FUNCTION_WORDS and not (self.word(index).isupper() and len(form) > 1):
            return False
        if self.name_of[index] >= 0:
            return True
        return not self.begins_sentence(index) and form not in self.lower_forms

    def starts_sentence(self, index: int) -> bool:
        """Does a sentence begin at this word, or end before it?"""
        return index in (0, len(self)) or self.sentence_of[index] != self.sentence_of[index - 1]

    def begins_sentence(self, index: int) -> bool:
        """Is this the first word of its sentence or quotation?"""
        if index == 0 or self.sentence_of[index] != self.sentence_of[index - 1]:
            return True
        return any(mark in self.gap(index) for mark in '"“”‘:')


def _contracted(form: str) -> tuple[int, tuple[str, str]]:
    """Where a contraction parts, and the two words that it stands for; 0 where it is one word."""
    if form == "cannot":
        return 3, ("can", "not")
    if form.endswith("n't") and len(form) > 3:
        base = form[:-3]
        return len(base), (_NOT_BASES.get(base, base), "not")
    cut = form.rindex("'")
    if cut and form[cut:] in _CLITICS:
        return cut, (form[:cut], _CLITICS[form[cut:]])
    return 0, (form, "")


def _folded(text: str) -> str:
    """The text in lower case with plain apostrophes, of the same length, so that offsets hold."""
    lower = text.lower()
    if len(lower) != len(text):  # a capital that has no single small letter
        lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return lower if text.isascii() else lower.translate(_APOSTROPHES)


_READ: WeakKeyDictionary[Document, Reading] = WeakKeyDictionary()


def reading(document: Document) -> Reading:
    """The document's words; read once for as long as the document lives."""
    found = _READ.get(document)
    if found is None:
        found = _READ[document] = Reading(document)
    return found
