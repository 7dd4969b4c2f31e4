"""A text that is called bare has no furniture and a body; texts with any of it aren't called so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.domain import PassageKind, Source, SourceKind
from auditor.registry import Registry
from auditor.text import Document
from auditor.text import read as read_with

MATTER = "The council of Hollowby voted on Tuesday to keep the old ferry running through the winter months."
PIECES = [
    MATTER,
    "It rained.",
    'The mayor said, "We will see."',
    "ADVERTISEMENT",
    "Share this story",
    "Read more: the ferry's long history",
    "Share Tweet 12 Email",
    "* * *",
    "12.",
    "By Ana Ruiz",
    "Reporting by Ana Ruiz",
    "Source: The Hollow Gazette",
    "Copyright 2020 The Hollow Gazette",
    "(Also on the site: a ferry that sank)",
    "[Related: how ferries work]",
    "Story continues below",
    "Published: 12 May 2020",
    "Live",
    "Related",
    "GETTY*IGThe ferry as it left the harbour",
    "All rights reserved.",
    "Sign up for our newsletter",
    "5 comments",
    "[12] Tags: ferry",
    "Hollowby",
]
GLUE = ["\n", "\n\n", " ", "\n    ", ".[1] ", " . . . ", '." ', "\u2028", "\x19"]


REGISTRY = Registry([Source("hollowby", "Hollowby", SourceKind.WIRE)])


def read(text: str) -> Document:
    return read_with(text, registry=REGISTRY)


def is_plain(text: str) -> bool:
    passages = read(text).passages
    return bool(read(text).body) and all(each.kind is not PassageKind.FURNITURE for each in passages)


@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(GLUE)), max_size=8))
def test_a_text_called_bare_has_a_body_and_no_furniture(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + glue for piece, glue in pieces)

    assert is_plain(text) or not read(text).is_bare


@given(st.sampled_from(PIECES[3:10] + PIECES[13:16]), st.sampled_from(GLUE))
def test_furniture_after_a_gap_of_any_width_is_seen(piece: str, glue: str) -> None:
    for width in (1, 39, 40, 41, 90):
        text = f"{MATTER}{' ' * width}{piece}{glue}{MATTER}"
        assert is_plain(text) or not read(text).is_bare


def test_news_of_some_paragraphs_is_bare() -> None:
    assert read(f"{MATTER}\n{MATTER} It rained (for a while).\n Hollowby").is_bare
    assert read("Fares up 3 crowns\nTrips 5 mln vs 4 mln\n Hollowby").is_bare


@pytest.mark.parametrize(
    "text", ["", "Hollowby", "By Ana Ruiz and others who live in Hollowby, and in Oldby and Newby"]
)
def test_a_text_without_a_paragraph_of_its_own_is_not_bare(text: str) -> None:
    assert not read(text).is_bare
