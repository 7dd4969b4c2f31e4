"""An order of pairs in which those that share articles lie near each other.

Reading a text costs as much as comparing it with another: in this order the texts that were read last serve
the next pairs too. The order decides nothing but cost; it is the same for the same pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

Key = TypeVar("Key", int, str)


def in_kindred_order(pairs: Iterable[tuple[Key, Key]]) -> list[tuple[Key, Key]]:
    """The pairs, kindred ones next to each other; the greater side of a pair may come first."""
    pairs = list(pairs)
    place = {key: at for at, key in enumerate(kindred(pairs))}
    return sorted(pairs, key=lambda pair: sorted((place[pair[0]], place[pair[1]]), reverse=True))


def kindred(pairs: Iterable[tuple[Key, Key]]) -> list[Key]:
    """All that stand in the pairs, each soon after one that it is paired with."""
    others: dict[Key, list[Key]] = defaultdict(list)
    for one, two in pairs:
        others[one].append(two)
        others[two].append(one)
    seen: set[Key] = set()
    order: list[Key] = []
    for first in sorted(others):
        waiting = [first]
        while waiting:
            key = waiting.pop()
            if key not in seen:
                seen.add(key)
                order.append(key)
                waiting += sorted((other for other in others[key] if other not in seen), reverse=True)
    return order
