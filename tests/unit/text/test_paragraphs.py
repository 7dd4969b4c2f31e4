"""Paragraphs: a line each, or wrapped lines joined."""

from __future__ import annotations

import pytest

from auditor.text.paragraphs import paragraphs


def texts(text: str) -> list[str]:
    return [span.of(text) for span in paragraphs(text)]


def test_a_line_is_a_paragraph() -> None:
    long = "The harbour board of Eastmere met on Monday to vote on the new pier, " * 2 + "it said."
    assert texts(f"{long}\n{long}\n\n  {long}  ") == [long, long, long]


def test_every_kind_of_line_end_ends_a_line() -> None:
    assert texts("One.\r\nTwo.\rThree.\u2028Four.\x19Five.") == ["One.", "Two.", "Three.", "Four.", "Five."]


def test_wrapped_lines_are_joined_and_an_indent_opens_a_paragraph() -> None:
    text = (
        "The Eastmere Ferry Co said it\nhad agreed to buy two new boats for the crossing of the\n"
        "strait, to be delivered next year by a yard in Northhaven\nthat has built four such boats.\n"
        "    The company gave no price for the boats, which carry up\nto 300 people.\n Wire"
    )
    assert [said.split()[0] + " … " + said.split()[-1] for said in texts(text)] == [
        "The … boats.",
        "The … people.",
        "Wire … Wire",
    ]


def test_a_line_broken_in_mid_sentence_goes_on() -> None:
    text = "The mayor of Eastmere said on Monday that the\nbridge would open. It is new.\nNext line."
    assert len(texts(text)) == 2


def test_a_line_that_hangs_on_a_small_word_goes_on() -> None:
    text = "The Eastmere Ferry Co said it will build a\nNorthhaven class boat. It is new.\nNext line."
    assert len(texts(text)) == 2


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\x19", "\u2028 \t"])
def test_nothing_gives_no_paragraph(text: str) -> None:
    assert paragraphs(text) == ()
