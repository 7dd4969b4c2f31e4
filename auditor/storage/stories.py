"""Stores the stories with their articles. Must not know what ties a story together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from sqlalchemy import Connection, Select, delete, func, select

from auditor.domain import Story
from auditor.errors import NotFound
from auditor.storage.connected import BATCH, batched, insert_rows
from auditor.storage.rows import legible
from auditor.storage.stamps import Stamps
from auditor.storage.tables import ARTICLE, STORY, STORY_ARTICLE


class Stories(Stamps):
    """The stories of a store."""

    def replace_stories(self, stories: Iterable[Story], *, instead_of: Iterable[Story] | None = None) -> None:
        """Let these stand instead of those, or of all; raises NotFound for an article that isn't held."""
        with self._writing() as connection:
            gone = None if instead_of is None else [story.id for story in instead_of]
            before = self._delete_stories(connection, gone)
            touched = {key for keys in before.values() for key in keys[1]}
            for batch in batched(stories, BATCH):
                keys = self._known(name for story in batch for name in story.articles)
                insert_rows(connection, STORY, [{"id": story.id, "title": story.title} for story in batch])
                placed = {story.id: [keys[name] for name in story.articles] for story in batch}
                places = [
                    {"article_key": key, "story_id": story, "place": place}
                    for story, members in placed.items()
                    for place, key in enumerate(members)
                ]
                insert_rows(connection, STORY_ARTICLE, places)
                for story in batch:
                    if before.get(story.id) == (story.title, placed[story.id]):
                        touched.difference_update(placed[story.id])  # it stands as it stood
                    else:
                        touched.update(placed[story.id])
            self._touch(connection, touched)

    def _delete_stories(
        self, connection: Connection, gone: Collection[str] | None
    ) -> dict[str, tuple[str, list[int]]]:
        """Delete these stories, or all; returns the title of each and the numbers of its articles."""
        query = select(STORY.c.id, STORY.c.title, STORY_ARTICLE.c.article_key)
        query = query.outerjoin(STORY_ARTICLE, STORY_ARTICLE.c.story_id == STORY.c.id)
        query = query.order_by(STORY.c.id, STORY_ARTICLE.c.place)
        placed, held = delete(STORY_ARTICLE), delete(STORY)
        if gone is not None:
            query = query.where(self._among(STORY.c.id, gone))
            placed = placed.where(self._among(STORY_ARTICLE.c.story_id, gone))
            held = held.where(self._among(STORY.c.id, gone))
        before: dict[str, tuple[str, list[int]]] = {}
        for row in connection.execute(query):
            members = before.setdefault(row.id, (row.title, []))[1]
            members += [] if row.article_key is None else [row.article_key]
        connection.execute(placed)
        connection.execute(held)
        return before

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

    def held_stories(self, ids: Iterable[str]) -> frozenset[str]:
        """Which of these ids are those of stories."""
        query = select(STORY.c.id).where(self._among(STORY.c.id, list(ids)))
        return frozenset(row.id for row in self._rows(query))

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
