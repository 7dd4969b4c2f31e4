"""All passages that two texts share, exact on both sides: copies by their exact runs, paraphrases by their
sentences.

The way of a pair::

    exact runs | chained to copied passages ┐
    sentences  | grown to reworded passages ┴ settled among each other | kind and similarity | offsets

It must not know who copied from whom: ``align(a, b)`` and ``align(b, a)`` are mirror images.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.domain import Aligned, MatchKind
from auditor.matching import edits as editing
from auditor.matching import runs as running
from auditor.matching import sentences as wording
from auditor.matching.parameters import PARAMETERS
from auditor.matching.quoting import is_quotation
from auditor.matching.views import Document, View, view_of

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """A passage in tokens of both texts."""

    a: Range
    b: Range

    def flipped(self) -> Found:
        """The same seen from the other text."""
        return Found(self.b, self.a)


def align(a: Document, b: Document) -> tuple[Aligned, ...]:
    """All matching passages of two texts, sorted by their place in ``a``, then in ``b``.

    Spans are original offsets. No two matches overlap on both sides.
    """
    left, right = view_of(a), view_of(b)
    runs = running.exact_runs(left, right)
    copies = running.copied(left, runs)
    reworded, digests = _reworded(left, right, copies)
    found = _joined(_settle(copies, reworded, digests)) + digests
    matches = [_judge(a, b, passage) for passage in found]
    return tuple(
        sorted((match for match in matches if match is not None), key=lambda match: (match.a, match.b))
    )


def _reworded(a: View, b: View, copies: list[running.Block]) -> tuple[list[Found], list[Found]]:
    """Passages alike by their sentences, and passages that sum up the other text.

    Long copies need no such evidence, so their sentences are left out.
    """
    evidence = wording.weigh(a, b)
    if evidence is None or not len(evidence.pairs):
        return [], []
    plain = [copy for copy in copies if copy.longest >= PARAMETERS.plain_copy]
    evidence = evidence.without(
        _covered_units(a, [copy.a for copy in plain]), _covered_units(b, [copy.b for copy in plain])
    )
    if not len(evidence.pairs):
        return [], []
    found = []
    for a_first, a_last, b_first, b_last in wording.passages(evidence, PARAMETERS.unit_gap):
        one = int(a.units[a_first]), int(a.units[a_last + 1])
        two = int(b.units[b_first]), int(b.units[b_last + 1])
        if min(_letters(a, one), _letters(b, two)) >= PARAMETERS.reworded_letters:
            found.append(Found(one, two))
    copied = [Found(copy.a, copy.b) for copy in copies]
    return found, _digests(a, b, evidence, copied, found)


def _digests(
    a: View, b: View, evidence: wording.Evidence, copied: list[Found], reworded: list[Found]
) -> list[Found]:
    """Short passages of either text that sum up the other, in their own words for the most part."""
    found = []
    for first, last in wording.digests(evidence):
        one = int(a.units[first]), int(a.units[last + 1])
        if _is_digest(a, one, b, copied, reworded):
            found.append(Found(one, (0, len(b.tokens))))
    copied, reworded = [other.flipped() for other in copied], [other.flipped() for other in reworded]
    for first, last in wording.digests(evidence.flipped()):
        two = int(b.units[first]), int(b.units[last + 1])
        if _is_digest(b, two, a, copied, reworded):
            found.append(Found((0, len(a.tokens)), two))
    return found


def _is_digest(view: View, passage: Range, whole: View, copied: list[Found], reworded: list[Found]) -> bool:
    """Is the passage short beside the other text, and not for the most part a copy or paraphrase in it?"""
    size = passage[1] - passage[0]
    letters = _letters(view, passage)
    return (
        PARAMETERS.reworded_letters <= letters <= PARAMETERS.digest_letters
        and PARAMETERS.digest_least * size <= len(whole.tokens) <= PARAMETERS.digest_most * size
        and 2 * sum(_overlap(passage, copy.a) for copy in copied) < size
        and not any(
            2 * _overlap(passage, other.a) > size
            and other.b[1] - other.b[0] < PARAMETERS.digest_dense * (other.a[1] - other.a[0])
            for other in reworded
        )
    )


def _covered_units(view: View, ranges: list[Range]) -> NDArray[np.bool_]:
    """Which sentences lie mostly in the token ranges."""
    covered = np.zeros(len(view.tokens) + 1, np.int64)
    for first, last in ranges:
        covered[first + 1 : last + 1] = 1
    inside = np.diff(np.cumsum(covered)[view.units])
    return 2 * inside > np.diff(view.units)


def _joined(passages: list[Found]) -> list[Found]:
    """Passages that follow each other closely on both sides are one."""
    joined: list[Found] = []
    for passage in sorted(passages, key=lambda one: (one.a, one.b)):
        last = joined[-1] if joined else None
        if last and _follows(last.a, passage.a) and _follows(last.b, passage.b):
            joined[-1] = Found((last.a[0], passage.a[1]), (last.b[0], passage.b[1]))
        else:
            joined.append(passage)
    return joined


def _follows(before: Range, after: Range) -> bool:
    return abs(after[0] - before[1]) <= PARAMETERS.join_gap and after[1] > before[1]


def _letters(view: View, tokens: Range) -> int:
    return view.tokens.span(*tokens).length


def _overlap(one: Range, two: Range) -> int:
    return max(0, min(one[1], two[1]) - max(one[0], two[0]))


def _meet(one: Found, two: Found) -> bool:
    return _overlap(one.a, two.a) > 0 and _overlap(one.b, two.b) > 0


def _says(digest: Found, passage: Found) -> bool:
    """Does the passage lie mostly in the digest, on both sides?"""
    return all(
        2 * _overlap(whole, part) > part[1] - part[0]
        for whole, part in ((digest.a, passage.a), (digest.b, passage.b))
    )


def _settle(copies: list[running.Block], reworded: list[Found], digests: list[Found]) -> list[Found]:
    """Copies where they make up most of a passage, else the whole passage in place of its copied bits.

    What a digest says already is left out.
    """
    kept: list[Found] = []
    copies = [copy for copy in copies if not any(_says(digest, Found(copy.a, copy.b)) for digest in digests)]
    reworded = [passage for passage in reworded if not any(_says(digest, passage) for digest in digests)]
    for passage in sorted(reworded, key=lambda one: (one.a[0] - one.a[1], one.a, one.b)):
        inside = [copy for copy in copies if _meet(passage, Found(copy.a, copy.b))]
        equal = sum(copy.equal for copy in inside)
        longer = max(passage.a[1] - passage.a[0], passage.b[1] - passage.b[0])
        if equal >= PARAMETERS.mostly_copied * longer or any(_meet(passage, other) for other in kept):
            continue
        copies = [copy for copy in copies if copy not in inside]
        kept.append(_stretched(passage, inside))
    return kept + [Found(copy.a, copy.b) for copy in copies]


def _stretched(passage: Found, copies: list[running.Block]) -> Found:
    """The passage with the copies that reach over its ends."""
    starts_a, ends_a = zip(passage.a, *(copy.a for copy in copies), strict=True)
    starts_b, ends_b = zip(passage.b, *(copy.b for copy in copies), strict=True)
    return Found((min(starts_a), max(ends_a)), (min(starts_b), max(ends_b)))


def _judge(a: Document, b: Document, passage: Found) -> Aligned | None:
    """The match with its kind and similarity; None where it is not one after all."""
    one, two = a.tokens, b.tokens
    left, right = editing.as_characters(
        one.hashes[passage.a[0] : passage.a[1]], two.hashes[passage.b[0] : passage.b[1]]
    )
    spans = one.span(*passage.a), two.span(*passage.b)
    if left == right:
        alike, kind = 1.0, MatchKind.VERBATIM
    else:
        alike = editing.similarity(left, right)
        kind = MatchKind.EDITED if alike >= PARAMETERS.edited_similarity else MatchKind.REWORDED
    if kind is MatchKind.REWORDED:
        alike = _shared_words(left, right)
    if is_quotation(view_of(a).quotations, view_of(b).quotations, passage.a, passage.b):
        shorter = min(len(left), len(right))
        if editing.common(left, right) < PARAMETERS.quoted_share * shorter:
            return None
        kind = MatchKind.QUOTATION
    return Aligned(*spans, round(alike, 4), kind)


def _shared_words(left: str, right: str) -> float:
    """Dice coefficient of the words of two token strings, each counted as often as it stands."""
    one, many = np.unique(list(left), return_counts=True)
    two, more = np.unique(list(right), return_counts=True)
    _, in_one, in_two = np.intersect1d(one, two, assume_unique=True, return_indices=True)
    return 2 * float(np.minimum(many[in_one], more[in_two]).sum()) / (len(left) + len(right))
