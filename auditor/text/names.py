"""Capitalised names of persons, places and bodies (first version)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.domain import Name, Passage, Span

_RUN = re.compile(r"(?<!\w)[A-Z][\w.-]*(?: (?:al-|de |van |bin )?[A-Z][\w-]*)*")


def names(text: str, passages: Sequence[Passage]) -> tuple[Name, ...]:
    """The names of a text in order of their places."""
    starts = {passage.span.start for passage in passages}
    return tuple(
        Name(Span(*found.span()), found.group())
        for found in _RUN.finditer(text)
        if found.start() not in starts or " " in found.group()
    )
