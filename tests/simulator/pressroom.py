"""Another simulated world, made otherwise than the first: to see whether rules hold that were fitted there.

Other copy (US news of today's prose), other desks (they shorten, recast and round, few misprint), many copies
that nobody touched, paragraphs set anew, leads rewritten, cuts from the foot, several versions of an item,
other credits, and reports by another publisher of the same days. No rule was made for it; its world 5 is
one of those that confidence is fitted on.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from auditor.domain import Moment
from tests.simulator.desks import edited, make_desks
from tests.simulator.sites import WIRES, Site
from tests.simulator.wirecopy import Item
from tests.simulator.world import DEEPEST, Draft, Line

_SENTENCE_END = re.compile(r"(?<=[.?!\"”])\s+(?=[A-Z\"“])")
_AGENCY = re.compile(r"\b(?:AP|Associated Press|Reuters|AFP|Agence France)\b")
_WORDS = range(150, 900)


def read_reports(shared: Path) -> list[Item]:
    """Reports of US publishers by day, without paragraphs that name a wire; ``topics`` has who ran them."""
    items = []
    seen = set()
    with gzip.open(shared / "data/news/allsides.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            paragraphs = tuple(
                tuple(_SENTENCE_END.split(" ".join(paragraph.split())))
                for paragraph in row["text"].split("\n\n")
                if len(paragraph.split()) >= 8 and not _AGENCY.search(paragraph)
            )
            words = sum(len(line.split()) for paragraph in paragraphs for line in paragraph)
            if words not in _WORDS or not row["published_at"] or paragraphs[0] in seen:
                continue
            seen.add(paragraphs[0])
            items.append(
                Item(
                    name=row["id"],
                    title=" ".join((row["title"] or "").split()),
                    place="WASHINGTON",
                    at=Moment.parse(row["published_at"]).earliest,
                    topics=frozenset((row["source"],)),
                    paragraphs=paragraphs,
                )
            )
    return sorted(items, key=lambda item: (item.at, item.name))


@dataclass(frozen=True)
class Way:
    """How many of what such a world has."""

    stories: int = 80
    copies: tuple[int, int] = (1, 10)
    lost: float = 0.2
    from_wire: float = 0.6
    untouched: float = 0.3
    merges: float = 0.15
    independents: float = 0.5


def make_press(items: Sequence[Item], seed: int, way: Way = Way()) -> list[Draft]:
    """The drafts of such a world, parents before children."""
    dice = random.Random(seed)
    desks = make_desks(dice)
    chosen = dice.sample(range(len(items)), way.stories * 2)
    mains, spare = [items[at] for at in chosen[: way.stories]], [items[at] for at in chosen[way.stories :]]
    drafts: list[Draft] = []
    for at, item in zip(chosen, mains, strict=False):
        story = _story(item, spare, desks, dice, way)
        if dice.random() < way.independents:
            story.append(_other_report(items, at, chosen, dice.choice(desks), dice))
        drafts += story
    pool = [draft for draft in drafts if draft.kind in {"wire", "version", "copy"}]
    for number in range(int(len(pool) * way.merges)):
        drafts.append(_stitched(f"stitched{number}", pool, dice.choice(desks), dice))
    return drafts


def _story(item: Item, spare: list[Item], desks: list[Site], dice: random.Random, way: Way) -> list[Draft]:
    wire = dice.choice(WIRES)
    first = Draft(
        name=item.name,
        source=wire.key,
        at=item.at + timedelta(minutes=dice.randint(300, 1000)),
        title=item.title,
        paragraphs=[[Line(text, origin=item.name) for text in paragraph] for paragraph in item.paragraphs],
        story=item.name,
        kind="wire",
        dateline=f"{item.place} ({wire.datelines[0]}) — ",
    )
    family = [first]
    while dice.random() < 0.35 and len(family) < 4:
        family.append(_version(family[-1], len(family), spare, dice))
    lost = dice.random() < way.lost
    for draft in family:
        draft.held = not lost
    for desk in dice.sample(desks, dice.randint(*way.copies)):
        family.append(_copied(family, desk, spare, dice, way))
    return family


def _lines(parent: Draft) -> list[list[Line]]:
    numbered, number = [], 0
    for paragraph in parent.paragraphs:
        row = []
        for line in paragraph:
            row.append(Line(line.text, (parent.name, number), line.origin))
            number += 1
        numbered.append(row)
    return numbered


def _own(name: str, spare: list[Item]) -> list[Line]:
    if not spare:
        return []
    item = spare[-1]
    if len(item.paragraphs) > 1:
        spare[-1] = replace(item, paragraphs=item.paragraphs[1:])
    else:
        spare.pop()
    return [Line(text, origin=name) for text in item.paragraphs[0][:2]]


def _version(older: Draft, number: int, spare: list[Item], dice: random.Random) -> Draft:
    """An update: the lead told anew, a correction somewhere, paragraphs more, some of the old ones less."""
    name = f"{older.story}-v{number + 1}"
    paragraphs = [row for row in _lines(older) if dice.random() < 0.93]
    if dice.random() < 0.5:
        paragraphs.insert(0, _own(name, spare))
    for row in paragraphs[1:]:
        for at, line in enumerate(row):
            if dice.random() < 0.05:
                row[at] = replace(line, text=edited(line.text, dice))
    paragraphs.insert(dice.randint(1, len(paragraphs)), _own(name, spare))
    return Draft(
        name=name,
        source=older.source,
        at=older.at + timedelta(minutes=dice.randint(15, 300)),
        title=older.title if dice.random() < 0.6 else edited(older.title, dice),
        paragraphs=[row for row in paragraphs if row],
        story=older.story,
        kind="version",
        dateline=older.dateline,
        revises=older.name,
    )


def _copied(family: list[Draft], desk: Site, spare: list[Item], dice: random.Random, way: Way) -> Draft:
    wires = [draft for draft in family if draft.kind != "copy"]
    copies = [draft for draft in family if draft.kind == "copy" and draft.depth < DEEPEST]
    parent = dice.choice(wires if not copies or dice.random() < way.from_wire else copies)
    name = f"{parent.story}-{desk.source.key}"
    paragraphs = _lines(parent)
    is_untouched = dice.random() < way.untouched
    if dice.random() < 0.5 and len(paragraphs) > 3:
        paragraphs = paragraphs[: max(2, int(len(paragraphs) * dice.betavariate(2, 1.5)))]
    if not is_untouched:
        paragraphs = [row for row in paragraphs if dice.random() < 0.95] or paragraphs[:1]
        paragraphs = [[_as_desk(line, desk, dice) for line in row] for row in paragraphs]
        if dice.random() < 0.15 and len(paragraphs) > 2:
            paragraphs[0] = _own(name, spare)
        if dice.random() < 0.25:
            paragraphs.append(_own(name, spare))
    draft = Draft(
        name=name,
        source=desk.source.key,
        at=parent.at + timedelta(minutes=max(2, int(dice.lognormvariate(4.5, 1.3)))),
        title=parent.title if dice.random() < 0.4 else _retold_title(parent.title, dice),
        paragraphs=_set_anew([row for row in paragraphs if row], dice),
        story=parent.story,
        kind="copy",
        depth=parent.depth + 1,
        site=desk,
    )
    _credit(draft, parent, desk, dice)
    if desk.litters:
        draft.litter = [dice.randint(0, len(draft.paragraphs)) for _ in range(2)]
    return draft


def _as_desk(line: Line, desk: Site, dice: random.Random) -> Line:
    text = line.text
    for style in desk.style:
        text = style(text, dice)
    if dice.random() < desk.edits:
        text = edited(text, dice)
    return replace(line, text=text)


def _retold_title(title: str, dice: random.Random) -> str:
    words = title.split()
    dice.shuffle(words)
    return " ".join(words) if dice.random() < 0.3 else edited(title, dice)


def _set_anew(paragraphs: list[list[Line]], dice: random.Random) -> list[list[Line]]:
    """The same lines in other paragraphs: one a sentence, or two of them joined."""
    way = dice.random()
    if way < 0.15:
        return [[line] for row in paragraphs for line in row]
    if way < 0.3:
        return [[*one, *two] for one, two in zip(paragraphs[::2], [*paragraphs[1::2], []], strict=False)]
    return paragraphs


def _credit(draft: Draft, parent: Draft, desk: Site, dice: random.Random) -> None:
    wire = next(
        (
            one
            for one in WIRES
            if parent.source == one.key
            or f"({one.datelines[0]})" in parent.dateline
            or one.name in parent.foot
        ),
        None,
    )
    if wire and dice.random() < desk.keeps_credit:
        if parent.dateline and dice.random() < 0.6:
            draft.dateline = parent.dateline
        else:
            draft.foot = dice.choice(
                (f"Source: {wire.name}", f"© 2015 {wire.name}. All rights reserved.", f"— {wire.name}")
            )
    elif parent.site and dice.random() < 0.15:
        draft.foot = f"This article first appeared at {parent.site.source.name}."


def _other_report(
    items: Sequence[Item], at: int, used: Sequence[int], desk: Site, dice: random.Random
) -> Draft:
    """The report of the days around that another publisher ran, and that tells no story of this world."""
    item, taken = items[at], set(used)
    around = range(max(0, at - 40), min(len(items), at + 40))
    near = [items[one] for one in around if one not in taken and not items[one].topics & item.topics]
    found = dice.choice(near or list(items))
    name = f"{item.name}-other-{found.name}"
    return Draft(
        name=name,
        source=desk.source.key,
        at=item.at + timedelta(minutes=dice.randint(0, 1300)),
        title=found.title,
        paragraphs=[[Line(text, origin=name) for text in row] for row in found.paragraphs],
        story=name,
        kind="independent",
        site=desk,
    )


def _stitched(name: str, pool: list[Draft], desk: Site, dice: random.Random) -> Draft:
    """Passages of two to four others, of one time, set together in blocks or in turns."""
    lead = dice.choice(pool)
    near = sorted(pool, key=lambda draft: (abs(draft.at - lead.at), draft.name))[:60]
    stories: dict[str, Draft] = {lead.story: lead}
    for draft in dice.sample(near, len(near)):
        if len(stories) < dice.choice((2, 2, 3, 4)):
            stories.setdefault(draft.story, draft)
    parts = []
    for draft in stories.values():
        rows = _lines(draft)
        first = dice.randrange(max(1, len(rows) - 2))
        parts.append(rows[first : first + dice.randint(1, 4)])
    rows = [row for part in parts for row in part]
    if dice.random() < 0.3:
        rows = [row for turn in range(4) for part in parts for row in part[turn : turn + 1]]
    return Draft(
        name=name,
        source=desk.source.key,
        at=max(draft.at for draft in stories.values()) + timedelta(minutes=dice.randint(10, 1500)),
        title=edited(lead.title, dice),
        paragraphs=[[_as_desk(line, desk, dice) for line in row] for row in rows],
        story=lead.story,
        kind="merge",
        depth=1 + max(draft.depth for draft in stories.values()),
        site=desk,
    )
