"""Holds a pickup against the terms: what was agreed, or what holds where nothing was.

    pickup | takings by licensor | agreements in force | rules | findings and what is covered

This module must not know where terms or articles are stored, and knows no clock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from auditor.domain import Derivation, Moment, Relation
from auditor.licensing.findings import (
    Certainty,
    Finding,
    State,
    case_id,
    finding_id,
    text_digest,
)
from auditor.licensing.rules import Measure, measure, passing, places
from auditor.licensing.taking import Pickup, Taking, other_text
from auditor.licensing.terms import Agreement, Republication, RuleKind, Terms
from auditor.lineage import Witness
from auditor.lineage.verdict import counts
from auditor.registry import Registry

# How much a reviewer's hour is worth on each kind, of 100: what can hurt readers or the wire at once comes
# first, then use without leave, then what is owed, then what is only much or late.
_WEIGHTS = {
    RuleKind.CORRECTIONS: 100,
    RuleKind.ADVISORY: 95,
    RuleKind.FULL_COPY: 90,
    RuleKind.REPUBLICATION: 85,
    RuleKind.EMBARGO: 80,
    RuleKind.CREDIT: 75,
    RuleKind.ALTERATIONS: 70,
    RuleKind.VERBATIM: 60,
    RuleKind.SOURCE_SHARE: 55,
    RuleKind.TARGET_SHARE: 55,
    RuleKind.WORDS: 55,
    RuleKind.TERRITORY: 65,
    RuleKind.ARCHIVE: 50,
    RuleKind.BYLINE: 40,
    RuleKind.DATELINE: 35,
    RuleKind.EXCERPT: 20,
    RuleKind.SAME_OWNER: 0,
}
# An origin that is only inferred ranks below every traced one of its kind, an undecided one lower still.
_STANDING = {Certainty.TRACED: 1.0, Certainty.INFERRED: 0.6, Certainty.UNDECIDED: 0.3}
_ORDER = tuple(State)
_DOUBTS = {
    Certainty.TRACED: "",
    Certainty.INFERRED: " (that it is theirs is inferred: the item isn't held)",
    Certainty.UNDECIDED: " (undecided: the evidence doesn't tell)",
}


def evaluate(
    pickup: Pickup,
    held: Mapping[str, Witness],
    terms: Terms,
    registry: Registry,
    rejected: frozenset[tuple[str, str]] = frozenset(),
) -> tuple[Finding, ...]:
    """Everything that the terms say of one article: findings, what is covered, what can't be measured.

    ``held`` are the articles that its derivations name and later versions of the licensors' items, by id.
    ``rejected`` are pairs of text digests of which a reviewer decided that they don't match.
    """
    article = pickup.witness.article
    found: list[Finding] = []
    for licensor, rows in _by_licensor(pickup, held, terms, registry, rejected).items():
        taking = Taking(pickup, licensor, rows, held, registry)
        if taking.words:
            found += _judged(taking, terms)
    assert all(one.article == article.id for one in found)
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.state), -one.rank, one.id)))


def _by_licensor(
    pickup: Pickup,
    held: Mapping[str, Witness],
    terms: Terms,
    registry: Registry,
    rejected: frozenset[tuple[str, str]],
) -> dict[str, tuple[Derivation, ...]]:
    """What was taken from each wire, and from whoever else licenses text."""
    own = text_digest(pickup.witness.article)
    licensors = {key_of(agreement.licensor, registry) for agreement in terms.agreements}
    found: dict[str, list[Derivation]] = defaultdict(list)
    for row in pickup.derivations:
        source = row.origin.source
        if source is None or source == pickup.witness.article.source or not counts(row, pickup.witness):
            continue
        if not (registry.is_wire(source) or source in licensors):
            continue
        if row.relation is Relation.COMMON_SOURCE and row.origin.article is not None:
            continue  # both come from something not held: the origin named is only a relative
        if (own, other_text(row, held)) not in rejected:
            found[source].append(row)
    return {source: tuple(rows) for source, rows in sorted(found.items())}


def _judged(taking: Taking, terms: Terms) -> Iterator[Finding]:
    article = taking.witness.article
    if _owner(article.source, taking.registry) == _owner(taking.licensor, taking.registry):
        says = f"; {taking.name(article.source)} and {taking.name(taking.licensor)} have one owner"
        yield _finding(taking, RuleKind.SAME_OWNER, Measure(True, says), None, terms.defaults.digest)
        return
    theirs = [one for one in terms.agreements if key_of(one.licensor, taking.registry) == taking.licensor]
    own = [one for one in theirs if is_licensee(article.source, article.url, one, taking.registry)]
    valid = [one for one in own if in_force(one, article.published)]
    for agreement in valid:
        unsure = article.published is None and bool(agreement.valid_from or agreement.valid_until)
        for kind, found in _measured(agreement, taking):
            yield _finding(taking, kind, found, agreement.id, agreement.digest, unsure=unsure)
    if not valid:
        yield from _unagreed(taking, terms, own)
        yield from _republished(taking, theirs)


def _measured(agreement: Agreement, taking: Taking) -> Iterator[tuple[RuleKind, Measure]]:
    """What an agreement's rules measure, and which of them can't be measured of this taking."""
    for rule in agreement.rules:
        found = measure(rule, taking, agreement.name) or places.unmeasured(rule, taking, agreement.name)
        if found:
            yield rule.kind, found
    if agreement.territory:
        yield RuleKind.TERRITORY, places.territory(agreement.territory, taking, agreement.name)


def _republished(taking: Taking, agreements: Iterable[Agreement]) -> Iterator[Finding]:
    """What was taken from a licensee's page by somebody who has no agreement of their own."""
    for agreement in agreements:
        rule = agreement.rule(RuleKind.REPUBLICATION)
        if isinstance(rule, Republication) and in_force(agreement, taking.witness.article.published):
            licensees = frozenset(_keys(agreement, taking.registry)) - {taking.witness.article.source}
            found = passing.republication(rule, taking, agreement.name, licensees)
            if found:
                yield _finding(taking, rule.kind, found, agreement.id, agreement.digest)


def _unagreed(taking: Taking, terms: Terms, expired: list[Agreement]) -> Iterator[Finding]:
    """A full copy or an excerpt, where no agreement holds; an excerpt of few words is nothing."""
    defaults = terms.defaults
    if taking.words < defaults.excerpt_words:
        return
    share = taking.source_share
    names = " and ".join(f"{one.name} ({_dates(one)})" for one in expired)
    why = f"no agreement was in force; on record: {names}" if expired else "no agreement is on record"
    full = share is not None and share > defaults.full_share and taking.words > defaults.full_words
    much = f", {int(share * 100)}% of it" if share is not None else ""
    found = Measure(
        kept=False,
        says=f"{much}; {why}",
        value=round(share, 4) if share is not None else taking.words,
        bound=defaults.full_share if share is not None else defaults.full_words,
        unit="share of the item" if share is not None else "words",
    )
    yield _finding(taking, RuleKind.FULL_COPY if full else RuleKind.EXCERPT, found, None, defaults.digest)


def _finding(
    taking: Taking, rule: RuleKind, found: Measure, agreement: str | None, terms: str, *, unsure: bool = False
) -> Finding:
    article = taking.witness.article
    certainty = Certainty.UNDECIDED if found.unsure or unsure else taking.certainty
    rank = round(_WEIGHTS[rule] * taking.confidence * _STANDING[certainty]) if found.is_measured else 0
    state = State.COVERED if found.kept else State.FINDING
    item = taking.item.article.id if taking.item else None
    what = "item" if item else "text"
    theirs = f"{taking.name(taking.licensor)}’s {what}"
    who = f"{taking.name(article.source)} runs {taking.words} words of {theirs}"
    return Finding(
        id=finding_id(article.id, taking.licensor, rule, agreement),
        case=case_id(article.id, taking.licensor),
        article=article.id,
        source=article.source,
        licensor=taking.licensor,
        item=item,
        rule=rule,
        state=state if found.is_measured else State.UNMEASURED,
        agreement=agreement,
        terms=terms,
        measured=found.value,
        bound=found.bound,
        unit=found.unit,
        sentence=f"{who}{found.says}{_DOUBTS[certainty]}.",
        exhibits=taking.exhibits if found.exhibits is None else found.exhibits,
        certainty=certainty,
        confidence=taking.confidence,
        rank=rank,
        story=taking.pickup.story,
        pairs=taking.pairs,
    )


def key_of(name: str, registry: Registry) -> str:
    """The key of a source named in terms; the name itself where nobody is registered under it."""
    source = registry.get(name) or registry.resolve(name)
    return source.key if source else name


def is_licensee(source: str | None, url: str | None, agreement: Agreement, registry: Registry) -> bool:
    """Is the publisher, its owner, or the site of the address among the licensees?"""
    keys = set(_keys(agreement, registry))
    site = registry.resolve(url) if url else None
    mine = {source, _owner(source, registry), site.key if site else None} - {None}
    return bool(keys & mine)


def in_force(agreement: Agreement, published: Moment | None) -> bool:
    """Was the agreement in force then? An unknown time is taken for one within it."""
    if published is None:
        return True
    if agreement.valid_from and published.latest.date() < agreement.valid_from:
        return False
    return not (agreement.valid_until and published.earliest.date() > agreement.valid_until)


def triage(
    findings: Iterable[Finding], published: Mapping[str, datetime], terms: Terms
) -> dict[str, tuple[int, bool]]:
    """For each source its most full copies within the days of triage, and whether it is to be looked at.

    ``published`` are the times of the articles; one without counts as one of its own day.
    """
    days = timedelta(days=terms.defaults.triage_days)
    copies: dict[str, list[datetime]] = defaultdict(list)
    for one in findings:
        if one.rule is RuleKind.FULL_COPY and one.source and one.article in published:
            copies[one.source].append(published[one.article])
    most = {source: _most_within(sorted(times), days) for source, times in sorted(copies.items())}
    return {source: (count, count >= terms.defaults.triage_copies) for source, count in most.items()}


def _most_within(times: list[datetime], length: timedelta) -> int:
    most = first = 0
    for last, time in enumerate(times):
        while times[first] < time - length:
            first += 1
        most = max(most, last - first + 1)
    return most


def _keys(agreement: Agreement, registry: Registry) -> Iterator[str]:
    return (key_of(name, registry) for name in agreement.licensees)


def _owner(source: str | None, registry: Registry) -> str | None:
    known = registry.get(source)
    return known.owner or known.key if known else source


def _dates(agreement: Agreement) -> str:
    def shown(day: date | None) -> str:
        return day.isoformat() if day else "open"

    return f"{shown(agreement.valid_from)} to {shown(agreement.valid_until)}"
