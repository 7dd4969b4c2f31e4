"""Furniture is what one source prints among strangers: not its running stories, nor versions of one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import permutations

import numpy as np
import pytest

from auditor.fingerprint import Fingerprints, fingerprint_texts
from auditor.matching import Furniture, Printed, Words, align, lines_in, repeated, strangers
from auditor.text import Known, read

PLEA = "Keep the Lantern burning: give what you can today, however little it may be."
(LINE,) = lines_in(PLEA)
SOUNDS = ("ba", "do", "fi", "gu", "ke", "lo", "mi", "nu", "pe", "ra", "si", "to")


def story(topic: int, sentences: int = 6) -> str:
    """An invented text; those of other topics have other words."""
    chance = random.Random(topic)
    words = ["".join(chance.choices(SOUNDS, k=4)) for _ in range(60)]
    return " ".join(" ".join(chance.choices(words, k=9)).capitalize() + "." for _ in range(sentences))


def prints(*texts: str) -> list[Fingerprints]:
    return fingerprint_texts(texts)


def found(texts: Sequence[str]) -> tuple[int, ...]:
    words = [Words.of(read(text)) for text in texts]
    return strangers(range(len(words)), lambda one, two: words[one].is_strange_to(words[two]))


def test_three_strangers_make_a_line_furniture() -> None:
    assert found([f"{story(topic)}\n\n{PLEA}" for topic in range(3)]) == (0, 1, 2)


@pytest.mark.parametrize("order", list(permutations(range(5))))
def test_strangers_are_found_among_others_in_any_order(order: tuple[int, ...]) -> None:
    texts = [story(1), story(1) + " More.", story(2), story(2) + " Less.", story(3)]
    words = [Words.of(read(text)) for text in texts]
    assert len(strangers(order, lambda one, two: words[one].is_strange_to(words[two]))) == 3


def test_versions_of_two_stories_are_no_three_strangers() -> None:
    assert not found([f"{story(topic)} It is edition {n}.\n\n{PLEA}" for topic in (1, 2) for n in range(4)])


def test_common_lines_don_t_make_strangers_akin() -> None:
    common = "\n\n".join(f"{story(100 + n, 1)}" for n in range(20))
    assert found([f"{story(topic)}\n\n{common}" for topic in range(3)])


def test_a_few_words_tell_too_little_to_be_strangers() -> None:
    assert not found([f"Brief {n}. {PLEA}" for n in range(5)])


def test_a_line_is_repeated_where_its_source_printed_it_in_three_articles() -> None:
    texts = [f"{story(topic)}\n\n{PLEA}" for topic in range(4)]
    held = prints(*texts)
    stored = Printed.of([(1, 0, held[0]), (2, 0, held[1]), (3, 1, held[2])])
    (one,) = repeated(Printed.of([(9, 0, held[3])]), [stored], [])
    assert (one.line, one.source, one.keys) == (LINE, 0, (1, 2, 9))
    assert not repeated(Printed.of([(9, 1, held[3])]), [stored], []), "two of that source"
    assert not repeated(Printed.of([(9, 0, held[3])]), [stored], [LINE]), "known already"
    assert not repeated(Printed.of([(9, 0, held[3])]), [stored], [], [(LINE, 0)]), "known of that source"
    assert repeated(Printed.of([(9, 0, held[3])]), [stored], [], [(LINE, 1)]), "known of another source"
    assert not repeated(Printed.of([(9, -1, held[3])]), [stored], []), "of nobody"


def test_only_fingerprints_inside_a_line_are_void() -> None:
    furniture = Furniture({LINE: PLEA})
    bare, dressed = prints(story(1), f"{story(1)}\n\n{PLEA}")
    left = furniture.without(dressed)
    assert set(bare.values.tolist()) <= set(left.values.tolist()) | set(furniture.void.tolist())
    assert not np.isin(left.values, furniture.void).any()
    assert furniture.touches(dressed)
    assert not furniture.touches(bare)
    assert np.array_equal(Furniture({}).without(dressed).values, dressed.values)


def test_furniture_is_no_match_and_what_stands_around_it_is() -> None:
    known = Known.of({LINE: PLEA})
    one = read(f"{story(1)}\n\n{PLEA}", furniture=known)
    assert not align(one, read(f"{story(2)}\n\n{PLEA}", furniture=known))
    (match,) = align(one, read(f"{PLEA}\n\n{story(1)}\n\n{story(3)}", furniture=known))
    assert match.a.end <= len(story(1))
    plain = align(read(f"{story(1)}\n\n{PLEA}"), read(f"{story(2)}\n\n{PLEA}"))
    assert [found.a.of(one.text) for found in plain] == [PLEA.removesuffix(".")]
