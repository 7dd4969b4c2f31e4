"""What credits a source, and what only names it."""

from __future__ import annotations

import pytest

from auditor.domain import Passage, Source, SourceKind
from auditor.registry import Registry
from auditor.sources import shipped_sources
from auditor.text import read
from auditor.text.credits import credits_of

REGISTRY = Registry(shipped_sources())


def credited(text: str, registry: Registry = REGISTRY) -> list[tuple[str, str]]:
    return [(credit.source, credit.form.value) for credit in read(text, registry=registry).credits]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("EASTMERE (AP) — The pier opened.", "ap"),
        ("EASTMERE (AP) _ The pier opened.", "ap"),
        ("EASTMERE, Dec 11 (Reuters) - The pier opened.", "reuters"),
        ("EASTMERE, December 11. /TASS/. The pier opened.", "tass"),
        ("Eastmere, Northland (CNN) -- The pier opened.", "cnn"),
        ("(CNN)The pier opened on Monday.", "cnn"),
        ("(Reuters) - The pier opened.", "reuters"),
        ("Eastmere (dpa) - The pier opened.", "dpa"),
        ("EASTMERE, Dec. 11 (Xinhua) -- The pier opened.", "xinhua"),
        ("Eastmere, Dec 11 AAP - The pier opened.", "aap"),
        ("EASTMERE: (ANI) The pier opened.", "ani"),
        ("AFP - The pier opened.", "afp"),
        ("Pier opens\n\nEASTMERE, N.J. (AP) — The pier opened.", "ap"),
    ],
)
def test_datelines(text: str, source: str) -> None:
    assert credited(text) == [(source, "dateline")]


def test_a_dateline_of_two_credits_both() -> None:
    assert credited("EASTMERE (AP/AFP) — It rained.") == [("afp", "dateline"), ("ap", "dateline")]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The pier opened, Reuters reported.", "reuters"),
        ("The Interfax news agency reported Friday that it opened.", "interfax"),
        ("It opened, according to state news service RIA Novosti.", "ria-novosti"),
        ("Doe told AFP on Monday that it opened.", "afp"),
        ("It opened, The Washington Post reports.", "washington-post"),
        ("The New York Times first reported the opening.", "new-york-times"),
        ("Doe said in an interview with the BBC that it opened.", "bbc"),
        ("It opened, said Reuters.", "reuters"),
        ("Doe was quoted by the Tass news agency as saying so.", "tass"),
        ("It opened, a Washington Post investigation found.", "washington-post"),
    ],
)
def test_attributions(text: str, source: str) -> None:
    assert credited(text) == [(source, "attribution")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Source:\xa0Washington Post", [("washington-post", "credit_line")]),
        (
            "With files from The Canadian Press and AFP",
            [("afp", "credit_line"), ("canadian-press", "credit_line")],
        ),
        ("The Associated Press contributed to this report.", [("ap", "credit_line")]),
        ("(Reporting by Ann Doe; Editing by Bo Roe)", [("reuters", "credit_line")]),
        (
            "This material may not be published, broadcast, rewritten or redistributed.",
            [("ap", "credit_line")],
        ),
        ("Reuters", [("reuters", "credit_line")]),
        ("© 2015 The Associated Press. All rights reserved.", [("ap", "copyright")]),
        ("Copyright 2016 Reuters", [("reuters", "copyright")]),
        ("Photo by Ann Doe/AFP/Getty Images", [("afp", "photo"), ("getty", "photo")]),
        ("Source: The Hollow Gazette", [("the-hollow-gazette", "credit_line")]),
        ("This story first appeared in The Hollow Gazette.", [("the-hollow-gazette", "credit_line")]),
    ],
)
def test_lines_at_the_foot(line: str, expected: list[tuple[str, str]]) -> None:
    assert credited(f"It rained in the town on Monday. The pier opened.\n\n{line}") == expected


@pytest.mark.parametrize(
    "signed", ["It rained there. (AP)", "It rained there. — Reuters", 'It "rained." [AFP]']
)
def test_a_wire_signs_at_the_end(signed: str) -> None:
    assert [form for _, form in credited(signed)] == ["credit_line"]


@pytest.mark.parametrize(
    ("byline", "source"),
    [
        ("By ANN DOE, Associated Press", "ap"),
        ("By Ann Doe, Showbusiness Correspondent, PA News", "pa"),
        ("By Reuters", "reuters"),
        ("Associated Press", "ap"),
    ],
)
def test_bylines(byline: str, source: str) -> None:
    assert credited(f"Pier opens\n\n{byline}\n\nIt rained in the town. The pier opened.") == [
        (source, "byline")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "He lives in Harrisburg, PA and works there.",
        "The PA said it would go on.",
        "The AAP said children should sleep more.",
        "Mayor Bo Bloomberg said no.",
        "The EPA said the rules were new.",
        "The Foreign Press Association said no.",
        "Students took AP exams on Monday.",
        "A Washington Post publisher was there.",
        "The Dow Jones industrial average fell.",
        "Moscow – Russia is far away.",
        "The town (pop. 500) - a small one - fell.",
    ],
)
def test_a_name_alone_is_no_credit(text: str) -> None:
    assert credited(text) == []


def test_harrisburg_with_a_dateline_credits_only_the_dateline() -> None:
    assert credited("HARRISBURG, PA (AP) — It rained.") == [("ap", "dateline")]


def test_a_source_of_ones_own_is_told_like_the_shipped_ones() -> None:
    registry = Registry(
        [
            Source(
                "hollow-wire",
                "Hollow Wire",
                SourceKind.WIRE,
                datelines=("HW",),
                credits=("Sent by Hollow … tonight",),
            )
        ]
    )
    assert credited("EASTMERE (HW) — It rained.", registry) == [("hollow-wire", "dateline")]
    assert credited("It rained, Hollow Wire reported.", registry) == [("hollow-wire", "attribution")]
    assert credited("It rained.\n\nSent by Hollow and Sons tonight", registry) == [
        ("hollow-wire", "credit_line")
    ]


def test_without_a_registry_only_credit_lines_speak() -> None:
    assert credited("EASTMERE (AP) — It rained.", Registry()) == []
    assert credited("It rained.\n\nSource: Washington Post", Registry()) == [
        ("washington-post", "credit_line")
    ]


def test_the_span_is_the_place_of_the_credit() -> None:
    text = "EASTMERE (AP) — It rained, Reuters reported."
    assert [credit.span and credit.span.of(text) for credit in read(text, registry=REGISTRY).credits] == [
        "EASTMERE (AP) —",
        "Reuters reported",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Source: The Hollow Gazette",
        "Sources : The Hollow Gazette",
        "SOURCE:The Hollow Gazette",
        "Via: The Hollow Gazette",
        "VIA : The Hollow Gazette",
        "This story first appeared in The Hollow Gazette",
        "This story originally\nposted on The Hollow Gazette",
        "Distributed by The Hollow Gazette",
        "Supplied by The Hollow Gazette",
    ],
)
def test_a_text_is_taken_apart_for_its_credits_wherever_a_line_may_name_anybody(line: str) -> None:
    text = f"The pier opened on Monday.\n\n{line}"
    asked: list[str] = []

    def passages() -> tuple[Passage, ...]:
        asked.append(text)
        return read(text, registry=REGISTRY).passages

    credits_of(text, read(text).paragraphs, passages, REGISTRY)
    assert asked


def test_a_text_that_names_nobody_is_not_taken_apart_for_its_credits() -> None:
    text = "The pier opened on Monday: at noon, as the mayor had said.\n\nIt is 300 metres long."

    def passages() -> tuple[Passage, ...]:
        raise AssertionError("asked for passages")

    assert not credits_of(text, read(text).paragraphs, passages, REGISTRY)
