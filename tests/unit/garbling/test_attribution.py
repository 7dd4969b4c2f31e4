"""Attribution: who says it, how surely, and whom the text credits."""

from __future__ import annotations

from auditor.domain import GarbleKind, Severity
from tests.unit.garbling.comparing import between, kinds, said

PARENT = (
    "KESTREL BAY (AP) — The dam may fail within weeks, the water ministry said on Tuesday. "
    "Halden Brask said the wall had cracked. Four villages were cleared, according to the Farmers' Union."
)


def test_another_speaker_is_high() -> None:
    found = between(PARENT, PARENT.replace("Halden Brask said", "Mira Stenholt said"))
    assert [(row.kind, row.severity) for row in found] == [(GarbleKind.ATTRIBUTION, Severity.HIGH)]


def test_said_to_admitted_is_high() -> None:
    found = between(PARENT, PARENT.replace("Brask said", "Brask admitted"))
    assert said(found) == [("attribution", "high", "said", "admitted")]


def test_said_to_says_is_nothing() -> None:
    assert between(PARENT, PARENT.replace("Brask said", "Brask says")) == ()


def test_a_lost_according_to_is_high() -> None:
    found = between(PARENT, PARENT.replace(", according to the Farmers' Union", ""))
    assert kinds(found) == [GarbleKind.ATTRIBUTION]


def test_a_lost_credit_is_told_once_with_its_dateline() -> None:
    found = between(PARENT, PARENT.removeprefix("KESTREL BAY (AP) — "))
    assert kinds(found) == [GarbleKind.ATTRIBUTION]
    assert "(AP)" in found[0].before or found[0].before == "AP"


def test_a_credit_moved_to_the_foot_is_nothing() -> None:
    child = PARENT.removeprefix("KESTREL BAY (AP) — ") + "\nSource: AP\n"
    assert between(PARENT, child) == ()


def test_another_credit_is_high() -> None:
    found = between(PARENT, PARENT.replace("(AP)", "(Reuters)"))
    assert kinds(found) == [GarbleKind.ATTRIBUTION]
    assert "another" in found[0].detail
