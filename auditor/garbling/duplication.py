"""Duplication: a block of the text stands twice.

Headlines, captions and short sentences may repeat what the text says; a block counts from a full sentence on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from weakref import WeakKeyDictionary

import numpy as np

from auditor.domain import GarbleKind, PassageKind, Severity, Span
from auditor.garbling.finding import Finding
from auditor.garbling.reading import Reading
from auditor.garbling.reading import reading as read_words
from auditor.text import Document
from auditor.text.tokens import Hashes, Indices, mix64

KIND = GarbleKind.DUPLICATION

LEAST_WORDS = 8
"""The shortest repeated sentence that isn't a refrain."""

LEAST_RUN = 12
"""The shortest run inside sentences that repeats by a slip, not by chance or formula."""

SHORTEST_ECHO = 3
"""The shortest run that, said twice without a word between, is a slip."""

LEAST_TOKENS = 6
"""A repeated sentence of the least size has this many tokens in a row, however they are counted."""

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_HALF = LEAST_TOKENS // 2  # a run of the least size is hashed as two threes
_FACTOR_HALF = np.uint64(0x9E3779B97F4A7C15**_HALF % 2**64)


def own(document: Document) -> Iterator[Finding]:
    """The second places of blocks that stand twice."""
    if not may_repeat(document):
        return
    reading = read_words(document)
    found = list(_sentences(reading))
    found += _runs(reading, [one.after for one in found])
    yield from sorted(found, key=lambda one: one.after)


def _sentences(reading: Reading) -> Iterator[Finding]:
    """Sentences that stand twice, joined to blocks."""
    first_at: dict[tuple[str, ...], int] = {}
    twice: list[tuple[int, int]] = []
    for index, words in enumerate(reading.sentence_words):
        key = tuple(reading.forms[slice(*words)])
        if not key or reading.document.passages[index].kind is not PassageKind.BODY:
            continue
        if key in first_at:
            twice.append((first_at[key], index))
        else:
            first_at[key] = index
    for block in _blocks(twice):
        (earlier, first), (end, last) = block[0], block[-1]
        size = reading.sentence_words[last][1] - reading.sentence_words[first][0]
        if size >= LEAST_WORDS:
            place = Span(reading.sentences[first].start, reading.sentences[last].end)
            yield _twice(place, reading.sentences[earlier].start if end + 1 == first else place.start)


def _twice(place: Span, since: int) -> Finding:
    zone = Span(since, place.end)
    return Finding(KIND, Severity.MEDIUM, place, detail="stands earlier in this text, too", zone=zone)


_REPEATING: WeakKeyDictionary[Document, bool] = WeakKeyDictionary()


def may_repeat(document: Document) -> bool:
    """Can any run that counts stand twice? Told from token hashes alone, as in most texts none does."""
    known = _REPEATING.get(document)
    if known is None:
        (known,) = which_may_repeat([document])
    return known


def look_ahead(documents: Sequence[Document]) -> None:
    """Work that out of some texts at once that will be asked for it."""
    asked = [document for document in documents if document not in _REPEATING]
    if asked:
        _REPEATING.update(zip(asked, which_may_repeat(asked), strict=True))


def which_may_repeat(documents: Sequence[Document]) -> list[bool]:
    """In which of some texts any run that counts can stand twice; together it costs a fraction."""
    hashes = np.concatenate([document.tokens.hashes for document in documents])
    lengths = [len(document.tokens) for document in documents]
    text = np.repeat(np.arange(len(documents)), lengths)
    found = np.zeros(len(documents), np.bool_)
    for size in range(SHORTEST_ECHO, LEAST_TOKENS):
        follows = (hashes[:-size] == hashes[size:]) & (text[:-size] == text[size:])
        equal = np.flatnonzero(follows)
        if len(equal) >= size:
            begins = equal[: len(equal) - size + 1]
            found[text[begins[equal[size - 1 :] - begins == size - 1]]] = True
    if len(hashes) >= 2 * LEAST_TOKENS:
        grams, of = _grams(hashes, text)
        order = np.argsort(grams)
        twice = of[order[1:][grams[order[1:]] == grams[order[:-1]]]]
        found[twice] |= np.array(lengths)[twice] >= 2 * LEAST_TOKENS
    return found.tolist()


def _grams(hashes: Hashes, text: Indices) -> tuple[Hashes, Indices]:
    """A hash of every run of LEAST_TOKENS inside a text, which equals none of another text's; and whose."""
    threes = (hashes[:-2] * _FACTOR + hashes[1:-1]) * _FACTOR + hashes[2:]
    grams = threes[:-_HALF] * _FACTOR_HALF + threes[_HALF:]
    last = LEAST_TOKENS - 1
    inside = text[:-last] == text[last:]
    of = text[:-last][inside]
    return mix64(grams[inside] + of.astype(np.uint64) * _FACTOR), of


def _runs(reading: Reading, places: list[Span]) -> Iterator[Finding]:
    """Repeated runs that are no whole sentences: long ones anywhere, shorter ones that follow at once."""
    forms, index, seen = reading.forms, 0, dict[tuple[str, ...], int]()
    taken = list(places)
    while index + SHORTEST_ECHO <= len(forms):
        gram = tuple(forms[index : index + SHORTEST_ECHO])
        earlier = seen.get(gram)
        seen[gram] = index
        size = 0 if earlier is None else _echo(forms, index, earlier)
        if earlier is not None and size and _counts(reading, index, size, taken):
            place = reading.span(index, index + size)
            taken.append(place)
            yield _twice(place, reading.starts[earlier] if earlier + size == index else place.start)
        index += max(size, 1)


def _counts(reading: Reading, index: int, size: int, taken: list[Span]) -> bool:
    """Is a repeated run matter of the text, and not told of yet?"""
    if size < LEAST_WORDS and (reading.quotation_of[index] >= 0 or reading.starts_sentence(index)):
        return False  # "You saved us! You saved us!", or a sentence that takes up the end of the last
    span = reading.span(index, index + size)
    passage = reading.document.passages[reading.sentence_of[index]]
    return passage.kind is PassageKind.BODY and not any(span.overlap(other) for other in taken)


def _echo(forms: list[str], index: int, earlier: int) -> int:
    """How many words from here on repeat what stood earlier; 0 where that is chance."""
    size = 0
    while (
        index + size < len(forms) and earlier + size < index and forms[earlier + size] == forms[index + size]
    ):
        size += 1
    follows_at_once = earlier + size == index
    return size if size >= LEAST_RUN or (follows_at_once and size >= SHORTEST_ECHO) else 0


def _blocks(twice: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    block: list[tuple[int, int]] = []
    for pair in twice:
        if block and pair[1] - block[-1][1] != 1:
            yield block
            block = []
        block.append(pair)
    if block:
        yield block
