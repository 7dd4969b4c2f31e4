"""Blocks that stand twice in one text."""

from __future__ import annotations

from auditor.matching import self_repeats
from auditor.text import read

BLOCK = " ".join(
    f"The {word} council of Orrin met again on the matter of the {word} bridge."
    for word in ("first", "second", "third", "fourth", "fifth")
)


def test_a_doubled_block_is_found_once_earlier_place_first() -> None:
    text = f"Headline here\n{BLOCK}\n{BLOCK}"
    (repeat,) = self_repeats(read(text))
    assert repeat.a.of(text) == repeat.b.of(text)
    assert repeat.a.end <= repeat.b.start
    assert repeat.a.start == len("Headline here\n")


def test_a_text_without_repeats_has_none() -> None:
    assert self_repeats(read("Nothing stands twice in this short text about the bridge.")) == ()


def test_a_refrain_of_a_few_words_is_no_block() -> None:
    assert self_repeats(read("Share this story now. The bridge fell. Share this story now.")) == ()
