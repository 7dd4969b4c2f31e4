"""Quotations: their spans, and who the text says is speaking."""

from __future__ import annotations

import pytest

from auditor.text import read


def inner(text: str) -> list[str]:
    return [quotation.inner.of(text) for quotation in read(text).quotations]


def speakers(text: str) -> list[str | None]:
    return [quotation.speaker for quotation in read(text).quotations]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('"We won," Doe said.', ["We won,"]),
        ("“We won”, Doe said.", ["We won"]),
        ("'We won,' said Doe.", ["We won,"]),
        ("``We won'', Doe said.", ["We won"]),
        ("„Wir gehen“, sagte Doe.", ["Wir gehen"]),
        ("« Bonjour », a dit Doe.", [" Bonjour "]),
        ("「行く」と言った。", ["行く"]),
        ('He called it "odd" and "new."', ["odd", "new."]),
        ("“He told me ‘never’ to go,” she said.", ["He told me ‘never’ to go,", "never"]),
        ("The rebels' bases were 'troubled' by the dogs' noise.", ["troubled"]),
        ("It's the dogs' fault, isn't it, in the '90s?", []),
        ("'Tis late, and rock 'n' roll is over.", []),
        ("He is 5'11\" tall.", []),
        ('"" Nothing " "', []),
    ],
)
def test_marks_of_every_kind(text: str, quoted: list[str]) -> None:
    assert inner(text) == quoted


def test_the_span_includes_the_marks() -> None:
    text = 'He said "go on" twice.'
    (quotation,) = read(text).quotations
    assert quotation.span.of(text) == '"go on"'
    assert quotation.inner.of(text) == "go on"


def test_a_quotation_over_sentences_is_one() -> None:
    assert inner('"We stay here now. Nobody moves us. Not again," Doe said.') == [
        "We stay here now. Nobody moves us. Not again,"
    ]


def test_a_quotation_over_paragraphs_is_one() -> None:
    text = "“This is the first part.\n\n“The second.\n\n“And here it ends,” Doe said.\n\n“New,” Roe said."
    first, second = read(text).quotations
    assert first.span.of(text).startswith("“This is the first") and first.span.of(text).endswith("ends,”")
    assert (first.speaker, second.speaker) == ("Doe", "Roe")


def test_an_unclosed_mark_quotes_to_the_end_of_its_sentence() -> None:
    assert inner('Doe said "we will stay and left. Then he went.') == ["we will stay and left."]


def test_a_closing_mark_alone_quotes_from_the_start_of_its_sentence() -> None:
    assert inner('It rained. We will win," Doe said.') == ["We will win,"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('"We won," Doe said.', "Doe"),
        ('"We won," said Ann Doe, who was in Eastmere.', "Ann Doe"),
        ("“We won”, Minister Ann Doe told the Hollow Gazette.", "Ann Doe"),
        ('Ann Doe, a spokeswoman for Eastmere, said that "we won."', "Ann Doe"),
        ('Doe said: "We won."', "Doe"),
        ('"We won," according to Bo Roe.', "Bo Roe"),
        ('"Did we win?" Roe asked.', "Roe"),
        ('"We won," said Eastmere spokesman Bo Roe.', "Bo Roe"),
        ('"We won," he said.', None),
        ('"We won," said a senior Eastmere official.', None),
        ('The "old" pier is closed.', None),
        ('"We won," Mr. Doe, the mayor, told reporters.', "Doe"),
    ],
)
def test_the_speaker_is_the_one_named(text: str, speaker: str | None) -> None:
    assert speakers(text) == [speaker]


def test_the_speaker_span_is_where_the_name_stands() -> None:
    text = '"We won," Ann Doe said.'
    (quotation,) = read(text).quotations
    assert quotation.speaker_span is not None and quotation.speaker_span.of(text) == "Ann Doe"


def test_a_second_statement_has_the_first_ones_speaker() -> None:
    assert speakers('"We won," Doe said. "We will win again."') == ["Doe", "Doe"]


def test_a_new_paragraph_has_no_speaker_of_the_one_before() -> None:
    assert speakers('"We won," Doe said.\n\n"We will see about that."') == ["Doe", None]
