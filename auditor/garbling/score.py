"""How badly an article, or all of a source's, was garbled: high-severity garbles a thousand derived words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.domain import Garble, Severity, Span
from auditor.garbling.reading import reading
from auditor.text import Document


@dataclass(frozen=True, slots=True)
class Score:
    """Garbles of high severity on a base of derived words; add scores up for a source.

    ``high`` counts those that the article itself brought in, ``inherited`` those it took over.
    """

    high: int
    inherited: int
    words: int

    @property
    def per_thousand(self) -> float:
        """High-severity garbles of its own for a thousand derived words; 0 where nothing derives."""
        return 1000 * self.high / self.words if self.words else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(self.high + other.high, self.inherited + other.inherited, self.words + other.words)


def score(child: Document, derived_from: Iterable[Span], rows: Iterable[Garble]) -> Score:
    """The score of one article, of which these spans derive from others."""
    ours = reading(child)
    derived: set[int] = set()
    for span in derived_from:
        derived.update(range(*ours.within(span)))
    high = [row for row in rows if row.severity is Severity.HIGH]
    made = sum(row.introduced_by == row.article for row in high)
    return Score(made, len(high) - made, len(derived))
