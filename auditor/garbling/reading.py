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
from typing import overload
from weakref import WeakKeyDictionary, proxy, ref

from auditor.domain import Figure, Span
from auditor.garbling import vocabulary
from auditor.text import Document

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|\d+(?:[.,]\d+)*[^\W\d_]*"  # 5,000  4.1  5th
    r"|[^\W_]+(?:['’ʼ`´]+[^\W\d_]+)*"  # don't  B2B
    r"|[%$€£¥]"
)
_APOSTROPHES = str.maketrans("’ʼ`´‘", "'''''")
_CONTRACTED = re.compile("n'+t$|'+(?:re|ve|ll|m|s|d)$")
_MANY_MARKS = re.compile("''+")  # a broken apostrophe, as long as it stands
_BROKEN = re.compile(
    r"(?<=\w)(?:\ufffd|\?|&(?:rsquo|lsquo|apos|#8217|#39|#x27);)(?=(?:s|t|re|ve|ll|d|m)\b)|(?<=\w)â€[™˜](?=\w)"
)
_CLITICS = {"'re": "are", "'ve": "have", "'ll": "will", "'m": "am", "'s": "'s", "'d": "'d", "n't": "not"}
_NOT_BASES = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}
_MONTHS_AND_NAMES = frozenset(("may", "june", "april", "august", "march"))
_HEDGE_LEADS = {
    "than": ("more", "less", "fewer", "greater", "better"),
    "to": ("up", "close"),
    "as": ("many", "much", "few"),
    "least": ("at",),
    "most": ("at",),
}
_HEDGE_PAIRS = frozenset((lead, form) for form, leads in _HEDGE_LEADS.items() for lead in leads)


_FIRST_PERSON = frozenset(("i", "we", "my", "our", "us", "me"))
_TURN = re.compile(r"(?:^|(?<=[.?!] )|(?<=\n))[A-Z][A-Za-z'’-]+(?: [A-Z][A-Za-z'’-]+){0,2}: (?=[A-Z—-])")
TRANSCRIPT_TURNS = 4
"""So many times a name with a colon after it at the head of a sentence, and people speak by turns."""

TRANSCRIPT_WORDS, TRANSCRIPT_SHARE = 6, 0.01
"""So many words of the first person outside quotation marks, of so large a share, make a transcript."""


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
    """The words of one document: ``starts``, ``ends`` (offsets) and ``forms`` are lists of equal length.

    Where a text hides something from its reader (zero-width characters, letters of another script that look
    like Latin ones), words are read as they look; a broken apostrophe or dash is read as what it was.
    """

    def __init__(self, document: Document) -> None:
        self.text = document.text
        # Readings are kept for as long as their documents: one that held its own would keep it for ever.
        self._document = ref(document)
        hidden = document.layer.evasions
        folded = document.layer.text if hidden else _mended(_folded(self.text))
        spans = [found.span() for found in _WORD.finditer(folded)]
        if "'" in folded or "cannot" in folded:
            spans = [
                part
                for start, end in spans
                for part in (
                    _parts(folded, start, end)
                    if folded.find("'", start, end) >= 0 or end - start == len("cannot")
                    else ((start, end),)
                )
            ]
        self.forms = [folded[start:end] for start, end in spans]
        if hidden:
            spans = [document.layer.original_span(*span) for span in spans]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        if "'" in folded:
            self._spell_out()

    def _spell_out(self) -> None:
        """Put the full words for the parts of contractions."""
        for index, form in enumerate(self.forms):
            if "''" in form:
                form = self.forms[index] = _MANY_MARKS.sub("'", form)  # noqa: PLW2901
            if form in _CLITICS and "'" in form:
                self.forms[index] = _CLITICS[form]
                if form == "n't" and index:
                    self.forms[index - 1] = _NOT_BASES.get(self.forms[index - 1], self.forms[index - 1])

    def __len__(self) -> int:
        return len(self.forms)

    def word(self, index: int) -> str:
        """The word as it stands in the text."""
        return self.text[self.starts[index] : self.ends[index]]

    def squeezed(self, first: int, last: int) -> str:
        """The words as they stand, in lower case and without the space between them."""
        return "".join(_folded(self.text[self.starts[first] : self.ends[last - 1]]).split())

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
        return self.document.sentences

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the text."""
        return self.document.figures

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
        for index, quotation in enumerate(self.document.quotations):
            for word in range(*self.within(quotation.inner)):
                if found[word] < 0:
                    found[word] = index
        return found

    @cached_property
    def prose(self) -> int:
        """How many words stand outside quotation marks."""
        return sum(inside < 0 for inside in self.quotation_of)

    @property
    def document(self) -> Document:
        """The document that was read; whoever uses a reading holds it. Raises ReferenceError otherwise."""
        document = self._document()
        if document is None:
            raise ReferenceError("the document of this reading is gone")
        return document

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
        for index, name in enumerate(self.document.names):
            for word in range(*self.within(name.span)):
                found[word] = index
        return found

    @cached_property
    def classes(self) -> Classes:
        """The class of each word, worked out when asked for."""
        return Classes(self)

    @cached_property
    def lower_forms(self) -> frozenset[str]:
        """The words that stand in lower case somewhere: such a word isn't a name at a sentence's start."""
        return frozenset(
            form for form, start in zip(self.forms, self.starts, strict=True) if self.text[start].islower()
        )

    @cached_property
    def surnames(self) -> frozenset[str]:
        """The last words of names of two or three words that name no body: people's, mostly."""
        parts = [name.text.casefold().split() for name in self.document.names]
        return frozenset(
            part[-1] for part in parts if len(part) in (2, 3) and part[-1] not in vocabulary.BODIES
        )

    @cached_property
    def is_transcript(self) -> bool:
        """Does the text speak in the first person outside quotation marks, as a speech or letter does?"""
        own = sum(
            form in _FIRST_PERSON and inside < 0
            for form, inside in zip(self.forms, self.quotation_of, strict=True)
        )
        spoken = own >= TRANSCRIPT_WORDS and own >= TRANSCRIPT_SHARE * len(self)
        return spoken or len(_TURN.findall(self.text)) >= TRANSCRIPT_TURNS

    @cached_property
    def known(self) -> frozenset[str]:
        """All forms of the text."""
        return frozenset(self.forms)

    def class_of(self, index: int) -> WordClass:
        """The class of one word."""
        form = self.forms[index]
        if self._is_number(index):
            return WordClass.NUMBER
        if form in vocabulary.NEGATIONS:
            return WordClass.NEGATION
        capital = self.text[self.starts[index]].isupper()
        inside = form in vocabulary.NAME_PARTICLES and self._is_inside_name(index)
        if inside or (capital and self._is_surname(index)):
            return WordClass.NAME
        if form in vocabulary.SPEAKER_VERBS and not capital:
            return WordClass.SPEECH
        if capital and self._is_name(index):
            return WordClass.NAME
        return WordClass.FUNCTION if form in vocabulary.FUNCTION_WORDS else WordClass.OTHER

    def _is_number(self, index: int) -> bool:
        """Is it a figure, in digits or letters, a day or month, or a hedge or unit beside a figure?"""
        form = self.forms[index]
        if self._is_numeral(index):
            return True
        if form in vocabulary.WEEKDAYS or form in vocabulary.MONTHS:
            return self.text[self.starts[index]].isupper() and not self._is_surname(index)
        if form in ("point", "points") and index and self.forms[index - 1] == "percentage":
            return True
        if form in vocabulary.UNITS and index and self._is_numeral(index - 1):
            return True
        last = index  # hedges may follow one another: "more than about 50"
        while last < min(index + 4, len(self) - 1) and self.forms[last] in vocabulary.HEDGE_WORDS:
            if not self._hedges(last):
                return False
            last += 1
        return last > index and self._is_numeral(last)

    def _is_surname(self, index: int) -> bool:
        """Is a month's name a part of another name ("Theresa May", "Cape May")?"""
        if self.forms[index] not in _MONTHS_AND_NAMES or not index or self.gap(index) != " ":
            return False
        before = self.forms[index - 1]
        if index + 1 < len(self) and self.forms[index + 1][0].isdigit():
            return False
        known = before in vocabulary.FUNCTION_WORDS or before in vocabulary.WEEKDAYS
        return self.word(index - 1)[0].isupper() and not known

    def _is_numeral(self, index: int) -> bool:
        form = self.forms[index]
        return form[0].isdigit() or form in vocabulary.NUMBER_WORDS or form in "%$€£¥"

    def _hedges(self, index: int) -> bool:
        form = self.forms[index]
        if form in _HEDGE_LEADS:
            return index > 0 and self.forms[index - 1] in _HEDGE_LEADS[form]
        return form in vocabulary.HEDGES or (form, self.forms[index + 1]) in _HEDGE_PAIRS

    def _is_name(self, index: int) -> bool:
        form = self.forms[index]
        if form in vocabulary.FUNCTION_WORDS and not (self.word(index).isupper() and len(form) > 1):
            return False
        if self.name_of[index] >= 0:
            return True
        if self.begins_sentence(index):
            return False
        return form not in self.lower_forms or self._beside_capital(index)

    def _is_inside_name(self, index: int) -> bool:
        """Does this small word stand between two words with capitals, as in "Muammar el-Qaddafi"?"""
        if not 0 < index < len(self) - 1 or {self.gap(index), self.gap(index + 1)} - {" ", "-"}:
            return False
        return self.word(index - 1)[0].isupper() and self.word(index + 1)[0].isupper()

    def _beside_capital(self, index: int) -> bool:
        """Does a word with a capital stand right beside this one, as in a name of two words?"""
        return any(
            0 <= place < len(self) and self.gap(max(place, index)) == " " and self.word(place)[0].isupper()
            for place in (index - 1, index + 1)
        )

    def starts_sentence(self, index: int) -> bool:
        """Does a sentence begin at this word, or end before it?"""
        return index in (0, len(self)) or self.sentence_of[index] != self.sentence_of[index - 1]

    def begins_sentence(self, index: int) -> bool:
        """Is this the first word of its sentence or quotation?"""
        if index == 0 or self.sentence_of[index] != self.sentence_of[index - 1]:
            return True
        return any(mark in self.gap(index) for mark in '"“”‘:')


class Classes:
    """The classes of a reading's words, as a sequence that is filled as it is read."""

    def __init__(self, words: Reading) -> None:
        self._words: Reading = proxy(words)  # the reading holds these: the two would outlive their document
        self._known: dict[int, WordClass] = {}

    @overload
    def __getitem__(self, index: int) -> WordClass: ...
    @overload
    def __getitem__(self, index: slice) -> list[WordClass]: ...
    def __getitem__(self, index: int | slice) -> WordClass | list[WordClass]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self._words)))]
        if index not in self._known:
            self._known[index] = self._words.class_of(index)
        return self._known[index]


def _parts(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the two words of a contraction; of a word, its own."""
    form = folded[start:end]
    found = _CONTRACTED.search(form)
    cut = 3 if form == "cannot" else found.start() if found else 0
    return [(start, start + cut), (start + cut, end)] if cut else [(start, end)]


def _folded(text: str) -> str:
    """The text in lower case with plain apostrophes, of the same length, so that offsets hold."""
    lower = text.lower()
    if len(lower) != len(text):  # a capital that has no single small letter
        lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return lower if text.isascii() else lower.translate(_APOSTROPHES)


def _mended(folded: str) -> str:
    """Apostrophes broken by a wrong encoding read as apostrophes, of the same length.

    That they are broken is for encoding to tell; the words around them are the same words.
    """
    if "â" not in folded and "\ufffd" not in folded and "&" not in folded and "?" not in folded:
        return folded
    return _BROKEN.sub(lambda hit: "'" * len(hit[0]), folded)


_READ: WeakKeyDictionary[Document, Reading] = WeakKeyDictionary()


def reading(document: Document) -> Reading:
    """The document's words; read once for as long as the document lives."""
    found = _READ.get(document)
    if found is None:
        found = _READ[document] = Reading(document)
    return found
