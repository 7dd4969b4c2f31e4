"""A large collection made from the texts of a smaller one: originals, and copies that sites made of them.

Every article depends on its number alone, so that any stretch of the collection can be made by itself.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

ORIGINALS = 0.4
# Most copies are of what was published shortly before, the rest of anything that ever was.
RECENT, WITHIN = 0.8, 60
SITES = 40
SHORTEST = 300  # letters of a text that is more than a line of figures
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def read_texts(path: Path) -> list[str]:
    """The texts of a gzipped JSONL file that are long enough to be news."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [str(json.loads(line)["text"]) for line in lines]
    return [text for text in texts if len(text) > SHORTEST]


def articles(texts: Sequence[str], start: int, end: int) -> Iterator[dict[str, str]]:
    """The articles of these numbers, as JSONL has them."""
    for number in range(start, end):
        dice = random.Random(number)
        is_original = dice.random() < ORIGINALS
        yield {
            "id": f"{number // 1000}/{number:07}",
            "text": _original(texts, number) if is_original else _copy(texts, number, dice),
            "source": "Reuters" if is_original else f"Site {dice.randrange(SITES)}",
            "published_at": (BEGIN + timedelta(minutes=number)).isoformat(),
        }


def write(path: Path, texts: Sequence[str], start: int, end: int) -> int:
    """Write those articles to a JSONL file; the bytes of their texts."""
    size = 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for article in articles(texts, start, end):
            size += len(article["text"].encode())
            file.write(json.dumps(article, ensure_ascii=False) + "\n")
    return size


def _original(texts: Sequence[str], number: int) -> str:
    """A text of the collection; from its end on, the words of one in another order, three by three."""
    if number < len(texts):
        return texts[number]
    dice = random.Random(-number)
    words = dice.choice(texts).split()
    threes = [words[at : at + 3] for at in range(0, len(words), 3)]
    dice.shuffle(threes)
    lines = (threes[at : at + 6] for at in range(0, len(threes), 6))
    return " ".join(" ".join(" ".join(three) for three in line).capitalize() + "." for line in lines)


def _copy(texts: Sequence[str], number: int, dice: random.Random) -> str:
    """An earlier original without some of its sentences, with a word or two exchanged."""
    far = dice.randrange(number) if number else 0
    of = max(0, number - dice.randrange(1, WITHIN)) if dice.random() < RECENT else far
    while of and random.Random(of).random() >= ORIGINALS:
        of -= 1
    sentences = _original(texts, of).split(". ")
    kept = [each for each in sentences if dice.random() < 0.85] or sentences
    words = ". ".join(kept).split(" ")
    for _ in range(dice.randrange(3)):
        words[dice.randrange(len(words))] = dice.choice(("Tarn", "several", "900", "never"))
    return " ".join(words)
