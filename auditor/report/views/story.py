"""The page of one story: how it spread, who took how much, where it turned.

Pure. It must not know HTML or stores.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from auditor.domain import Moment, Relation, Story
from auditor.registry import Registry
from auditor.report import composition, crediting, formats, naming, wording
from auditor.report.charts.descent import Descent, descent
from auditor.report.charts.spread import Spread, spread
from auditor.report.charts.survival import Survival, survival
from auditor.report.composition import Part, Taking
from auditor.report.facts import ArticleFacts
from auditor.report.heads import Head
from auditor.report.marks import tally
from auditor.report.views.bonds import Bonds, Twig, bonds_of, picture_of, tree_of
from auditor.report.views.rebuilt import RebuiltText, rebuilt_texts
from auditor.report.views.stat import Stat
from auditor.report.views.turns import Turn, turns

MOST_TURNS = 12  # passages shown with their words; the rest stand on the articles' pages


@dataclass(frozen=True, slots=True)
class From:
    """One of the parents of a pickup, as its row names it."""

    head: Head | None
    name: str
    relation: wording.Term
    sure: bool
    share: str
    pair_href: str | None


@dataclass(frozen=True, slots=True)
class Pickup:
    """A row of the table of pickups."""

    head: Head
    parents: tuple[From, ...]
    parts: tuple[Part, ...]
    share: str
    share_value: float
    delay: str
    credit: crediting.CreditState
    entered: Mapping[str, int]
    inherited: Mapping[str, int]
    kinds: tuple[str, ...]
    stale: str


@dataclass(frozen=True, slots=True)
class StoryPage:
    """Everything that a story's page shows."""

    id: str
    title: str
    href: str
    kicker: str
    standfirst: tuple[str, ...]
    stats: tuple[Stat, ...]
    chart: Spread
    narrow: Descent
    tree: tuple[Twig, ...]
    roots: tuple[Head, ...]
    pickups: tuple[Pickup, ...]
    base: Head | None
    survival: Survival | None
    turns: tuple[Turn, ...]
    more_turns: int
    grave: int
    undecided: bool
    common: bool
    inferred: bool
    rebuilt: tuple[RebuiltText, ...]


def time_key(moment: Moment | None) -> tuple[bool, str]:
    """For sorting by time, what has none at the end."""
    return (moment is None, moment.earliest.isoformat() if moment else "")


def story_page(
    story: Story, members: Sequence[ArticleFacts], registry: Registry, zone: ZoneInfo
) -> StoryPage:
    """What the page of this story shows; ``members`` are its articles."""
    bonds = bonds_of(members, registry)
    ordered = sorted(
        members, key=lambda f: (time_key(f.head.published), bonds.depth[f.article.id], f.article.id)
    )
    roots = tuple(facts for facts in ordered if not bonds.takings[facts.article.id])
    taking = tuple(facts for facts in ordered if facts.is_pickup)
    versions = sum(facts.is_version for facts in ordered)
    base = _base(roots, ordered)
    rows = tuple(_pickup(facts, bonds, registry) for facts in taking)
    found = turns([facts for facts in ordered if not facts.is_version])
    items, links = picture_of(ordered, bonds)
    relations = {taking.relation for group in bonds.takings.values() for taking in group}
    return StoryPage(
        id=story.id,
        title=story.title or (base.head.title if base else wording.UNTITLED),
        href=naming.story_page(story.id),
        kicker=_kicker(roots, taking, versions),
        standfirst=_standfirst(roots, rows, found, bonds),
        stats=_stats(roots, taking, rows, found),
        chart=spread(items, links, zone),
        narrow=descent(items, links, zone),
        tree=tree_of(ordered, bonds),
        roots=tuple(facts.head for facts in roots),
        pickups=rows,
        base=base.head if base else None,
        survival=survival(base, [f for f in ordered if f is not base]) if base else None,
        turns=found[:MOST_TURNS],
        more_turns=max(0, len(found) - MOST_TURNS),
        grave=sum(turn.grave for turn in found),
        undecided=Relation.UNDECIDED in relations,
        common=Relation.COMMON_SOURCE in relations,
        inferred=bool(bonds.ghosts),
        rebuilt=rebuilt_texts(ordered, registry),
    )


def _base(roots: Sequence[ArticleFacts], ordered: Sequence[ArticleFacts]) -> ArticleFacts | None:
    """The text the others are held against: the root most taken from, else the most taken from at all."""

    def taken(facts: ArticleFacts) -> tuple[int, int]:
        spans = [d.span.length for d in facts.taken_by]
        return sum(spans), len(facts.article.text)

    return max(roots or ordered, key=taken, default=None)


def _kicker(roots: Sequence[ArticleFacts], taking: Sequence[ArticleFacts], versions: int) -> str:
    wires = sum(facts.head.is_wire for facts in roots)
    parts = [formats.count(wires, "wire item")] if wires else []
    others = len(roots) - wires
    if others:
        parts.append(formats.count(others, "original text"))
    if versions:
        parts.append(formats.count(versions, "later version"))
    return ", ".join([*parts, formats.count(len(taking), "pickup")])


def _standfirst(
    roots: Sequence[ArticleFacts], rows: Sequence[Pickup], found: Sequence[Turn], bonds: Bonds
) -> tuple[str, ...]:
    """The finding in a few sentences that stand on the counts of the page."""
    sentences: list[str] = []
    texts = f"{formats.count(len(rows), 'text')}{_in_sources(rows)}"
    taken = [facts for facts in roots if facts.taken_by]
    if len(taken) == 1 and rows:
        origin = taken[0].head
        began = f" of {origin.when.text}" if origin.when.iso else ""
        sentences.append(f"One text from {origin.label}{began} was taken up by {texts}.")
    elif taken and rows:
        names = formats.listing([facts.head.label for facts in taken])
        sentences.append(
            f"{formats.in_words(len(taken)).capitalize()} texts, from {names}, went into {texts}."
        )
    elif bonds.ghosts and rows:
        names = formats.listing(sorted(bonds.ghosts.values()))
        sentences.append(f"The passages of {texts} go back to {names}, whose item isn't in this collection.")
    elif rows:
        sentences.append(f"{texts} share passages, and nothing tells which had them first.")
    whole = sum(row.share_value >= 0.8 for row in rows)
    if whole:
        sentences.append(f"{formats.in_words(whole).capitalize()} took nearly the whole.")
    owing = [row for row in rows if row.credit.key != "none"]
    kept = sum(row.credit.key == "kept" for row in owing)
    if owing:
        sentences.append(_credit_sentence(kept, len(owing)))
    grave = sum(turn.grave for turn in found)
    if grave:
        carried = any(turn.passed for turn in found)
        times = "one change" if grave == 1 else f"{formats.in_words(grave)} changes"
        more = (
            "" if not carried else (" and spread further" if grave == 1 else "; some of them spread further")
        )
        sentences.append(f"On the way {times} entered that can alter what a reader believes{more}.")
    return tuple(sentences)


def _in_sources(rows: Sequence[Pickup]) -> str:
    """As in " in 3 sources"; nothing where one is unknown: texts without a source can't be told apart."""
    known = {row.head.source_key for row in rows}
    return "" if None in known else f" in {formats.count(len(known), 'source')}"


def _credit_sentence(kept: int, total: int) -> str:
    if total == 1:
        return "Its credit is kept." if kept else "Its credit is gone."
    if kept == total:
        return "All keep the credit."
    if kept == 0:
        return "None keeps the credit."
    verb = "keeps" if kept == 1 else "keep"
    return f"{formats.in_words(kept).capitalize()} of {formats.in_words(total)} {verb} the credit."


def _stats(
    roots: Sequence[ArticleFacts],
    taking: Sequence[ArticleFacts],
    rows: Sequence[Pickup],
    found: Sequence[Turn],
) -> tuple[Stat, ...]:
    found_in = f"{'pickup' if len(rows) == 1 else 'pickups'}{_in_sources(rows)}"
    stats = [Stat(formats.number(len(rows)), found_in, wording.HOW_PICKUPS)]
    first = _first_delay(roots, taking)
    if first:
        stats.append(Stat(first, "to the first pickup", wording.HOW_FIRST_PICKUP))
    owing = [row for row in rows if row.credit.key != "none"]
    if owing:
        kept = sum(row.credit.key == "kept" for row in owing)
        stats.append(Stat(f"{kept} of {len(owing)}", "keep the credit", wording.HOW_CREDIT))
    grave = sum(turn.grave for turn in found)
    label = "grave change entered" if grave == 1 else "grave changes entered"
    stats.append(Stat(formats.number(grave), label, wording.HOW_GRAVE, "harm" if grave else ""))
    stale = sum(bool(row.stale) for row in rows)
    if stale:
        label = "stale copy" if stale == 1 else "stale copies"
        stats.append(Stat(formats.number(stale), label, wording.HOW_STALE_COPIES, "harm"))
    passed = sum(turn.passed for turn in found)
    if grave:
        label = "time passed on" if passed == 1 else "times passed on"
        stats.append(Stat(formats.number(passed), label, wording.HOW_PASSED, "harm" if passed else ""))
    return tuple(stats)


def _first_delay(roots: Sequence[ArticleFacts], taking: Sequence[ArticleFacts]) -> str:
    begun = [f.head.published for f in roots if f.head.published]
    taken = [f.head.published for f in taking if f.head.published]
    if not begun or not taken:
        return ""
    first = min(begun, key=lambda moment: moment.earliest)
    return formats.delay(first, min(taken, key=lambda moment: moment.earliest))


def _pickup(facts: ArticleFacts, bonds: Bonds, registry: Registry) -> Pickup:
    own = [g for g in facts.garbles if g.introduced_by == facts.article.id]
    inherited = [g for g in facts.garbles if g.introduced_by != facts.article.id]
    worst = sorted({(wording.RANK[g.severity], wording.KINDS[g.kind].label) for g in facts.garbles})
    value = composition.derived_share(facts)
    return Pickup(
        head=facts.head,
        parents=tuple(_from(taking, facts, registry) for taking in bonds.takings[facts.article.id]),
        parts=composition.composition(facts),
        share=formats.share(value),
        share_value=value,
        delay=_delay(facts, bonds),
        credit=crediting.credit_state(facts, registry),
        entered=tally(own),
        inherited=tally(inherited),
        kinds=tuple(dict.fromkeys(label for rank, label in worst if rank == 0)),
        stale=_stale(facts),
    )


def _stale(facts: ArticleFacts) -> str:
    """Of what it still carries that was put right elsewhere: the one that has been wrong the longest."""
    longest = max(facts.stale, key=lambda each: -1.0 if each.hours is None else each.hours, default=None)
    return formats.outdated(longest) if longest else ""


def _from(taking: Taking, facts: ArticleFacts, registry: Registry) -> From:
    head = facts.heads.get(taking.parent.article) if taking.parent.article else None
    name = head.label if head else (registry.name_of(taking.parent.source) or "a text not held")
    return From(
        head=head,
        name=name,
        relation=wording.RELATIONS[taking.relation],
        sure=taking.relation is Relation.COPY and head is not None,
        share=formats.share(taking.share),
        pair_href=naming.pair_page(facts.article.id, head.id) if head else None,
    )


def _delay(facts: ArticleFacts, bonds: Bonds) -> str:
    for taking in bonds.takings[facts.article.id]:
        head = facts.heads.get(taking.parent.article) if taking.parent.article else None
        if head:
            return formats.delay(head.published, facts.head.published)
    return ""
