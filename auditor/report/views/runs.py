"""The text of an article in runs: neighbouring passages of one parent, with the reasons beside them.

A run is set in blocks of paragraphs, so that a note stands beside the change that it is about. Pure. It
must not know HTML or stores.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from auditor.domain import Derivation, PassageKind, Relation, Span
from auditor.registry import Registry
from auditor.report import formats, naming, wording
from auditor.report.composition import ParentKey
from auditor.report.facts import ArticleFacts
from auditor.report.marks import Mark
from auditor.report.reading import Piece, pieces, trimmed
from auditor.report.views.parents import Parent, origin_name

_WORD = re.compile(r"\S")

LONG = 60  # a change of more code points isn't set in bold
EVIDENCE_LIMIT = 8  # reasons shown a run; the strongest first

_NEW_KINDS = {
    PassageKind.CREDIT: "credit line",
    PassageKind.CAPTION: "caption",
    PassageKind.HEADLINE: "headline",
}


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of letters: ``opening`` marks begin here, ``closing`` end here, ``severity`` is the worst."""

    text: str
    opening: tuple[Mark, ...] = ()
    closing: tuple[Mark, ...] = ()
    severity: str = ""
    long: bool = False
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A passage of a run, in one band."""

    anchor: str
    band: wording.Term
    fragments: tuple[Fragment, ...]
    similarity: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence: in words, and whether it speaks for or against."""

    detail: str
    speaks_for: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs of a run with the changes in them."""

    stretches: tuple[Stretch, ...]
    marks: tuple[Mark, ...]

    @property
    def changes(self) -> tuple[tuple[Mark, ...], ...]:
        """The changes, those of which the same is said together, so that notes stay near their words."""
        alike: dict[tuple[str, str, str, str], list[Mark]] = {}
        for mark in self.marks:
            entered = mark.introduced.id if mark.introduced else ""
            alike.setdefault((mark.kind.key, mark.severity.key, mark.detail, entered), []).append(mark)
        return tuple(map(tuple, alike.values()))


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring passages with the same parent; ``parent`` is None where the text is new, or furniture."""

    parent: Parent | None
    is_furniture: bool
    relation: wording.Term | None
    what: str
    bands: str
    blocks: tuple[Block, ...]
    reasons: tuple[Reason, ...]
    confidence: str
    confidence_words: str
    origin: str
    pair_href: str | None


def runs_of(
    facts: ArticleFacts, parents: Mapping[ParentKey, Parent], marks: Sequence[Mark], registry: Registry
) -> tuple[Run, ...]:
    """The runs of this article's text, in reading order."""
    breaks = [paragraph.start for paragraph in facts.document.paragraphs]
    setting = _Setting(facts, marks, frozenset(breaks))
    text = facts.article.text
    parts = _without_gaps(facts, pieces(len(text), facts.stretches, facts.garbles, breaks))
    kinds = [
        (each.span, _NEW_KINDS[each.kind]) for each in facts.document.passages if each.kind in _NEW_KINDS
    ]
    furniture = _furniture(facts)

    def owner(piece: Piece) -> tuple[ParentKey, Relation] | bool:
        if piece.derivation is None:
            words = trimmed(text, piece.span)
            return any(line.contains(words) for line in furniture)
        derivation = facts.derivations[piece.derivation]
        return ParentKey.of(derivation), derivation.relation

    found: list[Run] = []
    for key, group in groupby(parts, key=owner):
        members = list(group)
        if isinstance(key, tuple):
            found.append(_derived_run(setting, members, parents[key[0]], registry))
        else:
            found.append(_new_run(setting, members, kinds, is_furniture=key))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What every run of an article is set from."""

    facts: ArticleFacts
    marks: Sequence[Mark]
    breaks: frozenset[int]

    def blocks(self, members: Sequence[Piece]) -> tuple[Block, ...]:
        """The pieces of a run by paragraphs; those without a change join the ones before."""
        paragraphs: list[list[Piece]] = []
        for piece in members:
            if not paragraphs or piece.span.start in self.breaks:
                paragraphs.append([])
            paragraphs[-1].append(piece)
        groups: list[list[Piece]] = []
        for paragraph in paragraphs:
            noted = any(piece.starts for piece in paragraph)
            if groups and not noted and not any(piece.starts for piece in groups[-1]):
                groups[-1] += paragraph
            else:
                groups.append(paragraph)
        return tuple(self._block(group) for group in groups)

    def _block(self, members: Sequence[Piece]) -> Block:
        numbers = dict.fromkeys(index for piece in members for index in piece.starts)
        marks = tuple(self.marks[index] for index in sorted(numbers))
        return Block(_trimmed(tuple(self._stretches(members))), marks)

    def _words(self, span: Span) -> str:
        """The words there, or how many characters were removed."""
        article = self.facts.article
        if not article.removed:
            return span.of(article.text)
        return " " if self.facts.is_space(span) else wording.removed_words(span.length) + " "

    def _stretches(self, members: Sequence[Piece]) -> Iterator[Stretch]:
        text = self.facts.article.text
        for owner, group in groupby(members, key=lambda piece: piece.derivation):
            fragments = list(group)
            derivation = None if owner is None else self.facts.derivations[owner]
            span = Span(fragments[0].span.start, fragments[-1].span.end)
            if derivation:
                anchor = naming.place_anchor(Span(span.start, derivation.span.end))
            else:
                anchor = naming.new_anchor(trimmed(text, span))
            yield Stretch(
                anchor=anchor,
                band=wording.BANDS[derivation.kind if derivation else wording.NEW],
                fragments=tuple(_fragment(self._words(piece.span), piece, self.marks) for piece in fragments),
                similarity=formats.share(derivation.similarity) if derivation else "",
            )


def _trimmed(stretches: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """Without the line breaks at the ends: the page sets blocks apart itself."""
    first = stretches[0]
    opening = replace(first.fragments[0], text=first.fragments[0].text.lstrip())
    first = replace(first, fragments=(opening, *first.fragments[1:]))
    stretches = (first, *stretches[1:])
    last = stretches[-1]
    closing = replace(last.fragments[-1], text=last.fragments[-1].text.rstrip())
    return (*stretches[:-1], replace(last, fragments=(*last.fragments[:-1], closing)))


def _without_gaps(facts: ArticleFacts, parts: Sequence[Piece]) -> list[Piece]:
    """Give white space between two stretches of one parent to the first of them."""
    found: list[Piece] = []
    for piece in parts:
        if found and piece.derivation is None and facts.is_space(piece.span):
            found.append(replace(piece, derivation=found[-1].derivation))
        else:
            found.append(piece)
    return found


def _furniture(facts: ArticleFacts) -> list[Span]:
    """The lines that are page furniture, each up to the next word."""
    text = facts.article.text
    lines = [each.span for each in facts.document.passages if each.kind is PassageKind.FURNITURE]
    words_after = [_WORD.search(text, line.end) for line in lines]
    return [
        Span(line.start, word.start() if word else len(text))
        for line, word in zip(lines, words_after, strict=True)
    ]


def _fragment(words: str, piece: Piece, marks: Sequence[Mark]) -> Fragment:
    severities = {marks[index].severity.key for index in piece.garbles}
    worst = next((key for key in ("high", "medium", "low") if key in severities), "")
    return Fragment(
        text=words,
        opening=tuple(marks[index] for index in piece.starts),
        closing=tuple(marks[index] for index in piece.ends if marks[index].span),
        severity=worst,
        long=any(marks[index].span.length > LONG for index in piece.garbles),
        anchors=tuple(marks[index].anchor for index in piece.starts),
    )


def _new_run(
    setting: _Setting, members: Sequence[Piece], kinds: Sequence[tuple[Span, str]], *, is_furniture: bool
) -> Run:
    text = setting.facts.article.text
    span = Span(members[0].span.start, members[-1].span.end)
    inside = {name for at, name in kinds if span.contains(at)}
    body = span.of(text).strip()
    only = next((name for at, name in kinds if at.of(text).strip() == body), "") if len(inside) == 1 else ""
    return Run(
        parent=None,
        is_furniture=is_furniture,
        relation=None,
        what=only,
        bands="",
        blocks=setting.blocks(members),
        reasons=(),
        confidence="",
        confidence_words="",
        origin="",
        pair_href=None,
    )


def _derived_run(setting: _Setting, members: Sequence[Piece], parent: Parent, registry: Registry) -> Run:
    indexes = dict.fromkeys(piece.derivation for piece in members if piece.derivation is not None)
    derivations = [setting.facts.derivations[index] for index in indexes]
    first = derivations[0]
    lowest, highest = min(d.confidence for d in derivations), max(d.confidence for d in derivations)
    span = formats.share(lowest)
    if formats.share(highest) != span:
        span = f"{span.removesuffix('%')}{formats.DASH}{formats.share(highest)}"
    return Run(
        parent=parent,
        is_furniture=False,
        relation=wording.RELATIONS[first.relation],
        what="",
        bands=", ".join(dict.fromkeys(wording.BANDS[d.kind].label for d in derivations)),
        blocks=setting.blocks(members),
        reasons=reasons(derivations),
        confidence=span,
        confidence_words=wording.confidence_in_words(lowest),
        origin=origin_name(first.origin.source, first.origin.article, registry),
        pair_href=f"{parent.pair_href}#{naming.place_anchor(first.span)}" if parent.pair_href else None,
    )


def reasons(derivations: Sequence[Derivation]) -> tuple[Reason, ...]:
    """The evidence of some derivations, each statement once, the weightiest first."""
    weights: dict[str, float] = {}
    for derivation in derivations:
        for evidence in derivation.evidence:
            if (
                abs(evidence.weight) > abs(weights.get(evidence.detail, 0.0))
                or evidence.detail not in weights
            ):
                weights[evidence.detail] = evidence.weight
    ordered = sorted(weights.items(), key=lambda item: -abs(item[1]))[:EVIDENCE_LIMIT]
    return tuple(
        Reason(formats.sentence(detail), weight >= 0) for detail, weight in ordered if detail.strip()
    )
