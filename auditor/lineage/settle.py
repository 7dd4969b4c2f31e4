"""The derivations of many articles brought into one: no cycles, and origins carried along the chains.

Works on rows and light facts, never on texts. Rows that were settled before may be handed in again with
fresh ones: the result is the same as if all were fresh.

    rows → one side of each doubtful pair → no cycles → origins, parents first → inferred wires
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from auditor.domain import Derivation, Evidence, Origin, Place, Relation
from auditor.lineage.inferred import is_inferred, whole_credit, with_inferred
from auditor.lineage.loops import loops
from auditor.lineage.signs import KINDS
from auditor.lineage.witness import Standing
from auditor.registry import Registry

Rows = tuple[Derivation, ...]

ORDER_KINDS = frozenset(
    {
        "revises",
        "published_first",
        "same_day",
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
    rows = _one_side(rows)
    rows = _without_loops(rows)
    order = _parents_first(rows)
    rows = with_inferred(rows, order, standings, registry)
    return _with_origins(rows, order, standings, registry)


def order_odds(row: Derivation) -> float:
    """How strongly a row's evidence says that the parent came first, in nats."""
    return sum(item.weight for item in row.evidence if item.kind in ORDER_KINDS)


# One side of each doubtful pair


def _one_side(rows: Mapping[str, Rows]) -> dict[str, Rows]:
    """Drop the rows by which both of two articles claim one passage of each other."""
    return {
        article: tuple(row for row in found if not _is_answered(row, rows)) for article, found in rows.items()
    }


def _is_answered(row: Derivation, rows: Mapping[str, Rows]) -> bool:
    """Has the parent a better claim for the passage: on this article, or, if rather the later, on another?"""
    if row.parent is None:
        return False
    span, odds = row.parent.span, order_odds(row)
    for other in rows.get(row.parent.article, ()):
        if other.parent is None or 2 * other.span.overlap(span) < span.length:
            continue
        if other.parent.article == row.article:
            theirs = order_odds(other)
            if (theirs, other.article) > (odds, row.article):
                return True
        elif odds <= 0:
            return True
    return False


# No cycles


def _without_loops(rows: Mapping[str, Rows]) -> dict[str, Rows]:
    """Take out the weakest link of each cycle of articles until none is left."""
    kept = dict(rows)
    while found := loops(_graph(kept)):
        for group in found:
            child, parent = _weakest(kept, group)
            kept[child] = tuple(row for row in kept[child] if not row.parent or row.parent.article != parent)
    return kept


def _graph(rows: Mapping[str, Rows]) -> dict[str, set[str]]:
    return {
        article: {row.parent.article for row in found if row.parent and row.parent.article in rows}
        for article, found in rows.items()
    }


def _weakest(rows: Mapping[str, Rows], group: frozenset[str]) -> tuple[str, str]:
    """The link within a group of articles whose order is least certain and whose text is shortest."""
    links: dict[tuple[str, str], tuple[float, int]] = {}
    for article in group:
        for row in rows[article]:
            if row.parent and row.parent.article in group:
                odds, length = links.get((article, row.parent.article), (float("-inf"), 0))
                links[article, row.parent.article] = max(odds, order_odds(row)), length + row.span.length
    return min(links, key=lambda link: (*links[link], link))


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
        settled[article] = tuple(
            _with_origin(row, settled, standings, registry)
            for row in sorted(rows[article], key=lambda row: (row.span, row.parent or Place("", row.span)))
        )
    return {article: settled[article] for article in rows}


def _with_origin(
    row: Derivation, settled: Mapping[str, Rows], standings: Mapping[str, Standing], registry: Registry
) -> Derivation:
    if row.parent is None:
        return row
    origin = _origin_at(row.parent, settled, standings)
    own = standings.get(row.article)
    credited = whole_credit(own, registry) if own else None
    if row.relation is Relation.COMMON_SOURCE and origin.article is not None and credited:
        origin = Origin(credited, None)
    evidence = tuple(item for item in row.evidence if item.kind != "credit_differs")
    if credited and origin.source != credited and own and own.source != origin.source:
        names = registry.name_of(credited), registry.name_of(origin.source) or "somebody else"
        evidence += (Evidence("credit_differs", f"credits {names[0]}, but the text is from {names[1]}", 0.0),)
    return replace(row, origin=origin, evidence=evidence)


def _origin_at(place: Place, settled: Mapping[str, Rows], standings: Mapping[str, Standing]) -> Origin:
    """Where the text at a place comes from: its own row's origin, or what the article says of itself."""
    above = max(
        settled.get(place.article, ()),
        key=lambda row: (row.span.overlap(place.span), row.confidence),
        default=None,
    )
    if above is not None and 3 * above.span.overlap(place.span) >= place.span.length:
        return above.origin
    standing = standings.get(place.article)
    return Origin(standing.source if standing else None, place.article)
