"""Cuts: what a relative goes on with and the traced text leaves out, and who left it out before."""

from __future__ import annotations

import numpy as np
import pytest

from auditor.domain import Aligned, MatchKind, Span
from auditor.lineage import Relative, Witness, trace
from auditor.lineage.cuts import Cuts, passages_cut
from auditor.lineage.readings import Reading, read_against
from auditor.lineage.variants import compare, stand_apart
from tests.unit.lineage.invented import REGISTRY, told

FIRST = "The lock keeper of Nether Wold found the upper gate standing open at dawn on the coldest day."
SECOND = "Nobody had seen a barge go through, and the ledger in the hut had no line for the night, he said."
THIRD = "Water stood a foot deep in the bakery, where two ovens had gone out and the flour was lost."
LAST = "The canal company sent an engineer with a lantern and a bag of wedges; he stayed until the gate shut."
OWN = "A reader of this paper remembers that the same gate was left open in the year of the great frost."
FULL = (FIRST, SECOND, THIRD, LAST)


def _relative(ours: Witness, theirs: Witness) -> Relative:
    """The other, with a match for each run of paragraphs that stand together in both."""
    mine, other = ours.article.text, theirs.article.text
    runs: list[str] = []
    for paragraph in mine.split("\n\n"):
        longer = f"{runs[-1]}\n\n{paragraph}" if runs else paragraph
        if runs and longer in mine and longer in other:
            runs[-1] = longer
        elif paragraph in other:
            runs.append(paragraph)
    return Relative(
        theirs,
        tuple(
            Aligned(
                Span(mine.index(run), mine.index(run) + len(run)),
                Span(other.index(run), other.index(run) + len(run)),
                1.0,
                MatchKind.VERBATIM,
            )
            for run in runs
        ),
    )


def _read(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Reading:
    one, two = told("one", "\n\n".join(ours)), told("two", "\n\n".join(theirs))
    return read_against(one.side, two.side, _relative(one, two).matches)


def _cuts(ours: tuple[str, ...], *theirs: tuple[str, ...]) -> tuple[Cuts, ...]:
    return passages_cut([_read(ours, text) for text in theirs])


@pytest.mark.parametrize(
    "ours",
    [(FIRST, SECOND), (THIRD, LAST), (FIRST, LAST), (FIRST, OWN, LAST)],
    ids=["at the end", "at the beginning", "within", "with something put there"],
)
def test_a_passage_left_out_is_one_cut_that_a_copy_of_the_cut_text_shares(ours: tuple[str, ...]) -> None:
    full, cut = _cuts(ours, FULL, ours)
    assert full.also.tolist() == [[False], [True]]
    assert full.kept.tolist() == [[True], [False]]
    assert len(cut.places) == 0


def test_who_cut_elsewhere_shares_no_cut() -> None:
    full, other = _cuts((FIRST, SECOND, THIRD), FULL, (SECOND, THIRD, LAST))
    assert not full.also.any()
    assert full.kept.tolist() == [[True], [True]]
    assert other.kept.tolist() == [[True], [True]]


def test_a_text_that_lacks_the_words_beside_it_tells_nothing_of_a_cut() -> None:
    full, _ = _cuts((FIRST, SECOND), FULL, (FIRST, LAST))
    assert not full.also.any()
    assert full.kept.tolist() == [[True], [False]]


def test_paragraphs_moved_are_not_left_out() -> None:
    assert len(_cuts((LAST, FIRST, SECOND, THIRD), FULL)[0].places) == 0


def test_a_cut_made_before_weighs_against_the_text_that_has_the_passage_by_how_surely_it_was_before() -> None:
    readings = [_read((FIRST, LAST), text) for text in (FULL, (FIRST, LAST))]
    for chance in (1.0, 0.5):
        full, cut = compare(
            readings,
            [1.0, chance],
            np.zeros((2, 2), np.bool_),
            passages_cut(readings),
            shared_cut=[2.0] * len(readings),
        )
        assert full.cuts.sum() == pytest.approx(2.0 * chance)
        assert cut.cuts.sum() == 0


def test_of_those_that_cut_and_those_that_kept_the_greater_part_holds_the_first() -> None:
    texts = [FULL, FULL, FULL, (FIRST, LAST)]
    readings = [_read((FIRST, LAST), text) for text in texts]
    cuts = passages_cut(readings)
    nobody = np.zeros((4, 4), np.bool_)
    assert compare(readings, [0.5] * 4, nobody, cuts, shared_cut=[2.0] * len(readings))[0].sides > 0
    mute = compare(readings, [0.5] * 4, nobody, cuts, shared_cut=[2.0] * len(readings), cuts_tell=[False] * 4)
    assert mute[0].sides == 0


def test_three_that_cut_one_lost_text_in_three_ways_stand_apart() -> None:
    ours, *others = (FIRST, THIRD, LAST, OWN), (FIRST, SECOND, THIRD, OWN), FULL
    readings = [_read(ours, text) for text in others]
    assert stand_apart(0, readings, passages_cut(readings), [1], []) == 1
    assert stand_apart(0, readings, (), [1], []) == 0  # nobody asks for cuts in letters


def test_the_copy_that_made_the_same_cut_is_the_parent_and_the_evidence_says_so() -> None:
    wire = told("w", "\n\n".join(FULL), "2026-03-02T08:00:00Z", "ferrywire")
    cut = told("a", f"{FIRST}\n\n{THIRD}", "2026-03-02T09:00:00Z", "northpost")
    child = told("b", cut.article.text, "2026-03-02T10:00:00Z", "southpost")
    rows = trace(child, [_relative(child, wire), _relative(child, cut)], REGISTRY)
    assert {row.parent.article for row in rows if row.parent} == {"a"}
    details = [one.detail for row in rows for one in row.evidence if one.kind == "shared_cut"]
    assert details == ["leaves out, as the other does, what w has beside it"] * len(details)
    assert details
