"""Stories sent through sites: what is written, who copied it from whom, and how it was changed each time.

Everything is drawn from one seeded source of chance, so that a seed names a world.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tests.simulator.changes import damage, drop_clause, edit, spin
from tests.simulator.sites import WIRES, Site, make_sites
from tests.simulator.wirecopy import Item

LITTER = (
    "Advertisement",
    "Share this article",
    "Read more:",
    "Sign up for our newsletter",
    "Story continues below",
)
DEEPEST = 4


@dataclass(frozen=True)
class Line:
    """A sentence and where it was taken from: ``parent`` is (article, line number), None for own text."""

    text: str
    parent: tuple[str, int] | None = None
    origin: str = ""


@dataclass
class Draft:
    """An article before it is put into one text."""

    name: str
    source: str
    at: datetime
    title: str
    paragraphs: list[list[Line]]
    story: str
    kind: str
    depth: int = 0
    dateline: str = ""
    foot: str = ""
    litter: list[int] = field(default_factory=list)
    revises: str | None = None
    held: bool = True
    site: Site | None = None

    def lines(self) -> Iterator[Line]:
        """All sentences in order."""
        for paragraph in self.paragraphs:
            yield from paragraph


@dataclass(frozen=True)
class Shape:
    """How many of what a world has."""

    stories: int = 120
    copies: tuple[int, int] = (2, 9)
    lost: float = 0.15
    versions: float = 0.25
    merges: float = 0.12
    spun: float = 0.1
    independents: float = 0.3


def make_world(items: Sequence[Item], seed: int, shape: Shape = Shape()) -> list[Draft]:
    """The drafts of a world, parents before children."""
    dice = random.Random(seed)
    sites = make_sites(dice)
    chosen = dice.sample(list(items), min(len(items), shape.stories * 3))
    mains, spare = chosen[: shape.stories], chosen[shape.stories :]
    drafts: list[Draft] = []
    for item in mains:
        drafts += _story(item, spare, sites, dice, shape)
    _merge(drafts, sites, dice, shape)
    return drafts


def _story(
    item: Item, spare: list[Item], sites: list[Site], dice: random.Random, shape: Shape
) -> list[Draft]:
    wire = dice.choice(WIRES)
    first = _wire_item(item, wire.key, wire.datelines[0])
    family = [first]
    if dice.random() < shape.versions:
        family.append(_next_version(first, spare, dice))
    if dice.random() < shape.lost:
        for draft in family:
            draft.held = False
    publishers = dice.sample(sites, dice.randint(*shape.copies))
    for site in publishers:
        parent = _pick_parent(family, dice)
        family.append(_copy(parent, site, spare, dice, shape))
        _take_in_time(family[-1], parent, family, dice)
    if dice.random() < shape.independents and spare:
        family.append(_independent(spare.pop(), first, dice.choice(sites), dice))
    return family


def _take_in_time(copy: Draft, parent: Draft, family: list[Draft], dice: random.Random) -> None:
    """A feed shows the latest version: an older one was mostly taken before the newer one came."""
    newer = next((draft for draft in family if draft.revises == parent.name), None)
    if newer is not None and copy.at >= newer.at and dice.random() < 0.8:
        minutes = int((newer.at - parent.at).total_seconds() // 60)
        copy.at = parent.at + timedelta(minutes=dice.randint(3, max(3, minutes - 1)))


def _wire_item(item: Item, wire: str, dateline: str) -> Draft:
    paragraphs = [[Line(text, origin=item.name) for text in paragraph] for paragraph in item.paragraphs]
    return Draft(
        name=item.name,
        source=wire,
        at=item.at,
        title=item.title,
        paragraphs=paragraphs,
        story=item.name,
        kind="wire",
        dateline=f"{item.place} ({dateline}) - ",
    )


def _next_version(first: Draft, spare: list[Item], dice: random.Random) -> Draft:
    """A writethru: a sentence put right, a paragraph or two added, some time later."""
    paragraphs = _taken(first, first.paragraphs)
    row = dice.randrange(len(paragraphs))
    at = dice.randrange(len(paragraphs[row]))
    paragraphs[row][at] = replace(paragraphs[row][at], text=edit(paragraphs[row][at].text, dice))
    name = f"{first.name}-v2"
    for _ in range(dice.randint(1, 2)):
        paragraphs.insert(dice.randint(1, len(paragraphs)), _own(name, spare, dice))
    return Draft(
        name=name,
        source=first.source,
        at=first.at + timedelta(minutes=dice.randint(20, 240)),
        title=first.title,
        paragraphs=paragraphs,
        story=first.story,
        kind="version",
        dateline=first.dateline,
        revises=first.name,
    )


def _taken(parent: Draft, paragraphs: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The parent's paragraphs as the child has them before it changes anything."""
    numbers = {id(line): number for number, line in enumerate(parent.lines())}
    return [
        [Line(line.text, (parent.name, numbers[id(line)]), line.origin) for line in paragraph]
        for paragraph in paragraphs
    ]


def _own(name: str, spare: list[Item], dice: random.Random) -> list[Line]:
    """A paragraph of the site's own: other wire copy that nobody else in this world has."""
    if not spare:
        return []
    item = spare[-1]
    paragraph = list(item.paragraphs[0])
    rest = item.paragraphs[1:]
    if rest:
        spare[-1] = replace(item, paragraphs=rest)
    else:
        spare.pop()
    return [Line(text, origin=name) for text in paragraph[:3]]


def _pick_parent(family: list[Draft], dice: random.Random) -> Draft:
    """A wire version mostly, else one of the copies so far, not deeper than four."""
    wires = [draft for draft in family if draft.kind in {"wire", "version"}]
    copies = [draft for draft in family if draft.kind == "copy" and draft.depth < DEEPEST]
    if copies and dice.random() < 0.45:
        return dice.choice(copies)
    return dice.choice(wires)


def _copy(parent: Draft, site: Site, spare: list[Item], dice: random.Random, shape: Shape) -> Draft:
    paragraphs = _cut(_taken(parent, parent.paragraphs), dice)
    spun = dice.random() < shape.spun
    for row, paragraph in enumerate(paragraphs):
        paragraphs[row] = [_changed(line, site, spun, dice) for line in paragraph]
    _touch(paragraphs, parent, site, dice)
    name = f"{parent.story}-{site.source.key}"
    if dice.random() < 0.3:
        paragraphs.insert(dice.randint(0, len(paragraphs)), _own(name, spare, dice))
    draft = Draft(
        name=name,
        source=site.source.key,
        at=parent.at + timedelta(minutes=dice.randint(4, 900)),
        title=parent.title if dice.random() < 0.5 else edit(parent.title, dice),
        paragraphs=[paragraph for paragraph in paragraphs if paragraph],
        story=parent.story,
        kind="copy",
        depth=parent.depth + 1,
        site=site,
    )
    _give_credit(draft, parent, site, dice)
    _give_litter(draft, site, dice)
    return draft


def _cut(paragraphs: list[list[Line]], dice: random.Random) -> list[list[Line]]:
    """Whole, cut from the end, thinned out, or a single passage."""
    size = len(paragraphs)
    way = dice.random()
    if way < 0.45 or size < 3:
        return paragraphs
    if way < 0.75:
        return paragraphs[: dice.randint(max(1, size // 3), size)]
    if way < 0.92:
        return [paragraph for paragraph in paragraphs if dice.random() < 0.7] or paragraphs[:1]
    at = dice.randrange(size)
    return paragraphs[at : at + 2]


def _changed(line: Line, site: Site, spun: bool, dice: random.Random) -> Line:
    text = line.text
    if spun:
        text = spin(text, dice)
    for change in site.style:
        text = change(text, dice)
    if dice.random() < site.edits:
        text = edit(text, dice)
    if dice.random() < 0.004:
        text = damage(text, dice)
    return replace(line, text=text)


def _touch(paragraphs: list[list[Line]], parent: Draft, site: Site, dice: random.Random) -> None:
    """Every desk changes something: at least so many sentences, where the text is long enough for it."""
    before = [line.text for line in parent.lines()]
    places = [(row, at) for row, at, _ in _placed(paragraphs)]
    dice.shuffle(places)
    styled = [_styled(text, site) for text in before]
    changed = sum(line.text != styled[line.parent[1]] for _, _, line in _placed(paragraphs) if line.parent)
    for row, at in places[: max(0, site.least - changed)]:
        line = paragraphs[row][at]
        paragraphs[row][at] = replace(line, text=edit(line.text, dice))


def _styled(text: str, site: Site) -> str:
    for change in site.style:
        text = change(text, random.Random(0))
    return text


def _placed(paragraphs: list[list[Line]]) -> Iterator[tuple[int, int, Line]]:
    for row, paragraph in enumerate(paragraphs):
        for at, line in enumerate(paragraph):
            yield row, at, line


def _give_credit(draft: Draft, parent: Draft, site: Site, dice: random.Random) -> None:
    """Keep the credit that the parent carries, move it to the foot, name the parent itself, or lose it."""
    wire = _wire_name(parent)
    if wire and dice.random() < site.keeps_credit:
        if dice.random() < 0.5 and parent.dateline:
            draft.dateline = parent.dateline
        else:
            draft.foot = dice.choice((f"Source: {wire}", f"© 1987 {wire}. All rights reserved."))
    elif parent.site and dice.random() < 0.25:
        draft.foot = f"Source: {parent.site.source.name}"


def _wire_name(parent: Draft) -> str | None:
    """The wire that somebody who copies from this parent would credit."""
    for wire in WIRES:
        if (
            parent.source == wire.key
            or f"({wire.datelines[0]})" in parent.dateline
            or wire.name in parent.foot
        ):
            return wire.name
    return None


def _give_litter(draft: Draft, site: Site, dice: random.Random) -> None:
    if site.litters:
        draft.litter = sorted(dice.randint(0, len(draft.paragraphs)) for _ in range(dice.randint(1, 3)))


def _independent(item: Item, other: Draft, site: Site, dice: random.Random) -> Draft:
    """A site's own report; in some a quotation of the other story's is quoted too."""
    name = f"{item.name}-own"
    paragraphs = [[Line(text, origin=name) for text in paragraph] for paragraph in item.paragraphs]
    return Draft(
        name=name,
        source=site.source.key,
        at=other.at + timedelta(minutes=dice.randint(-300, 600)),
        title=item.title,
        paragraphs=paragraphs,
        story=item.name,
        kind="independent",
        site=site,
    )


def _merge(drafts: list[Draft], sites: list[Site], dice: random.Random, shape: Shape) -> None:
    """Articles stitched from passages of two or three others, of different stories."""
    pool = [draft for draft in drafts if draft.kind in {"wire", "version", "copy"}]
    for number in range(int(len(pool) * shape.merges)):
        parents = dice.sample(pool, dice.choice((2, 2, 3)))
        if len({parent.story for parent in parents}) < len(parents):
            continue
        site = dice.choice(sites)
        paragraphs: list[list[Line]] = []
        for parent in parents:
            taken = _taken(parent, parent.paragraphs)
            at = dice.randrange(max(1, len(taken) - 1))
            paragraphs += [
                [_changed(line, site, False, dice) for line in paragraph]
                for paragraph in taken[at : at + dice.randint(1, 3)]
            ]
        drafts.append(
            Draft(
                name=f"merge{number}-{site.source.key}",
                source=site.source.key,
                at=max(parent.at for parent in parents) + timedelta(minutes=dice.randint(10, 900)),
                title=drop_clause(parents[0].title, dice),
                paragraphs=paragraphs,
                story=parents[0].story,
                kind="merge",
                depth=max(parent.depth for parent in parents) + 1,
                site=site,
            )
        )
