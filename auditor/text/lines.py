"""The lines of a text: what stands between two full stops or paragraph ends, told apart by marks alone.

What a site prints under each of its articles recurs line by line, whatever stands around it. Lines are cut
coarser and quicker than sentences, and each has a hash over its tokens, stable as theirs. It must not know
which lines are furniture, nor any other text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from auditor.domain import Span
from auditor.text.layer import Layer, normalise
from auditor.text.paragraphs import paragraphs
from auditor.text.tokens import Hashes, Indices, Tokens, mix64, powers, tokenise

FEWEST = 5
"""Tokens below which a line says too little to tell whose it is ("read more"), nor can it be a match."""

_STEP = np.uint64(0xF1357AEA2E62A9C5)
_BASE = 0xAEF17502108EF2D9  # an odd multiplier, other than the tokens' and the k-grams' own
_END = re.compile(r"[.!?…][\"')\]]*\s+|[。！？]")


def line_ends(text: str) -> Indices:
    """Offsets of a normalised text at which a line ends by a full stop, sorted."""
    return np.array([found.end() for found in _END.finditer(text)], np.int64)


def paragraph_starts(layer: Layer, within: Sequence[Span]) -> Indices:
    """Where a text's paragraphs begin, as offsets of the layer's text."""
    begins = np.array([span.start for span in within], np.int64)
    return begins if layer.starts is None else np.searchsorted(layer.starts, begins)


def line_bounds(tokens: Tokens) -> Indices:
    """Token indices at which lines begin, and the number of tokens as the last entry."""
    layer = tokens.layer
    opened = paragraph_starts(layer, paragraphs(layer.original))
    begins = [np.zeros(1, np.int64), line_ends(layer.text), opened]
    return np.unique(np.append(np.searchsorted(tokens.layer_starts, np.concatenate(begins)), len(tokens)))


def line_hashes(hashes: Hashes, bounds: Indices) -> NDArray[np.int64]:
    """The hash of each line, whose tokens begin at ``bounds[i]`` and end at ``bounds[i + 1]``."""
    lengths = np.diff(bounds)
    if not len(lengths):
        return np.zeros(0, np.int64)
    within = np.arange(len(hashes)) - np.repeat(bounds[:-1], lengths)
    factors = powers(1 << int(lengths.max()).bit_length(), _BASE)
    return mix64(np.add.reduceat(mix64(hashes) * factors[within], bounds[:-1])).view(np.int64)


@dataclass(frozen=True)
class Known:
    """Lines that are known: their hashes, and those of their first FEWEST tokens together, sorted.

    ``printed`` tells of each source, by its key, which of them it prints again and again.
    """

    lines: frozenset[int] = frozenset()
    openings: Hashes = field(default_factory=lambda: np.zeros(0, np.uint64))
    printed: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Mapping[int, str], printed: Mapping[str, frozenset[int]] | None = None) -> Known:
        """Those with these hashes that say this."""
        firsts = [tokenise(normalise(text)).hashes[:FEWEST] for text in texts.values()]
        found = [_openings(first) for first in firsts]
        openings = np.unique(np.concatenate([np.zeros(0, np.uint64), *found]))
        return cls(frozenset(texts), openings, dict(printed or {}))

    def by(self, source: str | None) -> frozenset[int]:
        """Those that a source prints."""
        return self.printed.get(source, frozenset()) if source is not None else frozenset()

    def __bool__(self) -> bool:
        return bool(self.lines)


NOTHING = Known()


def _openings(hashes: Hashes) -> Hashes:
    """A hash of every FEWEST tokens in a row, quick to make."""
    count = max(0, len(hashes) - FEWEST + 1)
    total = hashes[:count].copy()
    for step in range(1, FEWEST):
        total *= _STEP
        total += hashes[step : count + step]
    return total


def known_lines(tokens: Tokens, known: Known) -> list[tuple[int, int]]:
    """The token ranges of those lines of a text that are known; sorted."""
    openings = _openings(tokens.hashes)
    if not len(openings) or not known:
        return []
    at = np.minimum(np.searchsorted(known.openings, openings), len(known.openings) - 1)
    if not (known.openings[at] == openings).any():  # most texts hold none, and needn't be cut into lines
        return []
    bounds = line_bounds(tokens)
    found = line_hashes(tokens.hashes, bounds).tolist()
    return [
        (first, last)
        for line, first, last in zip(found, bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)
        if line in known.lines and last - first >= FEWEST
    ]


def hash_of(hashes: Hashes) -> int:
    """The hash of the line that these tokens make."""
    return int(line_hashes(hashes, np.array([0, len(hashes)]))[0])
