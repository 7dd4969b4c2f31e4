"""What a page tells of itself, and what of it is its text. All pages are invented."""

from __future__ import annotations

import json
from typing import Any

import pytest

from auditor.domain import Source, SourceKind
from auditor.errors import InputRejected
from auditor.ingest.agencies import Agencies
from auditor.ingest.page import Page, read_page

AGENCIES = Agencies.of(
    [
        Source("tern", "Tern Newswire", SourceKind.WIRE, ("tern.example",), ("TNW", "The Tern Newswire")),
        Source("meridian", "Meridian", SourceKind.WIRE, (), ("MER",)),
        Source("herald", "Harrowmere Herald", SourceKind.PUBLISHER),
    ]
)
PARAGRAPHS = [
    "A ferry with 212 passengers ran onto a sandbank outside Vant Harbor in thick fog on Sunday.",
    "No one aboard the Lady Ottoline was seriously hurt, said Commander Ruth Amsel of the coast guard.",
    "“The master did the sensible thing,” Amsel said, “which was to stop and wait for the sea.”",
    "The harbor authority said a buoy that marks the edge of the bank had drifted in a storm on Thursday.",
    "Fares for Sunday's crossing will be refunded in full, the company said in a statement late on Monday.",
]
STORY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def page(*, head: str = "", before: str = "", after: str = "", foot: str = "", story: str = STORY) -> Page:
    raw = (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8">{head}</head><body>'
        f"<nav><a href=/>Home</a> <a href=/s>Sport</a></nav><article><h1>Ferry aground off Vant</h1>{before}"
        f"<div class=body>{story}</div>{after}</article><footer>{foot}</footer></body></html>"
    )
    return read_page(raw.encode(), AGENCIES)


def script(content: str) -> str:
    return f'<script type="application/ld+json">{content}</script>'


def ld(*nodes: Any, **node: Any) -> str:
    value = nodes[0] if len(nodes) == 1 else list(nodes) or {"@type": "NewsArticle", **node}
    return script(json.dumps(value))


def said(found: Page, kind: str) -> list[dict[str, Any]]:
    return [one for one in found.evidence if one["kind"] == kind]


def test_the_text_is_the_paragraphs_one_a_line_and_nothing_else() -> None:
    assert page().text.splitlines()[-5:] == PARAGRAPHS
    assert "Sport" not in page().text


def test_lists_quotes_and_tables_get_no_marks_of_ours() -> None:
    found = page(
        story=f"{STORY}<ul><li>The lower decks were searched twice</li><li>Bilges were pumped dry</li></ul>"
        "<blockquote>There was never a hole in the ship, the commander told the council.</blockquote>"
    )
    assert "\nThe lower decks were searched twice\nBilges were pumped dry\n" in found.text
    assert "\nThere was never a hole in the ship, the commander told the council." in found.text


@pytest.mark.parametrize(
    "head",
    [
        ld(datePublished="2024-02-12T05:05:00Z"),
        ld(
            {
                "@graph": [
                    {"@type": "WebSite"},
                    {"@type": "NewsArticle", "datePublished": "2024-02-12T05:05:00Z"},
                ]
            }
        ),
        ld(
            {"@type": "Organization"},
            {"@type": ["ReportageNewsArticle"], "datePublished": "2024-02-12T06:05+01:00"},
        ),
        ld({"@type": "WebPage", "mainEntity": {"@type": "Article", "datePublished": "2024-02-12T05:05:00Z"}}),
        script('{"@type":"NewsArticle","datePublished":"2024-02-12T05:05:00Z",}'),
        script(
            '//<![CDATA[\n{"@type":"Article","name":"a\tb","datePublished":"2024-02-12T05:05:00Z"}\n//]]>'
        ),
        '<meta property="article:published_time" content="2024-02-12T05:05:00Z">',
        '<meta property="og:published_time" content="2024-02-12T05:05:00Z">',
        '<meta name="parsely-pub-date" content="2024-02-12T05:05:00Z">',
        '<meta name="DC.date.issued" content="2024-02-12T05:05:00Z">',
        '<meta itemprop="datePublished" content="2024-02-12T05:05:00Z">',
        ld(datePublished="2024-02-12")
        + '<meta property="article:published_time" content="2024-02-12T05:05:00Z">',
    ],
)
def test_the_hour_of_publication_is_kept_wherever_the_page_states_it(head: str) -> None:
    assert page(head=head).published == "2024-02-12T05:05:00Z"


def test_a_time_element_counts_where_nothing_else_is_said() -> None:
    assert (
        page(before='<time datetime="2024-02-12T05:05:00Z">Monday</time>').published == "2024-02-12T05:05:00Z"
    )


def test_a_day_stays_a_day_and_no_time_is_none() -> None:
    assert page(head=ld(datePublished="2024-02-12")).published == "2024-02-12"
    assert page().published is None


def test_of_several_articles_on_a_page_its_own_one_counts() -> None:
    head = '<link rel="canonical" href="https://echo.example/own">' + ld(
        {
            "@type": "NewsArticle",
            "url": "https://echo.example/other",
            "datePublished": "2020-01-01T01:01:01Z",
        },
        {"@type": "NewsArticle", "url": "https://echo.example/own", "datePublished": "2024-02-12T05:05:00Z"},
    )
    assert page(head=head).published == "2024-02-12T05:05:00Z"


def test_title_byline_language_address_and_site_come_along() -> None:
    found = page(
        head='<link rel="canonical" href="https://echo.example/own">'
        '<meta property="og:site_name" content="The Echo">'
        + ld(headline="Ferry &amp; fog", author=[{"name": "Ada Mern"}, {"name": "Joss Penrow"}])
    )
    assert (found.title, found.byline, found.language) == ("Ferry & fog", "Ada Mern, Joss Penrow", "en-GB")
    assert (found.url, found.site_name) == ("https://echo.example/own", "The Echo")


def test_without_structured_data_the_heading_and_the_visible_byline_do() -> None:
    found = page(before='<p class="byline">By Ada Mern</p>')
    assert (found.title, found.byline) == ("Ferry aground off Vant", "By Ada Mern")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "/relative", "file:///etc/hosts", "http://[bad"])
def test_an_address_that_is_no_address_is_none(address: str) -> None:
    assert page(head=f'<link rel="canonical" href="{address}">').url is None


def test_the_holders_and_origins_that_structured_data_name_are_evidence() -> None:
    found = page(
        head='<link rel="canonical" href="https://echo.example/own">'
        + ld(
            {
                "@graph": [
                    {"@type": "Organization", "@id": "#wire", "name": "Tern Newswire"},
                    {
                        "@type": "NewsArticle",
                        "copyrightHolder": {"@id": "#wire"},
                        "creditText": "Copy by Tern Newswire",
                        "sourceOrganization": [{"name": "Tern Newswire"}],
                        "provider": {"name": "Harrowmere Herald"},
                        "isBasedOn": ["https://www.tern.example/77", "https://echo.example/own"],
                    },
                ]
            }
        )
    )
    told = [(one["kind"], one["value"], one.get("source")) for one in found.evidence]
    assert told == [
        ("copyright_holder", "Tern Newswire", "tern"),
        ("source_organization", "Tern Newswire", "tern"),
        ("provider", "Harrowmere Herald", None),
        ("credit_text", "Copy by Tern Newswire", "tern"),
        ("is_based_on", "https://www.tern.example/77", "tern"),
    ]
    assert (found.credit, found.credited) == ("Copy by Tern Newswire", "tern")


@pytest.mark.parametrize(
    ("parts", "kind", "source"),
    [
        ({"foot": "<p>© 2024 Tern Newswire. All rights reserved.</p>"}, "copyright_line", "tern"),
        (
            {"foot": "<small>Copyright &copy; 2024 by <b>The Tern Newswire</b></small>"},
            "copyright_line",
            "tern",
        ),
        ({"foot": "<p>© 2024 Echo Press</p>"}, "copyright_line", None),
        ({"foot": "This material may not be published, broadcast or rewritten."}, "rights_line", None),
        ({"after": "<p><b>Correction:</b> The ferry carried 212, not 221.</p>"}, "correction", None),
        ({"after": "<p>An earlier version of this article gave a wrong date.</p>"}, "correction", None),
        ({"after": "<p>This story has been corrected to show the ferry's name.</p>"}, "correction", None),
        ({"before": '<span class="author">Tern Newswire</span>'}, "agency_byline", "tern"),
        ({"before": '<div class="byline">By ADA MERN, Tern Newswire</div>'}, "agency_byline", "tern"),
        ({"before": "<p>By Tern Newswire Staff</p>"}, "agency_credit", "tern"),
        ({"after": "<p>Source: Meridian</p>"}, "agency_credit", "meridian"),
        ({"after": "<p><em>With files from the <b>Tern Newswire</b></em></p>"}, "agency_credit", "tern"),
        ({"after": "<p>TNW writer Ada Mern contributed to this report.</p>"}, "agency_credit", "tern"),
        (
            {"after": "<p>This story was first published by Meridian on Monday.</p>"},
            "agency_credit",
            "meridian",
        ),
        ({"story": f"<p>VANT HARBOR, Orrelund (TNW) — A ferry sank.</p>{STORY}"}, "agency_credit", "tern"),
    ],
)
def test_lines_that_tell_whose_text_it_is_are_evidence(
    parts: dict[str, str], kind: str, source: str | None
) -> None:
    (one,) = said(page(**parts), kind)
    assert one.get("source") == source


@pytest.mark.parametrize(
    "parts",
    [
        {"before": "<figure><img src=x><figcaption>The ferry. Tern Newswire</figcaption></figure>"},
        {"before": '<div class="photo-credit">Tern Newswire</div>'},
        {"before": "<p>Tern Newswire</p>"},
        {"after": "<p>The dock. Jane Doe/Copyright 2024 TNW. All rights reserved.</p>"},
        {"after": '<aside class="related"><p>By Tern Newswire</p></aside>'},
        {"story": f"<p>The spokesman of Tern Newswire declined to say anything about fog.</p>{STORY}"},
        {"story": f"<p>The mer boy said a meridian is a line; tnw is no word of the north.</p>{STORY}"},
        {"story": f"<p>A correction of the course was needed, the master's report says.</p>{STORY}"},
    ],
)
def test_pictures_asides_and_mere_mentions_credit_nobody(parts: dict[str, str]) -> None:
    found = page(**parts)
    assert found.evidence == []
    assert found.credit is None


def test_a_line_that_stands_in_the_text_too_says_so() -> None:
    found = page(
        story=f"<p>VANT HARBOR, Orrelund (TNW) — A ferry sank in the fog on Sunday night.</p>{STORY}"
    )
    (one,) = said(found, "agency_credit")
    assert one["in_text"]
    assert one["value"] == "VANT HARBOR, Orrelund (TNW) —"


def test_a_page_that_credits_two_agencies_has_no_clear_credit() -> None:
    found = page(after="<p>Source: Meridian</p>", before='<span class="author">Tern Newswire</span>')
    assert len(found.evidence) == 2
    assert found.credit is None


def test_a_page_without_an_article_is_rejected() -> None:
    with pytest.raises(InputRejected, match="no main text"):
        read_page(b"<html><body><nav><a href=/>Home</a></nav></body></html>", AGENCIES)
    with pytest.raises(InputRejected):
        read_page(b"", AGENCIES)


def test_fast_reading_finds_the_same_paragraphs_here() -> None:
    raw = f"<html><body><article>{STORY}</article></body></html>".encode()
    assert read_page(raw, AGENCIES, fast=True).text == read_page(raw, AGENCIES).text


def test_structured_data_of_the_wrong_shape_says_nothing() -> None:
    values: tuple[Any, ...] = (
        None,
        5,
        "text",
        [[]],
        {"@type": 5},
        {"@type": "NewsArticle", "author": {"name": [None]}, "isBasedOn": [3, None]},
    )
    for value in values:
        assert page(head=ld(value)).byline is None
    odd = ld({"@type": "NewsArticle", "headline": {"@value": "Ferry"}, "datePublished": ["2024-02-12", 3]})
    found = page(head=odd)
    assert (found.title, found.published) == ("Ferry", "2024-02-12")


def test_a_comment_in_a_paragraph_hides_nothing_after_it() -> None:
    story = STORY.replace("on Sunday.", "on <!-- an advertisement stood here --> Sunday.")
    assert page(story=story).text == page().text
