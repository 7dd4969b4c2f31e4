"""Differing runs, put together as a reader would see them."""

from __future__ import annotations

from auditor.garbling.blocks import differing
from auditor.garbling.reading import reading
from auditor.text import read


def blocks(parent: str, child: str) -> list[tuple[str, str]]:
    documents = read(parent), read(child)
    old, new = map(reading, documents)
    found = differing(old, new, (0, len(old)), (0, len(new)))
    return [(" ".join(old.forms[slice(*b)]), " ".join(new.forms[slice(*a)])) for b, a in found]


def test_equal_texts_differ_nowhere() -> None:
    assert blocks("The dam may fail.", "The dam may fail!") == []


def test_a_sentence_that_went_is_one_run_that_begins_with_it() -> None:
    parent = "He left. The dam may fail. The dam is old."
    assert blocks(parent, "He left. The dam is old.") == [("the dam may fail", "")]


def test_an_insertion_is_not_parted_by_a_chance_word() -> None:
    parent = "The men at the gate sang"
    child = "The men at the well near the gate sang"
    assert blocks(parent, child) == [("", "the well near")] or blocks(parent, child) == [
        ("", "well near the")
    ]


def test_the_rest_of_a_sentence_and_a_new_sentence_are_two_runs() -> None:
    parent = "She asked for help but got no answer. The rain fell."
    child = "She asked for help. Read more. The rain fell."
    assert blocks(parent, child) == [("but got no answer", ""), ("", "read more")]
