"""What a text may retell of another: sentences in other words, and only where both tell one story."""

from __future__ import annotations

import numpy as np

from auditor.domain import MatchKind
from auditor.matching import align, pairings, retellings, retells_story, story_pairs
from auditor.text import read

REPORT = (
    "A lighthouse keeper who hid 14 stolen violins behind the lamp at Skarv Point was sentenced to three "
    "years on Tuesday. Judge Ottilie Brandt told Harald Venn, 61, that he had played on the trust of a whole "
    "orchestra. The violins, worth 2.3 million crowns, were taken from a rehearsal hall in Lindal in March. "
    "Police found them after a fisherman heard music across the bay at night."
)
RETOLD = (
    "Music drifting over the bay gave Harald Venn away. The lighthouse keeper, 61, was sentenced to three "
    "years yesterday for hiding 14 stolen violins at Skarv Point. My own aunt once kept bees in such a "
    "tower, and nobody ever asked her why."
)
ELSEWHERE = (
    "Snow closed the mountain line at Lindal on Tuesday, and three trains with 140 passengers stood in the "
    "dark for hours. The railway said that heating had failed in one carriage only. Police brought blankets."
)


def test_a_sentence_in_other_words_is_found_with_the_sentence_it_retells() -> None:
    text, report = read(RETOLD), read(REPORT)
    assert align(text, report) == ()
    (found,) = retellings(text, report)
    assert found.a.of(RETOLD).startswith("The lighthouse keeper, 61")
    assert found.b.of(REPORT).startswith("A lighthouse keeper")
    assert found.kind is MatchKind.REWORDED
    assert 0.33 <= found.similarity < 1


def test_what_is_copied_whole_is_retold_whole() -> None:
    report = read(REPORT)
    found = retellings(report, report)
    assert [match.similarity for match in found] == [1.0] * len(found)
    assert [match.a for match in found] == [match.b for match in found]


def test_another_story_is_retold_by_nobody() -> None:
    assert retellings(read(ELSEWHERE), read(REPORT)) == ()
    assert retellings(read(""), read(REPORT)) == ()
    assert retellings(read(REPORT), read("")) == ()


def test_pairings_do_not_ask_for_the_order_of_two_words_nor_for_short_ones_between() -> None:
    assert np.array_equal(pairings(read("Harald Venn").tokens), pairings(read("Venn and Harald").tokens))
    assert not len(pairings(read("he is at it").tokens))


def test_many_texts_are_told_apart_as_one_by_one() -> None:
    texts = [pairings(read(text).tokens) for text in (RETOLD, ELSEWHERE, REPORT, "")]
    one_by_one = [
        (one, two)
        for one, text in enumerate(texts)
        for two, other in enumerate(texts)
        if retells_story(text, other)
    ]
    assert list(story_pairs(texts, texts)) == one_by_one
    assert (0, 2) in one_by_one
    assert (1, 2) not in one_by_one
    assert list(story_pairs(texts, [])) == []
