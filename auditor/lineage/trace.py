"""One article's derivations: for each passage the relative it was most probably taken from, and why.

    matches → readings → order and relation of each relative → best source a stretch → rows a passage

The decision is local: it needs the article and its direct relatives, nothing of the rest of the
collection. Rows whose evidence says that the article is rather the earlier one are given too, with
their negative sum: ``settle`` sees both sides and keeps one. This module must not know stored data.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from auditor.domain import Derivation, Evidence, MatchKind, Origin, Place, Relation, Span
from auditor.lineage import clock
from auditor.lineage.choice import Stretch, choose
from auditor.lineage.crediting import Reach
from auditor.lineage.order import order_evidence
from auditor.lineage.parameters import DEFAULTS, Parameters
from auditor.lineage.readings import SAME, Reading, read_against, span_of
from auditor.lineage.relation import relation_evidence
from auditor.lineage.variants import Variants, compare
from auditor.lineage.witness import Relative, Witness
from auditor.registry import Registry


@dataclass(frozen=True)
class Candidate:
    """A relative as a possible parent: its readings, and the evidence on order and relation."""

    witness: Witness
    reading: Reading
    order: tuple[Evidence, ...]
    relation: tuple[Evidence, ...]
    order_odds: float = field(init=False)
    copy_odds: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "order_odds", sum(item.weight for item in self.order))
        object.__setattr__(self, "copy_odds", sum(item.weight for item in self.relation))


def _log_sigmoid(odds: float) -> float:
    return -math.log1p(math.exp(-odds)) if odds > -30 else odds


def _sigmoid(odds: float) -> float:
    return math.exp(_log_sigmoid(odds))


def trace(
    witness: Witness,
    relatives: Sequence[Relative],
    registry: Registry,
    parameters: Parameters = DEFAULTS,
) -> tuple[Derivation, ...]:
    """The derived passages of an article, sorted by span; ``relatives`` are all it shares passages with.

    Origins are those that the parent itself shows; ``settle`` carries them along the chains.
    """
    candidates = _candidates(witness, relatives, registry, parameters)
    readings = [candidate.reading for candidate in candidates]
    earlier = [_sigmoid(candidate.order_odds) for candidate in candidates]
    variants = compare(readings, earlier, _leads(candidates, registry))
    priors = [
        _prior(candidate, variant, registry, parameters)
        for candidate, variant in zip(candidates, variants, strict=True)
    ]
    stretches = choose(witness.document, readings, variants, priors, parameters)
    rows = [row for stretch in stretches for row in _rows(witness, candidates, stretch, registry, parameters)]
    rows += _credited_rows(witness, [row.span for row in rows])
    return tuple(sorted(rows, key=lambda row: (row.span, row.parent.article if row.parent else "")))


def _leads(candidates: Sequence[Candidate], registry: Registry) -> NDArray[np.bool_]:
    """Which candidates begin the story before which others: wires, or without any the earliest by time."""
    leading = np.array([registry.is_wire(one.witness.article.source) for one in candidates], np.bool_)
    if not leading.any():
        windows = [clock.window(candidate.witness.article) for candidate in candidates]
        first = np.array([window.earliest.timestamp() if window else np.inf for window in windows])
        last = np.array([window.latest.timestamp() if window else np.inf for window in windows])
        leading = first <= last.min(initial=np.inf)
        leading &= np.isfinite(first)
    return np.asarray(leading[:, None] & ~leading[None, :], np.bool_)


def _prior(candidate: Candidate, variant: Variants, registry: Registry, parameters: Parameters) -> float:
    """How likely a parent at all, before any passage is looked at, in nats."""
    prior = _log_sigmoid(candidate.order_odds) + _log_sigmoid(candidate.copy_odds)
    prior += parameters.wire_parent * registry.is_wire(candidate.witness.article.source)
    prior -= parameters.style_undone * min(2, variant.styles_undone)
    return prior - parameters.style_new * min(1, variant.styles_new)


def _candidates(
    child: Witness, relatives: Sequence[Relative], registry: Registry, parameters: Parameters
) -> list[Candidate]:
    """The relatives that may be a parent, sorted by id so that their order of arrival doesn't matter."""
    found = []
    held = {relative.witness.article.source for relative in relatives}
    for relative in sorted(relatives, key=lambda item: item.witness.article.id):
        if relative.witness.article.id == child.article.id or not relative.matches:
            continue
        reading = read_against(child.side, relative.witness.side, relative.matches)
        order = order_evidence(child, relative.witness, reading, registry, parameters)
        if sum(item.weight for item in order) <= parameters.excluded:
            continue
        relation = relation_evidence(
            child, relative, reading, held=held, registry=registry, parameters=parameters
        )
        found.append(Candidate(relative.witness, reading, order, relation))
    return found


def _rows(
    child: Witness,
    candidates: Sequence[Candidate],
    stretch: Stretch,
    registry: Registry,
    parameters: Parameters,
) -> Iterator[Derivation]:
    """A row for each passage of a stretch, or for the part of it that the parent shares."""
    chosen = candidates[stretch.relative]
    reading = chosen.reading
    for first, last in _pieces(child, reading, stretch, parameters):
        partners = reading.partners(first, last)
        if partners is None:
            continue
        kind, similarity = reading.kind_at(first, last)
        relation = _relation(chosen, kind, parameters)
        yield Derivation(
            article=child.article.id,
            span=span_of(child.document, first, last),
            parent=Place(chosen.witness.article.id, span_of(chosen.witness.document, *partners)),
            origin=_origin(chosen.witness, registry),
            relation=relation,
            confidence=_confidence(chosen, stretch, relation),
            kind=kind,
            similarity=similarity,
            evidence=(*chosen.order, *chosen.relation, *_choice_evidence(stretch)),
        )


def _pieces(
    child: Witness, reading: Reading, stretch: Stretch, parameters: Parameters
) -> Iterator[tuple[int, int]]:
    """Token ranges of a stretch, cut at sentence ends and at long runs that the parent doesn't have."""
    starts = np.searchsorted(child.document.tokens.starts, [s.start for s in child.document.sentences])
    cuts = [int(at) for at in starts if stretch.first < at < stretch.last]
    for first, last in zip([stretch.first, *cuts], [*cuts, stretch.last], strict=True):
        told = np.flatnonzero(reading.partner[first:last] >= 0) + first
        if not len(told):
            continue
        for run in np.split(told, np.flatnonzero(np.diff(told) > parameters.split_at) + 1):
            begin, end = int(run[0]), int(run[-1]) + 1
            if (reading.state[begin:end] == SAME).sum() >= min(parameters.shortest, last - first):
                yield begin, end


def _relation(chosen: Candidate, kind: MatchKind, parameters: Parameters) -> Relation:
    only_quotes = all(match.kind is MatchKind.QUOTATION for match in chosen.reading.matches)
    if chosen.copy_odds < 0 or (kind is MatchKind.QUOTATION and only_quotes):
        return Relation.COMMON_SOURCE
    return Relation.COPY if chosen.order_odds >= parameters.decided else Relation.UNDECIDED


def _origin(parent: Witness, registry: Registry) -> Origin:
    """The parent itself where it is a wire or credits nobody, else the source it credits."""
    source = parent.article.source
    whole = next((scope for scope in parent.credited if scope.reach is Reach.WHOLE), None)
    if whole is None or registry.is_wire(source):
        return Origin(source, parent.article.id)
    return Origin(whole.source, None)


def _confidence(chosen: Candidate, stretch: Stretch, relation: Relation) -> float:
    rivals = sum(math.exp(-max(lead, 0.0)) for _, lead in stretch.rivals)
    parent = 1 / (1 + rivals)
    order = 1 / (1 + math.exp(-chosen.order_odds))
    copy = 1 / (1 + math.exp(-chosen.copy_odds))
    return round(parent * order * (1 - copy if relation is Relation.COMMON_SOURCE else copy), 4)


def _choice_evidence(stretch: Stretch) -> tuple[Evidence, ...]:
    if not stretch.rivals:
        return ()
    others = len(stretch.rivals)
    what = "the other article" if others == 1 else f"{others} other articles"
    return (
        Evidence("best_source", f"explains this stretch better than {what} that have it", stretch.margin),
    )


def _credited_rows(child: Witness, taken: Sequence[Span]) -> list[Derivation]:
    """Rows without a parent for passages whose only known source is one that the article credits."""
    whole = next((scope for scope in child.credited if scope.reach is Reach.WHOLE), None)
    rows = []
    for passage in child.body:
        scope = next(
            (s for s in child.credited if s.reach is Reach.SENTENCE and s.span and s.span.overlap(passage)),
            whole,
        )
        if scope is None or any(span.overlap(passage) for span in taken):
            continue
        reason = Evidence("credited", f"credits {scope.source}, whose text isn't held", 1.0)
        rows.append(
            Derivation(
                article=child.article.id,
                span=passage,
                parent=None,
                origin=Origin(scope.source, None),
                relation=Relation.COPY,
                confidence=0.7 if scope is whole else 0.5,
                kind=MatchKind.EDITED if scope is whole else MatchKind.REWORDED,
                similarity=0.0,
                evidence=(reason,),
            )
        )
    return rows
