"""Where paragraphs begin and end.

Captures come in two shapes: a paragraph a line, or lines wrapped at some width as wires and e-mail do.
This module tells them apart and knows nothing of what the paragraphs say.
"""

from __future__ import annotations

import re
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
_OPEN_END = frozenset(",;–—-")


class _Line(NamedTuple):
    start: int
    end: int
    indent: int
    follows_directly: bool  # no blank line or paragraph mark between this line and the one before


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of a text in order, without the white space around them.

    A line is a paragraph, but for texts wrapped at a width, and for a line that stops in the middle
    of a sentence and goes on in lower case: those are joined.
    """
    lines = _lines(text)
    width = _wrap_width(text, lines)
    spans: list[Span] = []
    for number, line in enumerate(lines):
        if number and line.follows_directly and _goes_on(text, lines[number - 1], line, width):
            spans[-1] = Span(spans[-1].start, line.end)
        else:
            spans.append(Span(line.start, line.end))
    return tuple(spans)


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    before = 0
    for found in _LINE.finditer(text):
        raw = found.group()
        body = raw.strip()
        if not body:
            continue
        indent = len(raw) - len(raw.lstrip())
        start = found.start() + indent
        gap = text[before : found.start()]
        direct = bool(lines) and not gap.strip(" \t\r\n\x0b\x85\u2028") and len(_NEWLINES.findall(gap)) == 1
        lines.append(_Line(start, start + len(body), indent, direct))
        before = start + len(body)
    return lines


def _wrap_width(text: str, lines: list[_Line]) -> int | None:
    """The width at which a text is wrapped; None where its lines are paragraphs."""
    width = max((line.end - line.start for line in lines), default=0)
    if width > _WIDEST_WRAP or len(lines) < 2:
        return None
    directly = [line for line in lines if line.follows_directly]
    lower = sum(text[line.start].islower() for line in directly)
    return width if directly and lower >= _LEAST_WRAPPED * len(directly) else None


def _goes_on(text: str, before: _Line, line: _Line, width: int | None) -> bool:
    last = text[before.end - 1]
    if text[line.start].islower() and (last.isalnum() or last in _OPEN_END):
        return before.end - before.start >= _LONG_ENOUGH
    if width is None or line.indent >= _INDENT:
        return False
    word_end = text.find(" ", line.start, line.end)
    word = (word_end if word_end > 0 else line.end) - line.start
    return before.end - before.start + 1 + word > width - _SLACK
