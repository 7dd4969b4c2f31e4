"""The winnowing guarantee, and the fast way against the slow, obvious one."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from auditor.fingerprint import GUARANTEE, KGRAM, WINDOW, fingerprint_texts, kgram_hashes
from auditor.text.layer import normalise
from auditor.text.tokens import tokenise

words = st.lists(
    st.sampled_from(["ash", "bell", "crane", "dune", "elm", "fog", "gale", "7", "12"]), max_size=30
)


@given(words, words, words, words, st.lists(st.from_regex("[a-z]{1,4}", fullmatch=True), min_size=GUARANTEE))
def test_any_shared_run_of_the_guaranteed_length_is_found(
    before: list[str], after: list[str], other: list[str], rest: list[str], shared: list[str]
) -> None:
    one, two = fingerprint_texts([" ".join(before + shared + after), " ".join(other + shared + rest)])
    assert set(one.values.tolist()) & set(two.values.tolist())


@given(st.lists(words, max_size=5))
@example([[], ["ash"] * 5 + ["bell"]])
def test_the_batch_equals_the_slow_reference(texts: list[list[str]]) -> None:
    joined = [" ".join(text) for text in texts]
    for text, prints in zip(joined, fingerprint_texts(joined), strict=True):
        assert prints.positions.tolist() == reference(text)


def reference(text: str) -> list[int]:
    """Robust winnowing as in the paper: of each window the least, of equals the rightmost."""
    tokens = tokenise(normalise(text))
    grams = kgram_hashes(tokens.hashes, KGRAM).tolist()
    chosen = set()
    for start in range(max(1, len(grams) - WINDOW + 1) if grams else 0):
        window = range(start, min(start + WINDOW, len(grams)))
        chosen.add(min(window, key=lambda at: (grams[at], -at)))
    return sorted(chosen)
