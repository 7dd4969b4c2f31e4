"""Duplication: a block of the text stands twice.

Headlines, captions and short sentences may repeat what the text says; a block counts from a full sentence on.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.domain import GarbleKind, PassageKind, Severity, Span
from auditor.garbling.finding import Finding
from auditor.garbling.reading import Reading
from auditor.matching import self_repeats

KIND = GarbleKind.DUPLICATION

LEAST_WORDS = 8
"""The shortest repeated sentence that isn't a refrain."""

LEAST_RUN = 10
"""The shortest run inside sentences that repeats by a slip, not by chance or formula."""


def own(reading: Reading) -> Iterator[Finding]:
    """The second places of sentences that stand twice, joined to blocks."""
    first_at: dict[tuple[str, ...], int] = {}
    twice: list[tuple[int, int]] = []
    passages = reading.document.passages
    places: list[Span] = []
    for index, words in enumerate(reading.sentence_words):
        key = tuple(reading.forms[slice(*words)])
        if passages[index].kind is not PassageKind.BODY or not key:
            continue
        if key in first_at:
            twice.append((first_at[key], index))
        else:
            first_at[key] = index
    for block in _blocks(twice):
        size = sum(high - low for low, high in (reading.sentence_words[second] for _, second in block))
        if size >= LEAST_WORDS:
            span = Span(reading.sentences[block[0][1]].start, reading.sentences[block[-1][1]].end)
            places.append(span)
    places += _runs(reading, places)
    for span in sorted(places):
        yield Finding(KIND, Severity.MEDIUM, span, detail="stands earlier in this text, too")


def _runs(reading: Reading, places: list[Span]) -> Iterator[Span]:
    """Repeated runs that are no whole sentences."""
    for repeat in self_repeats(reading.document):
        first, last = reading.within(repeat.b)
        if last - first < LEAST_RUN or any(repeat.b.overlap(span) for span in places):
            continue
        if reading.document.passages[reading.sentence_of[first]].kind is PassageKind.BODY:
            yield repeat.b


def _blocks(twice: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    block: list[tuple[int, int]] = []
    for pair in twice:
        if block and pair[1] - block[-1][1] != 1:
            yield block
            block = []
        block.append(pair)
    if block:
        yield block
