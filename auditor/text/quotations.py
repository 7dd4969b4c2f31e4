"""Statements between quotation marks (first version)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.domain import Name, Quotation, Span

_PAIR = re.compile(r'"([^"\n]+)"|“([^”\n]+)”')


def quotations(
    text: str, paragraphs: Sequence[Span], sentences: Sequence[Span], names: Sequence[Name]
) -> tuple[Quotation, ...]:
    """The quotations of a text in order, with their speakers where the text names one."""
    return tuple(
        Quotation(Span(*found.span()), Span(*found.span(found.lastindex or 0)))
        for found in _PAIR.finditer(text)
    )
