"""Furniture is taken along with a match that both texts have, and is no match by itself."""

from __future__ import annotations

from itertools import pairwise

import pytest

from auditor.domain import Aligned, MatchKind
from auditor.matching import align, lines_in
from auditor.text import Document, Known, read

COPY = "The ferry to Vellmar leaves on even days only, and the fare is paid on board in small coins."
OTHER = "Nobody in our street has ever taken that boat, as far as anyone remembers, so I asked around."
THIRD = "Bring a blanket, some tea and a good deal of patience, because the crossing can take until dusk."
SIGNED = "Ida Brandt, harbour office of Vellmar, third floor, bell twice and wait."
PLEA = "Give the Harbour Post what you can spare, it is written by two people."
KNOWN = Known.of(lines_in(f"{SIGNED}\n\n{PLEA}"))


def text(*parts: str) -> Document:
    return read("\n\n".join(parts), furniture=KNOWN)


def only(one: Document, two: Document, *, along: bool = True) -> Aligned:
    (found,) = align(one, two, along=along)
    assert align(two, one, along=along) == (found.flipped(),)
    return found


def said(found: Aligned, one: Document) -> str:
    return found.a.of(one.text)


def test_a_signature_below_copied_text_is_copied_too() -> None:
    post, answer = text(COPY, SIGNED), text(OTHER, COPY, SIGNED, THIRD)
    assert said(only(post, answer), post) == f"{COPY}\n\n{SIGNED}".removesuffix(".")
    assert only(post, answer).kind is MatchKind.VERBATIM


def test_furniture_above_copied_text_is_copied_too() -> None:
    post, answer = text(PLEA, COPY), text(OTHER, PLEA, COPY)
    assert said(only(post, answer), post).startswith(PLEA)


def test_what_only_one_text_has_beside_the_copy_ends_the_match() -> None:
    post, answer = text(COPY, SIGNED), text(COPY, PLEA)
    assert said(only(post, answer), post) == COPY.removesuffix(".")


def test_furniture_that_stands_apart_in_one_text_is_not_taken_along() -> None:
    post, answer = text(COPY, SIGNED), text(COPY, OTHER, SIGNED)
    assert said(only(post, answer), post) == COPY.removesuffix(".")


def test_half_a_signature_is_taken_along_as_far_as_it_goes() -> None:
    post, answer = text(COPY, SIGNED), text(COPY, SIGNED[:35], THIRD)
    assert said(only(post, answer), post).endswith("harbour office of")


def test_furniture_alone_ties_no_two_texts() -> None:
    assert not align(text(COPY, SIGNED, PLEA), text(OTHER, SIGNED, PLEA))
    assert not align(text(SIGNED, PLEA), text(SIGNED, PLEA))


def test_two_texts_of_one_source_each_print_their_own() -> None:
    one, two = text(COPY, SIGNED), text(COPY, SIGNED)
    assert said(only(one, two, along=False), one) == COPY.removesuffix(".")


def test_a_line_between_two_matches_is_no_part_of_both() -> None:
    one, two = text(COPY, SIGNED, OTHER), text(OTHER, COPY, SIGNED)
    found = align(one, two)
    assert len(found) == 2
    assert found[0].a.overlap(found[1].a) == 0
    assert said(found[0], one).endswith("wait")


@pytest.mark.parametrize("times", [1, 3])
def test_a_mere_quotation_stays_one(times: int) -> None:
    quoted = f'"{COPY}"'
    one, two = text(OTHER, quoted, *[SIGNED] * times), text(THIRD, quoted, *[SIGNED] * times)
    found = only(one, two)
    assert found.kind is MatchKind.QUOTATION
    assert SIGNED[:10] not in said(found, one)


CARRIED = frozenset(lines_in(SIGNED))
NAME = "I. B."


def test_a_signature_that_stands_apart_is_a_match_of_its_own() -> None:
    post, answer = text(COPY, THIRD, SIGNED), text(COPY, OTHER, SIGNED)
    copied, signed = align(post, answer, carried=CARRIED)
    assert said(copied, post) == COPY.removesuffix(".")
    assert (said(signed, post), signed.kind) == (SIGNED.removesuffix("."), MatchKind.VERBATIM)
    assert align(answer, post, carried=CARRIED) == (copied.flipped(), signed.flipped())


def test_what_was_not_carried_stays_furniture() -> None:
    post, answer = text(COPY, THIRD, SIGNED, PLEA), text(COPY, OTHER, SIGNED, NAME, PLEA)
    assert len(align(post, answer)) == 1
    _, signed = align(post, answer, carried=CARRIED)
    assert said(signed, post) == SIGNED.removesuffix(".")
    assert len(align(post, answer, along=False, carried=CARRIED)) == 1


def test_equal_words_around_a_carried_line_belong_to_it() -> None:
    post, answer = text(COPY, THIRD, NAME, SIGNED), text(COPY, OTHER, NAME, SIGNED, THIRD[:20])
    _, signed = align(post, answer, carried=CARRIED)
    assert said(signed, post).startswith("I. B.")


def test_a_line_that_stands_twice_is_carried_twice() -> None:
    post, answer = text(COPY, THIRD, SIGNED, OTHER[:30], SIGNED), text(COPY, SIGNED[:9], SIGNED, PLEA, SIGNED)
    found = align(post, answer, carried=CARRIED)
    assert [said(each, post) for each in found[1:]] == [SIGNED.removesuffix(".")] * 2
    assert all(one.b.overlap(two.b) == 0 for one, two in pairwise(found))


def test_no_carried_line_ties_texts_that_share_nothing_or_a_mere_quotation() -> None:
    assert not align(text(COPY, SIGNED), text(OTHER, SIGNED), carried=CARRIED)
    quoted = f'"{COPY}"'
    found = only(text(OTHER, quoted, SIGNED), text(THIRD, quoted, PLEA, SIGNED))
    assert align(text(OTHER, quoted, SIGNED), text(THIRD, quoted, PLEA, SIGNED), carried=CARRIED) == (found,)
