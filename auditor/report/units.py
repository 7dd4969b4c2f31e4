"""The parts that a report is made of: a story with its articles, or an article that belongs to none.

    all of them | those that were written of since | those that speak of them

It asks the store and the index which units there are; it must not know what is made of a unit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from auditor.domain import Story
from auditor.report.index import key_of
from auditor.report.store import ReportStore

# Articles whose units are gathered together: bounds the texts in memory, but for a story that has more.
ARTICLES_A_BATCH = 200


@dataclass(frozen=True, slots=True)
class Unit:
    """A story with its articles; or one article, where ``story`` is None."""

    story: Story | None
    articles: tuple[str, ...]

    @property
    def name(self) -> bytes:
        """Its name in the index: stories first, each kind by id."""
        return b"0" + key_of(self.story.id) if self.story else b"1" + key_of(self.articles[0])


def all_units(store: ReportStore) -> Iterator[Unit]:
    """Every story with any article, and every article without one."""
    placed: set[str] = set()
    for story in store.stories():
        if story.articles:
            placed.update(story.articles)
            yield Unit(story, story.articles)
    for article in store.article_ids():
        if article not in placed:
            yield Unit(None, (article,))


def units_of(store: ReportStore, articles: Collection[str]) -> Iterator[Unit]:
    """The units that these articles are in now."""
    placed: set[str] = set()
    for story in store.stories_of(articles):
        placed.update(story.articles)
        yield Unit(story, story.articles)
    for article in sorted(set(articles) - placed):
        yield Unit(None, (article,))


def batches(units: Iterable[Unit]) -> Iterator[list[Unit]]:
    """The units in batches of few articles; a larger story is a batch of its own."""
    batch: list[Unit] = []
    size = 0
    for unit in units:
        if batch and size + len(unit.articles) > ARTICLES_A_BATCH:
            yield batch
            batch, size = [], 0
        batch.append(unit)
        size += len(unit.articles)
    if batch:
        yield batch
