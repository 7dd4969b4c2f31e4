"""Settling: no contradictions, origins along chains, wires that nobody holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from auditor.domain import Derivation, Evidence, MatchKind, Origin, Place, Relation, Span
from auditor.lineage import Standing, Witness, settle, to_continue, trace
from tests.unit.lineage.invented import OTHER, REGISTRY, WIRE, relative, told

Settled = dict[str, tuple[Derivation, ...]]


def _settled(witnesses: Iterable[Witness]) -> Settled:
    """All of them related to each other, traced and settled."""
    group = list(witnesses)
    traced = {
        one.article.id: trace(one, [relative(one, other) for other in group if other is not one], REGISTRY)
        for one in group
    }
    return _by_standings(traced, group)


def _by_standings(traced: Settled, group: list[Witness]) -> Settled:
    """Settled by whole standings, and the same with paragraphs only of those that may be asked for theirs."""
    known = {one.article.id: one.standing(REGISTRY, whole=False) for one in group}
    asked = to_continue(traced, known)
    known |= {one.article.id: one.standing(REGISTRY) for one in group if one.article.id in asked}
    found = settle(traced, {one.article.id: one.standing(REGISTRY) for one in group}, REGISTRY)
    assert settle(traced, known, REGISTRY) == found
    return found


def _origins(settled: Settled, article: str) -> set[Origin]:
    return {row.origin for row in settled[article]}


def test_the_origin_is_carried_along_a_chain() -> None:
    wire = told("w", WIRE, "2026-03-01T09:00:00Z", "ferrywire")
    middle = told("m", WIRE.replace("nine days", "nine whole days"), "2026-03-01T10:00:00Z", "northpost")
    last = told("z", WIRE.replace("nine days", "nine whole days"), "2026-03-01T12:00:00Z", "southpost")
    settled = _settled([last, middle, wire])
    assert {row.parent.article for row in settled["z"] if row.parent} == {"m"}
    assert _origins(settled, "z") == {Origin("ferrywire", "w")}


def test_an_unheld_wire_known_by_one_copys_credit_is_the_origin_of_all() -> None:
    first = told("a", WIRE, "2026-03-01T09:00:00Z", "northpost")
    second = told("b", f"{WIRE}\n\nSource: Ferry Wire", "2026-03-01T10:00:00Z", "southpost")
    third = told("c", WIRE.replace("Monday", "Friday"), "2026-03-01T11:00:00Z", "eastpost")
    settled = _settled([first, second, third])
    for article in "abc":
        assert _origins(settled, article) == {Origin("ferrywire", None)}
    assert {row.parent for row in settled["a"]} == {None}


def test_a_credit_that_the_text_contradicts_is_kept_and_shown() -> None:
    wire = told("w", WIRE, "2026-03-01T09:00:00Z", "ferrywire")
    copy = told("c", f"{WIRE}\n\nSource: Gull Wire", "2026-03-01T10:00:00Z", "northpost")
    rows = [row for row in _settled([wire, copy])["c"] if row.parent]
    assert {row.origin.source for row in rows} == {"ferrywire"}
    assert any(item.kind == "credit_differs" and "Gull Wire" in item.detail for item in rows[0].evidence)


def test_an_article_that_credits_a_wire_has_rows_even_if_it_is_alone() -> None:
    alone = told("a", f"LOW FELL (Ferry Wire) - {OTHER}", "2026-03-01", "northpost")
    rows = settle({"a": trace(alone, [], REGISTRY)}, {"a": alone.standing(REGISTRY)}, REGISTRY)["a"]
    assert {row.origin for row in rows} == {Origin("ferrywire", None)}
    assert {row.parent for row in rows} == {None}


def test_settling_twice_is_settling_once() -> None:
    group = [
        told("a", WIRE, "2026-03-01", "northpost"),
        told("b", f"{WIRE}\n\nSource: Ferry Wire", "2026-03-01", "southpost"),
        told("c", WIRE.replace("Monday", "Friday"), None, "eastpost"),
    ]
    once = _settled(group)
    assert settle(once, {one.article.id: one.standing(REGISTRY) for one in group}, REGISTRY) == once


def test_no_two_articles_are_parents_of_each_other() -> None:
    group = [
        told(name, WIRE.replace("nine", word)) for name, word in (("a", "nine"), ("b", "ten"), ("c", "six"))
    ]
    settled = _settled(group)
    links = {(row.article, row.parent.article) for rows in settled.values() for row in rows if row.parent}
    assert links
    assert not links & {(parent, child) for child, parent in links}


def test_an_article_from_nobody_has_no_rows() -> None:
    settled = _settled(
        [told("a", WIRE, "2026-03-01", "northpost"), told("b", WIRE, "2026-03-02", "southpost")]
    )
    assert settled["a"] == ()
    assert {row.relation for row in settled["b"]} == {Relation.COPY}


# Passages of a lost wire that no credit speaks for

LEAD = (
    "The ferry line to the outer islands will stop for eleven weeks while its two piers are rebuilt, the "
    "line said in Low Fell on Tuesday. Some four hundred islanders will be taken over by fishing boats."
)
REST = (
    "Nothing of the kind was done since the great flood took the older pier away.",
    "The mayor of the larger island called the plan a burden that nobody had asked for.",
    "Builders are to come from three towns along the coast, each with a crane of its own.",
    "A school on the smaller island will teach by radio until the boats run again.",
)


def _cut_copy_and_whole(*rest: str, credit: str = "") -> Settled:
    """A whole article, and after it a copy of its first paragraph that credits a wire nobody holds."""
    whole = told("a", "\n\n".join((LEAD, *rest)) + credit, "2026-03-01T09:00:00Z", "northpost")
    cut = told("b", f"{LEAD}\n\nSource: Ferry Wire", "2026-03-01T12:00:00Z", "southpost")
    return _settled([whole, cut])


def test_paragraphs_are_asked_for_only_where_a_copy_credits_its_whole_text() -> None:
    silent = [told("a", WIRE, "2026-03-01T09:00:00Z", "northpost")]
    silent.append(told("b", WIRE, "2026-03-01T10:00:00Z", "southpost"))
    group = [*silent, told("c", f"{WIRE}\n\nSource: Ferry Wire", "2026-03-01T11:00:00Z", "eastpost")]
    for some, asked in ((silent, set()), (group, {"a", "b", "c"})):
        known = {one.article.id: one.standing(REGISTRY, whole=False) for one in some}
        assert to_continue(_settled(some), known) == asked


def test_a_long_run_beside_a_lost_wires_text_is_the_wires_too() -> None:
    rows = _cut_copy_and_whole(*REST)["a"]
    assert {row.origin for row in rows} == {Origin("ferrywire", None)}
    further = [row for row in rows if any(item.kind == "continues_wire" for item in row.evidence)]
    assert len(further) == len(REST)
    assert all(row.parent is None for row in further)


def test_a_paragraph_or_two_beside_a_lost_wires_text_may_be_the_papers_own() -> None:
    rows = _cut_copy_and_whole(*REST[:2])["a"]
    assert rows
    assert not any(item.kind == "continues_wire" for row in rows for item in row.evidence)


def test_nothing_is_inferred_for_the_rest_of_an_article_that_credits_another_source() -> None:
    rows = _cut_copy_and_whole(*REST, credit="\n\nSource: East Post")["a"]
    assert not any(item.kind == "continues_wire" for row in rows for item in row.evidence)


def test_copies_of_the_rest_of_a_lost_wires_item_have_its_origin() -> None:
    group = [
        told("a", "\n\n".join((LEAD, *REST)), "2026-03-01T09:00:00Z", "northpost"),
        told("b", f"{LEAD}\n\nSource: Ferry Wire", "2026-03-01T12:00:00Z", "southpost"),
        told("c", "\n\n".join(REST), "2026-03-01T13:00:00Z", "eastpost"),
    ]
    settled = _settled_by_shared_text(group)
    assert settled["c"]
    assert _origins(settled, "c") == {Origin("ferrywire", None)}
    again = settle(settled, {one.article.id: one.standing(REGISTRY) for one in group}, REGISTRY)
    assert again == settled


def test_what_two_copies_of_a_lost_wire_have_in_common_is_its_too() -> None:
    ferry = Origin("ferrywire", None)
    rows = {
        "a": (_row("a", (0, 200), None, ferry, Relation.COPY),),
        "b": (
            _row("b", (0, 200), ("a", 0, 200), ferry, Relation.COMMON_SOURCE),
            _row("b", (210, 280), ("a", 210, 280), Origin("northpost", "a"), Relation.COMMON_SOURCE),
        ),
    }
    rows["a"] = (replace(rows["a"][0], evidence=(Evidence("credited", "", 1.0),)),)
    standings = {"a": Standing("a", "northpost", length=280), "b": Standing("b", "southpost", length=280)}
    settled = settle(rows, standings, REGISTRY)
    assert {row.origin for found in settled.values() for row in found} == {ferry}
    assert [row.span for row in settled["a"]] == [Span(0, 200), Span(210, 280)]


def _row(
    article: str,
    span: tuple[int, int],
    parent: tuple[str, int, int] | None,
    origin: Origin,
    relation: Relation,
) -> Derivation:
    place = Place(parent[0], Span(*parent[1:])) if parent else None
    return Derivation(article, Span(*span), place, origin, relation, 0.8, MatchKind.EDITED, 0.9, ())


def _settled_by_shared_text(group: list[Witness]) -> Settled:
    """All of them traced beside those that they share words with, and settled."""
    traced = {
        one.article.id: trace(
            one,
            [
                relative(one, other)
                for other in group
                if other is not one and {one.article.id, other.article.id} != {"b", "c"}
            ],
            REGISTRY,
        )
        for one in group
    }
    return _by_standings(traced, group)
