"""Passages that say the same in other words, and short ones that sum up the other text.

Turns the evidence of sentences into passages in tokens, and decides between them and the copies that were
found by exact runs. It must not know of original offsets.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from auditor.matching import sentences as wording
from auditor.matching.edits import as_characters, common
from auditor.matching.parameters import PARAMETERS
from auditor.matching.passages import (
    Passage,
    Range,
    hull,
    joined,
    length,
    meet,
    mostly_in,
    one_to_one,
    overlap,
)
from auditor.matching.quoting import is_quotation
from auditor.matching.runs import Block
from auditor.matching.views import View


@dataclass(frozen=True, slots=True)
class Wording:
    """What the sentences of two texts tell: paraphrased passages, and passages that sum up the other text."""

    reworded: list[Passage]
    digests: list[Passage]


def settle(a: View, b: View, copies: list[Block]) -> list[Passage]:
    """The copies and paraphrases of two texts, one to one.

    A paraphrase takes in the copied bits inside it, but gives way where copies make up most of it, or where
    nothing is left of it without the sentences that are plainly copied. Long copies always stand for
    themselves.
    """
    long = [copy for copy in copies if copy.longest >= PARAMETERS.plain_copy]
    loose = [copy for copy in copies if copy.longest < PARAMETERS.plain_copy]
    found = _by_wording(a, b, long, loose)
    said = [copy for copy in loose if not any(mostly_in(copy.passage, digest) for digest in found.digests)]
    passages: list[Passage] = []
    for passage in found.reworded:
        if any(mostly_in(passage, digest) for digest in found.digests):
            continue
        inside = [copy for copy in said if meet(copy.passage, passage)]
        longer = max(length(passage.a), length(passage.b))
        if sum(copy.equal for copy in inside) < PARAMETERS.mostly_copied * longer:
            passages.append(hull([passage, *(copy.passage for copy in inside)]))
    passages.sort(key=lambda one: (-one.size, one))
    ordered = [copy.passage for copy in long] + passages + [copy.passage for copy in said]
    return joined(one_to_one(ordered)) + found.digests


def _by_wording(a: View, b: View, long: list[Block], loose: list[Block]) -> Wording:
    if _covered_units(a, [copy.passage.a for copy in long]).all():
        return Wording([], [])
    if _covered_units(b, [copy.passage.b for copy in long]).all():
        return Wording([], [])
    evidence = wording.weigh(a, b)
    if evidence is None:
        return Wording([], [])
    evidence = _without(evidence, a, b, long)
    if not len(evidence.pairs) or not wording.may_bear(evidence):
        return Wording([], [])
    told = wording.passages(evidence)
    rest = _without(evidence, a, b, [copy for copy in loose if _is_plain(a, b, copy)] if told else [])
    found = []
    for sentences in told:
        passage = _tokens_of(a, b, sentences)
        if (
            min(_letters(a, passage.a), _letters(b, passage.b)) >= PARAMETERS.reworded_letters
            and not _is_retold_quotation(a, b, passage)
            and _stands_without_copies(a, b, rest, sentences)
        ):
            found.append(passage)
    copied = [copy.passage for copy in long + loose]
    digests = _digests(a, b, evidence, copied, found)
    turned = _digests(
        b, a, evidence.flipped(), [one.flipped() for one in copied], [one.flipped() for one in found]
    )
    return Wording(found, digests + [digest.flipped() for digest in turned])


def _stands_without_copies(
    a: View, b: View, rest: wording.Evidence, sentences: tuple[int, int, int, int]
) -> bool:
    """Is there a paraphrase in the passage beside its plainly copied sentences?"""
    left = rest.within(sentences)
    if not len(left.pairs):
        return False
    return wording.mass(left, left.pairs) >= PARAMETERS.rest_mass and not _is_retold_quotation(
        a, b, _tokens_of(a, b, left.bounds)
    )


def _is_plain(a: View, b: View, copy: Block) -> bool:
    """Is this the copy of a whole sentence, with few changes?"""
    longer = max(length(copy.passage.a), length(copy.passage.b))
    return (
        copy.equal >= PARAMETERS.plain_share * longer
        and _holds_sentence(a, copy.passage.a)
        and _holds_sentence(b, copy.passage.b)
    )


def _holds_sentence(view: View, tokens: Range) -> bool:
    """Does the range hold a sentence of some length, nearly whole?"""
    first = int(np.searchsorted(view.units, tokens[0], side="right")) - 1
    last = int(np.searchsorted(view.units, tokens[1], side="left"))
    units = view.units[first : last + 1].tolist()
    return any(
        end - start >= PARAMETERS.plain_sentence
        and overlap((start, end), tokens) >= PARAMETERS.plain_share * (end - start)
        for start, end in pairwise(units)
    )


def _without(evidence: wording.Evidence, a: View, b: View, copies: list[Block]) -> wording.Evidence:
    """The evidence of sentences outside the copies."""
    if not copies:
        return evidence
    return evidence.without(
        _covered_units(a, [copy.passage.a for copy in copies]),
        _covered_units(b, [copy.passage.b for copy in copies]),
    )


def _is_retold_quotation(a: View, b: View, passage: Passage) -> bool:
    """Do both sides quote one statement in words that differ, as two translations do?"""
    if not is_quotation(a.quotations, b.quotations, passage.a, passage.b, PARAMETERS.quoted_frame):
        return False
    left, right = as_characters(a.tokens.hashes[slice(*passage.a)], b.tokens.hashes[slice(*passage.b)])
    return common(left, right) < PARAMETERS.quoted_share * passage.size


def _digests(
    a: View, b: View, evidence: wording.Evidence, copied: list[Passage], reworded: list[Passage]
) -> list[Passage]:
    """Short passages of ``a`` that sum up ``b``, in their own words for the most part."""
    whole = (0, len(b.tokens))
    found = []
    for first, last in wording.digests(evidence):
        tokens = _tokens(a, first, last)
        size = length(tokens)
        if (
            PARAMETERS.reworded_letters <= _letters(a, tokens) <= PARAMETERS.digest_letters
            and PARAMETERS.digest_least * size <= len(b.tokens) <= PARAMETERS.digest_most * size
            and sum(overlap(tokens, copy.a) for copy in copied) < PARAMETERS.digest_copied * size
            and not any(_explains(other, tokens) for other in reworded)
        ):
            found.append(Passage(tokens, whole))
    return found


def _explains(paraphrase: Passage, tokens: Range) -> bool:
    """Does a paraphrase cover half of the range by a passage of about its own length?"""
    return 2 * overlap(tokens, paraphrase.a) > length(tokens) and length(
        paraphrase.b
    ) < PARAMETERS.digest_dense * length(paraphrase.a)


def _tokens(view: View, first: int, last: int) -> Range:
    return int(view.units[first]), int(view.units[last + 1])


def _tokens_of(a: View, b: View, sentences: tuple[int, int, int, int]) -> Passage:
    a_first, a_last, b_first, b_last = sentences
    return Passage(_tokens(a, a_first, a_last), _tokens(b, b_first, b_last))


def _letters(view: View, tokens: Range) -> int:
    return view.tokens.span(*tokens).length


def _covered_units(view: View, ranges: list[Range]) -> NDArray[np.bool_]:
    """Which sentences lie mostly in the token ranges."""
    if not ranges:
        return np.zeros(len(view.units) - 1, np.bool_)
    covered = np.zeros(len(view.tokens) + 1, np.int64)
    for first, last in ranges:
        covered[first + 1 : last + 1] = 1
    inside = np.diff(np.cumsum(covered)[view.units])
    return np.asarray(2 * inside > np.diff(view.units))
