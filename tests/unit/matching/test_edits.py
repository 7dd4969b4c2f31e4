"""Edits inside one match: words, not letters, and nothing lost between them."""

from __future__ import annotations

import itertools

import pytest

from auditor.matching import EditOp, align, edits
from auditor.text import read

ONE = "The harbour board of Vellmar voted on Monday to close the eastern quay for two winters, it said."


@pytest.mark.parametrize(
    ("other", "before", "after"),
    [
        (ONE.replace("eastern", "western"), ["eastern"], ["western"]),
        (ONE.replace("eastern ", ""), ["eastern"], []),
        (ONE.replace("the eastern", "the old eastern"), [], ["old"]),
        (ONE.replace("for two winters", "for at least three winters"), ["two"], ["at", "least", "three"]),
        (ONE.replace("Vellmar", "VELLMAR").replace(",", " –"), [], []),
    ],
)
def test_edits_name_the_words_that_differ(other: str, before: list[str], after: list[str]) -> None:
    a, b = read(ONE), read(other)
    (match,) = align(a, b)
    changed = [edit for edit in edits(a, b, match) if edit.op is not EditOp.EQUAL]
    assert [word for edit in changed for word in edit.a.of(ONE).split()] == before
    assert [word for edit in changed for word in edit.b.of(other).split()] == after


def test_edits_follow_each_other_on_both_sides() -> None:
    other = ONE.replace("harbour ", "").replace("Monday", "Tuesday evening")
    a, b = read(ONE), read(other)
    (match,) = align(a, b)
    steps = edits(a, b, match)
    assert steps[0].a.start == match.a.start
    assert steps[-1].b.end == match.b.end
    for before, after in itertools.pairwise(steps):
        assert before.a.end <= after.a.start
        assert before.b.end <= after.b.start
