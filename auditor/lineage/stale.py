"""Copies that still carry what a later version of their source corrected or withdrew.

    an item and its later versions → outdated: the places the later ones no longer stand by
                                   → stale: where a copy still has them, and copies of the copy

A copy that put the place right by itself isn't stale, nor one that left it out: the words decide, not the
passage. This module must not know how versions were aligned, nor who copied what.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from auditor.domain import Aligned, Derivation, MatchKind, Moment, Relation, Span, Stale, Status
from auditor.lineage.notices import WITHDRAWN, said_status, taken_back
from auditor.lineage.readings import ADDED, OTHER, SAME, STYLED, Reading, read_against
from auditor.lineage.witness import Witness

Flags = NDArray[np.bool_]

# A later version that has less of the older one than this tells what was wrong in its own words: what it
# doesn't repeat isn't taken back.
_WHOLE_TEXT = 0.5
# An update (neither a correction nor a kill) tells the news anew. Only where it has another figure, another
# name or a negation in the place of so few words was something put right.
_SLIP = 3
# A sentence tells the same as before if this share of its words stands.
_SAME_SENTENCE = 0.6
# From this many words on a run that stands elsewhere in the newer text was moved, not taken back.
_LONG = 5
# A copy carries a changed place of more words than these if it has this share of them, else all of them.
_FEW = 4
_MOST = 0.8
_NEGATIONS = frozenset({"not", "no", "never", "none", "nor", "without", "denied", "denies", "deny"})


def later_versions(article: str, revises: Mapping[str, str]) -> tuple[str, ...]:
    """All articles that revise this one, or one that does, sorted; ``revises`` has the older by the newer."""
    newer: dict[str, list[str]] = {}
    for one, older in revises.items():
        newer.setdefault(older, []).append(one)
    found: set[str] = set()
    todo = [article]
    while todo:
        fresh = [one for one in newer.get(todo.pop(), ()) if one not in found and one != article]
        found.update(fresh)
        todo += fresh
    return tuple(sorted(found))


def outdated(version: Witness, later: Iterable[tuple[Witness, Sequence[Aligned]]] = ()) -> tuple[Stale, ...]:
    """The places of a version that it or a later version no longer stands by, each put down to the first.

    ``later`` has the later versions with their matches (``Aligned.a`` in ``version``).
    """
    name, whole = version.article.id, Span(0, len(version.article.text))
    found: list[Stale] = []
    if version.article.status in WITHDRAWN:
        found.append(Stale(name, whole, name, name, version.article.status))
    for newer, matches in sorted(later, key=lambda one: _when(one[0])):
        reading, tells_again = _against(version, newer, matches)
        status = newer.article.status if tells_again else said_status(newer)
        if status in WITHDRAWN:
            found.append(Stale(name, whole, name, newer.article.id, status))
            continue
        known = [one.span for one in found]
        spans = [*_changed(version, newer, reading, status)]
        if not tells_again:
            spans += taken_back(newer, version)
        found += [
            Stale(name, span, name, newer.article.id, status)
            for span in sorted(set(spans))
            if not any(span.overlap(old) for old in known)
        ]
    return tuple(found)


def _when(witness: Witness) -> tuple[bool, str, str]:
    """Sorts by time of publication, those of no known time last."""
    at = witness.article.published
    return at is None, at.earliest.isoformat() if at else "", witness.article.id


# What a later version changed


def _changed(older: Witness, newer: Witness, reading: Reading, status: Status) -> Iterator[Span]:
    """The spans of the older text that the newer one corrects."""
    own = ~older.litter
    gone = own & ((reading.state == OTHER) | (reading.state == ADDED))
    styled = own & (reading.state == STYLED) & (reading.partner < 0)
    is_correction = status is Status.CORRECTED
    for first, last in (*_runs(gone, styled), *_insertions(older, reading)):
        if _stands_elsewhere(older, newer, first, last):
            continue
        if is_correction or _is_slip(older, newer, reading, first, last):
            yield older.document.tokens.span(first, last)


def _against(older: Witness, newer: Witness, matches: Sequence[Aligned]) -> tuple[Reading, bool]:
    """The newer text beside the older, and whether it tells the same again: then word by word throughout.

    Where it has less in common with it (a notice of what was wrong), what it doesn't repeat isn't taken back:
    only inside their matches can the two be compared.
    """
    texts = older.article.text, newer.article.text
    whole = Aligned(Span(0, len(texts[0])), Span(0, len(texts[1])), 1.0, MatchKind.EDITED)
    reading = read_against(older.side, newer.side, (whole,))
    own = ~older.litter
    same = reading.state[own] == SAME
    if len(same) and float(same.mean()) >= _WHOLE_TEXT:
        return reading, True
    return read_against(older.side, newer.side, matches), False


def _runs(flags: Flags, between: Flags) -> list[tuple[int, int]]:
    """The ranges in which flags stand in a row, but for words between them that are flagged apart."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    joined: list[tuple[int, int]] = []
    for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if joined and bool(between[joined[-1][1] : first].all()):
            joined[-1] = joined[-1][0], last
        else:
            joined.append((first, last))
    return joined


def _stands_elsewhere(older: Witness, newer: Witness, first: int, last: int) -> bool:
    """Does the newer text have a long run of words in another place?"""
    if last - first < _LONG:
        return False
    run = older.document.tokens.hashes[first:last].tobytes()
    text = newer.document.tokens.hashes.tobytes()
    at = text.find(run)
    while at >= 0 and at % older.document.tokens.hashes.itemsize:
        at = text.find(run, at + 1)
    return at >= 0


def _insertions(older: Witness, reading: Reading) -> Iterator[tuple[int, int]]:
    """The two words of a sentence between which the newer text has more, where both stand unchanged."""
    kept = (reading.state == SAME) | (reading.state == STYLED)
    starts = {int(at) for at in np.searchsorted(older.document.tokens.starts, _sentence_starts(older))}
    for at in np.flatnonzero(reading.missing[1:-1]).tolist():
        if kept[at] and kept[at + 1] and at + 1 not in starts:
            yield at, at + 2


def _sentence_starts(witness: Witness) -> list[int]:
    return [span.start for span in witness.document.sentences]


def _is_slip(older: Witness, newer: Witness, reading: Reading, first: int, last: int) -> bool:
    """Does an update put a figure, a name or a negation right here, rather than tell the news anew?"""
    after = int(reading.missing[first : last + 1].sum())
    if not _tells_the_same(older, reading, first, last):
        return False
    here = reading.partner[first:last]
    partners = here[here >= 0]
    if last - first > _SLIP or len(partners) + after > _SLIP + 1 or not len(partners):
        return False
    was = older.document.tokens.span(first, last)
    now = newer.document.tokens.span(int(partners.min()), int(partners.max()) + 1)
    words = {
        *older.document.tokens.words[first:last],
        *newer.document.tokens.words[int(partners.min()) : int(partners.max()) + 1],
    }
    return bool(words & _NEGATIONS) or any(
        any(one.span.overlap(was) for one in old) and any(one.span.overlap(now) for one in new)
        for old, new in (
            (older.document.figures, newer.document.figures),
            (older.document.names, newer.document.names),
        )
    )


def _tells_the_same(older: Witness, reading: Reading, first: int, last: int) -> bool:
    """Does most of the sentence around these words stand?"""
    place = older.document.tokens.span(first, last)
    around = next((span for span in older.document.sentences if span.overlap(place)), place)
    kept = reading.state[slice(*older.document.tokens.within(around))]
    return float(((kept == SAME) | (kept == STYLED)).mean()) >= _SAME_SENTENCE


# Who still carries it


def stale(
    child: Witness,
    rows: Iterable[Derivation],
    parents: Mapping[str, Witness],
    known: Mapping[str, Sequence[Stale]],
    published: Mapping[str, Moment],
    own: Collection[str] = (),
) -> tuple[Stale, ...]:
    """The stale spans of an article, sorted.

    ``known`` has for each parent what of it is out of date: ``outdated`` of a version, or the stale spans
    of a copy; ``published`` the times of the versions that made it so; ``own`` the articles of which this
    one is itself a later version.
    """
    found: dict[tuple[Span, str], Stale] = {}
    for row in rows:
        if row.parent is None or row.relation is not Relation.COPY or row.parent.article not in parents:
            continue
        marks = [
            one
            for one in known.get(row.parent.article, ())
            if one.taken not in own
            and child.article.id not in {one.taken, one.current}
            and one.span.overlap(row.parent.span)
        ]
        for mark, span in _carried(child, parents[row.parent.article], row, marks):
            hours = _hours(published.get(mark.current), child.article.captured or child.article.published)
            found.setdefault(
                (span, mark.current),
                Stale(child.article.id, span, mark.taken, mark.current, mark.status, hours),
            )
    return tuple(found[key] for key in sorted(found))


def _carried(
    child: Witness, parent: Witness, row: Derivation, marks: Sequence[Stale]
) -> Iterator[tuple[Stale, Span]]:
    """The marks of a row's parent that the child still has, each with the child's span."""
    reading: Reading | None = None
    for mark in marks:
        if mark.status in WITHDRAWN:
            yield mark, row.span
            continue
        if reading is None:
            reading = _reading(child, parent, row)
        if span := _span_of(child, parent, reading, mark.span):
            yield mark, span


def _reading(child: Witness, parent: Witness, row: Derivation) -> Reading:
    there = row.parent.span if row.parent else Span(0, 0)
    match = Aligned(row.span, there, row.similarity, MatchKind.EDITED)
    return read_against(child.side, parent.side, (match,))


def _span_of(child: Witness, parent: Witness, reading: Reading, there: Span) -> Span | None:
    """Where the child has the words of a span of its parent; None where it changed them or left them out."""
    first, last = parent.document.tokens.within(there)
    same = (reading.state == SAME) | (reading.state == STYLED)
    at = np.flatnonzero(same & (reading.partner >= first) & (reading.partner < last))
    size = last - first
    if not len(at) or len(at) < (size if size <= _FEW else _MOST * size):
        return None
    begin, end = int(at[0]), int(at[-1]) + 1
    if size <= _FEW and end - begin > size:  # the child has put words in between
        return None
    return child.document.tokens.span(begin, end)


def _hours(corrected: Moment | None, seen: Moment | None) -> float | None:
    if corrected is None or seen is None:
        return None
    return max(0.0, round((seen.earliest - corrected.latest).total_seconds() / 3600, 1))
