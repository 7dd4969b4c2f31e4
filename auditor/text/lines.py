"""The lines of a text: what stands between two full stops or paragraph ends, told apart by marks alone.

What a site prints under each of its articles recurs line by line, whatever stands around it. Lines are cut
coarser and quicker than sentences, and each has a hash over its tokens, stable as theirs. It must not know
which lines are furniture, nor any other text.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from auditor.text.layer import Layer
from auditor.text.paragraphs import paragraphs
from auditor.text.tokens import Hashes, Indices, Tokens, mix64, powers

FEWEST = 5
"""Tokens below which a line says too little to tell whose it is ("read more"), nor can it be a match."""

_BASE = 0xAEF17502108EF2D9  # an odd multiplier, other than the tokens' and the k-grams' own
_END = re.compile(r"[.!?…][\"')\]]*\s+|[。！？]")


def breaks(layer: Layer) -> list[int]:
    """Where lines may begin, as offsets of the layer's text; sorted, the first is 0."""
    begins = [span.start for span in paragraphs(layer.original)]
    if layer.starts is not None:
        begins = np.searchsorted(layer.starts, begins).tolist()
    return sorted({0, *begins, *(found.end() for found in _END.finditer(layer.text))})


def line_bounds(tokens: Tokens) -> Indices:
    """Token indices at which lines begin, and the number of tokens as the last entry."""
    begins = np.searchsorted(tokens.layer_starts, breaks(tokens.layer))
    return np.unique(np.append(begins, len(tokens)))


def line_hashes(hashes: Hashes, bounds: Indices) -> NDArray[np.int64]:
    """The hash of each line, whose tokens begin at ``bounds[i]`` and end at ``bounds[i + 1]``."""
    lengths = np.diff(bounds)
    if not len(lengths):
        return np.zeros(0, np.int64)
    within = np.arange(len(hashes)) - np.repeat(bounds[:-1], lengths)
    factors = powers(1 << int(lengths.max()).bit_length(), _BASE)
    return mix64(np.add.reduceat(mix64(hashes) * factors[within], bounds[:-1])).view(np.int64)


def known_lines(tokens: Tokens, known: frozenset[int]) -> list[tuple[int, int]]:
    """The token ranges of those lines of a text whose hash is known; sorted."""
    bounds = line_bounds(tokens)
    found = line_hashes(tokens.hashes, bounds).tolist()
    return [
        (first, last)
        for line, first, last in zip(found, bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)
        if line in known and last - first >= FEWEST
    ]
