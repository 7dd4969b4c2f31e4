"""A text with all its parts, each worked out when it is first asked for.

It ties the other modules of this package together and holds no rule of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np

from auditor.domain import Credit, Figure, Name, Passage, PassageKind, Quotation, SourceKind, Span
from auditor.registry import Registry
from auditor.text import credits as crediting
from auditor.text import figures as figuring
from auditor.text import names as naming
from auditor.text import paragraphs as paragraphing
from auditor.text import passages as passaging
from auditor.text import quotations as quoting
from auditor.text import sentences as sentencing
from auditor.text.bare import is_bare
from auditor.text.layer import Layer, normalise
from auditor.text.lines import NOTHING, Known, hash_of, known_lines
from auditor.text.tokens import Tokens, tokenise, tokenise_many


@dataclass(frozen=True, eq=False)
class Document:
    """A text as read: every span is an offset range of ``text``; parts are computed once, when asked for."""

    text: str
    title: str | None
    registry: Registry
    furniture: Known = NOTHING

    @cached_property
    def layer(self) -> Layer:
        """The normalised text with its map to the original offsets."""
        return normalise(self.text)

    @cached_property
    def tokens(self) -> Tokens:
        """The words of the normalised text, with original offsets."""
        return tokenise(self.layer)

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """The paragraphs, in order."""
        return paragraphing.paragraphs(self.text)

    @property
    def is_bare(self) -> bool:
        """Is it plainly without furniture, and one passage at least its body? Not all that are are told."""
        return not self.known_furniture and is_bare(self.text, self.paragraphs, self._supplies_text)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The sentences with their kind, in order: together they cover all but white space."""
        sentences = sentencing.sentences(self.text, self.paragraphs)
        found = passaging.passages(self.text, self.paragraphs, sentences, self.title, self._supplies_text)
        return tuple(map(self._as_known, found)) if self.known_furniture else found

    @cached_property
    def known_furniture(self) -> list[tuple[int, int]]:
        """The token ranges of the lines that are known to be page furniture."""
        return known_lines(self.tokens, self.furniture) if self.furniture else []

    def furniture_of(self, lines: Collection[int]) -> list[tuple[int, int]]:
        """The token ranges of those of its lines of furniture that are among these, by their hashes."""
        hashes = self.tokens.hashes
        return [(first, last) for first, last in self.known_furniture if hash_of(hashes[first:last]) in lines]

    @property
    def matter(self) -> Matter:
        """The text as it is compared with others: without the lines known to be furniture.

        Not kept where it is the document: one that held itself would stay in memory long after its use.
        """
        return self._bare if self.known_furniture else self

    @cached_property
    def _bare(self) -> _Matter:
        own = np.ones(len(self.tokens), np.bool_)
        for first, last in self.known_furniture:
            own[first:last] = False
        return _Matter(self.text, self.tokens.take(own))

    def _as_known(self, passage: Passage) -> Passage:
        """The passage, furniture where it stands in a line that is; a credit stays one wherever it recurs."""
        if passage.kind not in _OWN_MATTER:
            return passage
        first, last = self.tokens.within(passage.span)
        known = any(start <= first and last <= end for start, end in self.known_furniture)
        return replace(passage, kind=PassageKind.FURNITURE) if known and first < last else passage

    def _supplies_text(self, name: str) -> bool:
        """Is that the name of a source that isn't known for pictures only?"""
        source = self.registry.resolve(name)
        return source is not None and source.kind is not SourceKind.UNKNOWN

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The spans of the passages, in order."""
        return tuple(passage.span for passage in self.passages)

    @cached_property
    def body(self) -> tuple[Span, ...]:
        """The passages that are its own matter: no furniture, no credit lines."""
        return tuple(passage.span for passage in self.passages if passage.kind in _OWN_MATTER)

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """The statements between quotation marks, in order; a nested one follows the one it stands in."""
        return quoting.quotations(self.text, self.paragraphs, self.sentences, self.names)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The numbers with unit and hedge, in order, never overlapping."""
        return figuring.figures(self.text)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """The capitalised names, in order, never overlapping."""
        return naming.names(self.text, self.passages)

    @cached_property
    def credits(self) -> tuple[Credit, ...]:
        """The places where the text credits a source, in order."""
        return crediting.credits_of(self.text, self.paragraphs, lambda: self.passages, self.registry)


class Matter(Protocol):
    """What texts are compared by: one as read, or that without its furniture."""

    @property
    def text(self) -> str:
        """The original text."""

    @property
    def tokens(self) -> Tokens:
        """The words that count, with original offsets."""


@dataclass(frozen=True, eq=False)
class _Matter:
    """A text without its furniture."""

    text: str
    tokens: Tokens


def read_ahead(documents: Iterable[Document]) -> None:
    """Work out the tokens of some documents together, where they aren't known yet."""
    missing = [document for document in documents if _TOKENS not in vars(document)]
    for some in _of_some_length(missing):
        for document, tokens in zip(some, tokenise_many([each.layer for each in some]), strict=True):
            vars(document)[_TOKENS] = tokens  # where the cached property looks for them


_TOKENS = "tokens"
_JOINED = 1 << 16  # characters scanned together: enough to spread a call's cost, few enough for the cache


def _of_some_length(documents: Iterable[Document]) -> Iterator[list[Document]]:
    some: list[Document] = []
    length = 0
    for document in documents:
        if some and length + len(document.text) > _JOINED:
            yield some
            some, length = [], 0
        some.append(document)
        length += len(document.text)
    if some:
        yield some


_OWN_MATTER = (PassageKind.BODY, PassageKind.HEADLINE, PassageKind.CAPTION)
_NO_SOURCES = Registry()


def read(
    text: str,
    *,
    title: str | None = None,
    registry: Registry = _NO_SOURCES,
    furniture: Known = NOTHING,
) -> Document:
    """Take a text apart: layer, tokens, passages, quotations, figures, names, credits, each when asked for.

    ``title`` is the headline as captured apart from the text, if any; ``registry`` tells which names
    are sources; ``furniture`` are lines known to be (``auditor.text.lines``). Offsets are code
    points of ``text``.
    """
    return Document(text, title, registry, furniture)
