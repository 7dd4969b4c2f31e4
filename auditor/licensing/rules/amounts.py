"""How much was used: word for word, as a share of the item, as a share of the article, in words.

This module must not know how passages were found.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.domain import Aligned, Derivation, MatchKind, Place
from auditor.licensing.findings import Exhibit
from auditor.licensing.rules.measure import Measure, percent
from auditor.licensing.taking import Taking, covered_words
from auditor.licensing.terms import SourceShare, TargetShare, Verbatim, Words
from auditor.matching.edits import EditOp, edits

# Shorter runs of equal words are names, titles and set phrases: reworded text has them too.
VERBATIM_WORDS = 8


def verbatim(rule: Verbatim, taking: Taking, agreement: str) -> Measure:
    """How many words stand in runs that are the source's own, word for word."""
    runs = tuple(run for row in taking.derivations for run in _runs(row, taking))
    words = covered_words(taking.witness, (run.span for run in runs))
    if rule.allowed:
        return Measure(True, f", {words} of them word for word, as agreement {agreement} allows", words)
    return Measure(
        kept=not runs,
        says=f", {words} of them word for word; agreement {agreement} allows none word for word",
        value=words,
        bound=0,
        unit="words",
        exhibits=runs,
    )


def _runs(row: Derivation, taking: Taking) -> Iterator[Exhibit]:
    """Runs of words of a passage that its parent has too, in the same order and with nothing between."""
    parent = taking.held.get(row.parent.article) if row.parent else None
    if row.parent is None or parent is None or row.kind is MatchKind.QUOTATION:
        return
    aligned = Aligned(row.span, row.parent.span, row.similarity, row.kind)
    for edit in edits(taking.witness.document, parent.document, aligned):
        if edit.op is EditOp.EQUAL and covered_words(taking.witness, [edit.a]) >= VERBATIM_WORDS:
            yield Exhibit(edit.a, Place(row.parent.article, edit.b))


def source_share(rule: SourceShare, taking: Taking, agreement: str) -> Measure | None:
    """Which share of the item was used; None where the item isn't held."""
    share = taking.source_share
    if share is None:
        return None
    return Measure(
        kept=share <= rule.most,
        says=f", {percent(share)} of it; agreement {agreement} allows {percent(rule.most)}",
        value=round(share, 4),
        bound=rule.most,
        unit="share of the item",
    )


def target_share(rule: TargetShare, taking: Taking, agreement: str) -> Measure:
    """Which share of the article is the licensor's text."""
    share = taking.target_share
    return Measure(
        kept=share <= rule.most,
        says=f", which make {percent(share)} of the article; "
        f"agreement {agreement} allows {percent(rule.most)}",
        value=round(share, 4),
        bound=rule.most,
        unit="share of the article",
    )


def words(rule: Words, taking: Taking, agreement: str) -> Measure:
    """How many words of one item were used: of the one used most."""
    used = taking.words_in(taking.items[0][1]) if taking.items else taking.words
    return Measure(
        kept=used <= rule.most,
        says=f", {used} of one item; agreement {agreement} allows {rule.most} words of an item",
        value=used,
        bound=rule.most,
        unit="words",
    )
