"""Rulers beside a match: rows of dashes or stars hold no word, but are taken along with what they frame.

It must not know how matches are found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from auditor.domain import Aligned, Span
from auditor.matching.parameters import PARAMETERS
from auditor.matching.views import Document


def with_rulers(a: Document, b: Document, matches: Sequence[Aligned]) -> tuple[Aligned, ...]:
    """The matches, sorted, each stretched over the rulers that both texts have beside it.

    White space between the marks doesn't count. A ruler between two matches belongs to the first.
    """
    found: list[Aligned] = []
    for match in sorted(matches, key=lambda match: (match.a, match.b)):
        after = _after(a, b, match)
        found.append(replace(match, a=Span(match.a.start, after[0]), b=Span(match.b.start, after[1])))
    for at, match in enumerate(found):
        start = _before(a, b, match)
        longer = replace(match, a=Span(start[0], match.a.end), b=Span(start[1], match.b.end))
        if not any(_meet(longer, other) for other in found if other is not match):
            found[at] = longer
    return tuple(sorted(found, key=lambda match: (match.a, match.b)))


def _meet(one: Aligned, two: Aligned) -> bool:
    return one.a.overlap(two.a) > 0 and one.b.overlap(two.b) > 0


def _after(a: Document, b: Document, match: Aligned) -> tuple[int, int]:
    """Where the match ends on both sides, with the ruler that follows."""
    ends = match.a.end, match.b.end
    gaps = [document.text[end : _next(document, end)] for document, end in zip((a, b), ends, strict=True)]
    reached = _shared(*gaps)
    return (ends[0] + reached[0], ends[1] + reached[1]) if reached else ends


def _before(a: Document, b: Document, match: Aligned) -> tuple[int, int]:
    """Where the match begins on both sides, with the ruler that goes before."""
    starts = match.a.start, match.b.start
    gaps = [
        document.text[_last(document, start) : start][::-1]
        for document, start in zip((a, b), starts, strict=True)
    ]
    reached = _shared(*gaps)
    return (starts[0] - reached[0], starts[1] - reached[1]) if reached else starts


def _next(document: Document, end: int) -> int:
    """Where the next token begins."""
    at = int(document.tokens.starts.searchsorted(end))
    return int(document.tokens.starts[at]) if at < len(document.tokens) else len(document.text)


def _last(document: Document, start: int) -> int:
    """Where the token before ends."""
    at = int(document.tokens.ends.searchsorted(start, side="right"))
    return int(document.tokens.ends[at - 1]) if at else 0


def _shared(one: str, two: str) -> tuple[int, int] | None:
    """How far two gaps begin with the same marks, in characters of each; None where they are no ruler."""
    if min(len(one), len(two)) < PARAMETERS.ruler_marks:
        return None
    marks = list(zip(_marks(one), _marks(two), strict=False))
    # Furniture, which isn't compared, may stand in a gap: a ruler ends at its first letter.
    ends = (at for at, (x, y) in enumerate(marks) if one[x] != two[y] or one[x].isalnum())
    count = next(ends, len(marks))
    if count < PARAMETERS.ruler_marks:
        return None
    return marks[count - 1][0] + 1, marks[count - 1][1] + 1


def _marks(gap: str) -> Iterable[int]:
    """The places of all but white space."""
    return [at for at, mark in enumerate(gap) if not mark.isspace()]
