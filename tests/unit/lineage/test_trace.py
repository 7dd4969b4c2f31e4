"""Tracing one article: who its parent is, and what is said where that can't be told."""

from __future__ import annotations

from auditor.domain import MatchKind, Relation
from auditor.lineage import settle, trace, verdict
from tests.unit.lineage.invented import OTHER, REGISTRY, WIRE, relative, told


def test_a_later_copy_has_the_earlier_article_as_parent() -> None:
    first, second = told("a", WIRE, "2026-03-01T09:00:00Z"), told("b", WIRE, "2026-03-01T09:43:00Z")
    rows = trace(second, [relative(second, first)], REGISTRY)
    assert {row.parent.article for row in rows if row.parent} == {"a"}
    assert {row.relation for row in rows} == {Relation.COPY}
    assert any("43 minutes earlier" in item.detail for item in rows[0].evidence)
    assert trace(first, [relative(first, second)], REGISTRY) == ()


def test_each_passage_of_a_copy_is_a_row_of_its_own_that_covers_it() -> None:
    first, second = told("a", WIRE, "2026-03-01"), told("b", WIRE, "2026-03-03")
    rows = trace(second, [relative(second, first)], REGISTRY)
    assert [row.span for row in rows] == list(second.document.sentences)
    assert [row.span for row in rows] == [row.parent.span for row in rows if row.parent]


def test_a_copy_that_shares_a_misprint_comes_from_the_copy_that_has_it() -> None:
    wire = told("w", WIRE, "2026-03-01T09:00:00Z", "ferrywire")
    misprint = WIRE.replace("Maren", "Marren").replace("nine days", "nine whole days")
    middle = told("m", misprint, "2026-03-01T10:00:00Z", "northpost")
    last = told("z", misprint.replace("Two ferries", "Both ferries"), "2026-03-01T12:00:00Z", "southpost")
    rows = trace(last, [relative(last, wire), relative(last, middle)], REGISTRY)
    assert {row.parent.article for row in rows if row.parent} == {"m"}


def test_siblings_of_a_held_wire_item_are_not_copies_of_each_other() -> None:
    wire = told("w", WIRE, "2026-03-01T09:00:00Z", "ferrywire")
    one = told("one", WIRE.replace("nine days", "nine long days"), "2026-03-01T10:00:00Z", "northpost")
    two = told("two", WIRE.replace("Two ferries", "Both ferries"), "2026-03-01T12:00:00Z", "southpost")
    rows = trace(two, [relative(two, wire), relative(two, one)], REGISTRY)
    assert {row.parent.article for row in rows if row.parent} == {"w"}


def test_equal_texts_without_times_are_undecided_and_only_one_of_them_has_rows() -> None:
    one, two = told("one", WIRE), told("two", WIRE)
    traced = {
        "one": trace(one, [relative(one, two)], REGISTRY),
        "two": trace(two, [relative(two, one)], REGISTRY),
    }
    settled = settle(traced, {w.article.id: w.standing(REGISTRY) for w in (one, two)}, REGISTRY)
    assert sum(bool(rows) for rows in settled.values()) == 1
    assert {row.relation for rows in settled.values() for row in rows} == {Relation.UNDECIDED}


def test_an_article_without_relatives_says_why_nothing_was_found() -> None:
    alone = told("a", WIRE)
    assert "no other article" in verdict(alone, (), REGISTRY).reason


def test_a_text_stitched_from_two_has_two_parents_each_passage_one() -> None:
    one = told("one", WIRE, "2026-03-01T09:00:00Z", "northpost")
    two = told("two", OTHER, "2026-03-01T09:30:00Z", "southpost")
    both = told("both", f"{WIRE}\n\n{OTHER}", "2026-03-02T10:00:00Z", "eastpost")
    rows = trace(both, [relative(both, one), relative(both, two)], REGISTRY)
    parents = [row.parent.article for row in rows if row.parent]
    assert parents == ["one"] * 5 + ["two"] * 3


def test_an_article_is_never_its_own_parent() -> None:
    one = told("one", WIRE, "2026-03-01")
    assert trace(one, [relative(one, one)], REGISTRY) == ()


def test_two_reports_that_share_only_a_quotation_are_not_copies() -> None:
    one = told("one", WIRE, "2026-03-01T09:00:00Z", "northpost")
    two = told("two", WIRE, "2026-03-01T10:00:00Z", "southpost")
    rows = trace(two, [relative(two, one, MatchKind.QUOTATION)], REGISTRY)
    assert {row.relation for row in rows} == {Relation.COMMON_SOURCE}
    assert verdict(two, rows, REGISTRY).derived_share == 0


def test_two_copies_that_both_credit_a_wire_nobody_holds_have_a_common_source() -> None:
    one = told("one", f"OLD QUAY (Ferry Wire) - {WIRE}", "2026-03-01T09:00:00Z", "northpost")
    two = told("two", f"OLD QUAY (Ferry Wire) - {WIRE}", "2026-03-01T10:00:00Z", "southpost")
    rows = trace(two, [relative(two, one)], REGISTRY)
    assert {row.relation for row in rows if row.parent} == {Relation.COMMON_SOURCE}


def test_a_mere_day_leaves_the_order_to_the_texts() -> None:
    whole = told("whole", WIRE, "2026-03-01", "northpost")
    bad = told(
        "bad", WIRE.replace("authority", "autohrity").replace("divers", "diveers"), "2026-03-01", "southpost"
    )
    rows = trace(bad, [relative(bad, whole)], REGISTRY)
    assert any(item.kind == "misprint" and item.weight > 0 for item in rows[0].evidence)
    assert not any(item.kind == "published_first" for item in rows[0].evidence)


def test_the_shared_misreading_is_named_in_the_evidence() -> None:
    wire = told("w", WIRE, "2026-03-01T09:00:00Z", "ferrywire")
    middle = told("m", WIRE.replace("Maren", "Marren"), "2026-03-01T10:00:00Z", "northpost")
    last = told("z", WIRE.replace("Maren", "Marren"), "2026-03-01T12:00:00Z", "southpost")
    rows = trace(last, [relative(last, wire), relative(last, middle)], REGISTRY)
    details = [item.detail for row in rows for item in row.evidence if item.kind == "shared_reading"]
    assert details == ["has “Marren” as the other does, where w has “Maren”"]


def test_the_order_in_which_relatives_are_given_changes_nothing() -> None:
    wire = told("w", WIRE, "2026-03-01T09:00:00Z", "ferrywire")
    copies = [
        told(name, WIRE.replace("Monday", day), "2026-03-01", "northpost")
        for name, day in (("a", "Friday"), ("b", "Sunday"))
    ]
    last = told("z", WIRE.replace("Monday", "Friday"), "2026-03-02", "southpost")
    relatives = [relative(last, other) for other in (wire, *copies)]
    assert trace(last, relatives, REGISTRY) == trace(last, relatives[::-1], REGISTRY)


def test_of_two_versions_that_read_the_same_the_later_is_the_parent() -> None:
    first = told("v1", WIRE, "2026-03-01T09:00:00Z", "ferrywire")
    second = told("v2", WIRE, "2026-03-01T10:00:00Z", "ferrywire", revises="v1")
    copy = told("c", WIRE, "2026-03-01T12:00:00Z", "northpost")
    rows = trace(copy, [relative(copy, first), relative(copy, second)], REGISTRY)
    assert {row.parent.article for row in rows if row.parent} == {"v2"}


def test_a_copy_made_before_the_later_version_names_the_first() -> None:
    first = told("v1", WIRE, "2026-03-01T09:00:00Z", "ferrywire")
    second = told("v2", WIRE, "2026-03-01T10:00:00Z", "ferrywire", revises="v1")
    copy = told("c", WIRE, "2026-03-01T09:30:00Z", "northpost")
    rows = trace(copy, [relative(copy, first), relative(copy, second)], REGISTRY)
    assert {row.parent.article for row in rows if row.parent} == {"v1"}
