"""Stale copies: who still carries what a later version corrected or withdrew, and for how long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from auditor.domain import Moment, Stale, Status
from auditor.lineage import Witness, later_versions, outdated, settle, stale, trace
from tests.unit.lineage.invented import OTHER, REGISTRY, WIRE, relative, told

NINE, TEN = "nine days", "ten days"
FIRST = told("v1", WIRE, "2026-03-01T09:00:00Z", "ferrywire")
COPY = told("copy", WIRE.replace("Two ferries", "Both ferries"), "2026-03-01T10:00:00Z", "northpost")


def _later(text: str, status: Status, published: str = "2026-03-01T11:00:00Z") -> Witness:
    return told("v2", text, published, "ferrywire", revises="v1", status=status)


def _outdated(newer: Witness) -> tuple[Stale, ...]:
    shares = "Old Quay" in newer.article.text
    return outdated(FIRST, [(newer, relative(FIRST, newer).matches if shares else ())])


def _stale(
    child: Witness, parent: Witness, known: Mapping[str, Sequence[Stale]], own: Sequence[str] = ()
) -> tuple[Stale, ...]:
    rows = trace(child, [relative(child, parent)], REGISTRY)
    rows = settle(
        {child.article.id: rows, parent.article.id: ()},
        {one.article.id: one.standing(REGISTRY) for one in (child, parent)},
        REGISTRY,
    )[child.article.id]
    published = {"v2": Moment.parse("2026-03-01T11:00:00Z")}
    return stale(child, rows, {parent.article.id: parent}, known, published, own)


def _words(found: Sequence[Stale], of: Witness) -> list[str]:
    return [one.span.of(of.article.text) for one in found]


CORRECTED = _outdated(_later(WIRE.replace(NINE, TEN), Status.CORRECTED))


def test_what_a_correction_changed_is_found_by_word() -> None:
    assert _words(CORRECTED, FIRST) == ["nine"]
    assert [(one.taken, one.current, one.status) for one in CORRECTED] == [("v1", "v2", Status.CORRECTED)]


def test_a_word_put_in_is_found_between_its_neighbours() -> None:
    marks = _outdated(_later(WIRE.replace("was safe", "was not safe"), Status.CORRECTED))
    assert _words(marks, FIRST) == ["was safe"]
    assert _words(_stale(COPY, FIRST, {"v1": marks}), COPY) == ["was safe"]
    put_right = told("copy", COPY.article.text.replace("was safe", "was not safe"), "2026-03-01T10:00:00Z")
    assert _stale(put_right, FIRST, {"v1": marks}) == ()


def test_a_sentence_that_a_correction_leaves_out_is_taken_back() -> None:
    gone = " Two ferries were sent to the northern pier on Monday."
    marks = _outdated(_later(WIRE.replace(gone, ""), Status.CORRECTED))
    assert "northern pier" in "".join(_words(marks, FIRST))
    assert "Both ferries" not in "".join(_words(_stale(COPY, FIRST, {"v1": marks}), COPY))
    assert "sent to the northern pier" in "".join(_words(_stale(COPY, FIRST, {"v1": marks}), COPY))


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        (NINE, TEN, ["nine"]),
        ("Ilse Maren", "Ilse Marsten", ["Maren"]),
        ("divers clear", "crews of divers slowly clear", []),
        ("3.4 million crowns", "3.4 million crowns, and rising", []),
        ("The dredger sank in a storm", "The vessel went down in heavy seas", []),
    ],
)
def test_an_update_puts_right_figures_and_names_and_else_tells_more(
    old: str, new: str, changed: list[str]
) -> None:
    assert _words(_outdated(_later(WIRE.replace(old, new), Status.USABLE)), FIRST) == changed


def test_house_style_is_no_correction() -> None:
    assert _outdated(_later(WIRE.replace("3.4 million", "3.4 mln"), Status.CORRECTED)) == ()


def test_a_kill_withdraws_all_of_it_though_it_shares_no_word() -> None:
    marks = _outdated(_later(OTHER, Status.CANCELED))
    assert [one.span.length for one in marks] == [len(WIRE)]
    found = _stale(COPY, FIRST, {"v1": marks})
    assert sum(one.span.length for one in found) > 0.9 * len(WIRE)


def test_an_item_that_is_withheld_itself_is_out_of_date_throughout() -> None:
    withheld = told("v1", WIRE, "2026-03-01T09:00:00Z", "ferrywire", status=Status.WITHHELD)
    (mark,) = outdated(withheld)
    assert (mark.current, mark.reason) == ("v1", "v1 was withheld")


def test_of_several_later_versions_the_first_to_change_a_place_counts() -> None:
    second = _later(WIRE.replace(NINE, TEN), Status.CORRECTED)
    third = told(
        "v3",
        WIRE.replace(NINE, "six days").replace("3.4", "3.9"),
        "2026-03-01T12:00:00Z",
        "ferrywire",
        revises="v2",
        status=Status.CORRECTED,
    )
    marks = outdated(FIRST, [(one, relative(FIRST, one).matches) for one in (third, second)])
    assert [(one.span.of(WIRE), one.current) for one in marks] == [("nine", "v2"), ("3.4", "v3")]


def test_a_copy_is_stale_with_the_hours_it_lagged() -> None:
    late = told("copy", WIRE, "2026-03-02T11:00:00Z", "northpost")
    (found,) = _stale(late, FIRST, {"v1": CORRECTED})
    assert (found.article, found.hours, found.span.of(WIRE)) == ("copy", 24.0, "nine")
    assert found.detail == "v1 was corrected by v2 24 h before this was last seen"


def test_a_copy_that_was_seen_before_the_correction_lags_by_nothing_yet() -> None:
    (found,) = _stale(COPY, FIRST, {"v1": CORRECTED})
    assert (found.hours, found.detail) == (0.0, "v1 was corrected by v2, after this was last seen")


def test_without_a_time_the_hours_are_not_known() -> None:
    (found,) = _stale(told("copy", WIRE, None, "northpost"), FIRST, {"v1": CORRECTED})
    assert found.hours is None


def test_a_copy_that_put_it_right_by_itself_is_not_stale() -> None:
    mended = told("copy", WIRE.replace(NINE, TEN), "2026-03-01T10:00:00Z", "northpost")
    assert _stale(mended, FIRST, {"v1": CORRECTED}) == ()


def test_a_copy_of_a_stale_copy_is_stale_too() -> None:
    above = _stale(COPY, FIRST, {"v1": CORRECTED})
    again = told("again", COPY.article.text, "2026-03-01T12:00:00Z", "southpost")
    (found,) = _stale(again, COPY, {"copy": above})
    assert (found.taken, found.current, found.span.of(again.article.text)) == ("v1", "v2", "nine")


def test_a_later_version_is_no_stale_copy_of_the_older() -> None:
    newer = _later(WIRE.replace("3.4", "3.9"), Status.CORRECTED)
    assert _stale(newer, FIRST, {"v1": CORRECTED}, own=["v1"]) == ()


def test_later_versions_are_found_through_each_other_and_rings_end() -> None:
    assert later_versions("v1", {"v2": "v1", "v3": "v2", "x": "y"}) == ("v2", "v3")
    assert later_versions("a", {"a": "b", "b": "a"}) == ("b",)
