"""The page of one article: its text in reading order, each stretch with its parent, band and reasons.

Pure. It must not know HTML or stores.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.domain import Label, Relation
from auditor.registry import Registry
from auditor.report import composition, crediting, formats, naming, wording
from auditor.report.charts.score import Score, score
from auditor.report.composition import ParentKey, Part, Taking
from auditor.report.facts import ArticleFacts
from auditor.report.heads import Head
from auditor.report.marks import Mark, marks_of, tally
from auditor.report.views.parents import Parent, parents_of
from auditor.report.views.runs import Run, runs_of

# A share of the text that stands in others without counting as derived, from which on that is said.
NOTABLE = 0.02
LONGEST_STALE = 200  # code points shown of a passage that is out of date


@dataclass(frozen=True, slots=True)
class Taker:
    """An article that took from this one."""

    head: Head
    passages: str
    pair_href: str


@dataclass(frozen=True, slots=True)
class Outdated:
    """A passage that its source no longer stands by: its words, what became of it, and by which text."""

    words: str
    told: str
    current: Head | None


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
    uncounted: bool
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
    removed: str
    stale: tuple[Outdated, ...]


def article_page(
    facts: ArticleFacts, registry: Registry, *, captured: formats.When | None = None
) -> ArticlePage:
    """What the page of this article shows."""
    article = facts.article
    taken = composition.takings(facts)
    chart = score(facts)
    parts = composition.composition(facts)
    new = sum(part.share for part in parts if part.band == wording.NEW)
    parents = parents_of(facts, taken, registry, chart)
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
        label=_label(facts),
        standfirst=_standfirst(facts, parents, taken),
        derived=formats.share(composition.derived_share(facts)),
        wire=formats.share(facts.verdict.wire_share) if facts.verdict else "",
        parts=parts,
        new_share=formats.share(new),
        uncounted=1 - new - composition.derived_share(facts) > NOTABLE,
        parents=tuple(parents.values()),
        chart=chart,
        runs=runs_of(facts, parents, marks, registry),
        marks=marks,
        tally=tally(facts.garbles),
        takers=_takers(facts),
        credit=crediting.credit_state(facts, registry),
        story_title=facts.story.title if facts.story else "",
        story_href=naming.story_page(facts.story.id) if facts.story else None,
        reason=facts.verdict.reason if facts.verdict else "",
        length=formats.size(len(article.text)),
        removed=removed_sentence(facts),
        stale=_outdated(facts),
    )


def removed_sentence(facts: ArticleFacts) -> str:
    """That the text was removed, when, and what is left of it; "" where it is held."""
    removed = facts.article.removed
    if removed is None:
        return ""
    day = formats.day(removed.at.earliest)
    return (
        f"The text was removed on {day}, as its retention asks. What was found of it stays: places, parents, "
        f"changes, and its SHA-256, {removed.digest}."
    )


def _outdated(facts: ArticleFacts) -> tuple[Outdated, ...]:
    return tuple(
        Outdated(
            words=""
            if facts.article.removed
            else formats.clip(each.span.of(facts.article.text), LONGEST_STALE),
            told=formats.outdated(each),
            current=facts.heads.get(each.current),
        )
        for each in facts.stale
    )


def _label(facts: ArticleFacts) -> str:
    if facts.verdict is None:
        return "not examined yet"
    if facts.verdict.label is Label.NON and facts.verdict.derived_share > 0:
        return wording.MOSTLY_OWN
    return wording.LABELS[facts.verdict.label]


def _standfirst(
    facts: ArticleFacts, parents: Mapping[ParentKey, Parent], taken: Sequence[Taking]
) -> tuple[str, ...]:
    if not taken:
        reason = facts.verdict.reason if facts.verdict else ""
        return (
            "No passage of this text was found in another one.",
            *([formats.sentence(reason)] if reason else []),
        )
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
