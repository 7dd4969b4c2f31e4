"""Which of a page's times is believed, and how precisely."""

from __future__ import annotations

import pytest

from auditor.domain import Moment
from auditor.ingest.pagetimes import Stated, believed, stated


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2024-02-11T21:20:00Z", "2024-02-11T21:20:00Z"),
        ("2024-02-11T21:20:00.123+0100", "2024-02-11T20:20:00Z"),
        ("2024-02-11T21:20+01:00", "2024-02-11T20:20:00Z"),
        ("2024-02-11 21:20:00", "2024-02-11T21:20:00Z"),
        ("2024-02-11 21:20:00 UTC", "2024-02-11T21:20:00Z"),
        ("20240211T212000Z", "2024-02-11T21:20:00Z"),
        ("Sun, 11 Feb 2024 21:20:00 GMT", "2024-02-11T21:20:00Z"),
        ("Sun, 11 Feb 2024 22:20:00 +0100", "2024-02-11T21:20:00Z"),
        ("11 Feb 2024 21:20 GMT", "2024-02-11T21:20:00Z"),
        ("Sun Feb 11 2024 22:20:00 GMT+0100", "2024-02-11T21:20:00Z"),
        ("1707686400", "2024-02-11T21:20:00Z"),
        ("1707686400000", "2024-02-11T21:20:00Z"),
        ("February 11, 2024 9:20 PM", "2024-02-11T21:20:00Z"),
        ("11.02.2024 21:20", "2024-02-11T21:20:00Z"),
        ("February 11, 2024", "2024-02-11"),
        ("2024/02/11", "2024-02-11"),
        ("2024-02-11", "2024-02-11"),
        ("2024-02-11T00:00:00+01:00", "2024-02-11"),
    ],
)
def test_the_forms_that_pages_use_are_read(value: str, moment: str) -> None:
    one = stated("meta", value)
    assert one is not None
    assert one.moment == Moment.parse(moment)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "1970-01-01T00:00:00Z",
        "0",
        "9999-12-31T23:59:59Z",
        "0001-01-01",
        "2024-13-01",
        "NaN",
        "١٢",
    ],
)
def test_what_is_no_time_of_a_page_is_none(value: str) -> None:
    assert stated("meta", value) is None


def states(*values: str) -> list[Stated]:
    return [one for value in values if (one := stated("meta", value))]


@pytest.mark.parametrize(
    ("values", "moment"),
    [
        (("2024-02-11T21:20:00Z", "2024-02-11T08:00:00Z"), "2024-02-11T21:20:00Z"),
        (("2024-02-11", "2024-02-11T21:20:00Z"), "2024-02-11T21:20:00Z"),
        (("2024-02-11 22:20:00", "2024-02-11T21:20:00Z"), "2024-02-11T21:20:00Z"),
        (("2024-02-11", "2023-05-01T10:00:00Z"), "2024-02-11"),
        (("2024-02-11 22:20:00", "2024-02-11"), "2024-02-11T22:20:00Z"),
    ],
)
def test_the_most_trusted_time_is_believed_as_precisely_as_another_says_it(
    values: tuple[str, ...], moment: str
) -> None:
    assert believed(states(*values)) == Moment.parse(moment)


def test_no_statement_no_time() -> None:
    assert believed([]) is None
