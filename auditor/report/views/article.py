"""The page of one article: its text in reading order, each stretch with its parent, band and reasons.

Pure. It must not know HTML or stores.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from auditor import text as reading_text
from auditor.domain import Derivation, PassageKind, Relation, Span
from auditor.registry import Registry
from auditor.report import composition, crediting, formats, naming, wording
from auditor.report.charts.score import Block, Score, score
from auditor.report.composition import ParentKey, Part, Taking
from auditor.report.facts import ArticleFacts
from auditor.report.heads import Head
from auditor.report.marks import Mark, marks_of, tally
from auditor.report.reading import Piece, pieces, trimmed

EVIDENCE_LIMIT = 8  # reasons shown a run; the strongest first

_NEW_KINDS = {
    PassageKind.FURNITURE: "page furniture",
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
class Parent:
    """One of the texts that an article was made from, with the letter that stands for it on the page."""

    letter: str
    head: Head | None
    name: str
    origin: str
    share: str
    parts: tuple[Part, ...]
    relation: wording.Term
    confidence: str
    confidence_words: str
    passages: str
    pair_href: str | None
    delay: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring passages with the same parent; ``parent`` is None where the text is new."""

    parent: Parent | None
    relation: wording.Term | None
    what: str
    bands: str
    stretches: tuple[Stretch, ...]
    marks: tuple[Mark, ...]
    reasons: tuple[Reason, ...]
    confidence: str
    confidence_words: str
    origin: str
    pair_href: str | None


@dataclass(frozen=True, slots=True)
class Taker:
    """An article that took from this one."""

    head: Head
    passages: str
    pair_href: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Everything that an article's page shows."""

    head: Head
    url: str | None
    byline: str
    credit_line: str
    captured: formats.When | None
    status: str
    revision: int
    language: str
    label: str
    standfirst: tuple[str, ...]
    derived: str
    wire: str
    parts: tuple[Part, ...]
    new_share: str
    parents: tuple[Parent, ...]
    chart: Score
    runs: tuple[Run, ...]
    marks: tuple[Mark, ...]
    tally: Mapping[str, int]
    takers: tuple[Taker, ...]
    credit: crediting.CreditState
    story_title: str
    story_href: str | None
    reason: str
    length: str


def letter(index: int) -> str:
    """The letter of the n-th parent: A … Z, then A2 …"""
    return chr(ord("A") + index % 26) + (str(index // 26 + 1) if index >= 26 else "")


def article_page(
    facts: ArticleFacts, registry: Registry, *, captured: formats.When | None = None
) -> ArticlePage:
    """What the page of this article shows."""
    article = facts.article
    taken = composition.takings(facts)
    chart = score(facts)
    parents = {
        taking.parent: _parent(index, taking, facts, registry, chart)
        for index, taking in enumerate(sorted(taken, key=lambda taking: taking.first))
    }
    marks = marks_of(facts)
    return ArticlePage(
        head=facts.head,
        url=naming.web_address(article.url),
        byline=article.byline or "",
        credit_line=article.credit or "",
        captured=captured,
        status="" if article.status == "usable" else article.status.value,
        revision=article.revision,
        language=article.language or "",
        label=wording.LABELS[facts.verdict.label] if facts.verdict else "not examined yet",
        standfirst=_standfirst(facts, parents, taken),
        derived=formats.share(composition.derived_share(facts)),
        wire=formats.share(facts.verdict.wire_share) if facts.verdict else "",
        parts=composition.composition(facts),
        new_share=formats.share(max(0.0, 1 - composition.derived_share(facts))),
        parents=tuple(parents.values()),
        chart=chart,
        runs=_runs(facts, parents, marks, registry),
        marks=marks,
        tally=tally(facts.garbles),
        takers=_takers(facts),
        credit=crediting.credit_state(facts, registry),
        story_title=facts.story.title if facts.story else "",
        story_href=naming.story_page(facts.story.id) if facts.story else None,
        reason=facts.verdict.reason if facts.verdict else "",
        length=formats.size(len(article.text)),
    )


def origin_name(source: str | None, article: str | None, registry: Registry) -> str:
    """Where a chain begins, in words."""
    if source is None:
        return "origin not known" if article is None else ""
    name = registry.name_of(source) or ""
    return name if article else f"{name}, item not held, inferred"


def _parent(index: int, taking: Taking, facts: ArticleFacts, registry: Registry, chart: Score) -> Parent:
    head = facts.heads.get(taking.parent.article) if taking.parent.article else None
    origin = taking.origins[0]
    name = head.label if head else (registry.name_of(taking.parent.source) or "A text not held")
    return Parent(
        letter=letter(index),
        head=head,
        name=name,
        origin=origin_name(origin.source, origin.article, registry),
        share=formats.share(taking.share),
        parts=taking.parts,
        relation=wording.RELATIONS[taking.relation],
        confidence=formats.share(taking.confidence),
        confidence_words=wording.confidence_in_words(taking.confidence),
        passages=formats.count(taking.passages, "passage"),
        pair_href=naming.pair_page(facts.article.id, head.id) if head else None,
        delay=formats.delay(head.published, facts.article.published) if head else "",
        blocks=chart.lines.get(taking.parent, ()),
    )


def _standfirst(
    facts: ArticleFacts, parents: Mapping[ParentKey, Parent], taken: Sequence[Taking]
) -> tuple[str, ...]:
    if not taken:
        reason = facts.verdict.reason if facts.verdict else ""
        return ("No passage of this text was found in another one.", *([_sentence(reason)] if reason else []))
    share = formats.share(composition.derived_share(facts))
    sure = [parents[t.parent].name for t in taken if t.relation is Relation.COPY]
    if sure:
        named = formats.listing(list(dict.fromkeys(sure)))
        sentences = [f"{share} of this text derives from other texts; its parents are {named}."]
        if len(sure) == 1:
            sentences = [f"{share} of this text derives from other texts, by all signs from {named}."]
    else:
        sentences = [f"{share} of this text also stands in other texts; who had it first can't be told."]
    harm = sum(garble.severity != "low" for garble in facts.garbles)
    if harm:
        own = sum(g.severity != "low" and g.introduced_by == facts.article.id for g in facts.garbles)
        sentences.append(
            f"{formats.count(harm, 'change')} on the way can mislead a reader; {_own(own, harm)}."
        )
    return tuple(sentences)


def _own(own: int, harm: int) -> str:
    if own == harm:
        return "it entered here" if harm == 1 else "all of them entered here"
    if own == 0:
        return "it was inherited" if harm == 1 else "all of them were inherited"
    return f"{formats.in_words(own)} entered here, the rest came with the text"


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def _runs(
    facts: ArticleFacts, parents: Mapping[ParentKey, Parent], marks: Sequence[Mark], registry: Registry
) -> tuple[Run, ...]:
    text, derivations = facts.article.text, facts.derivations
    parts = _without_gaps(text, pieces(text, derivations, facts.garbles))
    document = reading_text.read(text, title=facts.article.title, registry=registry)
    kinds = [
        (passage.span, _NEW_KINDS[passage.kind])
        for passage in document.passages
        if passage.kind in _NEW_KINDS
    ]

    def owner(piece: Piece) -> tuple[ParentKey, Relation] | None:
        if piece.derivation is None:
            return None
        derivation = derivations[piece.derivation]
        return ParentKey.of(derivation), derivation.relation

    found: list[Run] = []
    for key, group in groupby(parts, key=owner):
        members = list(group)
        if key is None:
            found.append(_new_run(text, members, marks, kinds))
        else:
            found.append(_derived_run(facts, members, marks, parents[key[0]], registry))
    return tuple(found)


def _without_gaps(text: str, parts: Sequence[Piece]) -> list[Piece]:
    """Give white space between two stretches of one parent to the first of them."""
    found: list[Piece] = []
    for piece in parts:
        blank = piece.derivation is None and not piece.garbles and piece.span.of(text).isspace()
        if blank and found:
            found.append(Piece(piece.span, found[-1].derivation, (), piece.starts, piece.ends))
        else:
            found.append(piece)
    return found


def _stretches(
    text: str, members: Sequence[Piece], marks: Sequence[Mark], derivations: Sequence[Derivation]
) -> Iterator[Stretch]:
    for owner, group in groupby(members, key=lambda piece: piece.derivation):
        fragments = list(group)
        derivation = None if owner is None else derivations[owner]
        span = Span(fragments[0].span.start, fragments[-1].span.end)
        place = Span(span.start, derivation.span.end) if derivation else trimmed(text, span)
        yield Stretch(
            anchor=naming.place_anchor(place),
            band=wording.BANDS[derivation.kind if derivation else wording.NEW],
            fragments=tuple(_fragment(text, piece, marks) for piece in fragments),
            similarity=formats.share(derivation.similarity) if derivation else "",
        )


def _fragment(text: str, piece: Piece, marks: Sequence[Mark]) -> Fragment:
    severities = {marks[index].severity.key for index in piece.garbles}
    worst = next((key for key in ("high", "medium", "low") if key in severities), "")
    points = tuple(marks[i] for i in piece.starts if not marks[i].span)
    return Fragment(
        text=piece.span.of(text),
        opening=tuple(marks[index] for index in piece.starts),
        closing=(*points, *(marks[index] for index in piece.ends if marks[index].span)),
        severity=worst,
        anchors=tuple(marks[index].anchor for index in piece.starts),
    )


def _marks_in(members: Sequence[Piece], marks: Sequence[Mark]) -> tuple[Mark, ...]:
    numbers = dict.fromkeys(index for piece in members for index in piece.starts)
    return tuple(marks[index] for index in sorted(numbers))


def _new_run(
    text: str, members: Sequence[Piece], marks: Sequence[Mark], kinds: Sequence[tuple[Span, str]]
) -> Run:
    span = Span(members[0].span.start, members[-1].span.end)
    inside = {name for at, name in kinds if span.contains(at)}
    body = span.of(text).strip()
    only = next((name for at, name in kinds if at.of(text).strip() == body), "") if len(inside) == 1 else ""
    return Run(
        parent=None,
        relation=None,
        what=only,
        bands="",
        stretches=tuple(_stretches(text, members, marks, ())),
        marks=_marks_in(members, marks),
        reasons=(),
        confidence="",
        confidence_words="",
        origin="",
        pair_href=None,
    )


def _derived_run(
    facts: ArticleFacts, members: Sequence[Piece], marks: Sequence[Mark], parent: Parent, registry: Registry
) -> Run:
    indexes = dict.fromkeys(piece.derivation for piece in members if piece.derivation is not None)
    derivations = [facts.derivations[index] for index in indexes]
    first = derivations[0]
    lowest, highest = min(d.confidence for d in derivations), max(d.confidence for d in derivations)
    span = formats.share(lowest)
    if formats.share(highest) != span:
        span = f"{span.removesuffix('%')}{formats.DASH}{formats.share(highest)}"
    return Run(
        parent=parent,
        relation=wording.RELATIONS[first.relation],
        what="",
        bands=", ".join(dict.fromkeys(wording.BANDS[d.kind].label for d in derivations)),
        stretches=tuple(_stretches(facts.article.text, members, marks, facts.derivations)),
        marks=_marks_in(members, marks),
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
    return tuple(Reason(_sentence(detail), weight >= 0) for detail, weight in ordered if detail.strip())


def _takers(facts: ArticleFacts) -> tuple[Taker, ...]:
    counts: dict[str, int] = {}
    for derivation in facts.taken_by:
        counts[derivation.article] = counts.get(derivation.article, 0) + 1
    heads = [(facts.heads[key], total) for key, total in counts.items() if key in facts.heads]
    heads.sort(key=lambda item: (item[0].published is None, str(item[0].published or ""), item[0].id))
    return tuple(
        Taker(head, formats.count(total, "passage"), naming.pair_page(head.id, facts.article.id))
        for head, total in heads
    )
