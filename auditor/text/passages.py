"""What each sentence is on its page: headline, body, caption, credit line or furniture.

Lines are judged first, by what they say and what stands beside them; sentences of body lines after that.
A subhead is a headline: it was written for the page it stands on, is no statement that can be taken from a
wire, and so must not count among the body text that derives or doesn't.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from auditor.domain import Passage, PassageKind, Span
from auditor.text import furniture

_BODY, _HEADLINE, _CAPTION = PassageKind.BODY, PassageKind.HEADLINE, PassageKind.CAPTION
_CREDIT, _FURNITURE = PassageKind.CREDIT, PassageKind.FURNITURE

_LONGEST_FURNITURE = 200  # characters
_LONGEST_BUTTONS = 80
_LONGEST_CREDIT = 400
_LONGEST_CAPTION = 700
_SHORT_CAPTION = 250  # with a picture's credit anywhere in it, a line this short is a caption
_CREDIT_AT_END = 100  # a longer one must have the picture's credit among its last characters
_LONGEST_SIGNATURE = 60  # a line that is only a source's name
_HEADLINE_WORDS = 25
_SUBHEAD_WORDS = 14
_CAPTION_WORDS = 30  # of a line before a picture's credit
_HEAD_LINES = 8  # bylines stand among the first lines
_MOST_UNFINISHED = 0.5  # share of lines without a full stop above which such lines are no subheads

_FINISHED = re.compile(r"""[.!?…。！？।؟۔:;,–—-]["'”’»)\]]*$|["”»]$""")
_BULLET = re.compile(r"[•·▪●◦*–—-]|\(?\d{1,3}[.)]\s")
may_be_glued = re.compile(r"[A-Z](?:[A-Z]{2}[a-z]|[*•·/+|-][A-Z*•·/]{0,24}[a-z])").search
_HINTS_BUT_STROKES = tuple(hint for hint in furniture.PHOTO_HINTS if hint != "/")
# A stroke before or after an agency's name, or after what it made.
_MAY_NAME = re.compile(r"/ ?[^\W\d_]|Video\s?/").search
_WORD = re.compile(r"[^\W_]+")
_NOT_WORD = re.compile(r"\W+")
_BETWEEN_NAMES = re.compile(r"[/|,]")
_TAIL = 12  # characters looked at for the end of a line


@dataclass(slots=True)
class _Line:
    span: Span
    sentences: list[Span]
    text: str
    kind: PassageKind | None = None  # None: not yet known to be anything but body
    ends: bool | None = None

    @property
    def is_finished(self) -> bool:
        if self.ends is None:
            self.ends = bool(_FINISHED.search(self.text[-_TAIL:]))
        return self.ends

    def has_at_most(self, words: int) -> bool:
        return len(self.text.split(None, words)) <= words


def passages(
    text: str,
    paragraphs: Sequence[Span],
    sentences: Sequence[Span],
    title: str | None = None,
    is_source: Callable[[str], bool] = lambda _name: False,
) -> tuple[Passage, ...]:
    """The sentences with their kinds, in order, covering all but white space.

    A body sentence into which a caption or furniture runs is cut there. ``title`` is the headline as
    captured apart from the text; ``is_source`` tells whether a line is the name of a source.
    """
    lines = _lines(text, paragraphs, sentences)
    pictured = any(hint in text for hint in furniture.PHOTO_HINTS)
    for number, line in enumerate(lines):
        line.kind = _plain_kind(line, is_source, near_head=number < _HEAD_LINES, pictured=pictured)
    if pictured:
        _mark_captions(lines)
    _mark_headlines(lines, title)
    interrupted = _may_be_interrupted(text)
    found: list[Passage] = []
    for line in lines:
        found += _of_line(text, line, interrupted=interrupted, pictured=pictured or "Video" in text)
    return tuple(found)


def _lines(text: str, paragraphs: Sequence[Span], sentences: Sequence[Span]) -> list[_Line]:
    lines = [_Line(span, [], span.of(text)) for span in paragraphs]
    at = 0
    for sentence in sentences:
        while at < len(lines) and sentence.start >= lines[at].span.end:
            at += 1
        lines[at].sentences.append(sentence)
    return lines


def _plain_kind(
    line: _Line, is_source: Callable[[str], bool], *, near_head: bool, pictured: bool
) -> PassageKind | None:
    """What a line is by what it says; ``pictured`` tells that a picture may be credited in the text."""
    said, length = line.text, len(line.text)
    if _is_furniture(said) or is_buttons(said):
        return _FURNITURE
    if is_signature(said, is_source):
        return _CREDIT
    if pictured and length <= _LONGEST_CAPTION and _is_caption(said):
        return _CAPTION
    if length <= _LONGEST_CREDIT and len(line.sentences) <= 3 and furniture.CREDIT.match(said):
        return _CREDIT
    if near_head and length <= _LONGEST_FURNITURE and furniture.BYLINE.fullmatch(said):
        return _CREDIT
    return None


def _is_furniture(said: str) -> bool:
    return len(said) <= _LONGEST_FURNITURE and furniture.is_furniture(said)


def is_buttons(said: str) -> bool:
    """Is the line a row of buttons: "Share Tweet 12 Email"; or a rule: "* * *"?"""
    if len(said) > _LONGEST_BUTTONS:
        return False
    first = _WORD.search(said)
    if first and first[0].isascii() and first[0].isalpha() and first[0].lower() not in furniture.BUTTONS:
        return False
    words = [word for word in _WORD.findall(said.casefold()) if not word.isdigit()]
    return all(word in furniture.BUTTONS for word in words) and (bool(words) or not said.isalnum())


def is_signature(said: str, is_source: Callable[[str], bool]) -> bool:
    """Is it the name of a source, or of some, and nothing else: "Reuters", "(AP)", "AP/Reuters"?"""
    if len(said) > _LONGEST_SIGNATURE:
        return False
    names = [name.strip() for name in _BETWEEN_NAMES.split(said.strip(" -–—()[]*."))]
    return len(names) <= 4 and all(name and is_source(name) for name in names)


def _is_caption(said: str) -> bool:
    if not any(hint in said for hint in furniture.PHOTO_HINTS):
        return False
    credit = furniture.PHOTO_CREDIT.search(said) if _may_credit(said) else None
    if credit is None:
        return bool(furniture.CAPTION_OPENING.match(said)) and len(said) <= _SHORT_CAPTION
    if len(said) <= _SHORT_CAPTION or furniture.CAPTION_OPENING.match(said):
        return True
    return bool(furniture.PHOTO_CREDIT.search(said, len(said) - _CREDIT_AT_END))


def _may_credit(said: str) -> bool:
    """May a line with a hint hold a picture's credit? Most strokes stand in fractions and dates."""
    return _MAY_NAME(said) is not None or any(hint in said for hint in _HINTS_BUT_STROKES)


def _mark_captions(lines: list[_Line]) -> None:
    """A slug, or a short line that says no sentence, belongs to the caption or picture credit after it."""
    for line, following in zip(reversed(lines[:-1]), reversed(lines[1:]), strict=True):
        if line.kind is None and following.kind is _CAPTION:
            slug = furniture.SLUG.fullmatch(line.text)
            bare_credit = following.has_at_most(8) and furniture.PHOTO_CREDIT.match(following.text)
            short = line.has_at_most(_CAPTION_WORDS) and len(line.sentences) == 1 and not line.is_finished
            if slug or (bare_credit and short and line is not lines[0]):
                line.kind = _CAPTION


def _mark_headlines(lines: list[_Line], title: str | None) -> None:
    said = [line for line in lines if line.kind is None]
    if not said:
        return
    titled = _folded(title) if title else None
    if titled and _folded(said[0].text) == titled:
        said[0].kind = _HEADLINE
    unfinished = sum(not line.is_finished for line in said[1:])
    subheads = unfinished <= _MOST_UNFINISHED * max(len(said) - 1, 1)
    for number, line in enumerate(said[:-1]):
        following = said[number + 1]
        is_one = _is_subhead if number else _is_headline
        if (subheads or not number) and is_one(line, following):
            line.kind = _HEADLINE


def _is_headline(line: _Line, following: _Line) -> bool:
    asks = line.text[-1] in "?!" and line.has_at_most(_SUBHEAD_WORDS)
    quoted = line.text[-1] in "'’\"”" and line.text[-2:-1] not in set(".,!?…")
    return (
        len(line.sentences) == 1
        and line.has_at_most(_HEADLINE_WORDS)
        and (asks or quoted or not line.is_finished)
        and not following.text[0].islower()
    )


def _is_subhead(line: _Line, following: _Line) -> bool:
    first = line.text[0]
    return (
        len(line.sentences) == 1
        and not line.is_finished
        and line.has_at_most(_SUBHEAD_WORDS)
        and not first.islower()
        and not _BULLET.match(line.text)
        and not following.text[0].islower()
        and following.is_finished
        and not following.has_at_most(4)
    )


def _folded(title: str) -> str:
    return _NOT_WORD.sub("", title.casefold())


def _may_be_interrupted(text: str) -> bool:
    """May anything run into a body line of this text?"""
    return (
        "(" in text
        or "[" in text
        or any(hint in text for hint in furniture.INSERTED_HINTS)
        or bool(may_be_glued(text))
    )


def _of_line(text: str, line: _Line, *, interrupted: bool, pictured: bool) -> list[Passage]:
    insertions = _insertions(text, line.span, line.text) if interrupted and line.kind is None else []
    if insertions:
        cut = _cut(text, line.sentences, insertions)
        return [Passage(span, kind or _sentence_kind(span.of(text), pictured=pictured)) for span, kind in cut]
    if line.kind is not None or len(line.sentences) == 1:
        return [Passage(span, line.kind or _BODY) for span in line.sentences]
    return [Passage(span, _sentence_kind(span.of(text), pictured=pictured)) for span in line.sentences]


def _sentence_kind(said: str, *, pictured: bool) -> PassageKind:
    """The kind of a sentence that stands in a body line; ``pictured`` as of a whole line, or of a video."""
    if _is_furniture(said):
        return _FURNITURE
    if len(said) <= _LONGEST_CREDIT and furniture.CREDIT.match(said):
        return _CREDIT
    if pictured and len(said) <= _SHORT_CAPTION and furniture.PHOTO_CREDIT.match(said):
        return _CAPTION
    return _BODY


def _cut(
    text: str, sentences: Sequence[Span], insertions: Sequence[tuple[Span, PassageKind]]
) -> Iterator[tuple[Span, PassageKind | None]]:
    """The sentences, cut where something runs into them, with the kind of what runs in."""
    waiting = iter(insertions)
    insertion = next(waiting, None)
    for sentence in sentences:
        at = sentence.start
        while insertion and insertion[0].start < sentence.end:
            inserted, kind = insertion
            yield from _stripped(text, Span(at, max(at, inserted.start)), None)
            until = min(inserted.end, sentence.end)
            yield from _stripped(text, Span(max(at, inserted.start), until), kind)
            at = until
            if inserted.end > sentence.end:
                break
            insertion = next(waiting, None)
        yield from _stripped(text, Span(at, sentence.end), None)


def _insertions(text: str, span: Span, said: str) -> list[tuple[Span, PassageKind]]:
    """What runs into a body line, in order and without overlap."""
    searched = []
    if "(" in said or "[" in said:
        searched += [(furniture.BRACKETED, _FURNITURE), (furniture.BRACKETED_PHOTO, _CAPTION)]
    if any(hint in said for hint in furniture.INSERTED_HINTS):
        searched.append((furniture.INSERTED, _FURNITURE))
    found = [
        (Span(*hit.span()), kind)
        for pattern, kind in searched
        for hit in pattern.finditer(text, span.start, span.end)
    ]
    glued = furniture.GLUED_CAPTION.search(text, span.start, span.end) if may_be_glued(said) else None
    if glued:
        found.append((Span(glued.start(), span.end), _CAPTION))
    found.sort()
    apart: list[tuple[Span, PassageKind]] = []
    for place, kind in found:
        if not apart or place.start >= apart[-1][0].end:
            apart.append((place, kind))
    return apart


def _stripped(text: str, span: Span, kind: PassageKind | None) -> Iterator[tuple[Span, PassageKind | None]]:
    said = span.of(text)
    bare = said.strip()
    if bare:
        start = span.start + len(said) - len(said.lstrip())
        yield Span(start, start + len(bare)), kind
