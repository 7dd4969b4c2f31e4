"""Truncation: a sentence that was cut, and one that was left out."""

from __future__ import annotations

from auditor.domain import GarbleKind
from tests.unit.garbling.comparing import alone, between, kinds, said

PARENT = (
    "The bank will close 85 branches, the board said. The worst is over if the freight rates "
    "hold until spring. "
    "Nobody in Vasa will lose a job, although the contracts of the young end in May."
)


def test_a_text_that_breaks_off_is_cut() -> None:
    found = between(PARENT, PARENT[: PARENT.index(" until spring")])
    assert [(row.kind, row.before) for row in found] == [(GarbleKind.TRUNCATION, "until spring")]


def test_a_lost_condition_is_medium() -> None:
    found = between(PARENT, PARENT.replace(" if the freight rates hold until spring", ""))
    assert said(found) == [("truncation", "medium", "if the freight rates hold until spring", "")]


def test_a_lost_doubt_is_medium() -> None:
    parent = (
        "The clerk allegedly sold the keys of the vault to two men from Lunden before he left for the coast."
    )
    assert said(between(parent, parent.replace(" allegedly", ""))) == [
        ("truncation", "medium", "allegedly", "")
    ]


def test_a_sentence_left_out_is_an_editors_choice() -> None:
    middle = "The worst is over if the freight rates hold until spring. "
    assert between(PARENT, PARENT.replace(middle, "")) == ()


def test_last_sentences_left_out_are_nothing() -> None:
    assert between(PARENT, PARENT[: PARENT.index(" Nobody")]) == ()


def test_a_quotation_that_is_never_closed_shows_by_itself() -> None:
    opened = 'The mayor spoke for an hour.\n\nThen she said: "We will build it before the winter comes.'
    assert [(one.kind, one.span.start) for one in alone(opened)] == [
        (GarbleKind.TRUNCATION, opened.index('"'))
    ]
    curly = opened.replace('"', "“")
    assert kinds(alone(curly)) == [GarbleKind.TRUNCATION]
    for mark in ('"', "”"):
        assert alone(curly + mark) == ()


def test_a_quotation_that_the_next_paragraph_opens_anew_goes_on() -> None:
    text = (
        'She said: "We will build it before winter.\n\n"It will be of stone and it will be tall," she said.'
    )
    assert alone(text) == ()


def test_a_cut_that_leaves_a_quotation_open_is_told_once() -> None:
    parent = 'The mayor spoke in Hasle. "We will build it before the winter comes to the bay," she said.'
    assert kinds(between(parent, parent[: parent.index(" comes")])) == [GarbleKind.TRUNCATION]
