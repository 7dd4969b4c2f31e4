"""File names and anchors: safe, stable, different for different ids."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from auditor.domain import Span
from auditor.report import naming

# No store holds a NUL.
ids = some.text(some.characters(exclude_characters="\x00"), max_size=80)


@given(ids)
def test_any_id_gives_a_file_name_that_is_safe_everywhere(name: str) -> None:
    assert re.fullmatch(r"articles/[a-z0-9-]{1,70}\.html", naming.article_page(name))


@given(ids, ids)
def test_two_ids_never_share_a_page(one: str, other: str) -> None:
    assert (naming.article_page(one) == naming.article_page(other)) == (one == other)


@given(ids, ids)
def test_a_pair_differs_from_its_reverse(one: str, other: str) -> None:
    assert (naming.pair_page(one, other) == naming.pair_page(other, one)) == (one == other)


def test_names_stay_as_they_were_so_that_links_hold() -> None:
    assert naming.article_page("Zoë/../2015 12") == "articles/zoe-2015-12-86dc60feed.html"
    assert naming.place_anchor(Span(4, 90)) == "c4-90"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://a.example",
        "http://",
        "//a.example",
        "",
        None,
        "http://[",
        "x",
    ],
)
def test_only_addresses_of_the_web_become_links(url: str | None) -> None:
    assert naming.web_address(url) is None


def test_an_address_of_the_web_is_kept() -> None:
    assert naming.web_address(" https://a.example/b?c=d ") == "https://a.example/b?c=d"
