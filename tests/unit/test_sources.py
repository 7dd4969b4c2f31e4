"""The shipped sources, and the reading of source tables."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from auditor.domain import Source, SourceKind
from auditor.errors import ConfigProblem
from auditor.registry import Registry, source_key
from auditor.sources import parse_sources, shipped_sources

EXPECTED_WIRES = (
    *(
        "ap",
        "reuters",
        "washington-post",
        "afp",
        "pa",
        "dpa",
        "bloomberg",
        "tass",
        "interfax",
        "ria-novosti",
        "xinhua",
    ),
    *(
        "upi",
        "nyt-news-service",
        "tribune",
        "ansa",
        "efe",
        "kyodo",
        "aap",
        "canadian-press",
        "anp",
        "ntb",
        "tt",
        "ritzau",
    ),
    *("apa", "anadolu", "pti", "ani", "yonhap", "dow-jones", "cnn-newsource"),
)


def test_the_agencies_are_shipped_as_wires() -> None:
    registry = Registry(shipped_sources())
    assert [key for key in EXPECTED_WIRES if not registry.is_wire(key)] == []


def test_no_name_or_domain_is_claimed_twice() -> None:
    claimed: dict[str, set[str]] = defaultdict(set)
    for source in shipped_sources():
        for name in (source.key, source.name, *source.aliases, *source.domains):
            claimed[source_key(name).removeprefix("the-")].add(source.key)
        for dateline in source.datelines:
            claimed[f"({dateline})"].add(source.key)
    assert {name: keys for name, keys in claimed.items() if len(keys) > 1} == {}


def test_every_shipped_name_is_found() -> None:
    registry = Registry(shipped_sources())
    for source in shipped_sources():
        for name in (
            source.key,
            source.name,
            *source.aliases,
            *source.domains,
            f"https://www.{source.key}.example",
        ):
            found = registry.resolve(name)
            assert found is source or name.endswith(".example"), name


def test_a_table_becomes_a_source() -> None:
    tables = {
        "hollow": {"name": " Hollow Wire ", "kind": "wire", "domains": ["hollow.example"], "owner": "doe"}
    }
    assert parse_sources(tables) == (
        Source("hollow", "Hollow Wire", SourceKind.WIRE, domains=("hollow.example",), owner="doe"),
    )


def test_a_source_is_a_publisher_unless_said_otherwise() -> None:
    assert parse_sources({"hollow": {"name": "Hollow"}})[0].kind is SourceKind.PUBLISHER


@pytest.mark.parametrize(
    ("tables", "named"),
    [
        ({"hollow": {}}, ("hollow", "name")),
        ({"hollow": {"name": 3}}, ("hollow", "name")),
        ({"hollow": {"name": " "}}, ("hollow", "name")),
        ({"hollow": {"name": "H", "kind": "paper"}}, ("hollow", "kind", "paper")),
        ({"hollow": {"name": "H", "kind": 3}}, ("hollow", "kind")),
        ({"hollow": {"name": "H", "domains": "h.example"}}, ("hollow", "domains")),
        ({"hollow": {"name": "H", "aliases": [3]}}, ("hollow", "aliases")),
        ({"hollow": {"name": "H", "owner": 3}}, ("hollow", "owner")),
        ({"hollow": {"name": "H", "colour": "red"}}, ("hollow", "colour")),
        ({"Hollow Wire": {"name": "H"}}, ("Hollow Wire", "hollow-wire")),
        ({"hollow": "H"}, ("hollow", "table")),
    ],
)
def test_a_wrong_table_is_named_with_its_key(tables: dict[str, Any], named: tuple[str, ...]) -> None:
    with pytest.raises(ConfigProblem) as problem:
        parse_sources(tables)
    assert all(part in str(problem.value) for part in named)
