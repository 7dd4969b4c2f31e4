"""Hostile text costs no more than other text: each part takes linear time."""

from __future__ import annotations

import re
from importlib import import_module

import pytest

from auditor.registry import Registry
from auditor.sources import shipped_sources
from auditor.text import Document, read
from auditor.text import furniture as furniture_patterns
from tests.untraced import grows_within, seconds_of

REGISTRY = Registry(shipped_sources())
PARTS = ("paragraphs", "passages", "names", "figures", "quotations", "credits")
SEEDS = (
    *(
        "a",
        "A",
        "Ab ",
        ".",
        ". ",
        "A. ",
        '"',
        '"a ',
        "'a ",
        "“a ",
        " ",
        "\n",
        "a\n",
        "Ab cd\n",
        "1",
        "1,",
        "1-",
        "1 ",
        "(",
    ),
    *(
        "one hundred ",
        "said ",
        '"A," Bob said. ',
        "[(",
        "Photo: ",
        "/AP ",
        "AP ",
        "(AP) ",
        "Share ",
        "Advertisement ",
    ),
    *(
        "(c) 2015 ",
        "By A ",
        "a-",
        "A-",
        "University of the ",
        "Al de la ",
        "$1 million ",
        "May 1 ",
        "Reporting by ",
    ),
    *(
        "according to the ",
        ",",
        "— ",
        '." ',
        '?" Aa Bb ',
        "。",
        "A.B.",
        "\t",
        "\x19",
        "thousands of ",
        "U.S. ",
        "’s ",
        "1:1 ",
    ),
)
SHORT, LONG = 15_000, 30_000
GROWTH = 2.5  # RELIABILITY 11
A_MEGABYTE, A_SECOND, A_BLINK = 1_000_000, 1.0, 0.01


def filled(seed: str, length: int) -> str:
    return (seed * (length // len(seed) + 1))[:length]


def all_parts(text: str) -> Document:
    document = read(text, registry=REGISTRY)
    for part in PARTS:
        getattr(document, part)
    return document


@pytest.mark.parametrize("seed", SEEDS, ids=repr)
def test_double_the_text_takes_at_most_two_and_a_half_times_as_long(seed: str) -> None:
    short, long = filled(seed, SHORT), filled(seed, LONG)
    assert grows_within(GROWTH, lambda: all_parts(short), lambda: all_parts(long))


# The patterns that read a whole text or paragraph; all others are shown a bounded window.
SEARCHED_WHOLE = (
    *(
        "paragraphs._LINE",
        "sentences._STOP",
        "quotations._MARK",
        "figures._RUN",
        "names._WORD",
        "number_words._ANY_WORD",
    ),
    *("furniture.BRACKETED", "furniture.BRACKETED_PHOTO", "furniture.INSERTED", "furniture.GLUED_CAPTION"),
)
HOSTILE = (
    "a",
    "A",
    "Aa ",
    ". ",
    '"',
    "(",
    "1",
    "1,",
    " ",
    "\n",
    "(Photo: ",
    "Photo ",
    "A.",
    "-",
    "[x",
    "a-A ",
    "A/AP",
)


def pattern_of(name: str) -> re.Pattern[str]:
    module, _, attribute = name.partition(".")
    found = getattr(import_module(f"auditor.text.{module}"), attribute)
    assert isinstance(found, re.Pattern)
    return found


@pytest.mark.parametrize("name", SEARCHED_WHOLE)
def test_a_pattern_that_reads_a_whole_text_searches_a_megabyte_within_a_second(name: str) -> None:
    pattern = pattern_of(name)
    for seed in HOSTILE:
        text = filled(seed, A_MEGABYTE)
        took = seconds_of(lambda text=text: sum(1 for _ in pattern.finditer(text)))  # type: ignore[misc]
        assert took < A_SECOND, f"{name} on {seed!r}"


@pytest.mark.parametrize("seed", [*HOSTILE, ". [1]", "A. ", "... ", "Share this\n"])
def test_a_text_is_called_bare_or_not_in_time_in_proportion(seed: str) -> None:
    small, large = (filled(seed, size) for size in (50_000, 100_000))

    assert grows_within(2.5, lambda: read(small).is_bare, lambda: read(large).is_bare)


LINES = ("WHOLE", "OPENING", "CREDIT", "BYLINE", "SLUG", "CAPTION_OPENING", "PHOTO_CREDIT")
LONGEST_LINE = 700  # characters of the longest line that is matched against these


@pytest.mark.parametrize("name", LINES)
def test_a_pattern_for_lines_judges_the_longest_line_at_once(name: str) -> None:
    found: re.Pattern[str] | str = getattr(furniture_patterns, name)
    pattern = found if isinstance(found, re.Pattern) else furniture_patterns.cased(found, is_ascii=False)
    for seed in (
        *HOSTILE,
        "contributed to ",
        "By A, ",
        "share ",
        "this story was ",
        "published 1 ",
        "written by A ",
    ):
        line = filled(seed, LONGEST_LINE)
        assert seconds_of(lambda line=line: (pattern.match(line), pattern.fullmatch(line))) < A_BLINK  # type: ignore[misc]
