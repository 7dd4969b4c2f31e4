"""The page of two texts side by side, passage by passage, with what changed between them.

Pure. It must not know HTML or stores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.domain import Derivation, Relation, Span
from auditor.registry import Registry
from auditor.report import formats, naming, wording
from auditor.report.charts.ribbons import Ribbons, ribbons
from auditor.report.composition import ParentKey, takings
from auditor.report.differences import Change, changes
from auditor.report.facts import ArticleFacts
from auditor.report.heads import Head
from auditor.report.marks import Mark, marks_of
from auditor.report.views.parents import origin_name
from auditor.report.views.runs import Reason, reasons

GAP_LIMIT = 600  # code points shown of what only one side has


@dataclass(frozen=True, slots=True)
class Row:
    """A pair of passages, or what only one side has there (``changes`` is then empty)."""

    anchor: str
    band: wording.Term | None
    changes: tuple[Change, ...]
    left_out: str
    added: str
    added_from: str
    marks: tuple[Mark, ...]
    similarity: str
    confidence: str
    relation: wording.Term | None
    changed: bool
    removed: bool = False  # the words of one side or both are no longer held


@dataclass(frozen=True, slots=True)
class PairPage:
    """Everything that a page of two texts shows; the parent stands left, the child right."""

    child: Head
    parent: Head
    href: str
    standfirst: tuple[str, ...]
    relation: wording.Term
    delay: str
    origin: str
    chart: Ribbons
    reasons: tuple[Reason, ...]
    rows: tuple[Row, ...]
    changes: int
    story_title: str
    story_href: str | None


def pair_page(child: ArticleFacts, parent: ArticleFacts, registry: Registry) -> PairPage:
    """What the page of this child and this parent shows."""
    key = ParentKey(parent.article.id, None)
    taking = next(each for each in takings(child) if each.parent == key)
    own = [d for d in child.derivations if ParentKey.of(d) == key]
    rows = _rows(child, parent, own)
    origin = taking.origins[0]
    return PairPage(
        child=child.head,
        parent=parent.head,
        href=naming.pair_page(child.article.id, parent.article.id),
        standfirst=_standfirst(child, parent, taking.share, taking.relation, len(own), rows),
        relation=wording.RELATIONS[taking.relation],
        delay=formats.delay(parent.head.published, child.head.published),
        origin=origin_name(origin.source, origin.article, registry),
        chart=ribbons(own, len(parent.article.text), len(child.article.text)),
        reasons=reasons(own),
        rows=rows,
        changes=sum(row.changed for row in rows),
        story_title=child.story.title if child.story else "",
        story_href=naming.story_page(child.story.id) if child.story else None,
    )


def _standfirst(
    child: ArticleFacts,
    parent: ArticleFacts,
    share: float,
    relation: Relation,
    passages: int,
    rows: Sequence[Row],
) -> tuple[str, ...]:
    s = "s" if passages == 1 else ""
    verb = {
        Relation.COPY: f"derive{s} from {parent.head.label}",
        Relation.COMMON_SOURCE: f"share{s} a source with {parent.head.label} that isn't held here",
        Relation.UNDECIDED: f"also stand{s} in {parent.head.label}; which had the words first isn't decided",
    }[relation]
    changed = sum(row.changed for row in rows)
    removed = [facts.head.label for facts in (child, parent) if facts.article.removed]
    told = f"{formats.in_words(changed).capitalize()} of them {'differs' if changed == 1 else 'differ'}."
    if not changed:
        told = "They are word for word the same." if passages > 1 else "It is word for word the same."
    elif passages == changed:
        told = "All of them differ." if passages > 1 else "It differs."
    if removed:
        told = f"The text of {formats.listing(removed)} was removed; what was found of it stays."
    found = f"{formats.count(passages, 'passage')}, {formats.share(share)} of the text"
    return (f"In {child.head.label} {found}, {verb}.", told)


def _rows(child: ArticleFacts, parent: ArticleFacts, own: Sequence[Derivation]) -> tuple[Row, ...]:
    marks = marks_of(child)
    covered = sorted(d.parent.span for d in own if d.parent)
    found: list[Row] = []
    at, above = 0, 0
    for derivation in sorted(own, key=lambda d: d.span):
        assert derivation.parent  # chosen by their parent
        skipped = _uncovered(Span(above, derivation.parent.span.start), covered)
        found += _gap(child, parent, Span(at, derivation.span.start), skipped, marks)
        found.append(_match(child, parent, derivation, marks))
        at = max(at, derivation.span.end)
        above = max(above, derivation.parent.span.end)
    rest = _uncovered(Span(above, len(parent.article.text)), covered)
    found += _gap(child, parent, Span(at, len(child.article.text)), rest, marks)
    return tuple(found)


def _uncovered(skipped: Span, covered: Sequence[Span]) -> Span:
    """The skipped stretch of the parent; nothing where part of it was taken in another order."""
    return Span(skipped.start, skipped.start) if any(span.overlap(skipped) for span in covered) else skipped


def _match(child: ArticleFacts, parent: ArticleFacts, derivation: Derivation, marks: Sequence[Mark]) -> Row:
    assert derivation.parent
    found = _changes(child, parent, derivation.span, derivation.parent.span)
    here = [mark for mark in marks if mark.parent is None or mark.parent.id == parent.article.id]
    inside = [mark for mark in here if derivation.span.contains(mark.span)]
    return Row(
        anchor=naming.place_anchor(derivation.span),
        band=wording.BANDS[derivation.kind],
        changes=found,
        left_out="",
        added="",
        added_from="",
        marks=tuple(inside),
        similarity=formats.share(derivation.similarity),
        confidence=formats.share(derivation.confidence),
        relation=wording.RELATIONS[derivation.relation],
        changed=any(change.op != "equal" for change in found),
        removed=bool(child.article.removed or parent.article.removed),
    )


def _words(facts: ArticleFacts, span: Span) -> str:
    """The words there, or how many characters were removed."""
    return wording.removed_words(span.length) if facts.article.removed else span.of(facts.article.text)


def _changes(child: ArticleFacts, parent: ArticleFacts, below: Span, above: Span) -> tuple[Change, ...]:
    """What differs between two passages; nothing can be told where one of the texts was removed."""
    if child.article.removed or parent.article.removed:
        return (Change("equal", _words(parent, above), _words(child, below)),)
    return changes(above.of(parent.article.text), below.of(child.article.text))


def _gap(
    child: ArticleFacts, parent: ArticleFacts, below: Span, above: Span, marks: Sequence[Mark]
) -> list[Row]:
    """What stands between two pairs: left out of the parent, or in the child from elsewhere."""
    left_out = _words(parent, above).strip() if above and not parent.is_space(above) else ""
    added = _words(child, below).strip() if below and not child.is_space(below) else ""
    if not left_out and not added:
        return []
    others = [d for d in child.derivations if d.span.overlap(below)] if added else []
    names = [
        child.heads[d.parent.article].label for d in others if d.parent and d.parent.article in child.heads
    ]
    here = [mark for mark in marks if mark.parent and mark.parent.id == parent.article.id]
    inside = [mark for mark in here if added and below.contains(mark.span)]
    return [
        Row(
            anchor=f"o{below.start}-{below.end}-{above.start}",
            band=None,
            changes=(),
            left_out=formats.clip(left_out, GAP_LIMIT),
            added=formats.clip(added, GAP_LIMIT),
            added_from=formats.listing(list(dict.fromkeys(names))),
            marks=tuple(inside),
            similarity="",
            confidence="",
            relation=None,
            changed=False,
        )
    ]
