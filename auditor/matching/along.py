"""Furniture that was taken along with a match: who copies a text copies the signature under it.

By itself furniture ties no two texts. Beside text that is copied anyhow it is one more thing that was copied,
if both texts have it there word for word. Elsewhere in the two texts it may be, too: who answers a post may
quote its signature below the answer. It must not know how matches are found, nor whose furniture it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from auditor.domain import Aligned, MatchKind, Span
from auditor.matching.parameters import PARAMETERS
from auditor.matching.passages import Passage, Range, overlap
from auditor.matching.views import Whole
from auditor.text.lines import hash_of
from auditor.text.tokens import Hashes

Flags = NDArray[np.bool_]


def with_furniture(a: Whole, b: Whole, matches: Sequence[Aligned]) -> tuple[Aligned, ...]:
    """The matches, sorted, each stretched over the furniture that both texts have beside it.

    What stands between two matches belongs to the first. A mere quotation stays what it is.
    """
    if not matches or not (a.known_furniture or b.known_furniture):
        return tuple(matches)
    places = [Passage(a.tokens.within(match.a), b.tokens.within(match.b)) for match in matches]
    may_grow = [at for at, match in enumerate(matches) if match.kind is not MatchKind.QUOTATION]
    texts = _Texts(a.tokens.hashes, b.tokens.hashes, _furniture(a), _furniture(b))
    for side in (texts, texts.turned()):
        for at in may_grow:
            places[at] = side.grown(places[at], places[:at] + places[at + 1 :])
        places = [side.turn(place) for place in places]
    grown = (
        replace(match, a=_hull(match.a, a.tokens.span(*place.a)), b=_hull(match.b, b.tokens.span(*place.b)))
        for match, place in zip(matches, places, strict=True)
    )
    return tuple(sorted(grown, key=lambda match: (match.a, match.b)))


def apart(a: Whole, b: Whole, matches: Sequence[Aligned], lines: Collection[int]) -> tuple[Aligned, ...]:
    """A match for each of those lines of furniture that both texts have apart from these matches.

    ``lines`` are told by their hashes. Only texts that share more than a mere quotation have any. Equal words
    around a line belong to it; of lines that stand several times the first goes with the first.
    """
    if not lines or all(match.kind is MatchKind.QUOTATION for match in matches):
        return ()
    ours, theirs = _by_line(a, lines), _by_line(b, lines)
    taken = [Passage(a.tokens.within(match.a), b.tokens.within(match.b)) for match in matches]
    texts = _Texts(a.tokens.hashes, b.tokens.hashes, _furniture(a), _furniture(b))
    turned, found = texts.turned(), []
    for line in sorted(ours.keys() & theirs.keys()):
        for place in map(Passage, ours[line], theirs[line]):
            if any(overlap(place.a, other.a) or overlap(place.b, other.b) for other in taken):
                continue
            longer = texts.grown(place, taken, furniture=False)
            others = [texts.turn(other) for other in taken]
            found.append(turned.turn(turned.grown(texts.turn(longer), others, furniture=False)))
            taken.append(found[-1])
    spans = ((a.tokens.span(*place.a), b.tokens.span(*place.b)) for place in found)
    return tuple(Aligned(one, two, 1.0, MatchKind.VERBATIM) for one, two in spans)


def _by_line(text: Whole, lines: Collection[int]) -> dict[int, list[Range]]:
    """Where those lines stand, by their hashes."""
    found: dict[int, list[Range]] = defaultdict(list)
    for first, last in text.known_furniture:
        line = hash_of(text.tokens.hashes[first:last])
        if line in lines:
            found[line].append((first, last))
    return found


def _furniture(text: Whole) -> Flags:
    """Which tokens of a text are furniture."""
    where = np.zeros(len(text.tokens), np.bool_)
    for first, last in text.known_furniture:
        where[first:last] = True
    return where


def _hull(one: Span, other: Span) -> Span:
    return Span(min(one.start, other.start), max(one.end, other.end))


@dataclass(frozen=True, eq=False, slots=True)
class _Texts:
    """Two texts as hashes of their tokens, and which of these are furniture, read in one direction."""

    a: Hashes
    b: Hashes
    furniture_a: Flags
    furniture_b: Flags

    def turned(self) -> _Texts:
        """The same read from the end."""
        return _Texts(self.a[::-1], self.b[::-1], self.furniture_a[::-1], self.furniture_b[::-1])

    def turn(self, place: Passage) -> Passage:
        """A place as it is counted from the other end."""
        (first_a, last_a), (first_b, last_b) = place.a, place.b
        return Passage(
            (len(self.a) - last_a, len(self.a) - first_a), (len(self.b) - last_b, len(self.b) - first_b)
        )

    def grown(self, place: Passage, others: Sequence[Passage], *, furniture: bool = True) -> Passage:
        """The place with the equal tokens after it, up to other places; if furniture is the first of them."""
        at_a, at_b = place.a[1], place.b[1]
        most = min(len(self.a) - at_a, len(self.b) - at_b)
        for other in others:
            if other.a[1] > at_a and other.b[1] > at_b:
                most = min(most, max(other.a[0] - at_a, other.b[0] - at_b, 0))
        differing = np.flatnonzero(self.a[at_a : at_a + most] != self.b[at_b : at_b + most])
        count = int(differing[0]) if len(differing) else most
        litter = self.furniture_a[at_a : at_a + count] | self.furniture_b[at_b : at_b + count]
        if furniture and not litter[: PARAMETERS.stray + 1].any():
            return place
        return Passage((place.a[0], at_a + count), (place.b[0], at_b + count))
