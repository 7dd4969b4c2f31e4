"""One article's derivations: for each passage the relative it was most probably taken from, and why.

    matches → readings → order and relation of each relative → best source a stretch → rows a passage

The decision is local: it needs the article and its direct relatives, nothing of the rest of the
collection. Rows whose evidence says that the article is rather the earlier one are given too, with
their negative sum: ``settle`` sees both sides and keeps one. This module must not know stored data.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from auditor.domain import Derivation, Evidence, MatchKind, Origin, Place, Relation
from auditor.lineage.attributed import credited_rows
from auditor.lineage.candidates import Candidate, candidates
from auditor.lineage.choice import Stretch, choose
from auditor.lineage.confidence import confidence
from auditor.lineage.crediting import Reach
from auditor.lineage.independent import only_states
from auditor.lineage.parameters import DEFAULTS, Parameters
from auditor.lineage.places import spans_of
from auditor.lineage.readings import SAME, Reading
from auditor.lineage.retold import proven, retold_rows, told_alike, with_retold
from auditor.lineage.witness import Relative, Witness
from auditor.lineage.witnessed import shared_cuts, shared_readings
from auditor.registry import Registry


def trace(
    witness: Witness,
    relatives: Sequence[Relative],
    registry: Registry,
    parameters: Parameters = DEFAULTS,
) -> tuple[Derivation, ...]:
    """The derived passages of an article, sorted by span; ``relatives`` are all it shares passages with.

    Each passage that the article itself credits to somebody has a row without parent too. Origins are those
    that the parent itself shows; ``settle`` carries them along the chains, and drops what is superseded.
    """
    told = told_alike(witness, relatives, registry)
    found = candidates(witness, proven(relatives, told), registry, parameters)
    likely = [candidate for candidate in found if candidate.is_likely]
    rows = _chosen(witness, likely, registry, parameters)
    rest = [candidate for candidate in found if not candidate.is_likely]
    taken = [row.span for row in rows]
    rows += [
        row
        for row in _chosen(witness, rest, registry, parameters)
        if not any(row.span.overlap(span) for span in taken)
    ]
    rows += credited_rows(witness, registry)
    rows = with_retold(rows, retold_rows(witness, relatives, told, rows, registry, parameters))
    return tuple(sorted(rows, key=lambda row: (row.span, row.parent.article if row.parent else "")))


def _chosen(
    child: Witness, found: Sequence[Candidate], registry: Registry, parameters: Parameters
) -> list[Derivation]:
    """The rows of the best of some candidates for each stretch of the article."""
    stretches = choose(
        child.document,
        [candidate.reading for candidate in found],
        [candidate.variants for candidate in found],
        [candidate.prior(registry, parameters) for candidate in found],
        parameters,
    )
    rows: list[Derivation] = []
    for stretch in stretches:
        free = rows[-1].span.end if rows else 0
        rows.extend(_rows(child, found, stretch, free, registry, parameters))
    return rows


def _rows(
    child: Witness,
    found: Sequence[Candidate],
    stretch: Stretch,
    free: int,
    registry: Registry,
    parameters: Parameters,
) -> Iterator[Derivation]:
    """A row for each passage of a stretch, or for the part of it that the parent shares, from ``free`` on."""
    chosen = found[stretch.relative]
    reading = chosen.reading
    for first, last in _pieces(child, reading, stretch, parameters):
        partners = reading.partners(first, last)
        if partners is None:
            continue
        kind, similarity = reading.kind_at(first, last)
        relation = _relation(chosen, kind, parameters)
        if relation is Relation.COMMON_SOURCE and only_states(chosen.relation):
            kind = MatchKind.QUOTATION
        span, there = spans_of(child.document, chosen.witness.document, (first, last), partners, free)
        free = span.end
        yield Derivation(
            article=child.article.id,
            span=span,
            parent=Place(chosen.witness.article.id, there),
            origin=_origin(chosen.witness, registry),
            relation=relation,
            confidence=confidence(
                relation, stretch.leads, chosen.order_odds, chosen.copy_odds, parameters.calibration
            ),
            kind=kind,
            similarity=similarity,
            evidence=(
                *chosen.order,
                *chosen.relation,
                *chosen.kinship,
                *_choice_evidence(stretch),
                *shared_readings(child, chosen, found, (first, last), parameters),
                *shared_cuts(chosen, found, (first, last)),
            ),
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
        breaks = np.flatnonzero(np.diff(told) > parameters.split_at)
        begins = [int(told[0]), *told[breaks + 1].tolist()]
        ends = [*told[breaks].tolist(), int(told[-1])]
        for begin, end in zip(begins, ends, strict=True):
            if (reading.state[begin : end + 1] == SAME).sum() >= min(parameters.shortest, last - first):
                yield begin, end + 1


def _relation(chosen: Candidate, kind: MatchKind, parameters: Parameters) -> Relation:
    only_quotes = all(match.kind is MatchKind.QUOTATION for match in chosen.reading.matches)
    if chosen.copy_odds < 0 or (kind is MatchKind.QUOTATION and only_quotes):
        return Relation.COMMON_SOURCE
    is_sure = chosen.order_odds >= parameters.decided and chosen.copy_odds >= parameters.sure_copy
    return Relation.COPY if is_sure else Relation.UNDECIDED


def _origin(parent: Witness, registry: Registry) -> Origin:
    """The parent itself where it is a wire or credits nobody, else the source it credits."""
    source = parent.article.source
    whole = next((scope for scope in parent.credited if scope.reach is Reach.WHOLE), None)
    if whole is None or registry.is_wire(source):
        return Origin(source, parent.article.id)
    return Origin(whole.source, None)


_MOST_LEAD = 12.0  # beyond this a lead says no more


def _choice_evidence(stretch: Stretch) -> tuple[Evidence, ...]:
    if not stretch.leads:
        return ()
    others = len(stretch.leads)
    what = "the other article that has" if others == 1 else f"{others} other articles that have"
    return (
        Evidence(
            "best_source", f"explains the text better than {what} it", min(stretch.leads[0], _MOST_LEAD)
        ),
    )
