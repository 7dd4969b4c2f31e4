"""What became of the fullest text of a story: its passages from left to right, a line a pickup.

Where many lines are filled the passage was taken by many; where they end the text was cut. Above them
stands how many pickups carry each place. Copies of copies are carried back to the text along the chain.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.domain import Derivation, Span
from auditor.report import formats, wording
from auditor.report.facts import ArticleFacts
from auditor.report.reading import union_length

WIDTH = 1000.0
HILL = 60.0
MOST_LINES = 40
SMALLEST = 1.5
DEEPEST = 12  # generations followed back


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text that a pickup carries."""

    x: float
    width: float
    band: str


@dataclass(frozen=True, slots=True)
class Line:
    """A pickup: which stretches of the text it carries, and how much of the text that is."""

    name: str
    full_name: str
    href: str
    share: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Survival:
    """The whole picture; ``hill`` is the path of how many carry each place."""

    width: float
    hill: str
    hill_height: float
    most: int
    pickups: int
    lines: tuple[Line, ...]
    left_out: int


def survival(base: ArticleFacts, pickups: Sequence[ArticleFacts]) -> Survival | None:
    """The picture of what these pickups kept of the base text; None where nobody kept anything."""
    index = {facts.article.id: facts for facts in (base, *pickups)}
    starts = {key: [d.span.start for d in facts.derivations] for key, facts in index.items()}
    kept: list[tuple[ArticleFacts, list[tuple[Span, str]]]] = []
    for facts in pickups:
        spans = [
            (span, wording.BANDS[derivation.kind].key)
            for derivation in facts.derivations
            for span in _traced(derivation, base.article.id, index, starts, 0)
        ]
        if spans and facts is not base:
            kept.append((facts, spans))
    length = len(base.article.text)
    if not kept or not length:
        return None
    unit = WIDTH / length
    steps, most = _coverage([spans for _, spans in kept], length)
    lines = tuple(_line(facts, spans, unit, length) for facts, spans in kept[:MOST_LINES])
    return Survival(
        width=WIDTH,
        hill=_hill(steps, most, unit),
        hill_height=HILL,
        most=most,
        pickups=len(kept),
        lines=lines,
        left_out=len(kept) - len(lines),
    )


def _traced(
    derivation: Derivation,
    base: str,
    index: Mapping[str, ArticleFacts],
    starts: Mapping[str, Sequence[int]],
    depth: int,
) -> list[Span]:
    """Where in the base text a derivation's passage stands, following parents of parents."""
    parent = derivation.parent
    if parent is None or depth > DEEPEST:
        return []
    if parent.article == base:
        return [parent.span]
    above = index.get(parent.article)
    if above is None:
        return []
    found: list[Span] = []
    last = bisect_left(starts[parent.article], parent.span.end)
    for upper in above.derivations[:last]:
        common = parent.span.overlap(upper.span)
        if common * 2 >= min(parent.span.length, upper.span.length) and common:
            found.extend(_traced(upper, base, index, starts, depth + 1))
    return found


def _coverage(
    carried: Sequence[Sequence[tuple[Span, str]]], length: int
) -> tuple[list[tuple[int, int]], int]:
    """How many pickups carry each place: (offset, how many from there on), and the most."""
    change: dict[int, int] = defaultdict(int)
    for spans in carried:
        reached = 0
        for start, end in sorted(span for span, _ in spans):
            if end > reached:
                change[max(start, reached)] += 1
                change[min(end, length)] -= 1
                reached = end
    steps: list[tuple[int, int]] = [(0, 0)]
    level = 0
    for at in sorted(change):
        level += change[at]
        steps.append((at, level))
    return steps, max(level for _, level in steps)


def _hill(steps: Sequence[tuple[int, int]], most: int, unit: float) -> str:
    path = [f"M0 {HILL:.1f}"]
    path += [f"H{at * unit:.1f}V{HILL - level / most * (HILL - 2):.1f}" for at, level in steps]
    return "".join(path) + f"V{HILL:.1f}Z"


def _line(facts: ArticleFacts, spans: Sequence[tuple[Span, str]], unit: float, length: int) -> Line:
    blocks = tuple(
        Block(round(span.start * unit, 1), round(max(SMALLEST, span.length * unit), 1), band)
        for span, band in spans
    )
    return Line(
        name=formats.clip(facts.head.label, 22),
        full_name=facts.head.label,
        href=facts.head.href,
        share=formats.share(min(1.0, union_length(span for span, _ in spans) / length)),
        blocks=blocks,
    )
