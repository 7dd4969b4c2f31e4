"""All passages that two texts share, exact on both sides: copies by their exact runs, paraphrases by their
sentences.

The way of a pair::

    exact runs | chained to copied passages ┐
    sentences  | grown to reworded passages ┴ settled among each other | kind and similarity
    digests gathered | single lines, furniture and rulers beside matches that both texts have, taken along

It must not know who copied from whom: ``align(a, b)`` and ``align(b, a)`` are mirror images.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

import numpy as np

from auditor.domain import Aligned, MatchKind
from auditor.matching import edits as editing
from auditor.matching import runs as running
from auditor.matching.along import apart, with_furniture
from auditor.matching.edges import finish
from auditor.matching.formulas import is_formulaic
from auditor.matching.gathering import gathered
from auditor.matching.parameters import PARAMETERS
from auditor.matching.paraphrases import settle
from auditor.matching.passages import Passage
from auditor.matching.quoting import is_quotation
from auditor.matching.rulers import with_rulers
from auditor.matching.single_lines import single_lines
from auditor.matching.views import Document, Whole, view_of


def align(a: Whole, b: Whole, *, along: bool = True, carried: Collection[int] = ()) -> tuple[Aligned, ...]:
    """All matching passages of two texts, sorted by their place in ``a``, then in ``b``.

    Spans are original offsets. No two matches overlap on both sides, but for a long copy inside a passage
    that sums up the whole other text. What is known to be furniture isn't compared; where both texts have
    it beside a match, it was taken ``along``, unless the texts are of one source, which prints it anyhow.
    Lines of it that were ``carried`` from the one to the other wherever they stand are told by their hashes.
    """
    found = _align(a.matter, b.matter)
    if along and found:
        lines = [_judge(a.matter, b.matter, line) for line in single_lines(a.matter, b.matter, found)]
        found += [line for line in lines if line and line.kind is MatchKind.VERBATIM]
        found = [*with_furniture(a, b, found)]
        found += apart(a, b, found, carried)
    return with_rulers(a, b, found)


def _align(a: Document, b: Document) -> list[Aligned]:
    if len(a.tokens) >= PARAMETERS.plain_copy and np.array_equal(a.tokens.hashes, b.tokens.hashes):
        whole = (0, len(a.tokens))
        match = _judge(a, b, Passage(whole, whole))
        return [match] if match else []
    left, right = view_of(a), view_of(b)
    runs = running.exact_runs(left, right)
    enough = int(runs.length.sum()) >= PARAMETERS.copy_tokens
    copies = running.copied(left, right, runs) if enough else []
    passages = finish(left, right, settle(left, right, copies))
    judged = [(passage, match) for passage in passages if (match := _judge(a, b, passage))]
    matches = [match for _, match in judged]
    if any(match.kind is MatchKind.QUOTATION for match in matches):
        return matches
    digest = gathered(a, b, [passage for passage, _ in judged])
    summed = _judge(a, b, digest) if digest else None
    return [summed] if summed else matches


def _judge(a: Document, b: Document, passage: Passage) -> Aligned | None:
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
    if kind is not MatchKind.VERBATIM and is_formulaic(one, two, passage, left, right):
        return None
    quotes = view_of(a).quotations, view_of(b).quotations
    if is_quotation(*quotes, passage.a, passage.b, PARAMETERS.quoted_outside):
        if editing.common(left, right) < PARAMETERS.quoted_share * passage.size:
            return None
        kind = MatchKind.QUOTATION
    return Aligned(*spans, round(alike, 4), kind)


def _shared_words(left: str, right: str) -> float:
    """Dice coefficient of the words of two token strings, each counted as often as it stands."""
    return 2 * (Counter(left) & Counter(right)).total() / (len(left) + len(right))
