"""Where a story turned: each passage in which damaging changes entered, once, with who carries them on.

Pure. It must not know HTML.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.domain import Garble, Severity, Span
from auditor.report import formats, naming, wording
from auditor.report.differences import Change, changes
from auditor.report.facts import ArticleFacts
from auditor.report.heads import Head
from auditor.report.reading import around

CONTEXT = 150  # code points shown either side of the changes
FAR = 300  # a before or after longer than this is cut
MOST_TAGS = 6

Tag = tuple[wording.Term, wording.Term]  # kind and severity


@dataclass(frozen=True, slots=True)
class Turn:
    """A passage where changes entered: its words with the changes marked, and what became of them.

    ``changes`` run from parent to child over the child's passage. ``grave`` counts changes of high
    severity, ``passed`` how often one of them stands in a text that only inherited it.
    """

    tags: tuple[Tag, ...]
    severity: wording.Term
    changes: tuple[Change, ...]
    details: tuple[str, ...]
    entered: Head | None
    parent: Head | None
    carriers: tuple[Head, ...]
    pair_href: str | None
    anchor: str
    grave: int
    passed: int
    rank: tuple[int, int, int]


@dataclass(slots=True)
class _Change:
    """One change and the articles that inherited it."""

    facts: ArticleFacts
    garble: Garble
    carriers: dict[str, Head]


def turns(members: Sequence[ArticleFacts]) -> tuple[Turn, ...]:
    """The passages of these articles that were damaged, the gravest and most carried first.

    Changes that are only visible (of low severity) are left out.
    """
    groups: dict[tuple[str, Span | None, str], list[_Change]] = {}
    for change in _distinct(members):
        home = _home(change.facts, change.garble)
        key = (change.facts.article.id, home, "" if home else str(change.garble.span))
        groups.setdefault(key, []).append(change)
    found = [_turn(group, home) for (_, home, _), group in groups.items()]
    return tuple(sorted(found, key=lambda turn: (turn.rank, turn.anchor)))


def _distinct(members: Sequence[ArticleFacts]) -> list[_Change]:
    """Each change once, in the article where it entered if that is at hand, with its carriers."""
    found: dict[tuple[str, str, str, str], _Change] = {}
    for facts in members:
        for garble in facts.garbles:
            if garble.severity is Severity.LOW:
                continue
            key = (garble.introduced_by, garble.kind.value, garble.before, garble.after)
            change = found.setdefault(key, _Change(facts, garble, {}))
            if garble.introduced_by == garble.article:
                change.facts, change.garble = facts, garble
            else:
                change.carriers[garble.article] = facts.head
    return list(found.values())


def _home(facts: ArticleFacts, garble: Garble) -> Span | None:
    """The derived passage that the change stands in."""
    return next((d.span for d in facts.derivations if d.span.contains(garble.span)), None)


def _turn(group: Sequence[_Change], home: Span | None) -> Turn:
    facts = group[0].facts
    ordered = sorted(group, key=lambda change: (wording.RANK[change.garble.severity], change.garble.span))
    first = ordered[0].garble
    tags = dict.fromkeys(
        (wording.KINDS[c.garble.kind], wording.SEVERITIES[c.garble.severity]) for c in ordered
    )
    carriers = {key: head for change in ordered for key, head in change.carriers.items()}
    grave = [change for change in group if change.garble.severity is Severity.HIGH]
    passed = sum(len(change.carriers) for change in grave)
    details = dict.fromkeys(formats.sentence(c.garble.detail) for c in ordered if c.garble.detail)
    return Turn(
        tags=tuple(tags)[:MOST_TAGS],
        severity=wording.SEVERITIES[first.severity],
        changes=_marked(
            facts.article.text,
            [change.garble for change in group],
            home,
            removed=facts.article.removed is not None,
        ),
        details=tuple(details)[:MOST_TAGS],
        entered=facts.heads.get(first.introduced_by),
        parent=facts.heads.get(first.parent.article) if first.parent else None,
        carriers=tuple(carriers.values()),
        pair_href=facts.pair_href(first),
        anchor="t" + naming.digest(facts.article.id, str(first.span), first.kind.value),
        grave=len(grave),
        passed=passed,
        rank=(wording.RANK[first.severity], -len(carriers), -len(grave)),
    )


def _marked(text: str, garbles: Sequence[Garble], home: Span | None, *, removed: bool) -> tuple[Change, ...]:
    """The passage with its changes; where two changes overlap only the first of them is marked.

    Of a text that was ``removed`` only the changes are left.
    """
    limit = home or Span(0, len(text))
    if removed:
        told = [(*changes(_short(each.before), _short(each.after)), _same(" … ")) for each in garbles]
        return tuple(change for each in told for change in each)[:-1]
    ordered = sorted(garbles, key=lambda garble: (garble.span, wording.RANK[garble.severity]))
    whole = Span(ordered[0].span.start, max(garble.span.end for garble in ordered))
    near = around(text, whole, CONTEXT)
    at, end = max(near.start, limit.start), min(near.end, max(limit.end, whole.end))
    found = [_same("… ")] if at > limit.start else []
    for garble in ordered:
        if garble.span.start < at:
            continue
        found.append(_same(text[at : garble.span.start]))
        found += changes(_short(garble.before), _short(text[garble.span.start : garble.span.end]))
        at = garble.span.end
    found.append(_same(text[at:end].rstrip()))
    if end < limit.end:
        found.append(_same(" …"))
    return tuple(change for change in found if change.before or change.after)


def _short(text: str) -> str:
    return text if len(text) <= FAR else formats.clip(text, FAR)


def _same(text: str) -> Change:
    line = " ".join(text.split("\n"))
    return Change("equal", line, line)
