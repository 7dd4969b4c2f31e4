"""Whether a match is a mere quotation: both texts quote one statement, and share nothing else there.

Only the marks matter here, not who speaks, so this looks for them in the normalised layer (where all marks
are one) instead of asking for the quotations with their speakers, which cost a full reading of the text.
It must not know how matches are found.
"""

from __future__ import annotations

import re

from auditor.text.tokens import Tokens

Range = tuple[int, int]

# An opening mark follows a space or bracket; what its paragraph doesn't close goes on in the next.
_QUOTED = (
    re.compile(r""""(?<![^\s(\[\-]")(?=\S)([^"\n]*)(?:"|\n\s*(?="))"""),
    re.compile(r"""\'(?<![^\s(\[\-]\')(?=\w)([^\'"\n]*(?:\'\w[^\'"\n]*)*)(?<=[\w.,!?])\'(?!\w)"""),
)


def is_quotation(
    quotes_a: list[Range], quotes_b: list[Range], range_a: Range, range_b: Range, outside: int
) -> bool:
    """Do both token ranges lie in one pair of quotation marks each, but for ``outside`` tokens?"""
    return _within(quotes_a, range_a, outside) and _within(quotes_b, range_b, outside)


def _within(quotes: list[Range], tokens: Range, outside: int) -> bool:
    first, last = tokens
    inside = max((min(last, end) - max(first, start) for start, end in quotes), default=0)
    return last - first - inside <= outside


def quotations(tokens: Tokens) -> list[Range]:
    """The token ranges between quotation marks."""
    found = []
    for marks in _QUOTED:
        for quoted in marks.finditer(tokens.layer.text):
            first, last = tokens.layer_starts.searchsorted(quoted.span(1)).tolist()
            if last > first:
                found.append((first, last))
    return sorted(found)
