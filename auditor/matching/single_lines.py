"""Single lines that two texts have word for word: too short for a match, but not beside one.

Seven words alone prove nothing. But who answers a post takes rows of a table and one-line remarks along with
its sentences, and whole lines that stand in two texts which share a copied passage anyhow came along with it.
It must not know how matches are found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.domain import Aligned, MatchKind
from auditor.matching.passages import Passage, overlap
from auditor.matching.views import Document, view_of

_COPIED = (MatchKind.VERBATIM, MatchKind.EDITED)


def single_lines(a: Document, b: Document, matches: Sequence[Aligned]) -> Iterator[Passage]:
    """The lines, as they are typed, that both texts have outside these matches.

    Only where some of these are copies. Of lines that stand several times the first goes with the first.
    """
    if not any(match.kind in _COPIED for match in matches):
        return
    ours, theirs = view_of(a).single_lines, view_of(b).single_lines
    taken = [Passage(a.tokens.within(match.a), b.tokens.within(match.b)) for match in matches]
    for line in sorted(ours.keys() & theirs.keys()):
        for place in map(Passage, ours[line], theirs[line]):
            if not any(overlap(place.a, other.a) or overlap(place.b, other.b) for other in taken):
                yield place
