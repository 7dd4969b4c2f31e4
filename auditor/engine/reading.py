"""The read texts that a process keeps at hand: reading one costs as much as using it.

Neighbouring items share articles, so that the last texts used are worth their memory. It must not know what
is done with them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from auditor.domain import Article
from auditor.lineage import Witness, witness
from auditor.registry import Registry
from auditor.text import NOTHING, Document, Known, read, read_ahead

HELD = 1_500_000
"""Characters of the texts that a process keeps as read: 25 bytes each, 65 where all was asked of them."""


@dataclass(slots=True)
class _Held:
    article: Article
    document: Document
    witness: Witness | None = None


class Reader:
    """Reads articles with the sources and the furniture it was given; those used last are read once."""

    def __init__(self, registry: Registry, furniture: Known = NOTHING, held: int = HELD) -> None:
        self._registry = registry
        self._furniture = furniture
        self._whole = self._room = held
        self._held: OrderedDict[str, _Held] = OrderedDict()

    def document(self, article: Article) -> Document:
        """The article's text as read."""
        return self._hold(article).document

    def ahead(self, articles: Iterable[Article]) -> list[Document]:
        """Read articles that will be asked for at once: together they cost less than one by one.

        What there is no room for is left for later, and isn't among what is given back.
        """
        documents, room = [], self._whole
        for article in articles:
            room -= len(article.text)
            if room < 0:
                break
            documents.append(self._hold(article).document)
        read_ahead(documents)
        return documents

    def witness(self, article: Article) -> Witness:
        """The article as lineage sees it."""
        held = self._hold(article)
        if held.witness is None:
            held.witness = witness(article, held.document, self._registry)
        return held.witness

    def _hold(self, article: Article) -> _Held:
        held = self._held.get(article.id)
        # An id alone doesn't tell: a pasted text has none of its own, and a revision has its article's.
        if held is not None and (held.article is article or held.article == article):
            self._held.move_to_end(article.id)
            return held
        if held is not None:
            self._drop(article.id)
        held = _Held(article, self.read(article.text, article.title))
        self._held[article.id] = held
        self._room -= len(article.text)
        while self._room < 0 and len(self._held) > 1:
            self._drop(next(iter(self._held)))
        return held

    def read(self, text: str, title: str | None = None) -> Document:
        """A text as read with what is known here; it isn't kept."""
        return read(text, title=title, registry=self._registry, furniture=self._furniture)

    def _drop(self, name: str) -> None:
        self._room += len(self._held.pop(name).article.text)
