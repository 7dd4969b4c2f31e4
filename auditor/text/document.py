"""A text with all its parts, each worked out when it is first asked for.

It ties the other modules of this package together and holds no rule of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from auditor.domain import Credit, Figure, Name, Passage, Quotation, SourceKind, Span
from auditor.registry import Registry
from auditor.text import credits as crediting
from auditor.text import figures as figuring
from auditor.text import names as naming
from auditor.text import paragraphs as paragraphing
from auditor.text import passages as passaging
from auditor.text import quotations as quoting
from auditor.text import sentences as sentencing
from auditor.text.layer import Layer, normalise
from auditor.text.tokens import Tokens, tokenise


@dataclass(frozen=True, eq=False)
class Document:
    """A text as read: every span is an offset range of ``text``; parts are computed once, when asked for."""

    text: str
    title: str | None
    registry: Registry

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

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The sentences with their kind, in order: together they cover all but white space."""
        sentences = sentencing.sentences(self.text, self.paragraphs)
        return passaging.passages(self.text, self.paragraphs, sentences, self.title, self._supplies_text)

    def _supplies_text(self, name: str) -> bool:
        """Is that the name of a source that isn't known for pictures only?"""
        source = self.registry.resolve(name)
        return source is not None and source.kind is not SourceKind.UNKNOWN

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The spans of the passages, in order."""
        return tuple(passage.span for passage in self.passages)

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
        return crediting.credits_of(self.text, self.paragraphs, self.passages, self.registry)


_NO_SOURCES = Registry()


def read(text: str, *, title: str | None = None, registry: Registry = _NO_SOURCES) -> Document:
    """Take a text apart: layer, tokens, passages, quotations, figures, names, credits, each when asked for.

    ``title`` is the headline as captured apart from the text, if any; ``registry`` tells which names
    are sources. Offsets are code points of ``text``.
    """
    return Document(text, title, registry)
