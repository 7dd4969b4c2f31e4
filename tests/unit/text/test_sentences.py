"""Sentences of news text: where they end and where they don't."""

from __future__ import annotations

import pytest

from auditor.domain import Span
from auditor.text.sentences import sentences


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text, (Span(0, len(text)),))]


WHOLE = [
    "Gen. Ann Doe met Sen. Bo Roe on Sept. 30 in St. Alda, Fla., at 3.5 percent.",
    "EASTMERE (AP) — The U.S. Secretary of State met John F. Doe and J. K. Roe.",
    "EASTMERE, Dec. 11 (Reuters) - Doe Inc. Chief Executive Ann Roe left.",
    'Doe asked "Is it true?" and left.',
    '"Is it true?" Roe asked.',
    '"What? No!" she said.',
    "“Is that all?” asked Mr. Doe.",
    "The bill, known as No. 5, passed 10 to 3 at 5 p.m. Friday.",
    "The other … did not come.",
    "1. The first of three points.",
    "Read more at example.Com or www.hollow.example.Org today.",
    "Ende war am 11. Dezember in Nordheim.",
    "A headline without a full stop",
    "Doe v. Roe was heard at 9 a.m. EST.",
    'He said "No. Never. Not us," and left the room at once.',
]


@pytest.mark.parametrize("text", WHOLE)
def test_one_sentence_stays_whole(text: str) -> None:
    assert split(text) == [text]


SPLIT = [
    ("He left the U.S.", "The visit was short."),
    ("He called them “rebels”.", "They had left."),
    ('He called them "rebels."', "They had left."),
    ("She works for Doe Inc.", "The firm is small."),
    ("He came from Hollow, Conn.", "Roe said he knew."),
    ("It was Plan B.", "The rest is known."),
    ("The answer was no.", '"We tried," she said.'),
    ('"We will stay here now.', 'Nobody will move us," she said.'),
    ("But then...", "Nothing came."),
    ("It is over!", "Is it?", "Yes."),
    ("That was at 6 p.m.", "Police came."),
    ("It was so.[3]", "More came.[4]"),
    ("It ended in 2015.", "35 people came."),
    ("The dogs came.", "al-Doe came too."),
]


@pytest.mark.parametrize("parts", SPLIT)
def test_sentences_are_told_apart(parts: tuple[str, ...]) -> None:
    assert split(" ".join(parts)) == list(parts)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("They fled the rebels.The town was empty.", ["They fled the rebels.", "The town was empty."]),
        ('He said "stop."Then he left.', ['He said "stop."', "Then he left."]),
        ('They left."We won," he said.', ["They left.", '"We won," he said.']),
        ("It rose 5%.The bank fell.", ["It rose 5%.", "The bank fell."]),
    ],
)
def test_a_run_on_of_bad_capture_is_split(text: str, parts: list[str]) -> None:
    assert split(text) == parts


def test_full_stops_of_other_scripts_end_sentences() -> None:
    assert split("これは文です。次の文です！") == ["これは文です。", "次の文です！"]
    assert split("यह है। वह है।") == ["यह है।", "वह है।"]


def test_white_space_belongs_to_no_sentence() -> None:
    text = "One came.  \t Two came."
    assert [tuple(span) for span in sentences(text, (Span(0, len(text)),))] == [(0, 9), (13, 22)]


def test_a_paragraph_ends_a_sentence() -> None:
    text = "Storm over Eastmere\nIt rained."
    assert len(sentences(text, (Span(0, 19), Span(20, 30)))) == 2
