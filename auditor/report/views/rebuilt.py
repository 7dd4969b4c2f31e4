"""The text of an original that nobody holds, as far as its copies tell it: always shown as an inference.

Pure: lineage puts the sentences together, this says how far the copies agree. It must not know HTML or
stores.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.lineage import Lost, lost_texts, reconstruct, witness
from auditor.registry import Registry
from auditor.report import formats
from auditor.report.facts import ArticleFacts
from auditor.report.heads import Head

# Lost texts shown of a story, the largest first, and copies read for each: every two copies are aligned.
MOST_TEXTS = 2
MOST_READ = 6


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as most copies have it: in how many, and how far they agree on its words.

    ``x`` and ``width`` are its place in the strip, of 100; ``weight`` the share of the copies, 0..1.
    """

    text: str
    copies: int
    agreement: str
    opens: bool
    x: float
    width: float
    weight: float


@dataclass(frozen=True, slots=True)
class RebuiltText:
    """A lost text: whose it probably was, the copies it was made of, how many weren't read."""

    name: str
    agreement: str
    copies: tuple[Head, ...]
    unread: int
    sentences: tuple[Sentence, ...]


def rebuilt_texts(members: Sequence[ArticleFacts], registry: Registry) -> tuple[RebuiltText, ...]:
    """The lost texts of a story; none where its originals are held, or its copies share no sentence."""
    rows = [row for facts in members for row in facts.derivations if row.origin.article is None]
    if not rows:
        return ()
    index = {facts.article.id: facts for facts in members}
    found = (_rebuilt(one, index, registry) for one in lost_texts(rows)[:MOST_TEXTS])
    return tuple(each for each in found if each)


def _rebuilt(lost: Lost, index: Mapping[str, ArticleFacts], registry: Registry) -> RebuiltText | None:
    held = [index[name] for name in lost.copies if name in index and not index[name].article.removed]
    read = {each.article.id: witness(each.article, each.document, registry) for each in held[:MOST_READ]}
    found = reconstruct(lost, read)
    if found is None:
        return None
    scale = 100 / sum(len(passage.text) for passage in found.passages)
    sentences: list[Sentence] = []
    at = 0.0
    for passage in found.passages:
        copies = len({place.article for place in passage.copies})
        width = len(passage.text) * scale
        sentences.append(
            Sentence(
                text=passage.text,
                copies=copies,
                agreement=formats.share(passage.agreement),
                opens=passage.opens,
                x=round(at, 2),
                width=round(width, 2),
                weight=round(copies / len(found.read), 2),
            )
        )
        at += width
    return RebuiltText(
        name=registry.name_of(found.source) or "somebody unknown",
        agreement=formats.share(found.agreement),
        copies=tuple(index[name].head for name in found.read),
        unread=found.unread,
        sentences=tuple(sentences),
    )
