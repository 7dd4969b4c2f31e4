"""Packs all matches of an article, a few bytes each: as rows with indexes they took a third of its text.

The form is part of what is stored, and never to be changed. Whole numbers stand one after another, seven bits
a byte, the last byte of each below 128; such as may be negative are folded to 0, -1, 1, -2, 2 … first. An
article's matches: for each partner, in the order of their keys, how much greater its key is than the last
one's, how many matches, and each of these by its kind and likeness, where it begins after the last one, how
long it is, and the same in the partner. Must not know of tables.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import accumulate, pairwise

# Where a match begins and ends in the article and in its partner, the similarity, the kind.
Spans = tuple[int, int, int, int, float, str]

# By their place here; more may only ever come at the end, _ROOM at most.
_KINDS = ("verbatim", "edited", "reworded", "quotation")
_ROOM = 8
# A similarity is kept as what it lacks of 1 in ten thousandths; one that isn't round, by its bits.
_WHOLE, _BY_BITS = 10_000, 10_001


def packed_matches(matches: Mapping[int, Iterable[Spans]]) -> bytes:
    """The bytes of an article's matches by the key of their partner."""
    return _joined(_numbers_of(matches))


def unpacked_matches(packed: bytes) -> dict[int, list[Spans]]:
    """The matches that ``packed_matches`` made bytes of, sorted."""
    numbers = _parted(packed)
    found: dict[int, list[Spans]] = {}
    key = 0
    for step in numbers:
        key += step
        start = end = 0
        theirs = found[key] = []
        for _ in range(next(numbers)):
            likeness, kind = divmod(next(numbers), _ROOM)
            similarity = _of_bits(next(numbers)) if likeness == _BY_BITS else (_WHOLE - likeness) / _WHOLE
            start += next(numbers)
            length = next(numbers)
            begin = end + _unfolded(next(numbers))
            end = begin + length + _unfolded(next(numbers))
            theirs.append((start, start + length, begin, end, similarity, _KINDS[kind]))
    return found


def packed_keys(keys: Collection[int]) -> bytes:
    """The bytes of a set of keys."""
    return _joined(after - before for before, after in pairwise((0, *sorted(keys))))


def unpacked_keys(packed: bytes) -> set[int]:
    """The keys that ``packed_keys`` made bytes of."""
    return set(accumulate(_parted(packed)))


def _numbers_of(matches: Mapping[int, Iterable[Spans]]) -> Iterator[int]:
    last = 0
    for key in sorted(matches):
        theirs = sorted(set(matches[key]))
        yield key - last
        yield len(theirs)
        last, before, end = key, 0, 0
        for start, stop, begin, to, similarity, kind in theirs:
            yield from _likeness(similarity, _KINDS.index(kind))
            yield from (start - before, stop - start, _folded(begin - end))
            yield _folded(to - begin - (stop - start))
            before, end = start, to


def _likeness(similarity: float, kind: int) -> Iterator[int]:
    lacks = _WHOLE - round(similarity * _WHOLE)
    if 0 <= lacks <= _WHOLE and (_WHOLE - lacks) / _WHOLE == similarity:
        yield lacks * _ROOM + kind
    else:
        yield _BY_BITS * _ROOM + kind
        yield int.from_bytes(struct.pack(">d", similarity))


def _of_bits(bits: int) -> float:
    return float(struct.unpack(">d", bits.to_bytes(8))[0])


def _folded(number: int) -> int:
    return 2 * number if number >= 0 else -2 * number - 1


def _unfolded(number: int) -> int:
    return -(number + 1) // 2 if number % 2 else number // 2


def _joined(numbers: Iterable[int]) -> bytes:
    made = bytearray()
    for number in numbers:
        left = number
        while left > 127:
            made.append(left & 127 | 128)
            left >>= 7
        made.append(left)
    return bytes(made)


def _parted(packed: bytes) -> Iterator[int]:
    number = shift = 0
    for byte in packed:
        if byte > 127:
            number |= (byte & 127) << shift
            shift += 7
        else:
            yield number | byte << shift
            number = shift = 0
