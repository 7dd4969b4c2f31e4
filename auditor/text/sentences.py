"""Where sentences begin and end (first version; refined next)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from auditor.domain import Span

_END = re.compile(
    r"(?<!\bMr)(?<!\bGen)(?<!\bSen)(?<!\b[A-Z])[.!?…][\"'”’)\]]*(?=\s+[\"'“‘(\[]?[^\W\d_a-z])|[。！？]+[」』”]*"
)


def sentences(text: str, within: Iterable[Span]) -> tuple[Span, ...]:
    """The sentences of the given paragraphs, in order, without white space around them."""
    found: list[Span] = []
    for paragraph in within:
        start = paragraph.start
        for end in _END.finditer(text, paragraph.start, paragraph.end):
            found.append(Span(start, end.end()))
            start = end.end()
            while start < paragraph.end and text[start].isspace():
                start += 1
        if start < paragraph.end:
            found.append(Span(start, paragraph.end))
    return tuple(found)
