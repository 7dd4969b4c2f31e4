"""Stories: articles tied together by derivations, under names that stay as stories grow or merge.

This module must not know texts or how a derivation was found.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from auditor.domain import Derivation, MatchKind, Relation, Story
from auditor.lineage.retold import is_retold
from auditor.lineage.witness import Standing

_NAME_LENGTH = 12


def stories(
    derivations: Iterable[Derivation],
    standings: Mapping[str, Standing],
    previous: Iterable[Story] = (),
    elsewhere: Collection[str] = (),
) -> tuple[Story, ...]:
    """The stories that derivations and versions make, sorted by id; an article without any belongs to none.

    ``previous`` are the stories as stored: a story keeps the id under which most of its articles were
    known, the smaller id where two are equal; a new one is named after its first article. ``elsewhere``
    are ids of other stories: one keeps its name when the article that it was named after leaves it.
    """
    groups = _groups([*_links(derivations), *_versions(standings)])
    known = {article: story.id for story in previous for article in story.articles}
    claims: list[tuple[int, str, tuple[str, ...]]] = []
    for members in groups:
        votes: dict[str, int] = defaultdict(int)
        for article in members:
            if article in known:
                votes[known[article]] += 1
        claims += [(-count, name, members) for name, count in votes.items()]
    named: dict[tuple[str, ...], str] = {}
    taken: set[str] = set(elsewhere)
    for _, name, members in sorted(claims):
        if members not in named and name not in taken:
            named[members] = name
            taken.add(name)
    found = []
    for members in groups:
        first = min(members, key=lambda article: _place(article, standings))
        name = named.get(members) or _fresh(first, taken)
        taken.add(name)
        found.append(Story(name, _title(first, standings), members))
    return tuple(sorted(found, key=lambda story: story.id))


def ties(row: Derivation) -> bool:
    """Does a row tie its article to its parent? A statement that both quote doesn't, nor an event both tell.

    What is merely retold would chain story to story by the wires of each day.
    """
    if row.parent is None:
        return False
    if row.relation is Relation.COMMON_SOURCE:
        return row.kind is not MatchKind.QUOTATION
    return not (row.relation is Relation.UNDECIDED and is_retold(row))


def _links(derivations: Iterable[Derivation]) -> Iterator[tuple[str, str]]:
    for row in derivations:
        if row.parent and ties(row):
            yield row.article, row.parent.article


def _versions(standings: Mapping[str, Standing]) -> Iterator[tuple[str, str]]:
    """Versions of one item belong to one story, though a kill notice may share no word with what it kills."""
    for name, standing in standings.items():
        older = standing.revises
        if older is not None and older != name and older in standings:
            yield name, older


def _groups(links: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Connected articles, each group sorted."""
    leader: dict[str, str] = {}

    def find(article: str) -> str:
        leader.setdefault(article, article)
        while leader[article] != article:
            leader[article] = leader[leader[article]]
            article = leader[article]
        return article

    for one, two in links:
        first, second = find(one), find(two)
        leader[max(first, second)] = min(first, second)
    groups: dict[str, list[str]] = defaultdict(list)
    for article in leader:
        groups[find(article)].append(article)
    return sorted(tuple(sorted(members)) for members in groups.values())


def _place(article: str, standings: Mapping[str, Standing]) -> tuple[bool, bool, str, str]:
    """Sorts wires first, then by time, then by id."""
    standing = standings.get(article)
    if standing is None:
        return (True, True, "", article)
    when = standing.published.earliest.isoformat() if standing.published else ""
    return (not standing.is_wire, not when, when, article)


def _title(article: str, standings: Mapping[str, Standing]) -> str:
    standing = standings.get(article)
    return standing.title if standing and standing.title else article


def _fresh(first: str, taken: set[str]) -> str:
    """A name for a new story, from its first article."""
    for salt in range(len(taken) + 1):
        digest = hashlib.sha256(f"{first}\0{salt}".encode()).hexdigest()
        if (name := f"s{digest[:_NAME_LENGTH]}") not in taken:
            return name
    raise AssertionError("more names taken than tried")
