"""Lines of a text: the same line has the same hash wherever it stands, and a known one is furniture."""

from __future__ import annotations

import numpy as np
import pytest

from auditor.domain import PassageKind
from auditor.fingerprint import fingerprint, fingerprint_texts
from auditor.matching import lines_in
from auditor.text import normalise, read, tokenise
from auditor.text.lines import Known, known_lines, line_bounds

PLEA = "Keep the Lantern burning and give what you can today."


def _known(text: str) -> Known:
    return Known.of(lines_in(text))


@pytest.mark.parametrize(
    "text",
    [
        f"The ferry sank on Monday.\n\n{PLEA}",
        f"The ferry sank on Monday. {PLEA} Nobody was hurt.",
        f"“The ferry sank,” she said.\r\n{PLEA.upper()}\r\nNobody was hurt.",
        "The ferry — an old one — sank.\n" + PLEA.replace(" the ", " the\u200b ") + "\n",
    ],
)
def test_a_line_is_known_wherever_and_however_it_stands(text: str) -> None:
    tokens = tokenise(normalise(text))
    ((first, last),) = known_lines(tokens, _known(PLEA))
    assert tokens.words[first:last] == tokenise(normalise(PLEA)).words


def test_a_line_in_other_words_is_another_line() -> None:
    assert not known_lines(tokenise(normalise(PLEA.replace("today", "now"))), _known(PLEA))


def test_a_short_line_is_never_known() -> None:
    assert not _known("Read more here.")
    assert not known_lines(tokenise(normalise("Read more here.")), _known(f"{PLEA} Read more here."))


def test_a_wrapped_sentence_is_one_line() -> None:
    text = "The water board said on Monday that the\nold dam above the town would be opened by\nhand at dawn."
    assert len(line_bounds(tokenise(normalise(text)))) == 2


@pytest.mark.parametrize("kind", ["", " in capitals", " —“quoted”— "])
def test_lines_of_a_batch_are_those_of_each_text(kind: str) -> None:
    texts = [
        "",
        f"One two three four five{kind}. Six.",
        PLEA,
        "",
        "a\nb\nc",
        f"{PLEA}\n\nMore{kind} to come.",
    ]
    for text, prints in zip(texts, fingerprint_texts(texts), strict=True):
        alone = fingerprint(tokenise(normalise(text)))
        assert np.array_equal(prints.lines, alone.lines)


def test_a_known_line_is_furniture_and_no_matter_of_comparison() -> None:
    text = f"The ferry sank on Monday.\n\n{PLEA}\n\nNobody was hurt in the end."
    document = read(text, furniture=_known(PLEA))
    assert [passage.kind for passage in document.passages][1] is PassageKind.FURNITURE
    assert PLEA.split(maxsplit=1)[0].lower() not in document.matter.tokens.words
    assert len(document.matter.tokens) == len(document.tokens) - len(tokenise(normalise(PLEA)))


def test_a_credit_stays_a_credit_however_often_it_recurs() -> None:
    credit = "Reporting by Ana Ruiz and Ben Moss; editing by Cleo Hart"
    text = f"The ferry sank on Monday.\n\n{credit}"
    document = read(text, furniture=_known(credit))
    assert document.passages[-1].kind is PassageKind.CREDIT


def test_without_known_lines_a_text_is_its_own_matter() -> None:
    document = read(PLEA)
    assert document.matter is document
