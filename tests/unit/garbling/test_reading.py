"""The words as the detectors read them."""

from __future__ import annotations

from auditor.garbling.reading import Reading, WordClass, reading
from auditor.text import read


def words(text: str) -> Reading:
    return reading(read(text))


def test_a_contraction_is_its_two_words_each_with_its_place() -> None:
    found = words("They didn't go, and we can't stay: we won’t.")
    assert found.forms == ["they", "did", "not", "go", "and", "we", "can", "not", "stay", "we", "will", "not"]
    assert [found.word(index) for index in (1, 2, 10, 11)] == ["did", "n't", "wo", "n’t"]


def test_initials_keep_their_dots_and_figures_their_commas() -> None:
    assert words("The U.S. sold 5,000 S-400 at 4.1%").forms == [
        "the",
        "u.s.",
        "sold",
        "5,000",
        "s",
        "400",
        "at",
        "4.1",
        "%",
    ]


def test_a_capital_that_changes_length_keeps_the_offsets() -> None:
    text = "İstanbul fell silent"
    found = words(text)
    assert found.word(1) == "fell"


def test_classes_tell_names_figures_negations_and_speech() -> None:
    found = words("Yesterday nearly 70 men of the Marsh Front said Muammar el-Moor did not flee.")
    classes = dict(zip(found.forms, found.classes[0 : len(found)], strict=True))
    assert {classes[word] for word in ("nearly", "70")} == {WordClass.NUMBER}
    assert {classes[word] for word in ("marsh", "front", "muammar", "el", "moor")} == {WordClass.NAME}
    assert classes["said"] is WordClass.SPEECH
    assert classes["not"] is WordClass.NEGATION
    assert classes["the"] is WordClass.FUNCTION
    assert classes["men"] is WordClass.OTHER


def test_a_document_is_read_once() -> None:
    document = read("One man, one boat.")
    assert reading(document) is reading(document)
