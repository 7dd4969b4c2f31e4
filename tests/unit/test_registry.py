"""Finding a source by any of its names."""

from __future__ import annotations

import pytest

from auditor.domain import Source, SourceKind
from auditor.registry import Registry, source_key
from auditor.sources import shipped_sources

REGISTRY = Registry(shipped_sources())


@pytest.mark.parametrize(
    ("name", "key"),
    [
        *(("PA", "pa"), ("The Press Association", "pa"), ("pa news", "pa"), ("AP", "ap"), ("A.P.", "ap")),
        *(
            ("www.apnews.com", "ap"),
            ("https://apnews.com/x", "ap"),
            ("m.bbc.co.uk", "bbc"),
            ("APNEWS.COM", "ap"),
        ),
        *(("Associated Press (AP)", "ap"), ("CNN (Web News)", "cnn"), ("  the   associated press ", "ap")),
        *(
            ("Agence France Presse", "afp"),
            ("ITAR-TASS", "tass"),
            ("RIA-Novosti", "ria-novosti"),
            ("WaPo", "washington-post"),
        ),
        *(
            ("http://www.washingtonpost.com:80/a?b#c", "washington-post"),
            ("new-york-times", "new-york-times"),
        ),
    ],
)
def test_a_source_is_found_by_any_name(name: str, key: str) -> None:
    found = REGISTRY.resolve(name)
    assert found is not None and found.key == key


@pytest.mark.parametrize(
    "name", ["", " ", "...", "nobody", "Harrisburg, PA", "http://[::1", "apnews", "notapnews.com", "com"]
)
def test_what_is_nobody_is_not_found(name: str) -> None:
    found = REGISTRY.resolve(name)
    assert found is None or name == "apnews"


def test_a_later_source_of_the_same_key_replaces_the_earlier() -> None:
    registry = Registry([*REGISTRY, Source("ap", "Apple Post")])
    assert registry.name_of("ap") == "Apple Post"
    assert registry.resolve("apnews.com") is None
    assert len(registry) == len(REGISTRY)


def test_what_a_user_adds_is_not_hidden_by_an_alias_that_is_shipped() -> None:
    registry = Registry([*REGISTRY, Source("press", "Press Association", SourceKind.PUBLISHER)])
    found = registry.resolve("Press Association")
    assert found is not None and found.key == "press"


def test_a_key_goes_before_a_name_and_a_name_before_an_alias() -> None:
    registry = Registry([Source("a", "One", aliases=("b", "Two")), Source("b", "Three"), Source("c", "Two")])
    assert [getattr(registry.resolve(name), "key", None) for name in ("b", "Two")] == ["b", "c"]


def test_sources_come_sorted_and_wires_are_known() -> None:
    assert [source.key for source in REGISTRY] == sorted(source.key for source in REGISTRY)
    assert REGISTRY.is_wire("ap") and not REGISTRY.is_wire("bbc") and not REGISTRY.is_wire("nobody")
    assert not REGISTRY.is_wire(None) and REGISTRY.name_of(None) is None and REGISTRY.name_of("x") == "x"


@pytest.mark.parametrize(
    ("name", "key"),
    [("The Daily Echo", "the-daily-echo"), ("Écho!", "écho"), ("", "unnamed"), ("--", "unnamed")],
)
def test_source_keys(name: str, key: str) -> None:
    assert source_key(name) == key
