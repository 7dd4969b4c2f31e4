"""The invented collection as facts, for the tests of views and pictures."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from auditor.registry import Registry
from auditor.report import gather
from auditor.report.facts import ArticleFacts
from tests.unit.report.sample import MemoryStore, collection
from tests.unit.report.sample import registry as sources

UTC = ZoneInfo("UTC")


@pytest.fixture
def registry() -> Registry:
    """The invented sources."""
    return sources()


@pytest.fixture
def store() -> MemoryStore:
    """The invented collection."""
    return collection()


@pytest.fixture
def members(store: MemoryStore, registry: Registry) -> dict[str, ArticleFacts]:
    """The facts of its story, by article."""
    story = next(store.stories())
    return {facts.article.id: facts for facts in gather.of_story(store, story, registry, UTC)}
