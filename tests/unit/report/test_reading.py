"""A text in pieces, and what a reader sees changed: nothing lost, nothing doubled."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from auditor.domain import (
    Derivation,
    Garble,
    GarbleKind,
    MatchKind,
    Origin,
    Relation,
    Severity,
    Span,
)
from auditor.report.differences import changes
from auditor.report.reading import around, owners, pieces, trimmed, union_length

LENGTH = 60
spans = some.tuples(some.integers(0, LENGTH), some.integers(0, LENGTH)).map(lambda pair: Span(*sorted(pair)))


def derivation(span: Span, confidence: float) -> Derivation:
    """A derivation of that span."""
    return Derivation("a", span, None, Origin(None, None), Relation.COPY, confidence, MatchKind.VERBATIM, 1.0)


def garble(span: Span) -> Garble:
    """A garble of that span."""
    return Garble("a", span, GarbleKind.NUMBER, Severity.HIGH, "", "", None, "a")


derivations = some.lists(some.builds(derivation, spans, some.sampled_from([0.5, 0.7, 0.9])), max_size=6)


@given(derivations)
def test_stretches_cover_the_text_without_gap_or_overlap(found: list[Derivation]) -> None:
    stretches = owners(LENGTH, found)
    edges = [edge for span, _ in stretches for edge in span]
    assert edges == sorted(edges)
    assert "".join("x" * span.length for span, _ in stretches) == "x" * LENGTH


@given(derivations)
def test_each_place_belongs_to_the_most_confident_derivation_over_it(found: list[Derivation]) -> None:
    for span, owner in owners(LENGTH, found):
        for at in range(*span):
            over = [d.confidence for d in found if d.span.start <= at < d.span.end]
            assert (owner is None) == (not over)
            assert owner is None or found[owner].confidence == max(over)


@given(
    derivations, some.lists(spans.map(garble), max_size=6), some.lists(some.integers(0, LENGTH), max_size=3)
)
def test_pieces_join_to_the_text_and_every_garble_begins_once(
    found: list[Derivation], harms: list[Garble], breaks: list[int]
) -> None:
    parts = pieces(LENGTH, owners(LENGTH, found), harms, breaks)
    assert sum(part.span.length for part in parts) == LENGTH
    assert sorted(index for part in parts for index in part.starts) == list(range(len(harms)))
    for index, harm in enumerate(harms):
        assert sum(part.span.length for part in parts if index in part.garbles) == harm.span.length


words = some.text(some.sampled_from("ab ,.'’\n"), max_size=40)


@given(words, words)
def test_changes_give_both_texts_back(before: str, after: str) -> None:
    found = changes(before, after)
    assert "".join(change.before for change in found) == before
    assert "".join(change.after for change in found) == after


def test_a_swapped_word_is_one_change_and_a_comma_shows() -> None:
    found = changes("He did not accept it", "He accepted it, though")
    assert [(c.op, c.before, c.after) for c in found] == [
        ("equal", "He ", "He "),
        ("replace", "did not accept ", "accepted "),
        ("equal", "it", "it"),
        ("insert", "", ", though"),
    ]


def test_equal_texts_have_no_change() -> None:
    assert [change.op for change in changes("the same", "the same")] == ["equal"]
    assert changes("", "") == ()


@given(some.lists(spans, max_size=8))
def test_overlapping_spans_are_counted_once(found: list[Span]) -> None:
    assert union_length(found) == len({at for span in found for at in range(*span)})


def test_a_context_is_cut_at_words() -> None:
    text = "one two three four five six seven"
    assert around(text, Span(14, 18), 8).of(text) == "three four five"
    assert trimmed("  a b \n", Span(0, 7)).of("  a b \n") == "a b"
