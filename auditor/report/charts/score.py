"""The score of an article: its text from left to right, a line a parent, a block where that parent is used.

A text stitched together from three others shows three lines at a glance. Garbles stand below as on a ruler.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.domain import Span
from auditor.report import naming, wording
from auditor.report.composition import ParentKey
from auditor.report.facts import ArticleFacts
from auditor.report.reading import trimmed

WIDTH = 1000.0
SMALLEST = 2.5  # a block is never narrower, so that one word still shows
MARK_GAP = 6.0  # marks of garbles closer than this are drawn as one
_SEVERITIES = tuple(term.key for term in wording.SEVERITIES.values())


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text on its parent's line."""

    x: float
    width: float
    band: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A garble on the ruler: the worst of those that stand there together."""

    x: float
    severity: str


@dataclass(frozen=True, slots=True)
class Score:
    """The lines by parent, what is new, the ruler of garbles; all of one width."""

    width: float
    lines: Mapping[ParentKey, tuple[Block, ...]]
    new: tuple[Block, ...]
    ticks: tuple[Tick, ...]


def score(facts: ArticleFacts) -> Score:
    """The picture of this article's text."""
    text = facts.article.text
    unit = WIDTH / max(1, len(text))
    lines: dict[ParentKey, list[Block]] = {}
    new: list[Block] = []
    for span, owner in facts.stretches:
        if owner is None:
            words = trimmed(text, span)
            if words:
                new.append(_block(words, naming.new_anchor(words), wording.NEW, unit))
            continue
        derivation = facts.derivations[owner]
        line = lines.setdefault(ParentKey.of(derivation), [])
        anchor = naming.place_anchor(Span(span.start, derivation.span.end))
        line.append(_block(span, anchor, wording.BANDS[derivation.kind].key, unit))
    found = {key: tuple(blocks) for key, blocks in lines.items()}
    return Score(WIDTH, found, tuple(new), _ticks(facts, unit))


def _block(span: Span, anchor: str, band: str, unit: float) -> Block:
    width = max(SMALLEST, span.length * unit)
    x = min(span.start * unit, WIDTH - width)
    return Block(round(x, 1), round(width, 1), band, anchor)


def _ticks(facts: ArticleFacts, unit: float) -> tuple[Tick, ...]:
    found: list[Tick] = []
    for garble in sorted(facts.garbles, key=lambda garble: sum(garble.span)):
        x = round(min(WIDTH - 2, max(2.0, sum(garble.span) / 2 * unit)), 1)
        severity = wording.SEVERITIES[garble.severity].key
        if found and x - found[-1].x < MARK_GAP:
            worst: Sequence[str] = sorted((found[-1].severity, severity), key=_SEVERITIES.index)
            found[-1] = Tick(found[-1].x, worst[0])
        else:
            found.append(Tick(x, severity))
    return tuple(found)
