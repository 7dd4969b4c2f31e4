"""Whether two texts tell one story: do they pair the same telling words, whatever they say of them?

Names, figures and the long words around them, taken two by two, recur in every report of an event and hardly
anywhere else, so this finds the story where the fingerprints of exact runs find nothing. It says no more
than that: two independent reports pair the same words. It must not know times, sources or how passages are
found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from auditor.fingerprint import kgram_hashes
from auditor.matching.parameters import PARAMETERS
from auditor.text.layer import code_points
from auditor.text.tokens import Hashes, Indices, Tokens, mix64, stem_hashes


def pairings(tokens: Tokens) -> Hashes:
    """The sorted hashes of a text's pairs of telling words: long ones and figures that stand close.

    Short words are left out before pairing, and a pair counts in either order, next to each other or with
    one word between. One such pair in two texts is chance, five hardly ever are.
    """
    if not len(tokens):
        return np.zeros(0, np.uint64)
    size = word_length(tokens)
    if size > 1:  # runs of so many characters stand for words, and two that follow each other for a pair
        return np.unique(kgram_hashes(tokens.hashes, 2 * size))
    first = code_points(tokens.layer.text)[tokens.layer_starts]
    figures = (first >= ord("0")) & (first <= ord("9"))
    telling = (tokens.layer_ends - tokens.layer_starts >= PARAMETERS.telling_letters) | figures
    words = stem_hashes(tokens, PARAMETERS.stem)[telling]
    near = [_unordered(words[:-step], words[step:]) for step in (1, 2)]
    return np.unique(np.concatenate(near))


def word_length(tokens: Tokens) -> int:
    """Tokens that make a word: 1, but where most tokens are single characters of a script without spaces.

    Chinese and Japanese words have two characters mostly, Thai, Lao, Burmese and Khmer ones four or more.
    """
    if tokens.layer.text.isascii() or not len(tokens):
        return 1
    first = code_points(tokens.layer.text)[tokens.layer_starts]
    single = (tokens.layer_ends - tokens.layer_starts == 1) & (first >= _UNSPACED)
    if 2 * int(single.sum()) <= len(tokens):
        return 1
    return 4 if 2 * int((single & (first < _IDEOGRAPHIC)).sum()) > int(single.sum()) else 2


_UNSPACED = 0xE00  # from Thai on; the scripts behind it that part words by spaces have longer tokens
_IDEOGRAPHIC = 0x3000  # from the Japanese syllables and Chinese signs on


def _unordered(one: Hashes, two: Hashes) -> Hashes:
    """A hash of each pair that doesn't depend on which of the two comes first."""
    return mix64(np.minimum(one, two) + mix64(np.maximum(one, two)))


def retells_story(text: Hashes, other: Hashes) -> bool:
    """Are so many of a text's pairings another's too that both tell one story?"""
    few, many = sorted((text, other), key=len)
    if not len(few):
        return False
    at = np.minimum(np.searchsorted(many, few), len(many) - 1)
    return _enough(len(text), int(np.count_nonzero(many[at] == few)))


def _enough(size: int, shared: int) -> bool:
    return shared >= PARAMETERS.story_pairings and shared >= PARAMETERS.story_share * size


def story_pairs(texts: Sequence[Hashes], others: Sequence[Hashes]) -> Iterator[tuple[int, int]]:
    """The indices of all pairs of a text and another for which ``retells_story`` holds, in order."""
    if not others:
        return
    values = np.concatenate(others)
    owners = np.repeat(np.arange(len(others)), [len(each) for each in others])
    order = np.argsort(values, kind="stable")
    values, owners = values[order], owners[order]
    for text, hashes in enumerate(texts):
        counts = np.bincount(_holders(hashes, values, owners), minlength=len(others))
        for other in np.flatnonzero(counts >= PARAMETERS.story_pairings).tolist():
            if _enough(len(hashes), int(counts[other])):
                yield text, other


def _holders(hashes: Hashes, values: Hashes, owners: Indices) -> Indices:
    """Who holds each of the hashes, one entry a holder (values sorted)."""
    first = np.searchsorted(values, hashes, side="left")
    count = np.searchsorted(values, hashes, side="right") - first
    within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return np.asarray(owners[np.repeat(first, count) + within])
