"""A text cut into the stretches that a page shows: one derivation (or none) and one set of garbles each.

Pure. Every code point of the text falls into exactly one piece, in reading order. It must not know
HTML, nor where derivations come from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.domain import Derivation, Garble, Span

_PARAGRAPH_GAP = re.compile(r"\s*\n\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``derivation`` and ``garbles`` index the sequences it was cut by."""

    span: Span
    derivation: int | None
    garbles: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()  # garbles of no width, or beginning here
    ends: tuple[int, ...] = ()  # garbles that end with this piece


Stretch = tuple[Span, int | None]  # with the index of the derivation that owns it


def owners(length: int, derivations: Sequence[Derivation]) -> tuple[Stretch, ...]:
    """Which derivation each stretch belongs to: where several overlap the most confident one.

    The stretches cover ``[0, length)`` without gap.
    """
    bounds = sorted({0, length, *(min(length, edge) for d in derivations for edge in d.span)})
    opening: dict[int, list[int]] = {}
    for index, derivation in enumerate(derivations):
        opening.setdefault(min(length, derivation.span.start), []).append(index)
    live: list[int] = []
    found: list[tuple[Span, int | None]] = []
    for start, end in pairwise(bounds):
        live = [i for i in (*live, *opening.get(start, ())) if derivations[i].span.end > start]
        best = max(live, key=lambda i: (derivations[i].confidence, -i), default=None)
        if found and found[-1][1] == best:
            found[-1] = (Span(found[-1][0].start, end), best)
        else:
            found.append((Span(start, end), best))
    return tuple(found)


def covered(count: int, stretches: Sequence[Stretch], body: Sequence[Span]) -> dict[int, int]:
    """How many code points of the body (spans in order) belong to each of ``count`` derivations.

    One that lies wholly under surer ones has none of them.
    """
    found = dict.fromkeys(range(count), 0)
    at = 0
    for span, owner in stretches:
        while at < len(body) and body[at].end <= span.start:
            at += 1
        if owner is None:
            continue
        ahead = at
        while ahead < len(body) and body[ahead].start < span.end:
            found[owner] += body[ahead].overlap(span)
            ahead += 1
    return found


def pieces(
    length: int, stretches: Sequence[Stretch], garbles: Sequence[Garble], breaks: Iterable[int] = ()
) -> tuple[Piece, ...]:
    """A text in pieces: cut where a derivation or a garble begins or ends, and at the breaks."""
    starts_at = [span.start for span, _ in stretches]
    cuts = {edge for span, _ in stretches for edge in span}
    cuts |= {min(length, edge) for garble in garbles for edge in garble.span}
    bounds = sorted(cuts.union(breaks))
    found: list[Piece] = []
    for start, end in pairwise(bounds):
        owner = stretches[bisect_right(starts_at, start) - 1][1]
        found.append(_piece(Span(start, end), owner, garbles, end == length))
    return tuple(found)


def _piece(span: Span, owner: int | None, garbles: Sequence[Garble], last: bool) -> Piece:
    inside = tuple(i for i, g in enumerate(garbles) if g.span.start <= span.start and span.end <= g.span.end)
    begin = tuple(i for i, g in enumerate(garbles) if g.span.start == span.start)
    end = tuple(i for i in inside if garbles[i].span.end == span.end)
    if last:
        begin += tuple(i for i, g in enumerate(garbles) if g.span.start >= span.end)
    return Piece(span, owner, inside, begin, end)


def union_length(spans: Iterable[Span]) -> int:
    """How many code points the spans cover together."""
    total, reached = 0, 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def around(text: str, span: Span, margin: int) -> Span:
    """A span widened to at most ``margin`` code points either side, cut at words."""
    start, end = max(0, span.start - margin), min(len(text), span.end + margin)
    if start > 0:
        space = text.find(" ", start, span.start)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", span.end, end)
        end = space if space >= 0 else end
    return Span(start, end)


def trimmed(text: str, span: Span) -> Span:
    """The span without the white space at its ends."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))
