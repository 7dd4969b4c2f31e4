"""How well rows agree with the truth of a simulated world."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.domain import Derivation, Relation, Span
from tests.simulator.truth import Taken, World

Rows = Mapping[str, Sequence[Derivation]]


@dataclass(frozen=True)
class Score:
    """Shares of passages unless said otherwise; each with the number it is a share of."""

    found: float
    parent: float
    parent_of_found: float
    parent_tellable: float
    direction: float
    decided: float
    origin: float
    origin_lost: float
    independents: float
    calibration: float
    counts: dict[str, int]

    def __str__(self) -> str:
        names = [name for name in self.__dataclass_fields__ if name != "counts"]
        return "  ".join(f"{name} {getattr(self, name):.4f}" for name in names) + f"  {self.counts}"


def measure(world: World, rows: Rows) -> Score:
    """All figures of one world.

    found: true passages half covered by rows with a parent; parent: those whose parent is the true one,
    of all with a held parent; direction: of found passages whose row decides (relation copy), those whose
    parent is above the article in truth; origin: rows' origin source right, of all taken passages;
    independents: articles that took nothing and yet have a copy row; calibration: expected error, ten bins.
    """
    counts: Counter[str] = Counter()
    said: list[tuple[float, bool]] = []
    for article, passages in world.taken.items():
        for passage in passages:
            _count(world, article, passage, rows.get(article, ()), counts)
        if not passages and world.kinds[article] != "wire":
            counts["alone"] += 1
            counts["alone_copy"] += any(
                row.parent is not None and row.relation is Relation.COPY for row in rows.get(article, ())
            )
        said += _said(passages, rows.get(article, ()))
    return _score(counts, said)


def _score(counts: Counter[str], said: list[tuple[float, bool]]) -> Score:
    def share(part: str, whole: str) -> float:
        return counts[part] / counts[whole] if counts[whole] else float("nan")

    return Score(
        share("found", "with_parent"),
        share("parent", "with_parent"),
        share("parent", "found"),
        share("parent_or_equal", "found"),
        share("above", "decided"),
        share("decided", "found"),
        share("origin", "taken"),
        share("origin_lost", "lost"),
        share("alone_copy", "alone"),
        calibration_error(said),
        dict(counts),
    )


def _count(
    world: World, article: str, passage: Taken, rows: Sequence[Derivation], counts: Counter[str]
) -> None:
    near = [row for row in rows if row.span.overlap(passage.span)]
    counts["taken"] += 1
    origins: Counter[str | None] = Counter()
    for row in near:
        origins[row.origin.source] += row.span.overlap(passage.span)
    right = bool(origins) and origins.most_common(1)[0][0] == passage.origin_source
    counts["origin"] += right
    if not passage.origin_held and world.story[article] in world.credited_stories:
        counts["lost"] += 1
        counts["origin_lost"] += right
    if passage.parent is None:
        return
    counts["with_parent"] += 1
    takes: Counter[tuple[str, Relation]] = Counter()
    for row in near:
        if row.parent:
            takes[row.parent.article, row.relation] += row.span.overlap(passage.span)
    if 2 * sum(takes.values()) < passage.span.length:
        return
    counts["found"] += 1
    (parent, relation), _ = takes.most_common(1)[0]
    counts["parent"] += parent == passage.parent.article
    counts["parent_or_equal"] += parent == passage.parent.article or _reads_equal(
        world, article, passage, parent
    )
    if relation is Relation.COPY:
        counts["decided"] += 1
        counts["above"] += parent in world.ancestors[article]
    else:
        counts[relation.value] += 1


def _reads_equal(world: World, article: str, passage: Taken, chosen: str) -> bool:
    """Does the chosen article hold, word for word, all that was taken from the true parent?

    Then no text tells the two apart.
    """
    text = world.articles[chosen].text
    return all(
        one.parent.span.of(world.articles[one.parent.article].text) in text
        for one in world.taken[article]
        if one.parent and passage.parent and one.parent.article == passage.parent.article
    )


def _said(passages: Sequence[Taken], rows: Sequence[Derivation]) -> list[tuple[float, bool]]:
    """For each copy row its confidence, and whether its parent is right."""
    said = []
    for row in rows:
        if row.parent is None or row.relation is not Relation.COPY:
            continue
        truth = max(passages, key=lambda one: one.span.overlap(row.span), default=None)
        right = (
            truth is not None
            and truth.span.overlap(row.span) > 0
            and truth.parent is not None
            and truth.parent.article == row.parent.article
        )
        said.append((row.confidence, right))
    return said


def calibration_error(said: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error: the mean gap between what was said and what was right, by bins."""
    groups: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in said:
        groups[min(bins - 1, int(confidence * bins))].append((confidence, right))
    gaps = (abs(sum(c for c, _ in group) - sum(r for _, r in group)) for group in groups.values())
    return sum(gaps) / len(said) if said else float("nan")


def covered(rows: Sequence[Derivation], span: Span) -> int:
    """Characters of a span that rows cover."""
    return sum(row.span.overlap(span) for row in rows)
