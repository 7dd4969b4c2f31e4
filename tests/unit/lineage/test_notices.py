"""Notices that don't tell the story again: what they call wrong is taken back, and what they kill."""

from __future__ import annotations

import pytest

from auditor.domain import Stale, Status
from auditor.lineage import outdated, stale, trace
from auditor.matching import align
from tests.unit.lineage.invented import REGISTRY, WIRE, relative, told

ITEM = told("v1", WIRE, "2026-03-01T09:00:00Z", "ferrywire", title="Old Quay shut for dredger")
COPY = told("copy", WIRE.replace("Two ferries", "Both ferries"), "2026-03-01T10:00:00Z", "northpost")


def _marks(text: str, status: Status = Status.USABLE, title: str | None = None) -> tuple[Stale, ...]:
    notice = told("v2", text, "2026-03-01T11:00:00Z", "ferrywire", title=title, revises="v1", status=status)
    return outdated(ITEM, [(notice, align(ITEM.document, notice.document))])


def _words(marks: tuple[Stale, ...], text: str = WIRE) -> list[str]:
    return [one.span.of(text) for one in marks]


@pytest.mark.parametrize(
    ("notice", "wrong"),
    [
        (
            "CORRECTION: in OLD QUAY, dredger, the captain's name is Ilse Marten, not Ilse Maren.",
            "Ilse Maren",
        ),
        (
            "Editors: in the Old Quay item please read 4.3 million crowns instead of 3.4 million.",
            "3.4 million",
        ),
        ("Correction - Old Quay. Changes day the ferries were sent from Monday to Sunday.", "Monday"),
        ("The dredger item incorrectly stated that divers needed nine days; it is ten.", "nine days"),
        ("Correction: the vessel sank last year, and not, as we reported, “last month”.", "last month"),
    ],
)
def test_the_words_that_a_notice_calls_wrong_are_taken_back(notice: str, wrong: str) -> None:
    marks = _marks(notice, Status.CORRECTED)
    assert _words(marks) == [wrong]
    rows = trace(COPY, [relative(COPY, ITEM)], REGISTRY)
    carried = stale(COPY, rows, {"v1": ITEM}, {"v1": marks}, {})
    assert _words(carried, COPY.article.text) == [wrong]


@pytest.mark.parametrize(
    "notice",
    [
        "Correction: the mill is at Low Fell, not at High Fell.",
        "Correction to follow on the Old Quay item. Do not change it yet.",
        "The harbour master did not answer our calls about the Old Quay item.",
    ],
)
def test_what_the_item_never_said_is_not_taken_back(notice: str) -> None:
    assert _marks(notice, Status.CORRECTED) == ()


def test_of_several_places_the_one_that_the_notice_speaks_of_is_taken_back() -> None:
    text = "Nine boats sank at the pier. Nine men drowned in the mill race."
    item = told("v1", text, "2026-03-01T09:00:00Z", "ferrywire")
    notice = told("v2", "Correction: the men who drowned in the race were ten, not nine.", revises="v1")
    marks = outdated(item, [(notice, ())])
    assert [one.span for one in marks] == [item.document.tokens.span(6, 7)]


@pytest.mark.parametrize(
    ("notice", "title"),
    [
        ("KILL KILL KILL. Old Quay, dredger.", None),
        ("Editors: please withhold our report from Old Quay.", None),
        ("The Old Quay item of this morning is withdrawn. A letter it rested on was forged.", None),
        ("A letter it rested on was forged.", "WITHDRAWN: Old Quay shut for dredger"),
    ],
)
def test_a_notice_kills_also_where_its_status_does_not_say_so(notice: str, title: str | None) -> None:
    marks = _marks(notice, title=title)
    assert [(one.span.start, one.span.end, one.status) for one in marks] == [(0, len(WIRE), Status.CANCELED)]


def test_a_story_told_again_kills_nothing_whatever_it_tells_of() -> None:
    assert _marks(f"{WIRE} The safety report was withdrawn by the port.") == ()
