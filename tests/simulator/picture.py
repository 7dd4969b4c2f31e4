"""One simulated story's tree as it was found, held against its truth: a picture for the documents.

usage: python -m tests.simulator.picture ../shared docs/lineage-truth.svg

Names are the made-up sites; no word of the copy is shown. A link from an article to the parent of most of its
sentences is green where found and true are one, red where it was found and isn't true, grey and dashed where
it is true and wasn't found.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

from auditor.domain import Relation
from auditor.registry import Registry
from tests.quality.pipeline import match, settle_all
from tests.simulator.measure import Rows
from tests.simulator.sites import make_registry, make_sites
from tests.simulator.truth import Times, World, tell
from tests.simulator.wirecopy import read_items
from tests.simulator.world import Shape, make_world

SEED, STORIES = 11, 40
WIDTH, ROW, LEFT, TOP = 900, 44, 150, 60
RIGHT, WRONG, MISSED = "#1a7f4b", "#c0392b", "#8a8f98"
Links = dict[str, str]


def true_links(world: World, members: list[str]) -> Links:
    """The true parent of most of each article's sentences, where it is held."""
    found: Links = {}
    for name in members:
        counts = Counter(one.parent.article for one in world.taken[name] if one.parent)
        if counts:
            found[name] = min(counts, key=lambda other: (-counts[other], other))
    return found


def found_links(rows: Rows, members: list[str]) -> Links:
    """The parent that most of each article's rows of copies name."""
    found: Links = {}
    for name in members:
        sizes: Counter[str] = Counter()
        for row in rows[name]:
            if row.parent and row.relation is Relation.COPY:
                sizes[row.parent.article] += row.span.length
        if sizes:
            found[name] = min(sizes, key=lambda other: (-sizes[other], other))
    return found


def chosen_story(world: World, rows: Rows) -> list[str]:
    """The members of the story of eight or more articles with most wrong links, so that mistakes show too."""
    stories: dict[str, list[str]] = {}
    for name in sorted(world.articles):
        if world.kinds[name] != "independent":
            stories.setdefault(world.story[name], []).append(name)

    def mistakes(members: list[str]) -> int:
        true, found = true_links(world, members), found_links(rows, members)
        return sum(true.get(name) != found.get(name) for name in members)

    large = [
        members
        for members in stories.values()
        if 8 <= len(members) <= 11 and any(world.kinds[name] == "wire" for name in members)
    ]
    return max(large, key=lambda members: (mistakes(members), members[0]))


def drawn(world: World, rows: Rows, members: list[str], registry: Registry) -> str:
    """The picture as SVG: a row an article by time, its links to the left."""
    at = {name: world.articles[name].published for name in members}
    order = sorted(members, key=lambda name: (str(at[name]), name))
    place = {name: TOP + ROW * number for number, name in enumerate(order)}
    true, found = true_links(world, members), found_links(rows, members)
    depth = {name: _depth(name, true) for name in members}
    parts = []
    for name in order:
        links = {(true.get(name), MISSED, "5 4"), (found.get(name), WRONG, "0")}
        if true.get(name) == found.get(name):
            links = {(true.get(name), RIGHT, "0")}
        for parent, colour, dash in sorted(links, key=str):
            if parent in place:
                parts.append(_link(place[parent], place[name], depth[parent], depth[name], colour, dash))
    for name in order:
        x, y = LEFT + 90 * depth[name], place[name]
        when = str(at[name])[11:16]
        label = registry.name_of(world.articles[name].source)
        parts.append(f'<circle cx="{x}" cy="{y}" r="6" fill="#fff" stroke="#333" stroke-width="2"/>')
        parts.append(f'<text x="{x + 14}" y="{y + 5}">{label} ({world.kinds[name]})</text>')
        parts.append(f'<text x="20" y="{y + 5}" fill="#666">{when} UTC</text>')
    height = TOP + ROW * len(order) + 30
    key = (
        f'<text x="20" y="24"><tspan fill="{RIGHT}">found and true</tspan>   '
        f'<tspan dx="16" fill="{WRONG}">found, not true</tspan>   '
        f'<tspan dx="16" fill="{MISSED}">true, not found</tspan></text>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        'font-family="sans-serif" font-size="15"><title>A simulated story: links found and true</title>'
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>{key}{"".join(parts)}</svg>\n'
    )


def _depth(name: str, links: Links) -> int:
    depth = 0
    while name in links and depth < 9:
        name, depth = links[name], depth + 1
    return depth


def _link(above: int, below: int, from_depth: int, to_depth: int, colour: str, dash: str) -> str:
    x1, x2 = LEFT + 90 * from_depth, LEFT + 90 * to_depth
    path = f"M{x1} {above} C{x1} {below}, {x1} {below}, {x2} {below}"
    dashed = f' stroke-dasharray="{dash}"' if dash != "0" else ""
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2.5"{dashed}/>'


def main() -> None:
    shared, out = Path(sys.argv[1]), Path(sys.argv[2])
    drafts = make_world(read_items(shared), SEED, Shape(stories=STORIES))
    registry = make_registry(make_sites(random.Random(SEED)))
    world = tell(drafts, Times.EXACT, SEED)
    rows = settle_all(match(world.articles.values(), registry), registry).rows
    out.write_text(drawn(world, rows, chosen_story(world, rows), registry), encoding="utf-8")


if __name__ == "__main__":
    main()
