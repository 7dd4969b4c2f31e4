"""Texts copied by hand from one another, without times: a tree of copies with slips of the pen.

A text of some thousand words; each copy is made of any text that there was before, with words misspelt, left
out, put in or taken for others. Some copies are lost. Nothing is fitted on such trees.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.domain import Article
from tests.simulator.changes import misprint
from tests.simulator.wirecopy import Item

COPIES = 12
LOST = 0.15
_RATES = (0.005, 0.01, 0.02, 0.03)


@dataclass(frozen=True)
class Tree:
    """The texts held, the name of the first, and for each of the others those above it, nearest first."""

    articles: Mapping[str, Article]
    first: str
    above: Mapping[str, tuple[str, ...]]


def grow(items: Sequence[Item], seed: int) -> Tree:
    """The tree of a seed; ``items`` are long enough."""
    dice = random.Random(seed)
    item = dice.choice(items)
    texts = [[" ".join(paragraph).split() for paragraph in item.paragraphs]]
    rate = dice.choice(_RATES)
    parents = [0]
    for number in range(1, COPIES + 1):
        parents.append(dice.randrange(number))
        texts.append([_copied(words, dice, rate) for words in texts[parents[number]]])
    names = [f"w{dice.getrandbits(40):010x}" for _ in texts]
    held = [number == 0 or dice.random() >= LOST for number in range(len(texts))]

    def above(number: int) -> tuple[str, ...]:
        found = []
        while number:
            number = parents[number]
            if held[number]:
                found.append(names[number])
        return tuple(found)

    kept = [number for number in range(len(texts)) if held[number]]
    return Tree(
        {names[at]: Article(names[at], "\n\n".join(" ".join(words) for words in texts[at])) for at in kept},
        names[0],
        {names[at]: above(at) for at in kept},
    )


def _copied(words: Sequence[str], dice: random.Random, rate: float) -> list[str]:
    copy: list[str] = []
    at = 0
    while at < len(words):
        word, at = words[at], at + 1
        slip = dice.random() / rate
        if slip >= 1:
            copy.append(word)
        elif slip < 0.35:
            copy.append(misprint(word, dice))
        elif slip < 0.6:
            pass
        elif slip < 0.67:
            at += dice.randint(1, 6)  # the eye leaps on
        elif slip < 0.92:
            copy.append(dice.choice(words))
        else:
            copy += [word, dice.choice(words)]
    return copy
