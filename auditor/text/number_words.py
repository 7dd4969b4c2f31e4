"""Numbers written out: "seventeen", "twenty-one thousand", "a third", "tens of thousands", "second".

It finds and values them; units and hedges are for ``figures`` to add.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from auditor.text import units

_SMALL = "|".join((*units.ONES, *units.TENS))
_GREAT = "hundred|thousand|million|billion|trillion|lakh|crore|dozen"
_MANY = "dozens|scores|hundreds|thousands|millions|billions|trillions"
_STARTS = frozenset(
    (
        *units.ONES,
        *units.TENS,
        *units.ORDINALS,
        *_GREAT.split("|"),
        *_MANY.split("|"),
        "a",
        "an",
        "half",
        "tens",
    )
)
_ANY_WORD = re.compile(r"[A-Za-z]+")
_SHARES = "thirds?|quarters?|fifths?|eighths?|tenths?|halves"
_NUMBER = re.compile(
    rf"""(?:
    (?P<many>(?:tens|dozens|hundreds|thousands|millions)\ of\ (?:{_MANY})|(?:{_MANY}))
        (?=\s(?:of|more|other)\b|[.,;]|\s\w)
    |(?P<part>(?:an?|one|two|three|four|five|six|seven|eight|nine)[\s-](?:{_SHARES})(?=\s(?:of|the)\b)
        |(?:one|two|three|four|five|seven)-(?:{_SHARES}|half)
        |(?:two|three)\s(?:thirds|quarters)
        |half(?=\s(?:of|the|its|their|his|her)\b|\san?\s(?!(?:{_GREAT})\b)))
    |(?P<number>(?:(?:an?|half\ an?)\s(?=(?:{_GREAT})\b))?(?:{_SMALL}|{_GREAT})
        (?:[\s-](?:and\s)?(?:{_SMALL}|{_GREAT}))*)
        (?P<half>\sand\sa\shalf|-and-a-half)?
    |(?P<ordinal>{"|".join(units.ORDINALS)})
    )(?![^\W_])""",
    re.VERBOSE | re.IGNORECASE,
)
_PIECE = re.compile(r"[a-z]+")
_NOT_ORDINAL = re.compile(r"(?:\b(?:split|per|every|each|a)\s|-)$", re.IGNORECASE)
_TIME_FOLLOWS = re.compile(r"\s(?:ago|later|before|after|or|hand|thoughts?)\b|s\b")


class WordNumber(NamedTuple):
    """A written-out number; ``is_weak`` where it may be a mere pronoun ("one")."""

    start: int
    end: int
    value: float
    unit: str = ""
    hedge: str = ""
    magnitude: float = 1.0
    is_weak: bool = False


def find(text: str) -> Iterator[WordNumber]:
    """The written-out numbers of a text, in order."""
    done = 0
    for word in _ANY_WORD.finditer(text):
        start = word.start()
        if start < done or word.group().lower() not in _STARTS or _is_part_of_word(text, start):
            continue
        found = _NUMBER.match(text, start)
        number = _read(text, found) if found else None
        if number:
            done = number.end
            yield number


def _is_part_of_word(text: str, start: int) -> bool:
    return start > 0 and (text[start - 1].isalnum() or text[start - 1] in "_'’")


def _read(text: str, found: re.Match[str]) -> WordNumber | None:
    start, end = found.span()
    said = found.group().casefold()
    if found["many"]:
        value = 1.0
        for piece in said.split(" of "):
            value *= 10.0 if piece == "tens" else units.MAGNITUDES[piece]
        return WordNumber(start, end, value, hedge="many", magnitude=value)
    if found["part"]:
        return WordNumber(start, end, _part(said))
    if found["ordinal"]:
        if _is_second_of_time(text, start, end, said):
            return None
        return WordNumber(start, end, float(units.ORDINALS[said]), "ordinal")
    value, magnitude = _number(found["number"].casefold())
    value += 0.5 * magnitude if found["half"] else 0.0
    return WordNumber(start, end, value, magnitude=magnitude, is_weak=said == "one")


def _is_second_of_time(text: str, start: int, end: int, said: str) -> bool:
    if said != "second":
        return False
    before = _NOT_ORDINAL.search(text, max(0, start - 8), start)
    return bool(_TIME_FOLLOWS.match(text, end)) or (
        before is not None and not before.group().casefold().startswith(("a", "-"))
    )


def _part(said: str) -> float:
    pieces = _PIECE.findall(said)
    if pieces[0] == "half":
        return 0.5
    over = 1 if pieces[0] in ("a", "an") else units.ONES[pieces[0]]
    return over / units.FRACTIONS[pieces[-1]]


def _number(said: str) -> tuple[float, float]:
    """The value of words like "half a million", "one hundred and five", and their last magnitude."""
    pieces = [piece for piece in _PIECE.findall(said) if piece != "and"]
    total = group = 0.0
    magnitude = 1.0
    for number, piece in enumerate(pieces):
        if piece in ("a", "an"):
            group = group or 1.0
        elif piece == "half":
            group = 0.5
        elif piece in units.ONES:
            group += units.ONES[piece]
        elif piece in units.TENS:
            group += units.TENS[piece]
        else:
            size = units.MAGNITUDES[piece]
            if size == 100:
                group = (group or 1.0) * size
            else:
                total, group = total + (group or 1.0) * size, 0.0
            magnitude = size if number == len(pieces) - 1 else magnitude
    return total + group, magnitude
