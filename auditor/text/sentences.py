"""Where sentences begin and end.

A small splitter for news: it knows its abbreviations, initials, datelines, decimals, ellipses and the places
where a closing quotation mark stands. It must not know what a sentence is on its page (``passages``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from auditor.domain import Span
from auditor.text.abbreviations import (
    AFTER_CLOCK,
    AFTER_ORDINAL_STOP,
    CLOCK,
    COUNTING,
    ENDING_OR_NOT,
    LEADING,
    MONTHS,
    SPEECH_VERBS,
    STARTERS,
    STATES,
)

# A mark that may end a sentence, the quotation marks and brackets that close after it, footnote numbers.
_STOP = re.compile(
    r"""(?P<mark>\.(?:[ ]?\.)+|[.!?…]+)(?P<close>["'”’»)\]]*(?:[ \xa0][”"](?=\s))?)(?:\[\d{1,3}\])*"""
    r"""|(?P<wide>[。！？｡।॥۔؟]+[」』”’）»"]*)""",
)
# Each of these begins a stop, and nothing else does: a scan for one of some letters is quick.
_MAY_STOP = re.compile("[.!?…。！？｡।॥۔؟]")
_SPACE = re.compile(r"\s*")
_OPENING = re.compile(r"""["'“‘„«»(\[¿¡–—•*-]*\s?["'“‘„«(\[]*""")
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_LOWER_NAME = re.compile(r"(?:al|el|an|as|at|ad)-[A-Z]|[ei][A-Z]|(?:de|van|von|bin) [A-Z]")
_ADDRESS = re.compile(r"@|://|www\.|^[\w-]+\.(?:com|net|org|co|gov|edu|js)\b", re.IGNORECASE)
_LIST_NUMBER = re.compile(r"\W*(?:\d{1,3}|[A-Za-z]|[IVXivx]{1,4})")
_ASKED_BY = re.compile(r"\s(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gen|Gov)\.? )?(?:[A-Z][\w’'-]+ ){1,3}(?P<verb>[a-z]+)")
_MARKS = re.compile(r"""["“”]""")
_GLUED = re.compile(r"""["“‘(]?(?:[A-Z][a-z]|[AI] )""")

_LONGEST_WORD = 30  # characters looked back for an abbreviation
_LONGEST_SCRAP = 60  # characters looked at to count them
_LONGEST_LIST_NUMBER = 8  # characters of "(iii" and the like
_FEWEST_WORDS = 3  # inside a quotation, a shorter piece isn't cut off: "No. Never. Go home," he said


def sentences(text: str, within: Iterable[Span]) -> tuple[Span, ...]:
    """The sentences of the given paragraphs, in order, without white space around them.

    A paragraph without any full stop is one sentence. Sentences inside a quotation are told apart too,
    unless one is shorter than three words. Time is linear in the text.
    """
    found: list[Span] = []
    for paragraph in within:
        stops = _stops(text, *paragraph)
        if stops and stops[0].end() < paragraph.end:
            found += _of_paragraph(text, paragraph, stops)
        elif paragraph:  # most paragraphs of news are one sentence
            found.append(paragraph)
    return tuple(found)


def _stops(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The places of a paragraph where a sentence may end."""
    stops = []
    while (at := _MAY_STOP.search(text, start, end)) and (stop := _STOP.match(text, at.start(), end)):
        stops.append(stop)
        start = stop.end()
    return stops


def _of_paragraph(text: str, paragraph: Span, stops: Sequence[re.Match[str]]) -> Iterator[Span]:
    start = paragraph.start
    marks = _OpenMarks(text, paragraph.start)
    for number, stop in enumerate(stops):
        if stop.end() >= paragraph.end:
            break
        end = _end(text, Span(start, paragraph.end), stop, marks)
        if end is None or end >= paragraph.end:
            continue
        if marks.open_at(end) and _is_scrap(text, start, end, stops[number + 1 : number + 2], paragraph.end):
            continue
        yield Span(start, end)
        start = _after_space(text, end)
    if start < paragraph.end:
        yield Span(start, paragraph.end)


class _OpenMarks:
    """Counts quotation marks along a paragraph, to say whether a place lies inside a quotation."""

    def __init__(self, text: str, start: int) -> None:
        self._text, self._at, self._straight, self._curly = text, start, 0, 0

    def open_at(self, place: int) -> bool:
        """Is a quotation open there? Places must be asked in order."""
        if place > self._at:
            self._straight += self._text.count('"', self._at, place)
            self._curly += self._text.count("“", self._at, place) - self._text.count("”", self._at, place)
            self._at = place
        return self._straight % 2 == 1 or self._curly > 0


def _is_scrap(text: str, start: int, end: int, following: Sequence[re.Match[str]], limit: int) -> bool:
    """Is what the quotation holds before or after this place only a word or two?

    Nothing at all means that the quotation begins or ends right here: then it is no scrap.
    """
    next_stop = following[0].start() if following else limit
    before = _MARKS.split(text[max(start, end - _LONGEST_SCRAP) : end])[-1]
    after = _MARKS.split(text[end : min(next_stop, end + _LONGEST_SCRAP)])[0]
    return any(0 < len(piece.split()) < _FEWEST_WORDS for piece in (before, after))


def _after_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _end(text: str, rest: Span, stop: re.Match[str], marks: _OpenMarks) -> int | None:  # noqa: PLR0911 - one rule a line
    """Where the sentence ends that the stop may end; None where it goes on."""
    end = stop.end()
    if end >= rest.end or stop["wide"]:
        return end
    if not text[end].isspace():
        return _glued_end(text, rest, stop, inside=marks.open_at(stop.start()))
    following = _after_space(text, end)
    first = _OPENING.match(text, following)
    at = first.end() if first else following
    if at >= rest.end:
        return end
    if text[at].islower() and not _LOWER_NAME.match(text, at):
        return None
    if stop["close"] and stop["mark"][-1] in "!?" and _is_asked_by(text, end):
        return None
    if (
        stop["mark"] == "."
        and not stop["close"]
        and not _ends_word(text, rest.start, stop.start(), at, following)
    ):
        return None
    return end


def _is_asked_by(text: str, end: int) -> bool:
    asked = _ASKED_BY.match(text, end)
    return asked is not None and asked["verb"] in SPEECH_VERBS


def _word_before(text: str, start: int, end: int) -> str:
    low = max(start, end - _LONGEST_WORD)
    return text[low:end].rsplit(None, 1)[-1].lstrip("\"'“‘„«([—–-") if end > low else ""


def _ends_word(text: str, start: int, stop: int, at: int, following: int) -> bool:  # noqa: PLR0911 - one rule a line
    """Does the full stop end the sentence, or only the word before it? ``at`` is the next letter or digit."""
    word = _word_before(text, start, stop)
    bare = word.rpartition("-")[2] if "-" in word else word
    found = _WORD.match(text, at)
    after = found.group() if found else ""
    if word in LEADING:
        return word in ("St", "Dr", "No") and after in STARTERS
    if text[at].isdigit():
        return not (word in COUNTING or word in MONTHS or word in ENDING_OR_NOT or _is_dotted(word))
    if stop - start <= _LONGEST_LIST_NUMBER and _LIST_NUMBER.fullmatch(text, start, stop):
        return False
    if word in CLOCK:
        return after not in AFTER_CLOCK
    if word.isdigit():
        return after not in AFTER_ORDINAL_STOP
    if bare in ENDING_OR_NOT or _is_dotted(word):
        return (
            after in STARTERS
            or text[following] in '"“„«'
            or (word in STATES and _is_asked_by(text, stop + 1))
        )
    return True


def _is_dotted(word: str) -> bool:
    """An initial ("F") or an abbreviation with dots inside ("U.S", "a.k.a")."""
    return (len(word) == 1 and word.isalpha()) or (
        "." in word and all(len(letters) <= 2 and letters.isalpha() for letters in word.split("."))
    )


def _glued_end(text: str, rest: Span, stop: re.Match[str], *, inside: bool) -> int | None:
    """The end of a sentence that runs into the next without a space: ``rebels.The``."""
    before = text[stop.start() - 1] if stop.start() > rest.start else ""
    if len(stop["mark"]) != 1 or not (before.islower() or before.isdigit() or before in '"”’)%'):
        return None
    end = stop.end()
    if stop["close"].endswith('"') and not inside:
        end -= 1  # the mark opens the next sentence's quotation
    if not _GLUED.match(text, end) or _ADDRESS.search(_chunk(text, stop.start(), rest)):
        return None
    at = end + (text[end] in '"“‘(')
    if stop["mark"] == "." and not _ends_word(text, rest.start, stop.start(), at, end):
        return None
    return end if len(_word_before(text, rest.start, stop.start())) > 1 else None


def _chunk(text: str, at: int, rest: Span) -> str:
    """The run of characters without space around a place, no more than a word's length each way."""
    left = text[max(rest.start, at - _LONGEST_WORD) : at].rsplit(None, 1)
    right = text[at : min(rest.end, at + _LONGEST_WORD)].split(None, 1)
    return (left[-1] if left else "") + (right[0] if right else "")
