"""Draws garbles of a store at random, with both texts around each, to be judged by eye; nothing is kept.

python -m tests.quality.garble_draw sqlite:///news.db SEED [AGAINST_A_PARENT] [BY_ITSELF]
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence

from auditor.domain import Garble, Span
from auditor.storage import open_store

AROUND = 60


def drawn(rows: Sequence[Garble], seed: int, against_parent: int, by_itself: int) -> list[Garble]:
    """So many of the garbles that a comparison showed, and so many that a text shows by itself."""
    own = [row for row in rows if row.introduced_by == row.article]
    compared = [row for row in own if row.parent]
    alone = [row for row in own if not row.parent]
    dice = random.Random(seed)
    return [
        *dice.sample(compared, min(against_parent, len(compared))),
        *dice.sample(alone, min(by_itself, len(alone))),
    ]


def _around(text: str, span: Span) -> str:
    before, after = text[max(0, span.start - AROUND) : span.start], text[span.end : span.end + AROUND]
    return f"{before}[[{span.of(text)}]]{after}".replace("\n", "⏎")


def lines(url: str, seed: int, against_parent: int, by_itself: int) -> Iterator[str]:
    """What is to be judged, three lines a garble."""
    with open_store(url, create=False) as store:
        for at, row in enumerate(drawn(list(store.garbles()), seed, against_parent, by_itself)):
            yield f"#{at} {row.kind}/{row.severity} {row.before[:50]!r} -> {row.after[:50]!r} ({row.detail})"
            yield f"  child  {_around(store.article(row.article).text, row.span)}"
            if row.parent:
                yield f"  parent {_around(store.article(row.parent.article).text, row.parent.span)}"


if __name__ == "__main__":
    url, seed, *counts = sys.argv[1:]
    sizes = [int(count) for count in counts] or [150, 50]
    for line in lines(url, int(seed), *sizes):
        print(line)
