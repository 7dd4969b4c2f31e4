"""Properties of the layer and the tokens (RELIABILITY.md 19), on any text that Python can hold."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from auditor.text.layer import normalise
from auditor.text.tokens import tokenise

TRICKY = (
    "aeioбегАΑοｅ５ﬁß½ıİſ…’“”—\u0301\u0308\u00ad\u200b\u200d\ufeff\u202e\U000e0041"
    "ｶﾞᄀ\u1161\u11a8각市ไ้नि\n .,'-$%u.s."
)
texts = (
    st.text()
    | st.text(alphabet=TRICKY)
    | st.text(alphabet=st.characters(min_codepoint=0x250, max_codepoint=0x2FFF))
)


@given(texts)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once


@given(texts)
def test_offsets_never_leave_the_text_and_never_run_back(text: str) -> None:
    layer = normalise(text)
    spans = [layer.original_span(at, at + 1) for at in range(len(layer.text))]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.start <= two.start and one.end <= two.end for one, two in pairwise(spans))


@given(texts)
def test_original_to_layer_to_original_is_the_identity_on_every_token(text: str) -> None:
    layer = normalise(text)
    tokens = tokenise(layer)
    for index in range(len(tokens)):
        span = tokens.span(index, index + 1)
        first, last = layer.layer_span(*span)
        assert first <= tokens.layer_starts[index] < tokens.layer_ends[index] <= last
        assert layer.original_span(first, last) == span


@given(st.text(alphabet="aAbB zZ09.,'-$%\n", max_size=60))
def test_tokens_equal_the_slow_obvious_reference(text: str) -> None:
    layer = normalise(text)
    tokens = tokenise(layer)
    assert list(zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)) == reference(layer.text)


def reference(text: str) -> list[tuple[int, int]]:
    """The rules of tokens.py for ASCII, one character after another."""
    inside = [character.isalnum() for character in text]
    solid = list(inside)

    def at(index: int) -> str:
        return text[index] if 0 <= index < len(text) else " "

    def holds(index: int) -> bool:
        return 0 <= index < len(text) and solid[index]

    for index, character in enumerate(text):
        if not (holds(index - 1) and holds(index + 1)):
            continue
        digits = at(index - 1).isdigit() and at(index + 1).isdigit()
        if character == "'" and not at(index - 1).isdigit():
            inside[index] = not all(holds(index + step) for step in (-3, -2, 2, 3))
        elif character == "." and digits:
            inside[index] = True
        elif character == ".":
            letters = at(index - 1).isalpha() and at(index + 1).isalpha()
            inside[index] = letters and not holds(index - 2) and not holds(index + 2)
        elif character == "," and digits:
            inside[index] = bool(re.match(r"\d{3}(?!\d)", text[index + 1 :]))
    pattern = "".join("x" if kept else "s" if text[i] in "$%" else " " for i, kept in enumerate(inside))
    return [found.span() for found in re.finditer("x+|s", pattern)]
