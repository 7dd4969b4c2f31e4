"""What a detector says of one place, before it is known who introduced it.

A detector never decides whose fault a change is; it must not know of article ids but to name the parent.
"""

from __future__ import annotations

from typing import NamedTuple

from auditor.domain import GarbleKind, Severity, Span
from auditor.garbling.changes import Change, Stretch


class Finding(NamedTuple):
    """A garble of a child: where, against which place of its parent (None where the text alone shows it).

    ``repaired`` is what should stand there where no parent says so; ``zone`` where an own mark accounts for
    whatever differs from the parent, if that is more than its place.
    """

    kind: GarbleKind
    severity: Severity
    after: Span
    before: Span | None = None
    parent_id: str = ""
    detail: str = ""
    repaired: str = ""
    stretch: Stretch | None = None
    zone: Span | None = None


HARMLESS: tuple[Finding, ...] = ()
"""The verdict that a change is explained and damages nothing."""

Judgement = tuple[Finding, ...] | None
"""Findings, HARMLESS, or None where the change isn't this detector's business."""


def found(
    kind: GarbleKind, severity: Severity, stretch: Stretch, change: Change, detail: str = ""
) -> tuple[Finding, ...]:
    """One finding at the words of a change."""
    return (
        at(
            kind,
            severity,
            stretch,
            stretch.child.span(*change.after),
            stretch.parent.span(*change.before),
            detail,
        ),
    )


def at(
    kind: GarbleKind, severity: Severity, stretch: Stretch, after: Span, before: Span, detail: str = ""
) -> Finding:
    """A finding at given spans of the child and its parent."""
    return Finding(kind, severity, after, before, stretch.parent_id, detail, stretch=stretch)
