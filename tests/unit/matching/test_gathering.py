"""A digest in pieces is one match; copied sentences of an article are shown one by one."""

from __future__ import annotations

import random

from auditor.domain import MatchKind
from auditor.matching import align
from auditor.text import read

SOUNDS = ("ba", "do", "fi", "gu", "ke", "lo", "mi", "nu", "pe", "ra", "si", "to")


def sentences(topic: int, count: int) -> list[str]:
    chance = random.Random(topic)
    words = ["".join(chance.choices(SOUNDS, k=3)) for _ in range(300)]
    return [" ".join(chance.choices(words, k=14)).capitalize() + "." for _ in range(count)]


SOURCE = sentences(1, 40)
PIECES = [SOURCE[2], SOURCE[14], SOURCE[29], SOURCE[21]]
DIGEST, WHOLE = " ".join(PIECES), " ".join(SOURCE)


def test_sentences_from_all_over_a_text_set_into_another_are_one_digest_of_it() -> None:
    foreign = sentences(2, 30)
    one = " ".join([*foreign[:15], DIGEST, *foreign[15:]])
    (found,) = align(read(one), read(WHOLE))
    assert found.a.of(one) == DIGEST.removesuffix(".")
    assert found.b.of(WHOLE) == " ".join(SOURCE[2:30]).removesuffix(".")
    assert found.kind is MatchKind.REWORDED
    assert align(read(WHOLE), read(one)) == (found.flipped(),)


def test_an_article_that_is_such_a_digest_is_shown_by_its_sentences() -> None:
    found = align(read(DIGEST), read(WHOLE))
    assert [match.a.of(DIGEST) for match in found] == [piece.removesuffix(".") for piece in PIECES]


def test_an_article_that_takes_from_the_other_again_is_shown_by_its_sentences() -> None:
    foreign = sentences(2, 30)
    found = align(read(" ".join([DIGEST, *foreign, SOURCE[35]])), read(WHOLE))
    assert len(found) == 5


def test_two_lines_in_common_are_no_digest() -> None:
    foreign = sentences(2, 30)
    short = [" ".join(one.split()[:9]) for one in PIECES[:2]]
    assert len(align(read(" ".join([*foreign[:15], *short, *foreign[15:]])), read(WHOLE))) == 2


def test_statements_that_two_reports_quote_stay_quotations() -> None:
    quoted = [f'"{one}"' for one in PIECES]
    one = " ".join([*sentences(2, 15), *quoted, *sentences(3, 15)])
    two = " ".join(f'"{each}"' if each in PIECES else each for each in SOURCE)
    assert {match.kind for match in align(read(one), read(two))} == {MatchKind.QUOTATION}
