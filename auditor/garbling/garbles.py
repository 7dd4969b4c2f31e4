"""The garbles of one article: the order in which the detectors are asked, and nothing that they know.

    own marks ┐
    stretches ┼ changes → first detector that claims each → what the parents already had → garbles
    whole     ┘

Each change is put to the detectors in turn, the harmless and the most exact explanations first; the first
that claims it decides. Call it for parents before their children, so that what was inherited is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from auditor.domain import Derivation, Garble, GarbleKind, Place, Relation, Severity, SourceKind, Span
from auditor.garbling import (
    attribution,
    boilerplate,
    descent,
    duplication,
    encoding,
    entity,
    negation,
    number,
    quote,
    reordering,
    rules,
    spelling,
    splice,
    substitution,
    truncation,
    whitespace,
)
from auditor.garbling.changes import Change, Stretch
from auditor.garbling.copied import Copied
from auditor.garbling.finding import Finding, Judgement
from auditor.garbling.reading import reading
from auditor.garbling.stretches import stretches
from auditor.registry import Registry
from auditor.text import Document

_JUDGES: tuple[Callable[[Stretch, Change], Judgement], ...] = (
    whitespace.judge,
    spelling.judge,
    number.judge,
    negation.judge,
    attribution.judge,
    entity.judge,
    encoding.judge,
    splice.judge,
    quote.judge,
    truncation.judge,
    substitution.judge,
)
_WHOLE: tuple[Callable[[Stretch], Iterator[Finding]], ...] = (
    quote.marks,
    whitespace.gaps,
    encoding.dashes,
    spelling.hyphens,
)
_AUTHORS = (SourceKind.WIRE, SourceKind.PUBLISHER)
_BROKEN = (GarbleKind.ENCODING, GarbleKind.WHITESPACE)
_TELLING = (GarbleKind.ENCODING, GarbleKind.WHITESPACE, GarbleKind.BOILERPLATE)
_DIRECTIONLESS = frozenset((GarbleKind.NUMBER, GarbleKind.NEGATION, GarbleKind.ENTITY))
"""Differences that matter whichever of two texts from a common source has it right.

Two reporters who each write down a statement in their own way, with their own verb for it, are both right.
"""

_DOUBT = {
    Relation.COMMON_SOURCE: "differs from another text of the same source, which isn't held",
    Relation.UNDECIDED: "who took it from whom can't be told",
}


def garbles(
    child: Document,
    derivations: Sequence[Derivation],
    parents: Mapping[str, Document],
    inherited: Mapping[str, Sequence[Garble]],
    *,
    article: str,
    registry: Registry = Registry(),  # noqa: B008 (never changed)
    source: str | None = None,
    sources: Mapping[str, str | None] = {},
    credited: frozenset[str] = frozenset(),
) -> tuple[Garble, ...]:
    """The garbles of one article, sorted by place.

    ``derivations`` are the article's, ``parents`` the documents of those parents that are held, by id, and
    ``inherited`` their garbles (so call it for parents first). ``source`` is the article's source key,
    ``sources`` the parents'; what a house changed in a text of its own is no garble. ``credited`` are
    keys that the article's metadata credits. Offsets are of the article's own text, ``parent`` of the
    parent's; for an inherited garble it is the place where the first to have it took it from.
    """
    runs: tuple[Stretch, ...] = ()
    held = [one for one in derivations if _is_held(one, article, parents)]
    if held:
        readings = {one.parent.article: reading(parents[one.parent.article]) for one in held if one.parent}
        runs = stretches(reading(child), held, readings)
    judged = [run for run in runs if not _is_own_text(source, sources.get(run.parent_id), registry)]
    own = [_traced(one, judged) for one in _alone(_own(child))]
    copied = Copied(judged)
    changed = [
        one
        for one in [*_changed(judged), *_arranged(judged, registry, credited, source)]
        if copied.allows(one)
        and not descent.repairs(one, inherited)
        and not _explained(one, own)
        and not boilerplate.covers(one)
        and not _names_itself(one, source, registry)
    ]
    carried = list(_distinct(descent.carried(article, runs, inherited)))
    made = [_garble(article, child.text, one) for one in _merged([*changed, *own])]
    return rules.marked(_settled(made, carried))


def _names_itself(one: Finding, source: str | None, registry: Registry) -> bool:
    """Does a publisher put its own name where another had put its ("in a letter obtained by …")?"""
    ours = registry.get(source) if source else None
    if one.kind is not GarbleKind.ENTITY or ours is None or one.stretch is None:
        return False
    name = one.after.of(one.stretch.child.text).casefold()
    return name in {known.casefold() for known in (ours.name, *ours.aliases)}


def _is_held(row: Derivation, article: str, parents: Mapping[str, Document]) -> bool:
    """Is there another text to hold this passage against?"""
    return row.parent is not None and row.parent.article != article and row.parent.article in parents


def _is_own_text(source: str | None, other: str | None, registry: Registry) -> bool:
    """Is it this wire's or publisher's own text? Who changes what he wrote himself damages nothing."""
    known = registry.get(source) if source is not None and source == other else None
    return known is not None and known.kind in _AUTHORS


def unmarked(documents: Sequence[Document]) -> list[bool]:
    """Which texts surely have no garble as long as they derive from nothing.

    Told of many texts at once, without their sentences; some that have none aren't told.
    """
    repeating = duplication.which_may_repeat(documents)
    return [
        not repeats
        and document.is_bare
        and not boilerplate.said(document.text)
        and next(_of_words(document), None) is None
        for document, repeats in zip(documents, repeating, strict=True)
    ]


def _own(child: Document) -> Iterator[Finding]:
    yield from boilerplate.own(child)
    yield from duplication.own(child)
    yield from _of_words(child)


def _of_words(child: Document) -> Iterator[Finding]:
    """What the words alone show, whatever their sentences are."""
    yield from encoding.own(child)
    yield from whitespace.own(child.text)
    yield from splice.own(child.text)
    yield from truncation.own(child.text)
    yield from entity.own(child.text)


def _alone(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Own marks, those left out that only repeat what a broken encoding already shows."""
    rows = list(findings)
    broken = [one.after for one in rows if one.kind is GarbleKind.ENCODING]
    for one in rows:
        touched = one.kind is GarbleKind.WHITESPACE and any(_touch(one.after, span) for span in broken)
        if not touched:
            yield one


def _touch(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _traced(one: Finding, runs: Sequence[Stretch]) -> Finding:
    """An own mark with what the parent has in its place, where the parent differs there."""
    if one.kind not in (GarbleKind.ENCODING, GarbleKind.WHITESPACE, GarbleKind.ENTITY):
        return one
    for run in runs:
        first, last = run.child.within(one.after)
        if first == last or first < run.after[0] or last > run.after[1]:
            continue
        if run.relation is Relation.COMMON_SOURCE:
            continue
        before = run.counterpart((first, last))
        if before is None:
            continue
        span = run.parent.span(*before)
        if before[0] < before[1] and not _stands_there(one, run, before):
            return one._replace(before=span, parent_id=run.parent_id, stretch=run)
    return one


def _stands_there(one: Finding, run: Stretch, before: tuple[int, int]) -> bool:
    """Does the parent show the very same mark in that place?"""
    first, last = run.child.within(one.after)
    lead, trail = run.child.starts[first] - one.after.start, one.after.end - run.child.ends[last - 1]
    start, end = run.parent.starts[before[0]] - lead, run.parent.ends[before[1] - 1] + trail
    return run.parent.text[max(0, start) : end] == one.after.of(run.child.text)


def _changed(runs: Iterable[Stretch]) -> Iterator[Finding]:
    for run in runs:
        for one in _of_stretch(run):
            if run.relation is not Relation.COMMON_SOURCE or _tells_anyway(one):
                yield one


def _tells_anyway(one: Finding) -> bool:
    """Does a difference matter whichever of the two texts has it right? A cut that shows itself does."""
    return one.kind in _DIRECTIONLESS or (one.kind is GarbleKind.TRUNCATION and one.severity is Severity.LOW)


def _of_stretch(run: Stretch) -> Iterator[Finding]:
    if run.is_unchanged:
        return
    for change in run.changes:
        for judge in _JUDGES:
            judged = judge(run, change)
            if judged is not None:
                yield from judged
                break
    for whole in _WHOLE:
        yield from whole(run)


def _arranged(
    runs: Sequence[Stretch], registry: Registry, credited: frozenset[str], source: str | None
) -> Iterator[Finding]:
    """What only the whole article shows: order, context, credit."""
    directed = [run for run in runs if run.relation is not Relation.COMMON_SOURCE]
    if not directed:
        return
    ours = directed[0].child
    yield from splice.foreign(ours, directed)
    yield from splice.dangling(directed)
    yield from reordering.moved(directed)
    yield from attribution.credits_lost(ours, directed, registry, credited, source)


def _explained(finding: Finding, own: Sequence[Finding]) -> bool:
    """Does a mark that the text shows by itself already tell of this change?"""
    if finding.kind is GarbleKind.REORDERING:
        return False
    if not finding.after:
        place = finding.after.start
        return any(one.kind in _BROKEN and _touch(one.after, Span(place - 2, place + 2)) for one in own)
    if finding.kind is GarbleKind.QUOTE and any(
        one.kind is GarbleKind.ENCODING
        and _touch(one.after, Span(finding.after.start - 2, finding.after.end + 2))
        for one in own
    ):
        return True  # the marks are there, but broken
    added = not finding.before or finding.kind is GarbleKind.SPLICE
    return any(
        (one.zone or one.after).overlap(finding.after)
        for one in own
        if one.kind in _TELLING or (added and one.kind is GarbleKind.DUPLICATION)
    )


def _merged(findings: Iterable[Finding]) -> list[Finding]:
    """One finding a place and kind: of several that overlap, the one with a parent, then the widest."""
    kept: list[Finding] = []
    order = sorted(findings, key=lambda one: (one.kind, one.before is None, -one.after.length, one.after))
    for one in order:
        if not any(_same_place(one, other) for other in kept if other.kind is one.kind):
            kept.append(one)
    return kept


def _same_place(one: Finding, other: Finding) -> bool:
    if one.kind is GarbleKind.DUPLICATION:
        return one.after == other.after
    if one.kind is GarbleKind.TRUNCATION and None in (one.before, other.before):
        return _touch(one.after, other.after)  # what was cut off, and the quotation that this left open
    return bool(one.after.overlap(other.after)) or (one.after == other.after and one.before == other.before)


def _garble(article: str, text: str, one: Finding) -> Garble:
    before, detail = one.repaired, one.detail
    parent = None
    if one.before is not None and one.stretch is not None:
        before = one.before.of(one.stretch.parent.text)
        parent = Place(one.parent_id, one.before)
        doubt = _DOUBT.get(one.stretch.relation)
        detail = f"{detail}; {doubt}" if doubt else detail
    after = one.after.of(text)
    return Garble(article, one.after, one.kind, one.severity, before, after, parent, article, detail)


def _distinct(rows: Iterable[Garble]) -> Iterator[Garble]:
    seen: set[tuple[Span, GarbleKind, str]] = set()
    for row in rows:
        key = (row.span, row.kind, row.before)
        if key not in seen:
            seen.add(key)
            yield row


def _settled(made: Sequence[Garble], carried: Sequence[Garble]) -> tuple[Garble, ...]:
    """What was made here and what was inherited, each place once: whoever had it first brought it in."""
    rows = []
    claimed: set[int] = set()
    for one in made:
        first = next((index for index, old in enumerate(carried) if _is_same(one, old)), None)
        if first is None:
            rows.append(one)
        elif first not in claimed:
            claimed.add(first)
            rows.append(replace(carried[first], span=one.span, after=one.after))
    for index, old in enumerate(carried):
        needs_own = old.parent is None and old.kind in descent.OWN_KINDS
        if index not in claimed and not needs_own:
            rows.append(old)
    return tuple(sorted(rows, key=lambda row: (row.span, row.kind, row.before)))


def _is_same(one: Garble, old: Garble) -> bool:
    if one.kind is not old.kind:
        return False
    if not one.span:
        return one.span == old.span
    return one.span.overlap(old.span) > 0 and (one.parent is None or one.before == old.before)


def by_severity(rows: Iterable[Garble]) -> list[Garble]:
    """Garbles with those first that change what a reader believes."""
    rank = {Severity.HIGH: 0, Severity.MEDIUM: 1, Severity.LOW: 2}
    return sorted(rows, key=lambda row: (rank[row.severity], row.article, row.span, row.kind))
