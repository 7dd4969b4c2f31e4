"""Winnowing: few fingerprints, none of them by chance."""

from __future__ import annotations

import numpy as np
import pytest

from auditor.fingerprint import GUARANTEE, KGRAM, WINDOW, fingerprint, fingerprint_texts
from auditor.text.layer import normalise
from auditor.text.tokens import tokenise

STORY = (
    "The harbour board of Vellmar voted on Monday to close the eastern quay for two winters, saying the "
    "timber had rotted beyond repair and that no ferry over 40 tonnes could be moored there safely."
)


def test_a_text_shorter_than_a_kgram_has_none() -> None:
    for count in range(KGRAM):
        assert len(fingerprint(tokenise(normalise("word " * count)))) == 0


@pytest.mark.parametrize("count", range(KGRAM, GUARANTEE + 3))
def test_any_text_of_a_kgram_or_more_has_one(count: int) -> None:
    words = STORY.split()[:count]
    assert len(fingerprint(tokenise(normalise(" ".join(words))))) >= 1


def test_the_gap_between_fingerprints_never_exceeds_the_window() -> None:
    prints = fingerprint(tokenise(normalise(STORY)))
    assert prints.positions[0] < WINDOW
    assert np.diff(prints.positions).max() <= WINDOW


def test_case_quotes_and_hidden_characters_change_nothing() -> None:
    other = STORY.upper().replace("HARBOUR", "HAR\u00adBO\u200bUR").replace(" ", "\u00a0")
    assert fingerprint(tokenise(normalise(other))) == fingerprint(tokenise(normalise(STORY)))


def test_a_batch_gives_what_single_texts_give() -> None:
    texts = [STORY, "", "too short", STORY[:60], "“Ｆull” " + STORY, STORY.swapcase()]
    assert fingerprint_texts(texts) == [fingerprint(tokenise(normalise(text))) for text in texts]


def test_fingerprints_are_pinned() -> None:
    """They are stored: another value here is another FINGERPRINT_VERSION."""
    prints = fingerprint(tokenise(normalise("the harbour board voted to close the eastern quay")))
    assert prints.values.tolist() == [50355505322]
    assert prints.positions.tolist() == [3]
