"""The derivations of many articles brought into one: no cycles, and origins carried along the chains.

Works on rows and light facts, never on texts. Rows that were settled before may be handed in again with
fresh ones: the result is the same as if all were fresh.

    rows → links without cycles, surest first → inferred wires → origins, parents first → those in common
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from auditor.domain import Derivation, Evidence, Origin, Place, Relation
from auditor.lineage.attributed import is_credited
from auditor.lineage.crediting import Reach
from auditor.lineage.inferred import continued, in_common, is_inferred, whole_credit, with_inferred
from auditor.lineage.order import OF_TIMES
from auditor.lineage.signs import KINDS
from auditor.lineage.witness import Standing
from auditor.registry import Registry

Rows = tuple[Derivation, ...]

ORDER_KINDS = frozenset(
    {
        "revises",
        *OF_TIMES,
        "wire",
        "credits",
        *KINDS,
        "stands_alone",
    }
)


def settle(
    traced: Mapping[str, Rows],
    standings: Mapping[str, Standing],
    registry: Registry,
) -> dict[str, Rows]:
    """Whole components: what ``trace`` gave for each article, made consistent.

    ``traced`` holds the rows of every article of the components concerned, ``standings`` the facts of
    these and of every parent that they name. The result has an entry for each article of ``traced``.
    """
    rows = {article: tuple(row for row in found if not is_inferred(row)) for article, found in traced.items()}
    rows = _without_contradiction(rows)
    order = _parents_first(rows)
    rows = with_inferred(rows, order, standings, registry)
    settled = _with_origins(rows, order, standings, registry)
    common = in_common(settled, registry)
    if not common:
        return settled
    rows = {article: (*found, *common.get(article, ())) for article, found in rows.items()}
    return _with_origins(rows, order, standings, registry)


def order_odds(row: Derivation) -> float:
    """How strongly a row's evidence says that the parent came first, in nats."""
    return sum(item.weight for item in row.evidence if item.kind in ORDER_KINDS)


# Links that agree with each other


def _without_contradiction(rows: Mapping[str, Rows]) -> dict[str, Rows]:
    """The rows of the links from article to parent that make no cycle, the surest links taken first.

    Two articles that each claim the other's passage are the smallest cycle: the surer claim stays.
    """
    accepted: dict[str, set[str]] = defaultdict(set)
    links = _links(rows)
    for child, parent in sorted(links, key=lambda link: (-links[link], link[1], link[0])):
        if not _reaches(accepted, parent, child):
            accepted[child].add(parent)
    return {
        article: tuple(row for row in found if row.parent is None or row.parent.article in accepted[article])
        for article, found in rows.items()
    }


def _links(rows: Mapping[str, Rows]) -> dict[tuple[str, str], float]:
    """Each pair of article and parent with how sure their order is, in nats."""
    found: dict[tuple[str, str], float] = {}
    for article, those in rows.items():
        for row in those:
            if row.parent is not None:
                link = article, row.parent.article
                found[link] = max(order_odds(row), found.get(link, float("-inf")))
    return found


def _reaches(parents: Mapping[str, Set[str]], start: str, goal: str) -> bool:
    """Is the goal among the start's parents, their parents, and so on, or the start itself?"""
    todo, seen = [start], {start}
    while todo:
        article = todo.pop()
        if article == goal:
            return True
        fresh = parents.get(article, frozenset()) - seen
        seen |= fresh
        todo += fresh
    return False


def _graph(rows: Mapping[str, Rows]) -> dict[str, set[str]]:
    return {
        article: {row.parent.article for row in found if row.parent and row.parent.article in rows}
        for article, found in rows.items()
    }


def _parents_first(rows: Mapping[str, Rows]) -> list[str]:
    """The articles so that each comes after all of its parents."""
    graph = _graph(rows)
    done: dict[str, None] = {}
    for start in sorted(graph):
        path = [start]
        while path:
            article = path[-1]
            waiting = sorted(graph[article] - done.keys())
            if article in done or not waiting:
                done.setdefault(article)
                path.pop()
            else:
                path.append(waiting[0])
    return list(done)


# Origins


def _with_origins(
    rows: Mapping[str, Rows], order: Sequence[str], standings: Mapping[str, Standing], registry: Registry
) -> dict[str, Rows]:
    settled: dict[str, Rows] = {}
    for article in order:
        found = _not_superseded([_with_origin(row, settled, standings, registry) for row in rows[article]])
        if own := standings.get(article):
            found += continued(found, own, registry)
        settled[article] = tuple(
            sorted(found, key=lambda row: (row.span, row.parent.article if row.parent else ""))
        )
    return {article: settled[article] for article in rows}


def _not_superseded(rows: Sequence[Derivation]) -> list[Derivation]:
    """Without rows that stand on a credit alone where a parent is held, or where one explains the credit."""
    held = [row for row in rows if row.parent is not None]
    explained = {row.origin.source for row in held if row.relation is not Relation.COMMON_SOURCE}
    return [
        row
        for row in rows
        if row.parent is not None
        or not (
            any(row.span.overlap(other.span) for other in held)
            or (is_credited(row) and row.origin.source in explained)
        )
    ]


def _with_origin(
    row: Derivation, settled: Mapping[str, Rows], standings: Mapping[str, Standing], registry: Registry
) -> Derivation:
    if row.parent is None:
        return row
    origin = _origin_at(row.parent, settled, standings)
    own = standings.get(row.article)
    credited = whole_credit(own, registry) if own else None
    if row.relation is Relation.COMMON_SOURCE and origin.article is not None:
        origin = Origin(credited, None)  # not the relative's own text, but of somebody that neither may name
    evidence = tuple(item for item in row.evidence if item.kind != "credit_differs")
    if credited and origin.source != credited and own and own.source != origin.source:
        names = registry.name_of(credited), registry.name_of(origin.source) or "somebody else"
        evidence += (Evidence("credit_differs", f"credits {names[0]}, but the text is from {names[1]}", 0.0),)
    if origin == row.origin and evidence == row.evidence:
        return row  # as most are that were settled before
    return replace(row, origin=origin, evidence=evidence)


def _origin_at(place: Place, settled: Mapping[str, Rows], standings: Mapping[str, Standing]) -> Origin:
    """Where the text at a place comes from: its own row's origin, or what the article says of itself."""
    rows = settled.get(place.article, ())
    above = max(rows, key=lambda row: (row.span.overlap(place.span), row.confidence), default=None)
    if above is not None and 3 * above.span.overlap(place.span) >= place.span.length:
        return above.origin
    standing = standings.get(place.article)
    if standing is None:
        return Origin(None, place.article)
    credited = next((scope.source for scope in standing.credited if scope.reach is Reach.WHOLE), None)
    if credited and not standing.is_wire:
        return Origin(credited, None)
    return Origin(standing.source, place.article)
