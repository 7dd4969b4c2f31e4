"""Kinds of passages: headline, body, caption, credit, furniture."""

from __future__ import annotations

import pytest

from auditor.domain import PassageKind
from auditor.registry import Registry
from auditor.sources import shipped_sources
from auditor.text import read

BODY = "The harbour board of Eastmere voted on Monday for the pier. It opens in May."
REGISTRY = Registry(shipped_sources())


def kinds(text: str, title: str | None = None) -> list[tuple[str, str]]:
    document = read(text, title=title, registry=REGISTRY)
    return [(passage.kind.value, passage.span.of(text)) for passage in document.passages]


def kind_of(line: str) -> set[str]:
    text = f"{BODY}\n\n{line}\n\n{BODY}"
    start = text.index(line)
    document = read(text, registry=REGISTRY)
    inside = (p for p in document.passages if start <= p.span.start < start + len(line))
    return {passage.kind.value for passage in inside}


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Advertisement",
            "ADVERTISEMENT",
            "Share",
            "Share Tweet Email",
            "Read more",
            "Read more: The pier",
            "* * *",
        ),
        *(
            "Sign up for our newsletter",
            "Follow us on Twitter",
            "Story continues below",
            "We use cookies on this site.",
        ),
        *(
            "Related: Why the pier is late",
            "12 shares",
            "Click here to subscribe",
            "Most read",
            "Tweet this",
            "Comments",
        ),
        *("(Also on EASTMERE: The pier vote)", "SEE ALSO: The pier vote", "Updated 12 December 2015 10:30"),
    ],
)
def test_furniture(line: str) -> None:
    assert kind_of(line) == {"furniture"}


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Source: Washington Post",
            "Source:\xa0The Hollow Gazette",
            "© 2015 The Hollow Press",
            "(c) 2015 Hollow Press",
        ),
        *(
            "Reporting by Ann Doe; Editing by Bo Roe",
            "With files from The Canadian Press",
            "Reuters",
            "AP/Reuters",
        ),
        *(
            "The Associated Press contributed to this report.",
            "This story first appeared in The Hollow Gazette.",
            "(AFP)",
        ),
        *("Ann Doe and Bo Roe contributed to this report.", "(Reporting by Ann Doe; Editing by Bo Roe)"),
    ],
)
def test_credit_lines(line: str) -> None:
    assert kind_of(line) == {"credit"}


@pytest.mark.parametrize(
    "line",
    [
        *("Photo by Ann Doe/AFP/Getty Images", "Doe and Roe in 2013. Photo by Ann Doe/AFP/Getty Images"),
        *(
            "The pier at Eastmere (AP Photo/Ann Doe)",
            "Getty Images",
            "Enlarge this image toggle caption Ann Doe/AP",
        ),
        *(
            "Image copyright Getty Images Image caption The pier",
            "FILE - In this Dec. 3 file photo, the pier is seen.",
        ),
    ],
)
def test_captions(line: str) -> None:
    assert kind_of(line) == {"caption"}


def test_a_slug_and_a_short_line_before_a_picture_credit_belong_to_the_caption() -> None:
    found = kinds(f"{BODY}\n\ndoe-roe-pier\nDoe and Roe in 2013. Photo by Ann Doe/AFP\n\n{BODY}")
    assert ("caption", "doe-roe-pier") in found
    found = kinds(f"{BODY}\n\nThe pier at dawn\nPhoto: Ann Doe/AP\n\n{BODY}")
    assert ("caption", "The pier at dawn") in found


def test_a_caption_glued_to_an_agency_mark_is_seen() -> None:
    found = kinds(f"{BODY}\n\nGETTY*IGThe mayor said the pier was done")
    assert found[-1] == ("caption", "GETTY*IGThe mayor said the pier was done")


def test_a_glued_caption_is_cut_from_the_body_before_it() -> None:
    found = kinds("The board of Eastmere voted for the pier. GETTYThe mayor of Eastmere at the pier")
    assert found == [
        ("body", "The board of Eastmere voted for the pier."),
        ("caption", "GETTYThe mayor of Eastmere at the pier"),
    ]


def test_furniture_inside_a_line_is_cut_out() -> None:
    found = kinds("The pier opens in May. Advertisement The mayor of Eastmere said so on Monday.")
    assert [kind for kind, _ in found] == ["body", "furniture", "body"]
    found = kinds("The pier opens (Also on EASTMERE: The vote) in May, the board of Eastmere said.")
    assert [kind for kind, _ in found] == ["body", "furniture", "body"]


def test_a_headline_is_the_first_line_without_a_full_stop() -> None:
    assert kinds(f"Pier to open in May\n{BODY}")[0] == ("headline", "Pier to open in May")
    assert kinds(f"Share\n\nWill the pier open in May?\n\n{BODY}")[1][0] == "headline"


def test_a_line_that_is_the_title_is_a_headline_whatever_its_form() -> None:
    assert kinds(f"The pier will open in May.\n{BODY}", title="The Pier Will Open in May")[0][0] == "headline"


def test_a_subhead_is_a_headline() -> None:
    assert kind_of("Board and mayor will meet next week") == {"headline"}


@pytest.mark.parametrize(
    "line",
    [
        "She said the pier is done.",
        "• A list item without a stop",
        "Here is what the board decided:",
        "“We are done”",
    ],
)
def test_body_stays_body(line: str) -> None:
    assert kind_of(line) == {"body"}


def test_text_without_full_stops_has_one_headline_at_most() -> None:
    text = "\n".join(f"Line number {number} of a list" for number in range(9))
    assert [kind for kind, _ in kinds(text)].count("headline") <= 1


def test_the_last_line_cut_off_in_mid_sentence_is_body() -> None:
    assert kinds(f"{BODY}\nThe mayor said that the pier")[-1][0] == PassageKind.BODY.value


def test_sentences_are_the_spans_of_the_passages() -> None:
    document = read(f"Pier to open\n\n{BODY}\n\nAdvertisement", registry=REGISTRY)
    assert document.sentences == tuple(passage.span for passage in document.passages)


@pytest.mark.parametrize("mark", ["end", "mfl", "-30-", "(more)"])
def test_the_end_mark_of_a_wire_item_is_furniture(mark: str) -> None:
    assert kinds(f"{BODY}\n\n{mark}")[-1] == ("furniture", mark)


def test_but_the_same_word_as_a_sentence_is_body() -> None:
    assert kinds("It is over. End. The pier is closed.")[1] == ("body", "End.")
