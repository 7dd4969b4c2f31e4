"""What one article takes from one licensor: its passages, how many words and shares, how surely.

Everything that rules measure is worked out here once. This module must not know any rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from auditor.domain import Derivation, Garble, Place, Relation, Span
from auditor.licensing.findings import Certainty, Exhibit, text_digest
from auditor.lineage import Witness
from auditor.registry import Registry


@dataclass(frozen=True, slots=True)
class Pickup:
    """An article as the stages left it. ``garbles`` are those that it runs, whoever brought them in."""

    witness: Witness
    derivations: tuple[Derivation, ...]
    garbles: tuple[Garble, ...] = ()
    story: str | None = None


@dataclass(frozen=True)
class Taking:
    """What an article takes from a licensor.

    ``held`` are the articles that the derivations name, and later versions of the licensor's items, by id.
    """

    pickup: Pickup
    licensor: str
    derivations: tuple[Derivation, ...]
    held: Mapping[str, Witness]
    registry: Registry = field(repr=False)

    @property
    def witness(self) -> Witness:
        """The article that takes."""
        return self.pickup.witness

    @cached_property
    def words(self) -> int:
        """How many words of the article are the licensor's."""
        return covered_words(self.witness, (row.span for row in self.derivations))

    @cached_property
    def target_share(self) -> float:
        """Which share of the article's body is the licensor's, 0..1 of its words."""
        return _ratio(self.words, covered_words(self.witness, self.witness.body))

    @cached_property
    def items(self) -> tuple[tuple[Witness, tuple[Derivation, ...]], ...]:
        """The licensor's items that are held, each with the passages from it, the most used first.

        A passage belongs to the licensor's item that it was taken from, or else to its chain's origin.
        """
        found: dict[str, list[Derivation]] = {}
        for row in self.derivations:
            item = self.item_of(row)
            if item:
                found.setdefault(item, []).append(row)
        named = [(self.held[item], tuple(rows)) for item, rows in found.items()]
        return tuple(sorted(named, key=lambda one: (-self.words_in(one[1]), one[0].article.id)))

    def item_of(self, row: Derivation) -> str | None:
        """The id of the licensor's held item behind a passage."""
        for name in (row.parent.article if row.parent else None, row.origin.article):
            if name is not None and name in self.held and self.held[name].article.source == self.licensor:
                return name
        return None

    @property
    def item(self) -> Witness | None:
        """The licensor's item that most was taken from; None where none is held."""
        return self.items[0][0] if self.items else None

    @cached_property
    def source_share(self) -> float | None:
        """Which share of the most used item's body was taken, 0..1 of its words; None where none is held.

        Where it came through another's copy, by the words of the article instead of those of the item.
        """
        if not self.items:
            return None
        item, rows = self.items[0]
        own = covered_words(item, item.body)
        direct = [row.parent.span for row in rows if row.parent and row.parent.article == item.article.id]
        through = [row for row in rows if not (row.parent and row.parent.article == item.article.id)]
        return _ratio(covered_words(item, direct) + self.words_in(through), own)

    def words_in(self, rows: Sequence[Derivation]) -> int:
        """How many words of the article those passages have."""
        return covered_words(self.witness, (row.span for row in rows))

    @cached_property
    def confidence(self) -> float:
        """The lineage's confidence, as the mean over the words."""
        weights = [(self.words_in([row]) or 1, row.confidence) for row in self.derivations]
        return round(sum(w * c for w, c in weights) / sum(w for w, _ in weights), 4)

    @cached_property
    def certainty(self) -> Certainty:
        """What most of the words rest on."""
        votes: Counter[Certainty] = Counter()
        for row in self.derivations:
            votes[_certainty(row)] += self.words_in([row]) or 1
        return max(votes, key=lambda one: (votes[one], -list(Certainty).index(one)))

    @cached_property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """All passages, in order; passages that follow each other in both texts are one."""
        return exhibits(self.derivations, self.witness, self.held)

    @cached_property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The digests of the article's text and of each text that it was taken from."""
        own = text_digest(self.witness.article)
        return tuple(sorted({(own, other_text(row, self.held)) for row in self.derivations}))

    def name(self, key: str | None) -> str:
        """What people call a source."""
        return self.registry.name_of(key) or "an unknown source"


def other_text(row: Derivation, held: Mapping[str, Witness]) -> str:
    """The digest of the text that a passage was taken from; where it isn't held, the name of its source."""
    if row.parent and row.parent.article in held:
        return text_digest(held[row.parent.article].article)
    return f"source:{row.origin.source}"


def covered_words(witness: Witness, spans: Iterable[Span]) -> int:
    """How many words the spans cover together; punctuation isn't counted."""
    tokens = witness.document.tokens
    seen: set[int] = set()
    for span in spans:
        seen.update(range(*tokens.within(span)))
    return len(seen)


def exhibits(
    rows: Iterable[Derivation], witness: Witness, held: Mapping[str, Witness]
) -> tuple[Exhibit, ...]:
    """Passages as exhibits, joined where only space lies between them in both texts."""
    found: list[Exhibit] = []
    for row in sorted(rows, key=lambda one: one.span):
        last = found[-1] if found else None
        joined = _joined(last, row, witness, held) if last else None
        if joined:
            found[-1] = joined
        else:
            found.append(Exhibit(row.span, row.parent))
    return tuple(found)


def _joined(last: Exhibit, row: Derivation, witness: Witness, held: Mapping[str, Witness]) -> Exhibit | None:
    if witness.article.text[last.span.end : row.span.start].strip() or row.span.start < last.span.end:
        return None
    span = Span(last.span.start, row.span.end)
    if last.parent is None or row.parent is None:
        return Exhibit(span) if last.parent is row.parent else None
    parent = held.get(row.parent.article)
    if parent is None or last.parent.article != row.parent.article:
        return None
    if row.parent.span.start < last.parent.span.end:
        return None
    if parent.article.text[last.parent.span.end : row.parent.span.start].strip():
        return None
    return Exhibit(span, Place(row.parent.article, Span(last.parent.span.start, row.parent.span.end)))


def _certainty(row: Derivation) -> Certainty:
    if row.relation is Relation.UNDECIDED:
        return Certainty.UNDECIDED
    return Certainty.TRACED if row.origin.article is not None else Certainty.INFERRED


def _ratio(part: int, whole: int) -> float:
    return min(1.0, part / whole) if whole else 0.0
