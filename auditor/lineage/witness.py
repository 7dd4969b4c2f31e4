"""What lineage knows of an article: its text, who published it when, and whom it credits.

A witness holds the whole text and is needed only while an article is traced; a standing is the light
part that outlives it, enough to carry origins and name stories. This module must not know how passages
were matched, nor where articles are stored.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from auditor.domain import Aligned, Article, Credit, CreditForm, Moment, PassageKind, Source, Span, Status
from auditor.lineage.crediting import Reach, Scope, scopes
from auditor.lineage.marks import Marks, marks
from auditor.lineage.readings import Side
from auditor.lineage.wording import threes
from auditor.matching.quoting import quotations
from auditor.registry import Registry
from auditor.text import Document

_LITTER = (PassageKind.FURNITURE, PassageKind.CREDIT)
_ADDRESS = re.compile(r"(?<=\w)@[\w-]{1,64}\.\w")


@dataclass(frozen=True, slots=True)
class Standing:
    """The light facts of an article that settling needs; no text.

    ``credited`` says which sources it credits, and for which part of its text; ``body`` has the paragraphs
    that are its own matter, of an article that leaves open whose they are: no wire, no credit for the whole.
    """

    article: str
    source: str | None = None
    is_wire: bool = False
    published: Moment | None = None
    title: str = ""
    length: int = 0
    credited: tuple[Scope, ...] = ()
    revises: str | None = None
    status: Status = Status.USABLE
    body: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Witness:
    """An article with its read text, its registered source and the credits of its metadata."""

    article: Article
    source: Source | None
    document: Document
    named: tuple[Credit, ...] = ()

    @property
    def credits(self) -> tuple[Credit, ...]:
        """Every credit of text and metadata; the text is taken apart for them when they are asked for."""
        return (*self.document.credits, *self.named)

    @cached_property
    def marks(self) -> Marks:
        """What the text alone shows of its history: litter, damage, doubled blocks."""
        return marks(self.document)

    @cached_property
    def gives_address(self) -> bool:
        """Does the author give a mail address, in the byline or in the text, as writers of letters do?"""
        return bool(_ADDRESS.search(self.article.byline or "") or _ADDRESS.search(self.article.text))

    @cached_property
    def letters(self) -> Counter[str]:
        """How often three letters follow each other in the words of the text."""
        words = Counter(self.document.tokens.words)
        runs: Counter[str] = Counter()
        for word, count in words.items():
            for three in threes(word):
                runs[three] += count
        return runs

    @cached_property
    def side(self) -> Side:
        """The text as readings are taken from it."""
        return Side(self.document, self.litter, self.printed)

    @cached_property
    def litter(self) -> NDArray[np.bool_]:
        """Which tokens are page furniture, credit lines or datelines: no matter of the article's own."""
        tokens = self.document.tokens
        where = np.zeros(len(tokens), np.bool_)
        for passage in self.document.passages:
            if passage.kind in _LITTER:
                first, last = tokens.within(passage.span)
                where[first:last] = True
        for credit in self.credits:
            if credit.form is CreditForm.DATELINE and credit.span:
                line = self.article.text.rfind("\n", 0, credit.span.start) + 1
                first, last = tokens.within(Span(line, credit.span.end))
                where[first:last] = True
        return where

    @cached_property
    def quoted(self) -> NDArray[np.bool_]:
        """Which tokens stand between quotation marks."""
        where = np.zeros(len(self.document.tokens), np.bool_)
        for first, last in quotations(self.document.tokens):
            where[first:last] = True
        return where

    @cached_property
    def printed(self) -> NDArray[np.bool_]:
        """Which tokens are litter only because other sites print their lines again and again.

        What its own site prints under everything it has from nobody.
        """
        where = np.zeros(len(self.document.tokens), np.bool_)
        own = self.document.furniture_of(self.document.furniture.by(self.article.source))
        for first, last in self.document.known_furniture:
            where[first:last] = (first, last) not in own
        for passage in self.document.passages if where.any() else ():
            if passage.kind is PassageKind.CREDIT:
                first, last = self.document.tokens.within(passage.span)
                where[first:last] = False
        return where

    @property
    def body(self) -> tuple[Span, ...]:
        """The passages that are the article's own matter: no furniture, no credit lines."""
        return self.document.body

    @cached_property
    def credited(self) -> tuple[Scope, ...]:
        """Which sources the article credits, and for what part of its text."""
        own = self.source.key if self.source else None
        return scopes(self.document, self.credits, own)

    def standing(self, registry: Registry, *, whole: bool = True) -> Standing:
        """The light facts of this article; unless ``whole``, without its ``body``."""
        article = self.article
        is_wire = registry.is_wire(article.source)
        is_told = is_wire or any(scope.reach is Reach.WHOLE for scope in self.credited)
        return Standing(
            article=article.id,
            source=article.source,
            is_wire=is_wire,
            published=article.published,
            title=article.title or _first_line(article.text),
            length=len(article.text),
            credited=self.credited,
            revises=article.revises,
            status=article.status,
            body=() if is_told or not whole else self.body,
        )


@dataclass(frozen=True, slots=True)
class Relative:
    """Another article that shares passages with the one being traced.

    ``matches`` has ``Aligned.a`` in the article being traced and ``Aligned.b`` in this one; ``told`` says
    which of them, by their places, are merely told alike: None where that has to be found out.
    """

    witness: Witness
    matches: tuple[Aligned, ...]
    told: tuple[int, ...] | None = None


def witness(article: Article, document: Document, registry: Registry) -> Witness:
    """Put together what is known of an article; credits of its metadata join those of its text."""
    told = dict.fromkeys(
        Credit(source.key, CreditForm.METADATA)
        for name in (article.credit, *_evidence_names(article))
        if name and (source := registry.resolve(name))
    )
    return Witness(article, registry.get(article.source), document, tuple(told))


def _evidence_names(article: Article) -> tuple[str, ...]:
    """Keys of the sources that the page names as the text's (``extra["evidence"]``, see docs/ingest.md)."""
    evidence = article.extra.get("evidence")
    if not isinstance(evidence, list | tuple):
        return ()
    named = (one.get("source") for one in evidence if isinstance(one, Mapping))
    return tuple(key for key in named if isinstance(key, str) and key != article.source)


_TITLE_LENGTH = 90


def _first_line(text: str) -> str:
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= _TITLE_LENGTH else line[:_TITLE_LENGTH].rsplit(" ", 1)[0] + " …"
