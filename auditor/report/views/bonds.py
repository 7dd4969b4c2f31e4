"""Who took from whom in a story: generations, the tree as a list, what the pictures are drawn from.

Pure. It must not know HTML or stores.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from auditor.domain import Relation, Severity
from auditor.registry import Registry
from auditor.report import composition, formats
from auditor.report.charts.spread import Item, Link
from auditor.report.composition import Taking
from auditor.report.facts import ArticleFacts
from auditor.report.heads import Head
from auditor.report.marks import distinct


@dataclass(frozen=True, slots=True)
class Bonds:
    """Who took from whom in a story, worked out once."""

    takings: Mapping[str, tuple[Taking, ...]]
    depth: Mapping[str, int]
    ghosts: Mapping[str, str]  # key of an origin that isn't held: its name


@dataclass(frozen=True, slots=True)
class Twig:
    """A line of the tree as a nested list: ``opens`` lists begin before it, ``closes`` end after it."""

    head: Head | None
    name: str
    share: str
    band: str
    also: tuple[str, ...]
    sure: bool
    version: bool
    harm: int
    opens: bool
    closes: int


def _ghost_key(source: str | None) -> str:
    return f"\x00{source or ''}"


def bonds_of(members: Sequence[ArticleFacts], registry: Registry) -> Bonds:
    """The bonds of these texts."""
    takings = {facts.article.id: composition.takings(facts) for facts in members}
    ghosts: dict[str, str] = {}
    parents: dict[str, list[str]] = {}
    for key, group in takings.items():
        parents[key] = [t.parent.article or _ghost_key(t.parent.source) for t in group]
        for taking in group:
            if taking.parent.article is None:
                source = taking.parent.source
                name = registry.name_of(source) or "unknown origin"
                held = any(facts.article.source == source for facts in members if source)
                ghosts[_ghost_key(source)] = f"{name}, another item" if held else name
    return Bonds(takings, _depths(parents), ghosts)


def _depths(parents: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """How many takings each text is away from a beginning; circles (undecided pairs) are cut."""
    depth: dict[str, int] = {}
    for start in parents:
        path = [start]
        entered = {start}
        while path:
            key = path[-1]
            ahead = next((p for p in parents.get(key, ()) if p not in depth and p not in entered), None)
            if ahead is not None:
                path.append(ahead)
                entered.add(ahead)
                continue
            depth.setdefault(key, max((1 + depth.get(p, 0) for p in parents.get(key, ())), default=0))
            path.pop()
    return depth


def picture_of(ordered: Sequence[ArticleFacts], bonds: Bonds) -> tuple[list[Item], list[Link]]:
    """The texts and takings that the pictures of a story show, origins that aren't held among them."""
    items = [
        Item(key, key, name, None, 0, name, "", ghost=True) for key, name in sorted(bonds.ghosts.items())
    ]
    links: list[Link] = []
    names = {facts.article.id for facts in ordered}
    for facts in ordered:
        head = facts.head
        items.append(
            Item(
                key=head.id,
                lane=head.source_key or f"\x01{head.id}",
                lane_name=head.label,
                moment=head.published,
                depth=bonds.depth[head.id],
                title=head.title,
                href=head.href,
                wire=head.is_wire,
                harm=_grave(facts),
                parts=composition.composition(facts),
            )
        )
        for taking in bonds.takings[head.id]:
            parent = taking.parent.article or _ghost_key(taking.parent.source)
            if parent in names or parent in bonds.ghosts:
                sure = taking.relation is Relation.COPY and parent not in bonds.ghosts
                links.append(Link(parent, head.id, taking.share, taking.main_band, sure))
    return items, links


def tree_of(ordered: Sequence[ArticleFacts], bonds: Bonds) -> tuple[Twig, ...]:
    """Each text under the parent it has most from, as a flat list that opens and closes levels."""
    index = {facts.article.id: facts for facts in ordered}
    children: dict[str, list[str]] = defaultdict(list)
    tops: list[str] = []
    for facts in ordered:
        main = _main_parent(facts.article.id, bonds, index)
        if main is None:
            tops.append(facts.article.id)
        else:
            children[main].append(facts.article.id)
    tops = [key for key in sorted(bonds.ghosts) if children[key]] + tops
    found: list[Twig] = []
    stack = [(key, 0) for key in reversed(tops)]
    level, seen = -1, set[str]()
    while stack:
        key, depth = stack.pop()
        if key in seen:
            continue
        seen.add(key)
        if found and depth <= level:
            found[-1] = _closing(found[-1], level - depth + 1)
        found.append(_twig(key, index.get(key), bonds, opens=depth > level))
        level = depth
        stack.extend((child, depth + 1) for child in reversed(children[key]))
    if found:
        found[-1] = _closing(found[-1], level + 1)
    return tuple(found)


def _main_parent(key: str, bonds: Bonds, index: Mapping[str, ArticleFacts]) -> str | None:
    """The parent with the largest share; never one that would close a circle (undecided pairs can)."""
    for taking in bonds.takings[key]:
        parent = taking.parent.article or _ghost_key(taking.parent.source)
        if parent in bonds.ghosts or (parent in index and bonds.depth[parent] < bonds.depth[key]):
            return parent
    return None


def _closing(twig: Twig, levels: int) -> Twig:
    return replace(twig, closes=levels)


def _twig(key: str, facts: ArticleFacts | None, bonds: Bonds, *, opens: bool) -> Twig:
    if facts is None:
        return Twig(None, bonds.ghosts.get(key, ""), "", "", (), False, False, 0, opens, 0)
    group = bonds.takings[key]
    also = [
        facts.heads[t.parent.article].label if t.parent.article in facts.heads else "a text not held"
        for t in group[1:]
        if t.parent.article
    ]
    return Twig(
        head=facts.head,
        name=facts.head.label,
        share=formats.share(group[0].share) if group else "",
        band=group[0].main_band if group else "",
        also=tuple(dict.fromkeys(also)),
        sure=not group or group[0].relation is Relation.COPY,
        version=facts.is_version,
        harm=_grave(facts),
        opens=opens,
        closes=0,
    )


def _grave(facts: ArticleFacts) -> int:
    """Grave changes that entered here; what a source changes in its own later version is no damage."""
    own = [g for g in facts.garbles if g.introduced_by == facts.article.id and g.severity is Severity.HIGH]
    return 0 if facts.is_version else distinct(own)
