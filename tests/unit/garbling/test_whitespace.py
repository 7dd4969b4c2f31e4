"""Whitespace: space lost or added, and a layout that breaks lines."""

from __future__ import annotations

import textwrap

from auditor.domain import GarbleKind
from tests.unit.garbling.comparing import alone, between, kinds, said

PARENT = (
    "The crew of the old ferry waited in the harbour until the storm had passed over the bay. "
    "The captain then gave "
    "orders to sail for Hasle, where the families of the men stood on the long quay and looked "
    "out over the sea."
)


def test_words_run_together() -> None:
    assert said(between(PARENT, PARENT.replace("old ferry", "oldferry"))) == [
        ("whitespace", "low", "old ferry", "oldferry")
    ]


def test_a_word_parted() -> None:
    assert said(between(PARENT, PARENT.replace("captain", "cap tain"))) == [
        ("whitespace", "low", "captain", "cap tain")
    ]


def test_a_line_broken_in_a_sentence() -> None:
    assert kinds(between(PARENT, PARENT.replace("orders to", "orders\nto"))) == [GarbleKind.WHITESPACE]


def test_sentences_run_together_show_by_themselves() -> None:
    assert kinds(alone("The crew waited in the harbour.The captain gave orders to sail at once.")) == [
        GarbleKind.WHITESPACE
    ]


def test_a_wrapped_text_is_laid_out() -> None:
    assert between(PARENT, textwrap.fill(PARENT, 40)) == ()


def test_compounds_are_spelling() -> None:
    parent = (
        "An airstrike hit the bridge on Monday, and the lawmakers called for a ceasefire before the winter."
    )
    child = parent.replace("airstrike", "air strike").replace("ceasefire", "cease-fire")
    assert kinds(between(parent, child)) == [GarbleKind.SPELLING, GarbleKind.SPELLING]


def test_addresses_and_initials_are_nothing() -> None:
    assert (
        alone("See www.example.com or write to J.K. Moor in Washington D.C. for about 3.5 million reasons.")
        == ()
    )
