"""Plants copies into a collection, so that what must be found is known exactly.

Each plant is a new article made of an existing one (or of a piece of it set into another): verbatim, cut,
with words or characters damaged at a stated rate, as a quotation in foreign text, or at the end of a chain
of three damaged copies. Nothing is planted twice from one article. The same seed plants the same.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

QUOTATION = 180  # characters
CHAIN = 3
_NOISE = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Plant:
    """A planted article, what was done to it, and the articles whose text it holds."""

    id: str
    text: str
    kind: str
    sources: tuple[str, ...]
    host: str | None = None


def plant(articles: Sequence[tuple[str, str]], each: int, seed: int) -> list[Plant]:
    """``each`` plants of every kind from articles given as (id, text), long enough to quote from."""
    chance = random.Random(seed)
    long = [article for article in articles if len(article[1]) >= 4 * QUOTATION]
    chance.shuffle(long)
    supply = iter(long)
    vocabulary = sorted({word for _, text in long[:200] for word in text.split() if word.isalpha()})
    plants: list[Plant] = []
    for kind, damage in _damages(vocabulary).items():
        for number in range(each):
            name, text = next(supply)
            plants.append(Plant(f"plant-{kind}-{number}", damage(text, chance), kind, (name,)))
    for number in range(each):
        plants.append(_quotation(number, next(supply), next(supply), chance))
        plants.extend(_chain(number, next(supply), _damages(vocabulary)["words-3"], chance))
    return plants


Damage = Callable[[str, random.Random], str]


def _damages(vocabulary: Sequence[str]) -> dict[str, Damage]:
    def words(rate: float) -> Damage:
        return lambda text, chance: _edit_words(text, rate, vocabulary, chance)

    def noise(rate: float) -> Damage:
        return lambda text, chance: "".join(_noisy(text, rate, chance))

    return {
        "verbatim": lambda text, _: text,
        "cut": _cut,
        "words-3": words(0.03),
        "words-15": words(0.15),
        "noise-3": noise(0.03),
        "noise-8": noise(0.08),
    }


def _cut(text: str, chance: random.Random) -> str:
    """A third to two thirds of the text, from anywhere in it."""
    size = int(len(text) * chance.uniform(1 / 3, 2 / 3))
    start = chance.randrange(len(text) - size)
    return text[start : start + size]


def _edit_words(text: str, rate: float, vocabulary: Sequence[str], chance: random.Random) -> str:
    """Each word replaced, left out or doubled by another at the given rate."""

    def edit(word: re.Match[str]) -> str:
        if chance.random() >= rate:
            return word[0]
        other = chance.choice(vocabulary)
        return chance.choice((other, "", f"{word[0]} {other}"))

    return re.sub(r"\S+", edit, text)


def _noisy(text: str, rate: float, chance: random.Random) -> Iterator[str]:
    """Each character replaced, lost or doubled at the given rate."""
    for character in text:
        if chance.random() >= rate:
            yield character
        else:
            yield chance.choice((chance.choice(_NOISE), "", character * 2))


def _quotation(number: int, source: tuple[str, str], host: tuple[str, str], chance: random.Random) -> Plant:
    start = chance.randrange(len(source[1]) - QUOTATION)
    quoted = source[1][start : start + QUOTATION]
    at = host[1].find("\n", chance.randrange(len(host[1]))) + 1
    text = f"{host[1][:at]}{quoted}\n{host[1][at:]}"
    return Plant(f"plant-quotation-{number}", text, "quotation", (source[0],), host[0])


def _chain(number: int, source: tuple[str, str], damage: Damage, chance: random.Random) -> Iterator[Plant]:
    """Copies of copies: each holds what is left of all before it."""
    held, text = [source[0]], source[1]
    for step in range(CHAIN):
        text = damage(text, chance)
        name = f"plant-chain-{number}-{step}"
        yield Plant(name, text, "chain", tuple(held))
        held.append(name)
