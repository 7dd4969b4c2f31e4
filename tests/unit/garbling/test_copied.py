"""What counts only where the parent's prose was copied, and what counts whoever wrote it down."""

from __future__ import annotations

from auditor.domain import Garble, GarbleKind, Source, SourceKind
from auditor.garbling import garbles
from auditor.registry import Registry
from auditor.text import read
from tests.unit.garbling.comparing import between, kinds, row, said

QUOTED = (
    "We will build the new harbour wall before the winter storms arrive, whatever the council may say of it"
)
OURS = (
    f'Mayor Ada Moor told 40 traders in Hasle that her mind was made up. "{QUOTED}," she said. '
    "The crowd stood in the rain to hear it, and many carried lanterns."
)
THEIRS = (
    f'It was a defiant speech by the sea front that drew 60 people. "{QUOTED}," Moor told them at dusk. '
    "Opponents of the plan have promised to go to court over its cost."
)
REPORT = (
    "The ferry Marla ran aground off Hasle on Monday with 40 crates of fruit on board, the port said. "
    "Two tugs from the yard at Orm pulled it free at noon, and divers looked at the hull until dark. "
    "The owners hope to put the ship back on the route within a week, the harbour master added."
)


def test_two_reports_of_one_speech_change_nothing_of_each_other() -> None:
    assert between(OURS, THEIRS) == ()
    assert between(OURS, THEIRS.replace("60 people", "60 traders in Hasle")) == ()


def test_words_of_the_quotation_that_both_report_still_count() -> None:
    found = between(OURS, THEIRS.replace("before the winter", "after the winter"))
    assert kinds(found) == [GarbleKind.QUOTE]


def test_a_figure_in_that_quotation_counts_too() -> None:
    parent = OURS.replace("the new harbour wall", "40 new harbour walls")
    child = THEIRS.replace("the new harbour wall", "50 new harbour walls")
    assert kinds(between(parent, child)) == [GarbleKind.NUMBER]


def test_a_figure_of_a_copied_report_counts() -> None:
    assert said(between(REPORT, REPORT.replace("40 crates", "400 crates"))) == [
        ("number", "high", "40", "400")
    ]


def test_a_sentence_of_its_own_in_a_copied_report_is_no_change_of_another() -> None:
    told_anew = "In May 90 boxes of fruit went over its side near Hasle, and the port was closed for days."
    child = REPORT.replace(REPORT.split(". ", maxsplit=1)[0] + ".", told_anew)
    assert not {GarbleKind.NUMBER, GarbleKind.ENTITY} & set(kinds(between(REPORT, child)))


def test_a_misspelt_name_needs_no_copied_report() -> None:
    first = OURS.split(". ", maxsplit=1)[0].replace("Moor ", "Moore ")
    child = f"{first}. {THEIRS.split('. ', maxsplit=1)[0]}. {THEIRS.split('. ', maxsplit=1)[1]}"
    assert GarbleKind.ENTITY in kinds(between(OURS, child))


def test_another_name_for_the_same_counts_in_any_report() -> None:
    parent = OURS.replace("the council may", "the United States may")
    child = THEIRS.replace("the council may", "the U.S. may")
    assert said(between(parent, child)) == [("entity", "low", "United States", "U.S.")]


def _with_sources(child: str, source: str, parent: str, other: str) -> tuple[Garble, ...]:
    registry = Registry((Source("post", "The Post"), Source("hub", "Hub", SourceKind.AGGREGATOR)))
    kind = {"post": SourceKind.PUBLISHER, "hub": SourceKind.AGGREGATOR}
    registry = Registry(Source(key, key.title(), of) for key, of in kind.items())
    return garbles(
        read(child, registry=registry),
        (row(child, parent),),
        {"parent": read(parent, registry=registry)},
        {"parent": ()},
        article="child",
        registry=registry,
        source=source,
        sources={"parent": other},
    )


def test_a_publishers_own_update_is_no_garble() -> None:
    child = REPORT.replace("40 crates", "45 crates")
    assert _with_sources(child, "post", REPORT, "post") == ()
    assert kinds(_with_sources(child, "post", REPORT, "hub")) == [GarbleKind.NUMBER]


def test_an_aggregators_articles_have_many_authors() -> None:
    child = REPORT.replace("40 crates", "45 crates")
    assert kinds(_with_sources(child, "hub", REPORT, "hub")) == [GarbleKind.NUMBER]


def test_what_a_publisher_had_garbled_before_is_inherited_by_its_next_article() -> None:
    wire, first = REPORT, REPORT.replace("40 crates", "45 crates")
    registry = Registry((Source("post", "Post", SourceKind.PUBLISHER),))
    texts = {"wire": read(wire, registry=registry), "first": read(first, registry=registry)}
    made = garbles(
        texts["first"],
        (row(first, wire, article="first", of="wire"),),
        {"wire": texts["wire"]},
        {"wire": ()},
        article="first",
        registry=registry,
        source="post",
        sources={"wire": None},
    )
    again = garbles(
        texts["first"],
        (row(first, first, article="next", of="first"),),
        {"first": texts["first"]},
        {"first": made},
        article="next",
        registry=registry,
        source="post",
        sources={"first": "post"},
    )
    assert [(one.kind, one.introduced_by) for one in again] == [(GarbleKind.NUMBER, "first")]


def test_a_report_of_another_week_is_no_change_of_this_ones() -> None:
    table = (
        "The averages of the polls of this week, as the office gives them out on Friday at noon, are.\n\n"
        "Approval: Moor 41.2 percent; Orm 38.1 percent\n\n"
        "Direction: right 29.6 percent, wrong 60.3 percent\n\nNext round: Moor by 2.7 points"
    )
    child = table
    for old, new in (("41.2", "42.0"), ("38.1", "37.5"), ("60.3", "61.1"), ("2.7", "3.4")):
        child = child.replace(old, new)
    assert between(table, child) == ()
    assert kinds(between(table, table.replace("38.1", "83.1"))) == [GarbleKind.NUMBER]
