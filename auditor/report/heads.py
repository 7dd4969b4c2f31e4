"""The few things that any page says of an article it only names: title, source, time, page.

Pure: made from an article, the registry and the reader's zone. It must not know stores or HTML.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias
from zoneinfo import ZoneInfo

from auditor import text
from auditor.domain import Article, Moment, PassageKind, SourceKind
from auditor.registry import Registry
from auditor.report import formats, naming, wording

TITLE_LIMIT = 140
BEGINNING = 3000  # code points in which a headline is looked for


@dataclass(frozen=True, slots=True)
class Head:
    """An article as other pages name it. ``titled`` is False where the title is its first line."""

    id: str
    title: str
    titled: bool
    source: str
    source_key: str | None
    source_href: str | None
    kind: SourceKind
    when: formats.When
    published: Moment | None
    href: str
    removed: bool = False  # retention took its text away

    @property
    def label(self) -> str:
        """The source's name, or the article's where the source is unknown."""
        return self.source if self.source_key else formats.clip(self.id, 40)

    @property
    def is_wire(self) -> bool:
        """Is it from a wire?"""
        return self.kind is SourceKind.WIRE


Heads: TypeAlias = Mapping[str, Head]


def _first_words(document: text.Document) -> str:
    """The headline that a text without a title begins with, or its first sentence; no page furniture."""
    passages = [passage for passage in document.passages if passage.span.start < BEGINNING]
    for kinds in ({PassageKind.HEADLINE}, {PassageKind.BODY}, set(PassageKind)):
        for passage in passages:
            if passage.kind in kinds:
                return passage.span.of(document.text)
    return ""


def _title(article: Article, registry: Registry, document: text.Document | None) -> str:
    """Its title, or else its first words; a text that was removed has none."""
    title = (article.title or "").strip()
    if title or article.removed:
        return title or wording.REMOVED_TITLE
    read = document or text.read(article.text[:BEGINNING], registry=registry)
    return _first_words(read) or wording.UNTITLED


def head_of(
    article: Article, registry: Registry, zone: ZoneInfo, document: text.Document | None = None
) -> Head:
    """What other pages say of this article; ``document`` is its text as read, where it has been."""
    source = registry.get(article.source)
    return Head(
        id=article.id,
        title=formats.clip(_title(article, registry, document), TITLE_LIMIT),
        titled=bool((article.title or "").strip()),
        source=registry.name_of(article.source) or wording.NO_SOURCE,
        source_key=article.source,
        source_href=naming.source_page(article.source) if article.source else None,
        kind=source.kind if source else SourceKind.UNKNOWN,
        when=formats.when(article.published, zone),
        published=article.published,
        href=naming.article_page(article.id),
        removed=article.removed is not None,
    )
