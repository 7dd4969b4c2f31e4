"""Splice: foreign text in a sentence, and words that point to something else."""

from __future__ import annotations

from auditor.domain import GarbleKind
from tests.unit.garbling.comparing import alone, between, kinds

PARENT = (
    "Prime Minister Tomas Reyle spoke in Lunden on Monday. He said the northern road would be "
    "finished before the "
    "ice comes, and that nobody would pay for it twice. Shopkeepers along the old quay welcomed the news."
)


def test_a_foreign_sentence_in_a_sentence() -> None:
    child = PARENT.replace("before the ice", "before Ten beaches you must see this summer. the ice")
    found = between(PARENT, child)
    assert kinds(found) == [GarbleKind.SPLICE]
    assert "Ten beaches" in found[0].after


def test_he_after_another_mans_sentence() -> None:
    child = "President Karim Alba cut a ribbon in Hasle." + PARENT[PARENT.index(" He said") :]
    found = between(PARENT, child)
    assert kinds(found) == [GarbleKind.SPLICE]
    assert "Reyle" in found[0].detail
    assert "Alba" in found[0].detail


def test_he_after_the_same_man_in_other_words_is_nothing() -> None:
    child = "On Monday Tomas Reyle came to the capital." + PARENT[PARENT.index(" He said") :]
    assert between(PARENT, child) == ()


def test_a_caption_glued_to_the_text_shows_by_itself() -> None:
    found = alone(
        "The minister left without a word.\nREUTERSThe minister said nothing on his way out of the hall."
    )
    assert kinds(found) == [GarbleKind.SPLICE]


def test_an_insertion_between_commas_is_editing() -> None:
    child = PARENT.replace("the northern road would", "the northern road, on which work began in June, would")
    assert between(PARENT, child) == ()


def test_a_caption_with_its_credit_at_the_end_of_a_paragraph_shows_by_itself() -> None:
    text = (
        "The lake must fall by two metres. Water pours over the wall on Tuesday. "
        "Photo: Mira Stenholt\n\nHe left."
    )
    found = alone(text)
    assert kinds(found) == [GarbleKind.SPLICE]
    assert found[0].after.startswith("Water pours")
