"""Winnowed k-grams of tokens: few enough to store, yet no shared run of GUARANTEE tokens escapes.

Of every WINDOW neighbouring k-grams the one with the least hash is kept, the rightmost of equals
(robust winnowing; Schleimer, Wilkerson & Aiken 2003). Two texts that share GUARANTEE = WINDOW + KGRAM - 1
tokens in a row therefore share a fingerprint, wherever the run stands; a shorter text than that keeps at
least one fingerprint if it has KGRAM tokens, and one shorter than KGRAM has none.

Texts are worked on in batches of joined arrays. This module must not know where texts come from.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from auditor.text import Document, read, read_ahead
from auditor.text.lines import FEWEST, line_bounds, line_ends, line_hashes, paragraph_starts
from auditor.text.tokens import Hashes, Indices, Tokens, mix64, powers

FINGERPRINT_VERSION = 4
"""Changes whenever the same text would give other fingerprints, or what was found with them would be other
matches: the next audit then examines all texts anew."""

KGRAM = 5
"""Tokens in a k-gram: fewer, and common phrases flood the candidates; more, and noise breaks too many."""

WINDOW = 4
"""Neighbouring k-grams of which one is kept: about 2 in 5 are. Figures: docs/measurements.md."""

GUARANTEE = WINDOW + KGRAM - 1
"""A shared run of so many tokens is found for certain."""

VALUE_BITS = 40
"""Highest bits of a k-gram's hash that are kept: with all 64, fingerprints took 0.7 of their texts' room.

Of 5,000 new articles against 100,000 (300,000 k-grams against 6 million) some two k-grams meet by chance;
the pair is aligned in vain, if they stand near another one that both share, and matches nothing.
"""

_BASE = 0xDA942042E4DD58B5  # an odd multiplier, other than the tokens' own (Steele & Vigna 2021)
_BATCH = 1 << 20  # characters joined at a time: enough to amortise numpy's calls, little enough for the cache
_NEVER = np.uint64(0xFFFFFFFFFFFFFFFF)


@dataclass(frozen=True, eq=False)
class Fingerprints:
    """The fingerprints of one text.

    ``values`` are signed hashes of VALUE_BITS bits, ``positions`` the index of the token at which each
    k-gram begins, ascending and never more than WINDOW apart. ``lines`` are the hashes of its lines of some
    length (``auditor.text.lines``), sorted, each once: by them furniture is told.
    """

    values: NDArray[np.int64]
    positions: NDArray[np.int32]
    lines: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))

    def __len__(self) -> int:
        return len(self.values)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Fingerprints):
            return NotImplemented
        return all(
            np.array_equal(getattr(self, name), getattr(other, name)) for name in self.__dataclass_fields__
        )

    __hash__ = None  # type: ignore[assignment]


def fingerprint(tokens: Tokens) -> Fingerprints:
    """The winnowed k-grams of one tokenised text."""
    whole = np.array([0, len(tokens)])
    return _winnow_all(tokens.hashes, whole, _lines(tokens.hashes, line_bounds(tokens), whole))[0]


def fingerprint_texts(texts: Sequence[str]) -> list[Fingerprints]:
    """The fingerprints of many texts, the same as one by one, but fast."""
    return [
        found for batch in _batches(texts) for found in fingerprint_documents([read(text) for text in batch])
    ]


def fingerprint_documents(documents: Sequence[Document]) -> list[Fingerprints]:
    """The same of texts as read, some thousand at most: what is worked out of them stays with them."""
    if not documents:
        return []
    read_ahead(documents)
    tokens = [document.tokens for document in documents]
    lengths = np.fromiter(map(len, tokens), np.int64, len(tokens))
    bounds = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    hashes = np.concatenate([each.hashes for each in tokens])
    starts = np.concatenate([each.layer_starts for each in tokens])
    before = np.cumsum([0, *(len(document.layer.text) + 1 for document in documents)])
    cuts = _joined_breaks(documents, before, starts + np.repeat(before[:-1], lengths))
    return _winnow_all(hashes, bounds, _lines(hashes, cuts, bounds))


def _joined_breaks(documents: Sequence[Document], before: Indices, starts: Indices) -> Indices:
    """Token indices at which lines begin in the joined texts, and the number of tokens as the last entry."""
    begins = [line_ends("\n".join([document.layer.text for document in documents])), before]
    for document, offset in zip(documents, before.tolist(), strict=False):
        begins.append(paragraph_starts(document.layer, document.paragraphs) + offset)
    return np.unique(np.append(np.searchsorted(starts, np.concatenate(begins)), len(starts)))


def _lines(hashes: Hashes, cuts: Indices, bounds: Indices) -> list[NDArray[np.int64]]:
    """The hashes of each text's lines, sorted, each once; the lines of joined texts begin at ``cuts``."""
    long = np.diff(cuts) >= FEWEST
    found = line_hashes(hashes, cuts)[long]
    text = np.searchsorted(bounds, cuts[:-1][long], side="right") - 1
    order = np.lexsort((found, text))
    found, text = found[order], text[order]
    fresh = np.ones(len(found), np.bool_)
    fresh[1:] = (found[1:] != found[:-1]) | (text[1:] != text[:-1])
    found = found[fresh]
    ends = np.searchsorted(text[fresh], np.arange(len(bounds)))
    return [found[first:last].copy() for first, last in itertools.pairwise(ends.tolist())]


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    first = size = 0
    for index, text in enumerate(texts):
        if size and size + len(text) > _BATCH:
            yield texts[first:index]
            first, size = index, 0
        size += len(text)
    if first < len(texts):
        yield texts[first:]


def kgram_hashes(hashes: Hashes, size: int = KGRAM) -> Hashes:
    """The hash of every run of ``size`` tokens; one for each token that begins such a run."""
    count = len(hashes) - size + 1
    if count <= 0:
        return np.zeros(0, np.uint64)
    factors = powers(size, _BASE)
    total = hashes[:count].copy()
    for step in range(1, size):
        total += hashes[step : count + step] * factors[step]
    return mix64(total)


def values_of(hashes: Hashes) -> NDArray[np.int64]:
    """The values of fingerprints with these hashes."""
    return hashes.view(np.int64) >> (64 - VALUE_BITS)


def _winnow_all(hashes: Hashes, bounds: Indices, lines: Sequence[NDArray[np.int64]]) -> list[Fingerprints]:
    """Winnow joined texts, whose tokens begin at ``bounds[i]`` and end at ``bounds[i + 1]``."""
    count = len(hashes)
    values = np.full(count + WINDOW, _NEVER)  # k-grams that reach beyond their text never win
    grams = kgram_hashes(hashes)
    values[: len(grams)] = np.minimum(grams, _NEVER - np.uint64(1))
    lengths = np.diff(bounds)
    full = lengths > 0  # an empty text has no token of its own: its place is its neighbour's
    for back in range(1, KGRAM):
        values[np.maximum(bounds[1:] - back, bounds[:-1])[full]] = _NEVER
    chosen = _minima(values, count)
    whole = lengths >= GUARANTEE
    opens = np.zeros(count + 1, np.int32)  # +1 where windows begin to be whole, -1 where they cease
    np.add.at(opens, bounds[:-1][whole], 1)
    np.add.at(opens, (bounds[1:] - GUARANTEE + 1)[whole], -1)
    kept = chosen[np.cumsum(opens[:count]) > 0]
    short = bounds[:-1][(lengths >= KGRAM) & ~whole]  # too short for one window: the least of what there is
    kept = np.unique(np.concatenate([kept, chosen[short]]))
    signed = values_of(values[kept])
    cuts = np.searchsorted(kept, bounds)
    return [
        Fingerprints(signed[first:last].copy(), (kept[first:last] - start).astype(np.int32), own)
        for (first, last), start, own in zip(
            itertools.pairwise(cuts.tolist()), bounds[:-1].tolist(), lines, strict=True
        )
    ]


def _minima(values: Hashes, count: int) -> Indices:
    """Where the least of the WINDOW values from each index on stands, the rightmost of equals."""
    least = values[:count].copy()
    where = np.arange(count, dtype=np.int64)
    for step in range(1, WINDOW):
        ahead = values[step : count + step]
        better = (ahead <= least) & (ahead != _NEVER)
        least[better] = ahead[better]
        where[better] = np.flatnonzero(better) + step
    return where
