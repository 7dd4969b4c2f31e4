"""What holds of a text's parts whatever the text: spans lie inside, in order, and cover what they should."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.domain import Span
from auditor.registry import Registry
from auditor.sources import shipped_sources
from auditor.text import read

REGISTRY = Registry(shipped_sources())
PIECES = st.sampled_from(
    [
        *(
            "Ann Doe",
            "said",
            "the",
            "pier",
            "U.S.",
            "Gen.",
            "Sept. 30",
            "more than",
            "5,000",
            "$4.1 million",
            "70 percent",
        ),
        *(
            "EASTMERE (AP) —",
            "Reuters reported",
            "(Reporting by Doe; Editing by Roe)",
            "Source: Hollow Gazette",
            "AP",
        ),
        *(
            "Advertisement",
            "Photo by Ann Doe/AFP",
            "GETTY*IG",
            "Share",
            "© 2015 Reuters",
            "(Photo: Doe)",
            "three",
            "2015",
        ),
        *(
            " ",
            " ",
            " ",
            "\n",
            "\n\n",
            "\r\n",
            "\x19",
            "\u2028",
            ".",
            ".",
            "?",
            "!",
            "…",
            ",",
            ":",
            "-",
            "—",
            "(",
            ")",
        ),
        *(
            '"',
            '"',
            "'",
            "“",
            "”",
            "‘",
            "’",
            "«",
            "»",
            "„",
            "``",
            "''",
            "「",
            "」",
            "。",
            "é",
            "ﬁ",
            "\u200b",
            "😀",
            "А",
            "한",
        ),
    ]
)
NEWSLIKE = st.lists(PIECES, max_size=60).map("".join)
TEXTS = st.one_of(NEWSLIKE, st.text(max_size=200))


def ordered(spans: list[Span], text: str, *, apart: bool = True) -> None:
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    for first, second in pairwise(spans):
        assert first.start <= second.start  # of two that start together the outer one comes first
        assert first.end <= second.start if apart else (first.start < second.start or first.end >= second.end)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_sentences_are_apart_stripped_and_cover_all_but_space(text: str) -> None:
    document = read(text, registry=REGISTRY)
    ordered(list(document.sentences), text)
    covered = {place for span in document.sentences for place in range(*span)}
    separators = "\x0b\x0c\x19\x1c\x1d\x1e\x85\u2028\u2029"
    missed = [letter for place, letter in enumerate(text) if place not in covered]
    assert all(letter.isspace() or letter in separators for letter in missed)
    assert all(span.of(text).strip() == span.of(text) for span in document.sentences)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_every_sentence_lies_in_one_paragraph(text: str) -> None:
    document = read(text, registry=REGISTRY)
    ordered(list(document.paragraphs), text)
    for sentence in document.sentences:
        assert sum(paragraph.contains(sentence) for paragraph in document.paragraphs) == 1


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_figures_and_names_are_in_order_and_apart(text: str) -> None:
    document = read(text, registry=REGISTRY)
    ordered([figure.span for figure in document.figures], text)
    ordered([name.span for name in document.names], text)
    assert all(name.text == name.span.of(text) and name.text[0].isalpha() for name in document.names)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_a_quotation_holds_its_inner_text_and_names_a_speaker_of_the_text(text: str) -> None:
    document = read(text, registry=REGISTRY)
    ordered([quotation.span for quotation in document.quotations], text, apart=False)
    for quotation in document.quotations:
        assert quotation.span.contains(quotation.inner) and quotation.inner.of(text).strip()
        assert (quotation.speaker is None) == (quotation.speaker_span is None)
        if quotation.speaker_span:
            assert quotation.speaker == quotation.speaker_span.of(text)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_credits_are_in_order_and_lie_inside_the_text(text: str) -> None:
    spans = [credit.span for credit in read(text, registry=REGISTRY).credits]
    assert all(span is not None for span in spans)
    ordered([span for span in spans if span], text, apart=False)


@given(st.integers(0, 999_999_999))
def test_a_grouped_number_is_read_back(number: int) -> None:
    (figure,) = read(f"They counted {number:,} boats.").figures
    assert figure.value == number and figure.span.of(f"They counted {number:,} boats.") == f"{number:,}"
