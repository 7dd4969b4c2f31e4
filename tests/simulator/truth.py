"""A world as articles, with the true parent and origin of every passage by offsets."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from auditor.domain import Article, Moment, Place, Span
from tests.simulator.world import LITTER, Draft


class Times(StrEnum):
    """What the captures tell of their times."""

    EXACT = "exact"
    DAY = "day"
    MISSING = "missing"


@dataclass(frozen=True)
class Taken:
    """A passage that was taken: from where, and where its chain begins.

    ``parent`` is None where the parent is lost; ``origin`` is the article that wrote it first and
    ``origin_source`` its source; ``origin_held`` whether that article is there.
    """

    span: Span
    parent: Place | None
    parent_name: str
    origin: str
    origin_source: str
    origin_held: bool


@dataclass(frozen=True)
class World:
    """Articles and the truth about them; ``ancestors`` are all articles above one."""

    articles: dict[str, Article]
    taken: dict[str, tuple[Taken, ...]]
    ancestors: dict[str, frozenset[str]]
    kinds: dict[str, str]
    credited_stories: frozenset[str]
    story: dict[str, str]


def tell(drafts: Sequence[Draft], times: Times, seed: int = 0) -> World:
    """Put drafts into texts; articles that are lost are left out, names don't tell the order."""
    dice = random.Random(seed)
    names = {draft.name: f"n{dice.getrandbits(40):010x}" for draft in drafts}
    texts, places = {}, {}
    for draft in drafts:
        texts[draft.name], places[draft.name] = _text(draft, dice)
    by_name = {draft.name: draft for draft in drafts}
    articles, taken = {}, {}
    for draft in drafts:
        if draft.held:
            name = names[draft.name]
            revises = names[draft.revises] if draft.revises and by_name[draft.revises].held else None
            articles[name] = _article(draft, name, texts[draft.name], times, revises)
            taken[name] = tuple(_taken(draft, places, by_name, names))
    return World(
        articles,
        taken,
        {names[draft.name]: frozenset(names[a] for a in _ancestors(draft.name, by_name)) for draft in drafts},
        {names[draft.name]: draft.kind for draft in drafts},
        _credited(drafts),
        {names[draft.name]: draft.story for draft in drafts},
    )


def _text(draft: Draft, dice: random.Random) -> tuple[str, list[Span]]:
    """The text, and the span of each of its sentences."""
    pieces: list[str] = []
    spans: list[Span] = []
    length = 0

    def put(text: str) -> None:
        nonlocal length
        pieces.append(text)
        length += len(text)

    for row, paragraph in enumerate(draft.paragraphs):
        for _ in range(draft.litter.count(row)):
            put(dice.choice(LITTER) + "\n\n")
        if row == 0:
            put(draft.dateline)
        for at, line in enumerate(paragraph):
            if at:
                put(" ")
            spans.append(Span(length, length + len(line.text)))
            put(line.text)
        put("\n\n")
    put(draft.foot)
    return "".join(pieces), spans


def _article(draft: Draft, name: str, text: str, times: Times, revises: str | None) -> Article:
    published = None
    if times is Times.EXACT:
        published = Moment.parse(draft.at.isoformat())
    elif times is Times.DAY:
        published = Moment.parse(draft.at.date().isoformat())
    return Article(name, text, draft.source, title=draft.title, published=published, revises=revises)


def _taken(
    draft: Draft, places: dict[str, list[Span]], by_name: dict[str, Draft], names: dict[str, str]
) -> list[Taken]:
    found = []
    for number, line in enumerate(draft.lines()):
        if line.parent is None:
            continue
        parent, at = line.parent
        place = Place(names[parent], places[parent][at]) if by_name[parent].held else None
        origin = by_name[line.origin]
        found.append(
            Taken(
                places[draft.name][number],
                place,
                names[parent],
                names[origin.name],
                origin.source,
                origin.held,
            )
        )
    return found


def _ancestors(name: str, by_name: dict[str, Draft]) -> set[str]:
    above: set[str] = set()
    todo = [name]
    while todo:
        for line in by_name[todo.pop()].lines():
            if line.parent and line.parent[0] not in above:
                above.add(line.parent[0])
                todo.append(line.parent[0])
    return above


def _credited(drafts: Sequence[Draft]) -> frozenset[str]:
    """Stories of which some held copy credits the wire."""
    wire = {draft.story: draft for draft in drafts if draft.kind == "wire"}
    found = set()
    for draft in drafts:
        first = wire.get(draft.story)
        if first is None or draft.kind != "copy" or not draft.held:
            continue
        name = {"ap": "AP", "reuters": "Reuters", "afp": "AFP"}[first.source]
        if draft.dateline or name in draft.foot:
            found.add(draft.story)
    return frozenset(found)
