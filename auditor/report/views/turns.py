"""Where a story turned: each damaging change once, who introduced it, who carries it on.

Pure. It must not know HTML.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.domain import Garble, Severity, Span
from auditor.report import naming, wording
from auditor.report.differences import Change, changes
from auditor.report.facts import ArticleFacts
from auditor.report.heads import Head
from auditor.report.reading import around

CONTEXT = 140  # code points shown either side of a change
FAR = 400  # a before or after longer than this is cut


@dataclass(frozen=True, slots=True)
class Turn:
    """One change: what, where it entered, who inherited it.

    ``lead``, ``changes``, ``tail`` are the child's sentence with the change marked in it.
    """

    kind: wording.Term
    severity: wording.Term
    before: str
    after: str
    detail: str
    entered: Head | None
    parent: Head | None
    carriers: tuple[Head, ...]
    lead: str
    changes: tuple[Change, ...]
    tail: str
    pair_href: str | None
    anchor: str
    rank: tuple[int, int]

    @property
    def spread(self) -> int:
        """How many articles carry it."""
        return 1 + len(self.carriers)


def turns(members: Sequence[ArticleFacts], *, most: int | None = None) -> tuple[Turn, ...]:
    """The changes of some articles, the most damaging and most carried first; low ones are left out."""
    groups: dict[tuple[str, str, str, str], list[tuple[ArticleFacts, Garble]]] = {}
    for facts in members:
        for garble in facts.garbles:
            if garble.severity is not Severity.LOW:
                key = (garble.introduced_by, garble.kind.value, garble.before, garble.after)
                groups.setdefault(key, []).append((facts, garble))
    found = [_turn(group) for group in groups.values()]
    found.sort(key=lambda turn: (turn.rank, turn.anchor))
    return tuple(found[:most])


def _turn(group: Sequence[tuple[ArticleFacts, Garble]]) -> Turn:
    facts, garble = next(
        ((facts, garble) for facts, garble in group if garble.introduced_by == garble.article), group[0]
    )
    carriers = {f.article.id: f.head for f, g in group if g.article != garble.introduced_by}
    parent = facts.heads.get(garble.parent.article) if garble.parent else None
    context = _context(facts, garble)
    return Turn(
        kind=wording.KINDS[garble.kind],
        severity=wording.SEVERITIES[garble.severity],
        before=garble.before[:FAR],
        after=garble.after[:FAR],
        detail=garble.detail,
        entered=facts.heads.get(garble.introduced_by),
        parent=parent,
        carriers=tuple(carriers.values()),
        lead=context[0],
        changes=changes(garble.before[:FAR], garble.after[:FAR]),
        tail=context[1],
        pair_href=facts.pair_href(garble),
        anchor="t" + naming.digest(garble.introduced_by, garble.kind.value, garble.before, garble.after),
        rank=(wording.RANK[garble.severity], -len(carriers)),
    )


def _context(facts: ArticleFacts, garble: Garble) -> tuple[str, str]:
    """The words before and after a change, within its passage, with an ellipsis where they are cut."""
    text = facts.article.text
    home = next((d.span for d in facts.derivations if d.span.contains(garble.span)), Span(0, len(text)))
    near = around(text, garble.span, CONTEXT)
    start, end = max(near.start, home.start), min(near.end, home.end)
    lead = " ".join(text[start : garble.span.start].split("\n")).lstrip()
    tail = " ".join(text[garble.span.end : end].split("\n")).rstrip()
    return ("… " if start > home.start else "") + lead, tail + (" …" if end < home.end else "")
