"""Reordering: paragraphs in another order."""

from __future__ import annotations

from auditor.domain import GarbleKind, Severity
from tests.unit.garbling.comparing import between

LINES = [
    "The dam above Tarn may fail within three weeks, the water ministry said on Tuesday.",
    "Soldiers went from house to house with lamps before the sun had risen over the valley.",
    "The opposition blames a builder from Lunden who won every contract for eleven years.",
    "Farmers below the wall have asked the government for seed, blankets and clean water.",
    "The turbines will be shut down if the lake rises by another two feet before Sunday.",
]


def test_a_paragraph_that_moved_is_low() -> None:
    found = between("\n".join(LINES), "\n".join([LINES[0], LINES[2], LINES[3], LINES[1], LINES[4]]))
    assert [(row.kind, row.severity) for row in found] == [(GarbleKind.REORDERING, Severity.LOW)]


def test_paragraphs_left_out_are_nothing() -> None:
    assert between("\n".join(LINES), "\n".join([LINES[0], LINES[2], LINES[4]])) == ()
