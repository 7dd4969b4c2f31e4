"""Stores the stories with their articles. Must not know what ties a story together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from sqlalchemy import Select, delete, func, select

from auditor.domain import Story
from auditor.errors import NotFound
from auditor.storage.connected import BATCH, Connected, batched, insert_rows
from auditor.storage.rows import legible
from auditor.storage.tables import ARTICLE, STORY, STORY_ARTICLE


class Stories(Connected):
    """The stories of a store."""

    def replace_stories(self, stories: Iterable[Story], *, instead_of: Iterable[Story] | None = None) -> None:
        """Let these stand instead of those, or of all stories; raises NotFound for an article not held."""
        with self._writing() as connection:
            if instead_of is None:
                connection.execute(delete(STORY_ARTICLE))
                connection.execute(delete(STORY))
            else:
                gone = [story.id for story in instead_of]
                connection.execute(delete(STORY_ARTICLE).where(self._among(STORY_ARTICLE.c.story_id, gone)))
                connection.execute(delete(STORY).where(self._among(STORY.c.id, gone)))
            for batch in batched(stories, BATCH):
                keys = self._known(name for story in batch for name in story.articles)
                insert_rows(connection, STORY, [{"id": story.id, "title": story.title} for story in batch])
                places = [
                    {"article_key": keys[name], "story_id": story.id, "place": place}
                    for story in batch
                    for place, name in enumerate(story.articles)
                ]
                insert_rows(connection, STORY_ARTICLE, places)

    def stories(self) -> Iterator[Story]:
        """All stories, sorted by id, their articles in the order given."""
        return self._stories(_query())

    def story(self, story_id: str) -> Story:
        """The story of that id; raises NotFound."""
        query = _query().where(STORY.c.id == legible(story_id))
        found = next(self._stories(query), None)
        if found is None:
            raise NotFound(f"no story {story_id!r} in this store", "see auditor report")
        return found

    def stories_of(self, ids: Iterable[str]) -> tuple[Story, ...]:
        """The stories that any of these articles belongs to, sorted by id."""
        keys = self.keys_of(ids).values()
        theirs = select(STORY_ARTICLE.c.story_id).where(self._among(STORY_ARTICLE.c.article_key, keys))
        return tuple(self._stories(_query().where(STORY.c.id.in_(theirs))))

    def count_stories(self) -> int:
        """How many stories there are."""
        row = self._row(select(func.count()).select_from(STORY))
        return int(row[0]) if row else 0

    def story_of(self, article_id: str) -> Story | None:
        """The story that the article belongs to, if any; raises NotFound for an article that isn't held."""
        key = self._known([article_id])[article_id]
        mine = select(STORY_ARTICLE.c.story_id).where(STORY_ARTICLE.c.article_key == key)
        return next(self._stories(_query().where(STORY.c.id.in_(mine))), None)

    def _stories(self, query: Select[str, str, str]) -> Iterator[Story]:
        for (story_id, title), rows in groupby(self._rows(query), key=lambda row: (row[0], row[1])):
            yield Story(story_id, title, tuple(row[2] for row in rows if row[2] is not None))


def _query() -> Select[str, str, str]:
    query = select(STORY.c.id, STORY.c.title, ARTICLE.c.id)
    query = query.outerjoin(STORY_ARTICLE, STORY_ARTICLE.c.story_id == STORY.c.id)
    query = query.outerjoin(ARTICLE, ARTICLE.c.key == STORY_ARTICLE.c.article_key)
    return query.order_by(STORY.c.id, STORY_ARTICLE.c.place)
