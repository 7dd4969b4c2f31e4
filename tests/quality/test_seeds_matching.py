"""What the five real articles share, as far as a reader can tell; places are found by their first words."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.domain import Aligned, MatchKind
from auditor.matching import align, self_repeats
from auditor.text import Document, read

pytestmark = [pytest.mark.shared]


@pytest.fixture(scope="module")
def seeds(shared: Path) -> dict[str, Document]:
    return {
        path.name[:3]: read(path.read_text(encoding="utf-8"))
        for path in (shared / "data/seeds").glob("*.txt")
    }


def covering(seeds: dict[str, Document], one: str, two: str, start: str) -> Aligned | None:
    """The match that covers most of the sentence beginning with these words in the first article."""
    document = seeds[one]
    at = document.text.index(start)
    (sentence,) = (span for span in document.sentences if span.start <= at < span.end)
    matches = [
        match for match in align(document, seeds[two]) if 2 * match.a.overlap(sentence) > sentence.length
    ]
    return matches[0] if matches else None


def test_nearly_all_of_001_stands_in_003(seeds: dict[str, Document]) -> None:
    matches = align(seeds["001"], seeds["003"])
    assert sum(match.a.length for match in matches) >= 0.98 * len(seeds["001"].text)
    assert len(matches) == 1


@pytest.mark.parametrize(
    ("one", "two", "start"),
    [
        ("002", "000", "Declarations from"),
        ("002", "000", "That being said"),
        ("002", "003", "At the same time, he said that"),
        ("004", "003", "Putin and his officials"),
        ("004", "003", "“By and large"),
        ("004", "003", "“If we are not"),
    ],
)
def test_copied_sentences_are_copies(seeds: dict[str, Document], one: str, two: str, start: str) -> None:
    match = covering(seeds, one, two, start)
    assert match is not None
    assert match.kind in (MatchKind.VERBATIM, MatchKind.EDITED)


def test_an_independent_translation_is_no_copy(seeds: dict[str, Document]) -> None:
    match = covering(seeds, "004", "003", "“Right now several")
    assert match is None or match.kind in (MatchKind.REWORDED, MatchKind.QUOTATION)


def test_a_quotation_with_words_cut_out_is_a_quotation(seeds: dict[str, Document]) -> None:
    match = covering(seeds, "000", "003", "“What they")
    assert match is not None
    assert match.kind is MatchKind.QUOTATION


def test_003_holds_its_text_twice(seeds: dict[str, Document]) -> None:
    (repeat,) = self_repeats(seeds["003"])
    assert repeat.a.length >= 0.48 * len(seeds["003"].text)
