"""Retold sentences: evidence where a wire told the story before, and nowhere else."""

from __future__ import annotations

from itertools import pairwise

import pytest

from auditor.domain import Derivation, Evidence, Label, MatchKind, Origin, Place, Relation, Span
from auditor.lineage import Relative, Witness, is_retold, may_retell, shared, trace, verdict
from auditor.lineage.retold import OWN_REPORTING
from auditor.lineage.retold import RETOLD as EVIDENCE
from tests.unit.lineage.invented import REGISTRY, WIRE, told

BEFORE, AFTER = "2026-03-01T18:00:00Z", "2026-03-02T05:00:00Z"
RETOLD = (
    "Two ferries were sent to the northern pier of Old Quay yesterday. Divers will clear the wreck of the "
    "dredger, which sank in a storm last month, and the harbour will close for nine days meanwhile. My "
    "grandmother never liked boats anyway, and she would have told everybody so at length."
)


def _traced(child: Witness, *others: Witness) -> tuple[Derivation, ...]:
    """Traced by matches in order; it makes no difference whether what is merely told alike is known."""
    known, unknown = [], []
    for other in others:
        found = shared(child.article, child.document, other.article, other.document, REGISTRY)
        if matches := tuple(sorted(found.matches, key=lambda match: (match.a, match.b))):
            known.append(Relative(other, matches, found.told))
            unknown.append(Relative(other, matches))
    rows = trace(child, unknown, REGISTRY)
    assert trace(child, known, REGISTRY) == rows
    return rows


def test_a_paper_retells_the_wire_of_the_day_before_and_that_is_not_called_a_copy() -> None:
    wire, paper = told("w", WIRE, BEFORE, "ferrywire"), told("p", RETOLD, AFTER, "northpost")
    rows = _traced(paper, wire)
    assert rows
    assert all(is_retold(row) for row in rows)
    assert {row.relation for row in rows} == {Relation.UNDECIDED}
    assert {row.origin.source for row in rows} == {"ferrywire"}
    assert not any("grandmother" in row.span.of(RETOLD) for row in rows)


def test_what_is_retold_beside_a_copy_or_under_a_credit_is_a_copy_too() -> None:
    wire = told("w", WIRE, BEFORE, "ferrywire")
    copied = told("p", f"{RETOLD} {'. '.join(WIRE.split('. ')[:2])}.", AFTER, "northpost")
    credited = told("c", f"OLD QUAY (Ferry Wire) - {RETOLD}", AFTER, "northpost")
    for child in (copied, credited):
        rows = [row for row in _traced(child, wire) if is_retold(row)]
        assert rows
        assert {row.relation for row in rows} == {Relation.COPY}


def test_a_text_credited_to_one_wire_retells_no_other() -> None:
    wire = told("w", WIRE, BEFORE, "gullwire")
    credited = told("c", f"OLD QUAY (Ferry Wire) - {RETOLD}", AFTER, "northpost")
    assert not any(is_retold(row) for row in _traced(credited, wire))


@pytest.mark.parametrize(
    ("source", "published", "other", "filed"),
    [
        ("northpost", AFTER, "southpost", BEFORE),
        ("gullwire", AFTER, "ferrywire", BEFORE),
        ("northpost", BEFORE, "ferrywire", AFTER),
        ("northpost", "2026-03-04T05:00:00Z", "ferrywire", BEFORE),
        ("northpost", None, "ferrywire", BEFORE),
    ],
    ids=["no wire", "wire of a wire", "before the wire", "days later", "no time"],
)
def test_only_a_wire_of_the_days_before_is_retold(
    source: str, published: str | None, other: str, filed: str
) -> None:
    child, report = told("p", RETOLD, published, source), told("w", WIRE, filed, other)
    assert not may_retell(child.article, report.article, REGISTRY)
    assert not any(is_retold(row) for row in _traced(child, report))


def test_a_day_alone_may_be_the_day_of_the_report() -> None:
    child, report = told("p", RETOLD, "2026-03-01", "northpost"), told("w", WIRE, BEFORE, "ferrywire")
    assert may_retell(child.article, report.article, REGISTRY)


def test_rows_of_one_article_never_overlap() -> None:
    wire = told("w", WIRE, BEFORE, "ferrywire")
    copied = told("p", f"{RETOLD} {WIRE}", AFTER, "northpost")
    spans = sorted(row.span for row in _traced(copied, wire))
    assert all(one.end <= two.start for one, two in pairwise(spans))


def test_what_an_article_quotes_and_counts_by_itself_speaks_against_all_that_it_retells() -> None:
    wire = told("w", WIRE, BEFORE, "ferrywire")
    own = f'{RETOLD} "We hauled ropes here long before that thing sank," said a docker of 58 with 7 sons.'
    plain, reporting = told("p", RETOLD, AFTER, "northpost"), told("o", own, AFTER, "northpost")
    less, more = _traced(reporting, wire)[0], _traced(plain, wire)[0]
    (against,) = [item for item in less.evidence if item.kind == OWN_REPORTING]
    assert against.detail == "quotes 9 words and gives 2 figures that no report of the wire has"
    assert against.weight < 0
    assert less.span == more.span
    assert less.confidence < more.confidence
    shares = [verdict(one, _traced(one, wire), REGISTRY).derived_share for one in (reporting, plain)]
    assert shares[0] < shares[1]


def test_a_retold_sentence_counts_by_as_much_of_it_as_the_wire_has() -> None:
    wire, paper = told("w", WIRE, BEFORE, "ferrywire"), told("p", RETOLD, AFTER, "northpost")
    rows = _traced(paper, wire)
    found = verdict(paper, rows, REGISTRY)
    covered = sum(row.span.length for row in rows) / len(RETOLD)
    weighed = sum(row.similarity * row.span.length for row in rows) / len(RETOLD)
    assert 0 < found.derived_share < covered
    assert found.derived_share == pytest.approx(weighed, abs=0.03)
    assert found.label is Label.PARTIALLY


@pytest.mark.parametrize(
    ("evidence", "label"), [((), Label.PARTIALLY), ((Evidence(EVIDENCE, "", 0.0),), Label.NON)]
)
def test_little_that_is_copied_makes_a_derived_text_but_little_that_is_retold_does_not(
    evidence: tuple[Evidence, ...], label: Label
) -> None:
    paper, span = told("p", RETOLD, AFTER, "northpost"), Span(0, 64)
    place, origin = Place("w", span), Origin("ferrywire", "w")
    row = Derivation("p", span, place, origin, Relation.COPY, 0.9, MatchKind.REWORDED, 0.5, evidence)
    assert verdict(paper, [row], REGISTRY).label is label
