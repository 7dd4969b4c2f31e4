"""Who brought a garble in: what a parent already carried is inherited, not made.

A parent's garbles are carried over to the child where the child kept the garbled words; where the child
went back to what stood before, there is none. It must not judge what is a garble.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from auditor.domain import Garble, GarbleKind, Span
from auditor.garbling.changes import Stretch
from auditor.garbling.finding import Finding

OWN_KINDS = frozenset(
    (
        GarbleKind.DUPLICATION,
        GarbleKind.BOILERPLATE,
        GarbleKind.ENCODING,
        GarbleKind.WHITESPACE,
        GarbleKind.SPLICE,
        GarbleKind.TRUNCATION,
    )
)
"""Kinds that a text can show by itself."""

KEPT_SHARE = 0.8
"""A long garble counts as kept while this share of its words stands in the child."""


def carried(
    article: str, stretches: Sequence[Stretch], inherited: Mapping[str, Sequence[Garble]]
) -> Iterator[Garble]:
    """The parents' garbles that the child still has, as rows of the child."""
    for stretch in stretches:
        for garble in inherited.get(stretch.parent_id, ()):
            span = _place(stretch, garble)
            if span is not None:
                yield replace(garble, article=article, span=span, after=span.of(stretch.child.text))


def _place(stretch: Stretch, garble: Garble) -> Span | None:
    """Where the child has a parent's garble; None where it doesn't."""
    parent, child = stretch.parent, stretch.child
    first, last = parent.within(garble.span)
    if last > stretch.before[1] or first < stretch.before[0]:
        return _beside(stretch, garble, first, last)
    if first == last:
        return _gap(stretch, garble, first)
    kept = [stretch.twins[word] for word in range(first, last) if word in stretch.twins]
    if len(kept) < (last - first if last - first <= 4 else KEPT_SHARE * (last - first)):
        return None
    if garble.kind in (GarbleKind.SPLICE, GarbleKind.REORDERING) and not _neighbour_kept(
        stretch, first, last
    ):
        return None
    span = child.span(kept[0], kept[-1] + 1)
    lead, trail = parent.starts[first] - garble.span.start, garble.span.end - parent.ends[last - 1]
    wider = Span(max(0, span.start - lead), min(len(child.text), span.end + trail))
    return wider if wider.of(child.text) == garble.after else span


def _beside(stretch: Stretch, garble: Garble, first: int, last: int) -> Span | None:
    """Where a mark that stands right before or after the stretch stands in the child, too."""
    size = last - first
    if not size:
        return None
    if last == stretch.before[0]:
        start = stretch.after[0] - size
    elif first == stretch.before[1]:
        start = stretch.after[1]
    else:
        return None
    if start < 0 or stretch.child.forms[start : start + size] != stretch.parent.forms[first:last]:
        return None
    span = stretch.child.span(start, start + size)
    return span if garble.parent is None else None


def _gap(stretch: Stretch, garble: Garble, word: int) -> Span | None:
    """The place of something missing between two words, or of a gap that is wrong."""
    parent, child = stretch.parent, stretch.child
    left, right = stretch.twins.get(word - 1), stretch.twins.get(word)
    if left is not None and right is not None and right != left + 1:
        return None
    if right is not None:
        lead = parent.starts[word] - garble.span.start
        start = child.starts[right] - lead
    elif left is not None:
        start = child.ends[left] + garble.span.start - parent.ends[word - 1]
    else:
        return None
    span = Span(max(0, start), max(0, start) + garble.span.length)
    if span.of(child.text) != garble.after:
        return None
    if garble.kind is GarbleKind.ATTRIBUTION and garble.before and garble.before in child.text:
        return None
    return span


def _neighbour_kept(stretch: Stretch, first: int, last: int) -> bool:
    return (first - 1 in stretch.twins) if first > stretch.before[0] else (last in stretch.twins)


def repairs(finding: Finding, inherited: Mapping[str, Sequence[Garble]]) -> bool:
    """Does the change only undo, in whole or in part, what the parent had garbled?"""
    if finding.before is None or finding.stretch is None:
        return False
    after = finding.after.of(finding.stretch.child.text)
    for garble in inherited.get(finding.parent_id, ()):
        touches = garble.span.overlap(finding.before) or (
            finding.before.start <= garble.span.start <= finding.before.end and not garble.span
        )
        if not touches:
            continue
        if garble.kind in (GarbleKind.BOILERPLATE, GarbleKind.DUPLICATION):
            if not after:
                return True
            continue
        if _plain(after) == _plain(garble.before) or (garble.parent is None and garble.kind in OWN_KINDS):
            return True
    return False


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
