"""What each sentence is on its page: headline, body, caption, credit, furniture (first version)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.domain import Passage, PassageKind, Span

_FURNITURE = re.compile(r"(?i)(?:advertisement|share|tweet|read more|print|email)\W*")
_CREDIT = re.compile(r"(?i)(?:source:|©|\(c\)|copyright |reporting by|with files from)")
_CAPTION = re.compile(r"Photo by|Getty Images|AP Photo|GETTY\*")


def passages(
    text: str, paragraphs: Sequence[Span], sentences: Sequence[Span], title: str | None = None
) -> tuple[Passage, ...]:
    """The sentences with their kinds, in order; a body sentence is split where a caption runs into it."""
    found: list[Passage] = []
    lines = iter(paragraphs)
    line = next(lines, None)
    for sentence in sentences:
        while line is not None and sentence.start >= line.end:
            line = next(lines, None)
        kind = _kind(text, sentence, line) if line else PassageKind.BODY
        if sentence.of(text).strip() == (title or "").strip():
            kind = PassageKind.HEADLINE
        found.append(Passage(sentence, kind))
    return tuple(found)


def _kind(text: str, sentence: Span, line: Span) -> PassageKind:
    said = line.of(text)
    if _FURNITURE.fullmatch(said):
        return PassageKind.FURNITURE
    if _CREDIT.match(said):
        return PassageKind.CREDIT
    if len(said) < 200 and _CAPTION.search(said):
        return PassageKind.CAPTION
    if sentence == line and line.length < 120 and said[-1] not in ".!?:;,\"”'…":
        return PassageKind.HEADLINE
    return PassageKind.BODY
