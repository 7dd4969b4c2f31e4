"""Tokens: words with original offsets and hashes that never change."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.text.layer import normalise
from auditor.text.tokens import Tokens, stem_hashes, tokenise, tokenise_many


def tokens_of(text: str) -> Tokens:
    return tokenise(normalise(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It's Mary's, they'll say", ["it's", "mary's", "they'll", "say"]),
        ("O'Brien d'Or", ["o'brien", "d'or"]),
        ("it 'will'not' do", ["it", "will", "not", "do"]),
        ("U.S.-led at 10 p.m. sharp", ["us", "led", "at", "10", "pm", "sharp"]),
        ("5,000 men, 4.1% and $3.50", ["5000", "men", "4.1", "%", "and", "$", "3.50"]),
        ("1,2,3 and 12,34", ["1", "2", "3", "and", "12", "34"]),
        ("well-known snake_case", ["well", "known", "snake", "case"]),
        ("市長は", ["市", "長", "は"]),
        ("서울 시장", ["서울", "시장"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("", []),
        (" …—! ", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert list(tokens_of(text).words) == words


def test_offsets_are_those_of_the_original() -> None:
    text = "“Ｆull sto\u00adry”, said U.S. aides"
    tokens = tokens_of(text)
    assert [
        text[start:end] for start, end in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)
    ] == [
        "Ｆull",
        "sto\u00adry",
        "said",
        "U.S",
        "aides",
    ]


def test_equal_words_have_equal_hashes_however_they_are_written() -> None:
    plain = tokens_of("the us spent 5000 on cafés")
    fancy = tokens_of("THE U.S. spent 5,000 on cafe\u0301s")
    assert np.array_equal(plain.hashes, fancy.hashes)


def test_the_hash_is_pinned() -> None:
    """Fingerprints are stored: a change here must come with a new FINGERPRINT_VERSION."""
    assert tokens_of("The mayor, 5,000 é 市").hashes.tolist() == [
        3468353902168813637,
        9565021877469420642,
        7327847244535000317,
        95016374181021125,
        5303151489120969979,
    ]


def test_span_and_within_are_inverse() -> None:
    tokens = tokens_of("one two three four")
    assert tokens.span(1, 3) == (4, 13)
    assert tokens.within(tokens.span(1, 3)) == (1, 3)
    assert tokens.span(4, 4) == (18, 18)


def test_stems_agree_where_words_begin_alike_and_figures_never_do() -> None:
    one = stem_hashes(tokens_of("translated translation 1234567 123456"), 5)
    assert one[0] == one[1]
    assert one[2] != one[3]


@given(st.lists(st.text(max_size=40), max_size=5))
def test_texts_scanned_together_have_the_tokens_that_each_has_alone(texts: list[str]) -> None:
    layers = [normalise(text) for text in texts]
    for layer, together in zip(layers, tokenise_many(layers), strict=True):
        alone = tokenise(layer)
        for part in ("starts", "ends", "layer_starts", "layer_ends", "hashes"):
            assert getattr(together, part).tolist() == getattr(alone, part).tolist()


def test_words_have_the_same_hashes_in_a_text_of_any_length() -> None:
    piece = "Fares of 5,000 crowns rose in the U.S., it's said; река. "
    alone = tokenise(normalise(piece)).hashes
    many = 5_000

    assert np.array_equal(tokenise(normalise(piece * many)).hashes, np.tile(alone, many))
    assert tokenise(normalise("a" * 300_000)).hashes[0] == tokenise(normalise(f"b {'a' * 300_000}")).hashes[1]
