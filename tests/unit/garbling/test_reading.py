"""The words as the detectors read them."""

from __future__ import annotations

from weakref import ref

from auditor.garbling.reading import Reading, WordClass, reading
from auditor.text import Document, read

HELD: list[Document] = []  # a reading holds its document as little as a cache should


def words(text: str) -> Reading:
    HELD.append(read(text))
    return reading(HELD[-1])


def test_a_document_that_was_read_goes_with_its_last_user() -> None:
    document = read("They said “no”. It is 5 p.m. in Oslo.")
    found = reading(document)
    assert found.classes[0], found.surnames
    known, gone = ref(found), ref(document)
    del document, found
    assert (gone(), known()) == (None, None)


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


def test_hidden_characters_and_look_alike_letters_are_read_as_they_look() -> None:
    found = words("The nor\u200bthern p\u043erts aren\u2019t open.")
    assert found.forms == ["the", "northern", "ports", "are", "not", "open"]
    assert found.word(1) == "nor\u200bthern"


def test_a_broken_apostrophe_is_read_as_one() -> None:
    found = words("They won\u00e2\u20ac\u2122t go; she don\ufffdt, he\u00e2\u20ac\u2122s out.")
    assert found.forms == ["they", "will", "not", "go", "she", "do", "not", "he", "'s", "out"]


def test_a_month_inside_a_name_is_a_name() -> None:
    found = words("In May the voters of Cape May heard Theresa May speak on May 5.")
    assert [found.classes[at] for at, form in enumerate(found.forms) if form == "may"] == [
        WordClass.NUMBER,
        WordClass.NAME,
        WordClass.NAME,
        WordClass.NUMBER,
    ]


def test_a_speech_without_marks_is_a_transcript() -> None:
    speech = "My friends, we came because our valley asked us. I saw it, and we will not leave our homes."
    assert words(speech).is_transcript
    assert not words(f"“{speech}” the mayor said.").is_transcript
