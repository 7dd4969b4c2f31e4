"""The five real articles: what a careful reader would mark, and nothing that they would strike out.

The derivations are given, so that this holds garbling alone to account: who took what from whom is lineage's
to find. No text of the articles is kept here but the few words that were changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from auditor.domain import Derivation, Garble, GarbleKind, MatchKind, Origin, Place, Relation, Severity
from auditor.garbling import garbles, rules
from auditor.matching import align
from auditor.text import Document, read
from tests.quality.garble_casework import REGISTRY

pytestmark = pytest.mark.shared

TAKEN = (
    ("001", "003", Relation.COPY),
    ("002", "003", Relation.COPY),
    ("002", "000", Relation.COPY),
    ("004", "003", Relation.COPY),
    ("000", "003", Relation.COMMON_SOURCE),
)
COPIED = 0.85
"""Below this likeness the five articles share a source, not a text."""

Marks = Mapping[str, tuple[Garble, ...]]


@pytest.fixture(scope="module")
def marks(shared: Path) -> Marks:
    files = sorted((shared / "data" / "seeds").glob("*.txt"))
    documents = {file.name[:3]: read(_text(file), registry=REGISTRY) for file in files}
    found: dict[str, tuple[Garble, ...]] = {}
    for name in ("003", "000", "001", "002", "004"):
        rows = [
            one
            for child, parent, relation in TAKEN
            if child == name
            for one in _derived(documents, child, parent, relation)
        ]
        found[name] = garbles(documents[name], rows, documents, found, article=name, registry=REGISTRY)
    return found


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8")


def _derived(
    documents: Mapping[str, Document], child: str, parent: str, relation: Relation
) -> list[Derivation]:
    found = align(documents[child], documents[parent])
    return [
        Derivation(
            child, one.a, Place(parent, one.b), Origin(None, parent), relation, 1.0, one.kind, one.similarity
        )
        for one in found
        if one.kind is not MatchKind.REWORDED and (one.similarity > COPIED or one.kind is MatchKind.QUOTATION)
    ]


def told(rows: tuple[Garble, ...]) -> set[tuple[str, str, str, str]]:
    return {(row.kind.value, row.severity.value, row.before[:30], row.after[:30]) for row in rows}


def test_the_cut_copy(marks: Marks) -> None:
    assert told(marks["001"]) == {
        ("entity", "low", "U.S.", "US"),
        ("encoding", "medium", " — ", " "),
        ("spelling", "low", "modernize", "modernise"),
        ("spelling", "low", "Defense", "Defence"),
        ("entity", "low", "Assad", "al-Assad"),
        ("quote", "high", "these", ""),
    }


def test_the_doubled_agency_story(marks: Marks) -> None:
    (row,) = marks["003"]
    assert row.kind is GarbleKind.DUPLICATION
    assert row.span.length > 5000


def test_the_find_and_replace(marks: Marks) -> None:
    found = [row for row in marks["004"] if row.kind is GarbleKind.ENTITY and row.severity is Severity.HIGH]
    assert {(row.before, row.after) for row in found} == {("Russia", "Russian Federation")}
    assert any(row.parent and row.parent.article == "003" for row in found)
    (rule,) = rules(marks["004"])
    assert len(rule.places) >= 7
    assert {row.kind for row in marks["004"]} == {GarbleKind.ENTITY}


def test_the_stitched_article(marks: Marks) -> None:
    rows = marks["002"]
    splices = [row for row in rows if row.kind is GarbleKind.SPLICE]
    assert any(row.after.startswith("That being said") for row in splices)
    assert any("Biden" in row.detail for row in splices)
    assert any(row.after.startswith("GETTY") for row in splices)
    furniture = sorted(row.after for row in rows if row.kind is GarbleKind.BOILERPLATE)
    assert furniture == ["Advertisement", "Advertisement", "Share"]
    assert ("encoding", "medium", "that", "that that") in told(rows)
    assert ("entity", "high", "Russia", "Russian Federation") in told(rows)
    assert [row.after for row in rows if row.kind is GarbleKind.WHITESPACE] == ["'immediately"]
    (unclosed,) = [row for row in rows if row.kind is GarbleKind.TRUNCATION]
    assert unclosed.after.startswith("'immediately ")
    assert len([row for row in rows if row.kind is not GarbleKind.REORDERING]) == 10


def test_the_words_cut_out_of_a_quotation(marks: Marks) -> None:
    (cut,) = [row for row in marks["000"] if row.kind in (GarbleKind.QUOTE, GarbleKind.TRUNCATION)]
    assert (cut.kind, cut.severity) == (GarbleKind.TRUNCATION, Severity.LOW)
    assert cut.before.startswith("stop dropping")
    others = {row.kind for row in marks["000"]} - {cut.kind}
    assert others <= {GarbleKind.BOILERPLATE}
