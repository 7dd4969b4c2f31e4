"""Two reports of one thing: what both quote or tell alike makes neither a copy of the other."""

from __future__ import annotations

import pytest

from auditor.domain import Aligned, Derivation, MatchKind, Relation
from auditor.lineage import Relative, Witness, stories, trace, verdict
from auditor.matching import align
from tests.unit.lineage.invented import OTHER, REGISTRY, relative, told

SAID = (
    "We will not let a single boat rot in this harbour while I hold the keys to it, and I will open the "
    "gate myself at dawn"
)
SPEECH = (
    f"The mayor of Old Quay climbed onto a crate at the fish market to speak. “{SAID},” she told the crowd. "
    "Gulls circled over the stalls while the fishmongers clapped."
)
REPORT = (
    "OLD QUAY - Boats trapped behind the lock may be free tomorrow if the town's new mayor keeps her vow.\n\n"
    f"“{SAID},” Mayor Orla Venn said.\n\n"
    "Engineers had warned that the sill was cracked; the county will send a surveyor, and the lock keepers' "
    "union wants an answer on overtime before anyone lifts a paddle. Forty boats have waited since Easter. "
    "Owners who moored outside pay nothing, those within a crown a day. No date was set for the next talks. "
    "The surveyor's last report, two winters old, gave the sill ten years; the union calls that a fairy tale."
)
FURTHER = (
    "Ruth Calder has sold smoked eel under the north arcade for thirty years and has seen five mayors come "
    "and go. None of them, she says, ever came to buy. Her stall was shut on Tuesday for the first time "
    "since the flood, as half of her customers were at the other end of the hall to hear the sixth. "
)


def _rows(child: Witness, other: Witness) -> tuple[Derivation, ...]:
    return trace(child, [Relative(other, align(child.document, other.document))], REGISTRY)


def test_two_reports_of_one_speech_have_a_common_source_and_no_story_in_common() -> None:
    one = told("one", SPEECH + " " + FURTHER, "2026-03-01T09:00:00Z", "northpost")
    two = told("two", REPORT, "2026-03-01T11:00:00Z", "southpost")
    rows = _rows(two, one)
    assert {(row.relation, row.kind) for row in rows} == {(Relation.COMMON_SOURCE, MatchKind.QUOTATION)}
    assert verdict(two, rows, REGISTRY).derived_share == 0
    assert stories(rows, {w.article.id: w.standing(REGISTRY) for w in (one, two)}) == ()


def test_a_speech_and_a_report_of_it_are_no_copies_though_only_one_has_marks() -> None:
    speech = told("one", f"{SAID}. {OTHER}", "2026-03-01T09:00:00Z", "northpost")
    report = told("two", REPORT, "2026-03-01T11:00:00Z", "southpost")
    assert {row.relation for row in _rows(report, speech)} == {Relation.COMMON_SOURCE}


def test_a_quotation_in_words_around_it_that_run_on_alike_is_copied_with_them() -> None:
    one = told("one", SPEECH + " " + FURTHER, "2026-03-01T09:00:00Z", "northpost")
    two = told("two", f"{SPEECH} {OTHER}", "2026-03-01T11:00:00Z", "southpost")
    assert {row.relation for row in _rows(two, one)} == {Relation.COPY}


def test_what_is_quoted_from_a_wire_may_be_its_report_and_stays_undecided() -> None:
    wire = told("one", SPEECH + " " + FURTHER, "2026-03-01T09:00:00Z", "ferrywire")
    two = told("two", REPORT, "2026-03-01T11:00:00Z", "southpost")
    assert {row.relation for row in _rows(two, wire)} == {Relation.UNDECIDED}


def test_forms_that_are_always_written_alike_are_no_copies() -> None:
    one = told(
        "one",
        "Harl Docks is issuing a forty million crown bond due in May, lead manager Tarn Bank said. It pays "
        "seven per cent at par, and final terms will be set on Monday. The fee is one per cent.",
        "2026-03-01T09:00:00Z",
        "northpost",
    )
    two = told(
        "two",
        "Vale Mills Holdings is issuing a bond of some ninety crowns until 1940, lead manager Moor Trust "
        "said. Buyers get four per cent below par, while the final terms will be fixed by June. The fee "
        "comes to half a per cent.",
        "2026-03-01T11:00:00Z",
        "southpost",
    )
    matches = tuple(
        Aligned(ours, theirs, 0.6, MatchKind.REWORDED)
        for ours, theirs in zip(two.document.sentences, one.document.sentences, strict=True)
    )
    assert {row.relation for row in trace(two, [Relative(one, matches)], REGISTRY)} == {
        Relation.COMMON_SOURCE
    }


@pytest.mark.parametrize("swapped", [{}, {"boat": "vessel", "harbour": "port", "crowd": "people"}])
def test_a_copied_text_stays_a_copy_also_with_words_swapped(swapped: dict[str, str]) -> None:
    text = SPEECH + " " + FURTHER
    for word, other in swapped.items():
        text = text.replace(word, other)
    one = told("one", SPEECH + " " + FURTHER, "2026-03-01T09:00:00Z", "northpost")
    assert {row.relation for row in _rows(told("two", text, "2026-03-02", "southpost"), one)} == {
        Relation.COPY
    }


def test_a_version_of_ones_own_is_no_other_report() -> None:
    first = told("one", SPEECH + " " + FURTHER, "2026-03-01T09:00:00Z", "ferrywire")
    second = told("two", REPORT, "2026-03-01T11:00:00Z", "ferrywire", revises="one")
    rows = trace(second, [relative(second, first, MatchKind.EDITED)], REGISTRY)
    assert {row.relation for row in rows} == {Relation.COPY}
