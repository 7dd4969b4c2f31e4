"""Where paragraphs begin and end.

Captures come in two shapes: a paragraph a line, or lines wrapped at some width as wires and e-mail do.
This module tells them apart and knows nothing of what the paragraphs say.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from auditor.domain import Span

# U+0019 opens paragraphs in text taken from ANPA-style wire feeds.
_LINE = re.compile(r"[^\n\r\x0b\x0c\x19\x1c-\x1e\x85\u2028\u2029]+")
_NEWLINES = re.compile(r"\r\n|\n|\r|\x0b|\x85|\u2028")

_WIDEST_WRAP = 110  # e-mail and wires wrap at 60 to 80 columns; an unwrapped paragraph is longer than this
_LEAST_WRAPPED = 0.3  # share of line breaks that must go on in lower case before a text counts as wrapped
_SLACK = 8  # columns by which a ragged wrapped line may fall short
_INDENT = 2  # columns of white space that open a paragraph in wrapped text
_LONG_ENOUGH = 25  # a shorter line that stops without punctuation is a label, not half a sentence
_SIGNATURE = 20  # a last line this short after a full stop is a signature ("Reuter"), not a wrapped word
_OPEN_END = frozenset(",;–—-")
_HANGING = frozenset(
    ("a", "an", "the", "of", "and", "its", "their", "his", "her", "than", "that", "by", "from", "with")
)
_LONGEST_HANGING = 8  # characters
_CLOSED_END = frozenset(".!?:\"”'’")


class _Line(NamedTuple):
    start: int
    end: int
    indent: int
    follows_directly: bool  # no blank line or paragraph mark between this line and the one before


class _Wrapping(NamedTuple):
    width: int
    indents: bool  # paragraphs open with an indented line


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of a text in order, without the white space around them.

    A line is a paragraph, but for texts wrapped at a width, and for a line that stops in the middle
    of a sentence and goes on in lower case: those are joined.
    """
    lines = _lines(text)
    if not lines:
        return ()
    wrapping = _wrapping(text, lines)
    spans: list[Span] = []
    start, before = lines[0].start, lines[0]
    for line in lines[1:]:
        if not (line.follows_directly and _goes_on(text, before, line, wrapping)):
            spans.append(Span(start, before.end))
            start = line.start
        before = line
    spans.append(Span(start, before.end))
    return tuple(spans)


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    before = 0
    for found in _LINE.finditer(text):
        raw = found.group()
        unindented = raw.lstrip()
        if not unindented:
            continue
        begin = found.start()
        indent = len(raw) - len(unindented)
        start = begin + indent
        end = start + len(unindented.rstrip())
        direct = bool(lines) and ((gap := text[before:begin]) == "\n" or _is_one_break(gap))
        lines.append(_Line(start, end, indent, direct))
        before = end
    return lines


def _is_one_break(gap: str) -> bool:
    """Is there nothing but white space between two lines, with no blank line?"""
    return not gap.strip(" \t\r\n\x0b\x85\u2028") and len(_NEWLINES.findall(gap)) == 1


def _wrapping(text: str, lines: list[_Line]) -> _Wrapping | None:
    """How a text is wrapped; None where its lines are paragraphs."""
    width = max([line.end - line.start for line in lines])
    if width > _WIDEST_WRAP:
        return None
    directly = [(before.end, line) for before, line in pairwise(lines) if line.follows_directly]
    going_on = sum([text[line.start].islower() or _hangs(text, end) for end, line in directly])
    if not directly or going_on < _LEAST_WRAPPED * len(directly):
        return None
    return _Wrapping(width, any(line.indent >= _INDENT for _, line in directly))


def _goes_on(text: str, before: _Line, line: _Line, wrapping: _Wrapping | None) -> bool:
    last = text[before.end - 1]
    length = before.end - before.start
    if wrapping is None:
        half = last.isalnum() or last in _OPEN_END
        broken = (text[line.start].islower() and half) or _hangs(text, before.end)
        return broken and length >= _LONG_ENOUGH
    if line.indent >= _INDENT:
        return False
    if text[line.start].islower() or (wrapping.indents and last not in _CLOSED_END):
        return True
    if last in _CLOSED_END and line.end - line.start <= _SIGNATURE:
        return False
    word_end = text.find(" ", line.start, line.end)
    word = (word_end if word_end > 0 else line.end) - line.start
    return length + 1 + word > wrapping.width - _SLACK


def _hangs(text: str, end: int) -> bool:
    """Does a line end in a word that no sentence and no headline ends in?"""
    return text[max(0, end - _LONGEST_HANGING) : end].rpartition(" ")[2] in _HANGING
