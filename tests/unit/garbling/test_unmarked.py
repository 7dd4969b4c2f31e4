"""Texts are told at once to show no damage by themselves: whatever is told so has no garble."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from auditor.garbling import garbles, unmarked
from auditor.garbling.duplication import may_repeat, which_may_repeat
from auditor.text import read

MATTER = "The council of Hollowby voted on Tuesday to keep the old ferry running through the winter months."
PIECES = [
    MATTER,
    "The mayor said that that was the best way to to go on with it for now.",
    "Fares rise by 3 mln vs 3 mln, and by 4 mln vs 4 mln.",
    "It &amp; they came.Nobody saw them, as the fog was was thick.",
    "he said he said he said",
    "Read more: the ferry",
    '"It went under, and nobody',
    "The ferry , as it is called, left.",
    "a b c d e f g a b c d e f g",
    "x",
    "",
]


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=5).map("\n".join), min_size=1, max_size=6))
def test_what_is_told_to_show_no_damage_has_no_garble(texts: list[str]) -> None:
    told = unmarked([read(text) for text in texts])

    plain = [text for text, is_so in zip(texts, told, strict=True) if is_so]
    assert not any(garbles(read(text), (), {}, {}, article="one") for text in plain)


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=5).map(" ".join), min_size=1, max_size=6))
def test_repetition_is_told_of_each_text_as_if_it_were_alone(texts: list[str]) -> None:
    documents = [read(text) for text in texts]

    assert which_may_repeat(documents) == [may_repeat(document) for document in documents]


def test_plain_news_shows_no_damage() -> None:
    assert unmarked([read(f"{MATTER}\nNobody was hurt.")]) == [True]
