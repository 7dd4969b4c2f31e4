"""Numbers with their units and hedges (first version)."""

from __future__ import annotations

import re

from auditor.domain import Figure, Span

_NUMBER = re.compile(
    r"(?<![\w.,-])(?:(nearly|more than|about) )?(\d+(?:,\d{3})*(?:\.\d+)?)( ?%| percent| per cent)?\b"
)


def figures(text: str) -> tuple[Figure, ...]:
    """The figures of a text in order."""
    return tuple(
        Figure(
            Span(*found.span()),
            float(found[2].replace(",", "")),
            "%" if found[3] else "",
            found[1] or "",
        )
        for found in _NUMBER.finditer(text)
    )
