"""Settling: no contradictions, origins along chains, wires that nobody holds."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.domain import Derivation, Origin, Relation
from auditor.lineage import Witness, settle, trace
from tests.unit.lineage.invented import OTHER, REGISTRY, WIRE, relative, told

Settled = dict[str, tuple[Derivation, ...]]


def _settled(witnesses: Iterable[Witness]) -> Settled:
    """All of them related to each other, traced and settled."""
    group = list(witnesses)
    traced = {
        one.article.id: trace(one, [relative(one, other) for other in group if other is not one], REGISTRY)
        for one in group
    }
    return settle(traced, {one.article.id: one.standing(REGISTRY) for one in group}, REGISTRY)


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
