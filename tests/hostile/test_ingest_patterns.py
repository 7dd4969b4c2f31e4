"""What ingest and export do to text stays linear on text made to trap their regular expressions."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from lxml import html

from auditor.domain import Source, SourceKind
from auditor.errors import InputRejected
from auditor.export.writing import neutral
from auditor.ingest.agencies import Agencies
from auditor.ingest.decoding import decode_page, decode_text, storable
from auditor.ingest.notes import notes
from auditor.ingest.pagetimes import stated
from auditor.ingest.sources import Sources, host_of
from auditor.ingest.structured import structured
from auditor.registry import Registry
from tests.untraced import grows_within

WIRES = [
    Source(f"wire-{n}", f"Wire Agency {n}", SourceKind.WIRE, aliases=(f"W{n}", f"The Wire of {n}"))
    for n in range(40)
]
AGENCIES = Agencies.of(WIRES)
TRAPS = (
    *("a", " ", "A ", "(", "a.", "http://a.", "]]>", "// ", "<!--", ",\n", ", ", "+1,", "\t=", "\u00a0", "1"),
    *(
        "© ",
        "©2024 ",
        "© 20",
        "Copyright © copyright ",
        "correction ",
        "correction: ",
        "not be not ",
        "Eds: ",
    ),
    *(
        "with files from ",
        "by a, ",
        "By A",
        "AB ",
        "Wire Agency ",
        "Wire Agency 1 ",
        "(W1",
        "(W1) ",
        "W1 ",
        "W1",
    ),
    *("W1 x contributed ", "first published by ", "<meta ", "<meta charset=", "<p>W1 x contributed to this "),
    *("<p>By W1 ", "<p class=byline>By a, W1", "<b>©", "<p>© 2024 W1"),
)
SIZE = 100_000


def story(text: str) -> Any:
    return html.document_fromstring(f"<html><body><article><p>{text}</p></article></body></html>")


def head(text: str) -> Any:
    inner = f'<script type="application/ld+json">{text}</script><meta name="date" content="{text}">'
    return html.document_fromstring(f"<html><head>{inner}</head><body><p>x</p></body></html>")


def source_of(text: str) -> None:
    with suppress(InputRejected):
        Sources(Registry(WIRES)).of(text, text)
    Sources(Registry(WIRES)).of_page(f"http://{text}", text)


def plain(text: str) -> None:
    with suppress(InputRejected):
        decode_text(text.encode() + b"\xff")


def page_bytes(text: str) -> None:
    decode_page(text.encode() + b"\xff")


Use = Callable[[Any], object]

USES: dict[str, tuple[Callable[[str], Any], Use]] = {
    "notes": (story, lambda tree: notes(tree, AGENCIES)),
    "structured": (head, lambda tree: structured(tree, None)),
    "sources": (str, source_of),
    "plain": (str, plain),
    "pages": (str, page_bytes),
    "times": (str, lambda text: stated("meta", text)),
    "hosts": (str, host_of),
    "agencies": (str, AGENCIES.named),
    "storable": (str, storable),
    "cells": (str, neutral),
}


@pytest.mark.parametrize(("prepare", "use"), USES.values(), ids=USES)
def test_text_made_to_trap_it_takes_a_second_a_megabyte_and_twice_the_text_twice_the_time(
    prepare: Callable[[str], Any], use: Use
) -> None:
    for trap in TRAPS:
        once, twice = (prepare(trap * (size // len(trap)) + "\x01!") for size in (SIZE, 2 * SIZE))
        assert grows_within(2.5, partial(use, once), partial(use, twice), at_most=0.1), trap
