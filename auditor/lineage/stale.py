"""Copies that still carry what a later version of their source corrected or withdrew.

A derivation names the version that was taken. Where that version was superseded, every place that the
later version changed and the copy still has is stale, and so is the whole passage where the item was
withdrawn. This module must not know how versions were aligned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from auditor.domain import Derivation, Moment, Relation, Span, Status
from auditor.lineage.witness import Standing


@dataclass(frozen=True, slots=True)
class Stale:
    """A passage that carries a superseded reading.

    ``taken`` is the version it was taken from, ``current`` the one that put it right or withdrew it;
    ``hours`` how long the passage had been out of date when it was last seen (published, or captured
    where that is known), None where times are missing, nought where it was seen before the correction.
    """

    article: str
    span: Span
    taken: str
    current: str
    status: Status
    hours: float | None
    detail: str


def stale(
    derivations: Iterable[Derivation],
    standings: Mapping[str, Standing],
    changed: Mapping[tuple[str, str], Sequence[Span]],
    seen: Mapping[str, Moment] | None = None,
) -> tuple[Stale, ...]:
    """The stale passages among copies, sorted by article and span.

    ``changed`` holds, for a version and the version that revises it, the spans of the older text that the
    newer one no longer has; ``seen`` when an article was last seen as it is.
    """
    newer = {one.revises: one for _, one in sorted(standings.items()) if one.revises}
    found = []
    for row in derivations:
        if row.parent is None or row.relation is Relation.UNDECIDED:
            continue
        taken = row.parent.article
        own = standings.get(row.article)
        later = newer.get(taken)
        if later is None or own is None or own.article == later.article or own.revises == taken:
            continue
        if _carries(row, later, changed.get((taken, later.article), ())):
            hours = _hours(later.published, (seen or {}).get(row.article) or own.published)
            found.append(
                Stale(row.article, row.span, taken, later.article, later.status, hours, _words(later, hours))
            )
    return tuple(sorted(found, key=lambda one: (one.article, one.span)))


def _carries(row: Derivation, later: Standing, changed: Sequence[Span]) -> bool:
    """Was the row's passage withdrawn, or changed in the later version?"""
    if later.status in {Status.CANCELED, Status.WITHHELD}:
        return True
    return row.parent is not None and any(row.parent.span.overlap(span) for span in changed)


def _hours(corrected: Moment | None, seen: Moment | None) -> float | None:
    if corrected is None or seen is None:
        return None
    late: datetime = seen.latest
    return max(0.0, round((late - corrected.earliest).total_seconds() / 3600, 1))


def _words(later: Standing, hours: float | None) -> str:
    what = {
        Status.CANCELED: "withdrawn",
        Status.WITHHELD: "held back",
        Status.CORRECTED: "corrected",
    }.get(later.status, "changed")
    when = f", {hours:g} h before this was last seen" if hours else ""
    return f"{what} by {later.article}{when}"
