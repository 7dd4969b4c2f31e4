"""Tokens: the words of a layer as offsets and version-stable 64-bit hashes.

Everything that compares texts compares these. A token is a run of letters and digits; figures stay
("4.1", and "5,000" as "5000"), an apostrophe inside a word stays ("putin's", "o'brien"), the dots of an
abbreviation go ("u.s." is "us"), hyphens part words, currency and percent signs are tokens, and scripts
written without spaces (Chinese, Japanese kana, Thai, Lao, Khmer, Burmese) give one token a character.
Nothing here depends on a language or on a list of words.

The work is done on arrays of code points, for one text or a batch of them joined together; no Python
loop runs over words. The hash is ours, never Python's ``hash`` or a library's, as it is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from auditor.domain import Span
from auditor.text.layer import Layer, code_points, joins_previous

Hashes = NDArray[np.uint64]
Offsets = NDArray[np.int32]
Indices = NDArray[np.int64]

# Classes of characters; a run of WORD characters is a token, SINGLE ones are tokens by themselves.
_GAP, _LETTER, _DIGIT, _SINGLE, _APOSTROPHE, _DOT, _COMMA = range(7)
_SIGNS = "%$£€¥₽₹₩₺₴‰"
_SHORT = 2  # letters before or after an apostrophe that make it part of a word: "it's", "they'll", "d'or"
_GROUP = 3  # digits after a thousands comma
_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


@dataclass(frozen=True)
class Tokens:
    """The tokens of one layer, in order.

    ``starts`` and ``ends`` are offsets into the original text; ``layer_starts`` and ``layer_ends`` into
    the normalised one. ``hashes`` are 64-bit and the same on every machine and in every version of
    Python; equal words have equal hashes.
    """

    layer: Layer
    starts: Offsets
    ends: Offsets
    layer_starts: Offsets
    layer_ends: Offsets
    hashes: Hashes

    def __len__(self) -> int:
        return len(self.hashes)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The normalised words."""
        text = self.layer.text
        return tuple(
            _plain(text[start:end])
            for start, end in zip(self.layer_starts.tolist(), self.layer_ends.tolist(), strict=True)
        )

    def span(self, first: int, last: int) -> Span:
        """The original's range from token ``first`` up to, not including, token ``last``."""
        if first >= last:
            at = int(self.starts[first]) if first < len(self) else len(self.layer.original)
            return Span(at, at)
        return Span(int(self.starts[first]), int(self.ends[last - 1]))

    def take(self, which: NDArray[np.bool_]) -> Tokens:
        """Some of the tokens, as if the others weren't there."""
        return Tokens(
            self.layer,
            self.starts[which],
            self.ends[which],
            self.layer_starts[which],
            self.layer_ends[which],
            self.hashes[which],
        )

    def within(self, span: Span) -> tuple[int, int]:
        """The token range ``[first, last)`` of the tokens that the original's span touches."""
        first = int(np.searchsorted(self.ends, span.start, side="right"))
        return first, max(first, int(np.searchsorted(self.starts, span.end, side="left")))


@lru_cache(maxsize=1 << 14)  # so that texts share their words, which took a third of what one is kept in
def _plain(word: str) -> str:
    """A token's characters without what doesn't count: thousands commas, the dots of abbreviations."""
    if "," in word:
        word = word.replace(",", "")
    if "." in word and not word[0].isdigit():
        word = word.replace(".", "")
    return word


def tokenise(layer: Layer) -> Tokens:
    """The tokens of a layer, with their original offsets."""
    found = scan(code_points(layer.text))
    return _tokens(layer, found.starts.astype(np.int32), found.ends.astype(np.int32), found.hashes)


def tokenise_many(layers: Sequence[Layer]) -> Iterator[Tokens]:
    """The same of each layer in turn, from one scan of all: of short texts it costs a third."""
    found, bounds = scan_many([layer.text for layer in layers])
    lengths = np.fromiter((len(layer.text) + 1 for layer in layers), dtype=np.int64, count=len(layers))
    before = np.repeat(np.cumsum(lengths) - lengths, np.diff(bounds))
    starts, ends = (found.starts - before).astype(np.int32), (found.ends - before).astype(np.int32)
    for layer, (first, last) in zip(layers, pairwise(bounds.tolist()), strict=True):
        own = slice(first, last)
        # Copies: a slice would keep the arrays of all texts in memory for as long as one is in use.
        yield _tokens(layer, starts[own].copy(), ends[own].copy(), found.hashes[own].copy())


def _tokens(layer: Layer, starts: Offsets, ends: Offsets, hashes: Hashes) -> Tokens:
    """The tokens at these offsets of the layer."""
    if layer.starts is None or layer.ends is None or not len(starts):
        return Tokens(layer, starts, ends, starts, ends, hashes)
    return Tokens(layer, layer.starts[starts], layer.ends[ends - 1], starts, ends, hashes)


@dataclass(frozen=True, slots=True)
class Scan:
    """Token boundaries in an array of code points, and the tokens' hashes."""

    starts: Indices
    ends: Indices
    hashes: Hashes


def scan_many(texts: Sequence[str]) -> tuple[Scan, Indices]:
    """The tokens of many normalised texts at once.

    Returns the scan of all of them joined, and the index of each text's first token (one more entry
    than texts). Offsets are into the joined text, so only the hashes are of use by themselves.
    """
    joined = code_points("\n".join(texts))
    found = scan(joined)
    lengths = np.fromiter((len(text) + 1 for text in texts), dtype=np.int64, count=len(texts))
    bounds = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    return found, np.searchsorted(found.starts, bounds, side="left")


def scan(codes: NDArray[np.uint32]) -> Scan:
    """Find the tokens in the code points of a normalised text."""
    if not len(codes):
        return Scan(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.uint64))
    classes = _classes(codes)
    kept = (classes == _LETTER) | (classes == _DIGIT)
    inside, silent = _inner_marks(classes, kept)
    member = kept | inside
    single = classes == _SINGLE
    begins = member.copy()
    begins[1:] &= ~member[:-1]
    finishes = member.copy()
    finishes[:-1] &= ~member[1:]
    starts = np.flatnonzero(begins | single)
    ends = np.flatnonzero(finishes | single) + 1
    return Scan(starts, ends, _hashes(codes, starts, ends, silent))


def _inner_marks(
    classes: NDArray[np.uint8], kept: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which apostrophes, dots and commas stand inside a token, and which of those say nothing."""
    size = len(classes)
    inside = np.zeros(size, np.bool_)
    silent = np.zeros(size, np.bool_)
    marks = np.flatnonzero(classes >= _APOSTROPHE)
    marks = marks[(marks > 0) & (marks < size - 1)]
    marks = marks[kept[marks - 1] & kept[marks + 1]]
    if not len(marks):
        return inside, silent
    around = np.zeros(size + 6, np.uint8)  # three gaps at either end, so that neighbours always exist
    around[3:-3] = classes
    solid = np.zeros(size + 6, np.bool_)
    solid[3:-3] = kept
    at, kind = marks + 3, classes[marks]

    apostrophe = (kind == _APOSTROPHE) & (around[at - 1] != _DIGIT)
    short = ~solid[at - 2] | ~solid[at - 3] | ~solid[at + 2] | ~solid[at + 3]
    inside[marks[apostrophe & short]] = True

    digits = (around[at - 1] == _DIGIT) & (around[at + 1] == _DIGIT)
    inside[marks[(kind == _DOT) & digits]] = True

    group = (around[at + 2] == _DIGIT) & (around[at + 3] == _DIGIT)
    fourth = np.minimum(at + 4, size + 5)
    thousands = (kind == _COMMA) & digits & group & (around[fourth] != _DIGIT)
    initials = (
        (kind == _DOT)
        & (around[at - 1] == _LETTER)
        & (around[at + 1] == _LETTER)
        & ~solid[at - 2]
        & ~solid[at + 2]
    )
    quiet = marks[thousands | initials]
    inside[quiet] = True
    silent[quiet] = True
    return inside, silent


def _classes(codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """The class of each code point."""
    if int(codes.max()) < len(_ASCII):
        return _ASCII[codes]
    foreign = codes >= len(_ASCII)
    classes = _ASCII[np.where(foreign, 0, codes)]
    kinds, which = np.unique(codes[foreign], return_inverse=True)
    classes[foreign] = np.array([_class_of(int(code)) for code in kinds], dtype=np.uint8)[which]
    return classes


@lru_cache(maxsize=65536)
def _class_of(code: int) -> int:
    char = chr(code)
    if char in _SIGNS or any(first <= code <= last for first, last in _UNSPACED):
        return _SINGLE if char in _SIGNS or char.isalpha() or joins_previous(char) else _GAP
    if char.isdecimal():
        return _DIGIT
    if char.isalnum() or joins_previous(char):
        return _LETTER
    return {"'": _APOSTROPHE, ".": _DOT, ",": _COMMA}.get(char, _GAP)


_ASCII = np.array([_class_of(code) for code in range(128)], dtype=np.uint8)


# Hashes

_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_BASE = 0xD1342543DE82EF95  # an odd multiplier with a good spectrum (Steele & Vigna 2021)
_INVERSE = pow(_BASE, -1, 1 << 64)
_AT_ONCE = 1 << 17  # characters hashed together: powers of the base are kept for so many


def mix64(values: Hashes) -> Hashes:
    """Scatter 64-bit values: the finaliser of SplitMix64 (Steele, Lea & Flood 2014), a bijection."""
    mixed = values + _GOLDEN
    mixed ^= mixed >> np.uint64(30)
    mixed *= _MIX_1
    mixed ^= mixed >> np.uint64(27)
    mixed *= _MIX_2
    mixed ^= mixed >> np.uint64(31)
    return mixed


@lru_cache(maxsize=64)
def powers(count: int, base: int = _BASE) -> Hashes:
    """``base`` to the powers 0 … count-1, modulo 2**64."""
    grown = np.full(count, base, dtype=np.uint64)
    grown[:1] = 1
    return np.multiply.accumulate(grown)


_LETTER_VALUES = mix64(np.arange(0x300, dtype=np.uint64))


def _hashes(codes: NDArray[np.uint32], starts: Indices, ends: Indices, silent: NDArray[np.bool_]) -> Hashes:
    """A polynomial over the mixed code points of each token, silent characters left out, mixed again."""
    if len(codes) <= _AT_ONCE or len(starts) <= 1:
        return _some_hashes(codes, starts, ends, silent)
    parts = np.flatnonzero(np.diff(starts // _AT_ONCE, prepend=-1))
    found = []
    for first, last in pairwise([*parts.tolist(), len(starts)]):
        own = slice(starts[first], ends[last - 1])
        begin = own.start
        found.append(
            _some_hashes(codes[own], starts[first:last] - begin, ends[first:last] - begin, silent[own])
        )
    return np.concatenate(found)


def _some_hashes(
    codes: NDArray[np.uint32], starts: Indices, ends: Indices, silent: NDArray[np.bool_]
) -> Hashes:
    """The same from one running sum, whose differences are a token's polynomial times a power of the base."""
    if not len(starts):
        return np.zeros(0, np.uint64)
    size = len(codes)
    room = 1 << size.bit_length()
    values = (
        _LETTER_VALUES[codes] if int(codes.max()) < len(_LETTER_VALUES) else mix64(codes.astype(np.uint64))
    )
    reach = np.zeros(size + 1, np.uint64)
    if silent.any():
        values[silent] = 0
        place = np.arange(size) - (np.cumsum(silent) - silent)
        values *= powers(room)[place]
        begins = powers(room, _INVERSE)[place[starts]]
    else:
        values *= powers(room)[:size]
        begins = powers(room, _INVERSE)[starts]
    np.cumsum(values, out=reach[1:])
    return mix64((reach[ends] - reach[starts]) * begins)


def stem_hashes(tokens: Tokens, letters: int) -> Hashes:
    """The hash of the first ``letters`` characters of each token: words of one stem mostly agree in it.

    Digits count in full, so that figures never agree by their first digits.
    """
    starts, ends = tokens.layer_starts.astype(np.int64), tokens.layer_ends.astype(np.int64)
    return stems_of(code_points(tokens.layer.text), starts, ends, tokens.hashes, letters)


def stems_of(
    codes: NDArray[np.uint32], starts: Indices, ends: Indices, hashes: Hashes, letters: int
) -> Hashes:
    """The same of tokens with these hashes that stand there in code points, of one text or of some joined."""
    if not len(starts):
        return np.zeros(0, np.uint64)
    cut = np.minimum(ends, starts + letters)
    figures = (codes[starts] >= ord("0")) & (codes[starts] <= ord("9"))
    cut[figures] = ends[figures]
    longer = cut < ends
    stems = hashes.copy()
    if longer.any():
        nothing = np.zeros(len(codes), np.bool_)
        stems[longer] = _hashes(codes, starts[longer], cut[longer], nothing)
    return stems
