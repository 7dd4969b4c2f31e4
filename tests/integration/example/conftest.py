"""The example collection as the program reads it, and the truth that is written beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from auditor.assets import example_dir
from auditor.config import load_settings
from auditor.domain import Article, Span
from auditor.ingest import read_paths
from auditor.registry import Registry
from auditor.sources import shipped_sources


def between(text: str, ends: list[str], occurrence: int = 1) -> Span:
    """The stretch of a text that begins and ends with the given words; fails where there is none."""
    start = -1
    for _ in range(occurrence):
        start = text.find(ends[0], start + 1)
        assert start >= 0, f"no {ends[0]!r}"
    last = text.find(ends[1], start)
    assert last >= 0, f"no {ends[1]!r} after {ends[0]!r}"
    return Span(start, last + len(ends[1]))


@dataclass(frozen=True, slots=True)
class TruePassage:
    """A derived passage as the truth tells it, offsets found in the texts."""

    article: str
    span: Span
    parent: str | None
    parent_span: Span | None
    origin: tuple[str, str | None]
    relation: str


@dataclass(frozen=True, slots=True)
class TrueGarble:
    """A change as the truth tells it; ``span`` is the stretch of text around it."""

    article: str
    span: Span
    kind: str
    severity: str
    before: str
    after: str
    introduced_by: str


@dataclass(frozen=True, slots=True)
class Truth:
    """What was done to the articles."""

    rows: dict[str, dict[str, Any]]
    passages: tuple[TruePassage, ...]
    garbles: tuple[TrueGarble, ...]


@pytest.fixture(scope="session")
def registry() -> Registry:
    """The shipped sources and those of the example."""
    settings = load_settings(config=example_dir() / "auditor.toml")
    return Registry((*shipped_sources(), *settings.sources))


@pytest.fixture(scope="session")
def articles(registry: Registry) -> dict[str, Article]:
    """The articles by id, as ingest reads them."""
    items = list(read_paths([example_dir() / "articles"], registry=registry))
    assert not [item.problem for item in items if item.problem]
    return {item.article.id: item.article for item in items if item.article}


@pytest.fixture(scope="session")
def truth(articles: dict[str, Article]) -> Truth:
    """The truth, with every passage found in the texts."""
    lines = (example_dir() / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    rows = {row["id"]: row for row in map(json.loads, lines)}
    texts = {id_: article.text for id_, article in articles.items()}
    return Truth(
        rows,
        tuple(_passage(id_, told, texts) for id_, row in rows.items() for told in row["passages"]),
        tuple(_garble(id_, told, texts) for id_, row in rows.items() for told in row["garbles"]),
    )


def _passage(article: str, told: dict[str, Any], texts: dict[str, str]) -> TruePassage:
    parent = told["parent"]
    return TruePassage(
        article,
        between(texts[article], told["passage"], told.get("occurrence", 1)),
        parent["id"] if parent else None,
        between(texts[parent["id"]], parent["passage"]) if parent else None,
        (told["origin"]["source"], told["origin"]["id"]),
        told["relation"],
    )


def _garble(article: str, told: dict[str, Any], texts: dict[str, str]) -> TrueGarble:
    near = between(texts[article], [told["near"], ""], told.get("occurrence", 1))
    return TrueGarble(
        article,
        Span(near.start, near.start + len(told["near"])),
        told["kind"],
        told["severity"],
        told["before"],
        told["after"],
        told["introduced_by"],
    )


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what the audit of the example makes."""
    return tmp_path_factory.mktemp("example")
