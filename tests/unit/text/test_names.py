"""Capitalised names."""

from __future__ import annotations

import pytest

from auditor.text import read


def names(text: str) -> list[str]:
    document = read(text)
    assert all(name.text == name.span.of(text) for name in document.names)
    return [name.text for name in document.names]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Here came President Ann Doe again.", ["Ann Doe"]),
        ("Here came Eastmerian Foreign Minister Bo Roe.", ["Eastmerian", "Bo Roe"]),
        ("Here came John F. Doe and Secretary of State Ann Roe.", ["John F. Doe", "Ann Roe"]),
        ("It is Eastmere's Defense Minister Bo Roe.", ["Eastmere", "Bo Roe"]),
        (
            "It is Hamid al-Doe, Ursula von der Roe, Omar bin Poe.",
            ["Hamid al-Doe", "Ursula von der Roe", "Omar bin Poe"],
        ),
        ("He joined the Free Eastmere Army, or FEA.", ["Free Eastmere Army", "FEA"]),
        (
            "It is the Bank of Eastmere and the Observatory for Tides.",
            ["Bank of Eastmere", "Observatory for Tides"],
        ),
        ("It is a Hollow-based firm in the U.S. State Department.", ["Hollow", "U.S. State Department"]),
        ("She met Gen. Bo Roe in St. Alda on Friday, Sept. 30.", ["Bo Roe", "St. Alda"]),
        ("Police said Roe left. Speaking in May, he wept.", ["Roe"]),
        ("Eastmere said it fell.", ["Eastmere"]),
        ("Rain fell. However, It stopped.", []),
        ("Here is Mr Doe, and I think I'm O'Roe.", ["Doe", "O'Roe"]),
        ("He met Prime Minister May in May.", ["May"]),
        ("Attorney General Ann Doe went to General Motors.", ["Ann Doe", "General Motors"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_sentence_opener_is_a_name_where_the_text_proves_it() -> None:
    assert names("Hollow fell. They left the town of Hollow.") == ["Hollow", "Hollow"]
    assert names("Rebels fell. They saw the rebels fall.") == []


def test_a_headline_in_title_case_tells_only_names_of_the_text() -> None:
    text = (
        "Roe Backs Hollow Rebels in Fight Against Tide\n\nHere Ann Roe spoke on Monday in the town of Hollow."
    )
    assert names(text) == ["Roe", "Hollow", "Ann Roe", "Hollow"]


def test_furniture_holds_no_names() -> None:
    assert names("It rained there all day long.\n\nRelated: Ann Doe in Eastmere\n\nIt rained again.") == []
