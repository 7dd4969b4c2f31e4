"""Duplication: a block of the text stands twice.

Headlines, captions and short sentences may repeat what the text says; a block counts from a full sentence on.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.domain import GarbleKind, PassageKind, Severity, Span
from auditor.garbling.finding import Finding
from auditor.garbling.reading import Reading

KIND = GarbleKind.DUPLICATION

LEAST_WORDS = 8
"""The shortest repeated sentence that isn't a refrain."""


def own(reading: Reading) -> Iterator[Finding]:
    """The second places of sentences that stand twice, joined to blocks."""
    first_at: dict[tuple[str, ...], int] = {}
    twice: list[tuple[int, int]] = []
    passages = reading.document.passages
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
            yield Finding(KIND, Severity.MEDIUM, span, detail="stands earlier in this text, too")


def _blocks(twice: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    block: list[tuple[int, int]] = []
    for pair in twice:
        if block and pair[1] - block[-1][1] != 1:
            yield block
            block = []
        block.append(pair)
    if block:
        yield block
