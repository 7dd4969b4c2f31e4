"""Numbers in a text: amounts, percentages, dates, times, ordinals, in digits or in words.

Each is given its value, so that "$4.1 million" and "4,100,000 dollars" are one; what a change of them means
is for others to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from auditor.domain import Figure, Span
from auditor.text import calendar, number_words, units
from auditor.text.number_words import WordNumber

_RUN = re.compile(r"\d+(?:[.,:/\u00a0\u202f-]\d+)*")
_LONGEST_RUN = 40  # digits and signs; longer ones are serial numbers or noise

_SERIAL = re.compile(
    r"\d+-\d+-\d+(?<!\d{4}-\d\d-\d\d)$|\d+[.:]\d+[.:]\d+[.:]\d+$"
)  # telephone and net numbers
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f]\d{3})+|\d{1,3}(?:\.\d{3}){2,}")
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\d+,\d{1,2}")
_MIXED = re.compile(
    r"(?P<whole>\d{1,3})-(?P<over>\d{1,2})/(?P<under>\d{1,2})|(?P<o>\d{1,2})/(?P<u>[234568]|10|16|32)"
)
_SEPARATOR = re.compile(r"[^\d]")
_MONEY = re.compile(
    r"(?:(?:US|AU?|CA?|HK|NZ|S|NT|R)?\$|[£€¥₹₽₩₪₺₴₦#]"
    r"|\b(?:USD|EUR|GBP|CHF|JPY|RUB|CNY|INR|AUD|CAD|Rs\.?)\s?)$"
)
_BEFORE = 5  # characters looked at for a currency
_MINUS = re.compile(r"(?:(?<![\w)])[-−–]|\bminus )$")
_OF_A_WORD = re.compile(
    r"(?:^|\s|[(\"“‘'])(?:mid|pre|post|early|late|under|over|sub|some|age|aged|about|non)-$", re.IGNORECASE
)

_GLUED = re.compile(r"(?P<ordinal>st|nd|rd|th)\b|(?P<decade>['’]?s)\b|(?P<letters>[A-Za-z]{1,5})\b")
_MAGNITUDE = re.compile(
    r"[\s-](?P<magnitude>hundred|thousand|million|billion|trillion|lakh|crore|dozen"
    r"|mln|mn|bln|bn|tn|trn|mio|mrd)s?\b",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s?(?P<sign>%|°[CF]?|km²)|[\s-](?P<unit>"
    + "|".join(
        sorted((re.escape(unit).replace(r"\ ", r"\s") for unit in units.UNITS if unit[0].isalpha()), key=len)[
            ::-1
        ]
    )
    + r")(?![^\W_])(?P<old>-olds?\b)?",
    re.IGNORECASE,
)
_METRES = re.compile(
    r"\s(?:race|sprint|wide|high|long|tall|deep|away|hurdles|freestyle|relay|radius|from|below|above)\b"
)
_AFTER = re.compile(r"\s(?P<late>or so|or more|or fewer|or less|and counting)\b|(?P<plus>-plus\b|\+)")
_LATE_HEDGES = {
    "or so": "about",
    "or more": "at least",
    "and counting": "at least",
    "or fewer": "up to",
    "or less": "up to",
}
_DIGITS = 6  # after the point: 4.1 times a million is 4,100,000, not 4,099,999.9999999995
_HEDGE_WORDS = 4
_HEDGE_LOOK = 40  # characters
_PAIR = re.compile(r"\s?[-–—]\s?|\s(?:to|and|or|from)\s(?:(?:about|around|nearly|some)\s)?")
_SPECIAL = frozenset({"date", "year", "time", "ordinal"})
_YEARS = range(1500, 2100)
_COUNTED = re.compile(
    r"\s(?:people|troops|soldiers|men|women|children|civilians|words|members|jobs|homes"
    r"|workers|times|others)\b"
)


@dataclass(frozen=True, slots=True)
class _Core:
    start: int
    end: int
    value: float
    unit: str = ""
    hedge: str = ""
    magnitude: float = 1.0

    @property
    def is_open(self) -> bool:
        """May a unit that follows belong to it?"""
        return self.unit not in _SPECIAL


def figures(text: str) -> tuple[Figure, ...]:
    """The figures of a text in order, never overlapping.

    Units besides those of amounts: "date" (the value is ``date.toordinal()``, or the day of a leap year, 1 to
    366, where no year is said; a month with its year counts as its first day), "year", "time" (minutes from
    midnight), "ordinal". In a range ("10 to 15 percent") the first takes unit and magnitude from the second.
    "Dozens", "thousands" have the hedge "many". The span covers hedge, number, magnitude and unit.
    """
    cores = _apart([*_from_digits(text), *_from_words(text)])
    whole = [_hedged(text, core) for core in cores]
    return tuple(
        Figure(Span(core.start, core.end), core.value, core.unit, core.hedge) for core in _paired(text, whole)
    )


def _apart(cores: list[_Core]) -> list[_Core]:
    kept: list[_Core] = []
    for core in sorted(cores, key=lambda core: (core.start, -core.end)):
        if not kept or core.start >= kept[-1].end:
            kept.append(core)
    return kept


# Digits


def _from_digits(text: str) -> Iterator[_Core]:
    done = 0
    for run in _RUN.finditer(text):
        start, end = run.span()
        if start < done or end - start > _LONGEST_RUN or _is_part_of_word(text, start):
            continue
        if _SERIAL.match(text, start, end):
            continue
        for core in _read_run(text, start, end, done):
            done = core.end
            yield core


def _is_part_of_word(text: str, start: int) -> bool:
    """Is it the number in "S-400", "COVID-19", "G7"?"""
    if not start:
        return False
    before = text[start - 1]
    if before.isalnum() or before == "_":
        return True
    if before in "-." and start > 1 and text[start - 2].isalpha():
        return not _OF_A_WORD.search(text, max(0, start - 10), start)
    return before == "@"


def _read_run(text: str, start: int, end: int, done: int) -> Iterator[_Core]:
    said = text[start:end]
    date = calendar.date_around(text, start, end, said)
    if date:
        yield _Core(max(date.start, done), date.end, date.value, "date")
        last = calendar.last_day(said, date)
        if last:
            yield _Core(last.start, last.end, last.value, "date")
        return
    moment = calendar.clock(text, start, end, said)
    if moment:
        yield _Core(moment.start, moment.end, moment.value, "time")
        return
    years = calendar.year_pair(said)
    if years:
        yield _Core(start, start + 4, float(years[0]), "year")
        yield _Core(start + 5, end, float(years[1]), "year")
        return
    value = _value(said)
    if value is not None:
        core = _amount(text, start, end, value)
        if core:
            yield core
        return
    at = start
    for piece in _SEPARATOR.split(said):
        core = _amount(text, at, at + len(piece), float(piece))
        if core:
            yield core
        at += len(piece) + 1


def _value(said: str) -> float | None:
    if said.isdigit():
        return float(said)
    if _GROUPED.fullmatch(said):
        by_dots = said.count(".") > 1
        return float(re.sub(r"[.,\u00a0\u202f]" if by_dots else r"[,\u00a0\u202f]", "", said))
    if _PLAIN.fullmatch(said):
        return float(said.replace(",", "."))
    mixed = _MIXED.fullmatch(said)
    if mixed:
        whole, over, under = mixed["whole"] or 0, mixed["over"] or mixed["o"], mixed["under"] or mixed["u"]
        return int(whole) + int(over) / int(under) if int(under) and int(over) < int(under) else None
    return None


def _amount(text: str, start: int, end: int, value: float) -> _Core | None:
    """A number with the currency before it and the vulgar fraction, letters, magnitude, unit after it."""
    unit = ""
    money = _MONEY.search(text, max(0, start - _BEFORE), start)
    plain_year = not money and end - start == 4 and value in _YEARS
    if money:
        unit, begin = units.CURRENCY_SIGNS[money.group().strip()], money.start()
    else:
        begin = start
    minus = _MINUS.search(text, max(0, begin - 7), begin)
    if minus and (money or _UNIT.match(text, end) or minus.group() == "minus "):
        begin, value = minus.start(), -value
    if text[end : end + 1] in units.VULGAR:
        value, end = value + units.VULGAR[text[end]], end + 1
    core = _Core(begin, end, value, unit)
    glued = _GLUED.match(text, end)
    if glued:
        return _with_letters(text, core, glued, plain_year=plain_year)
    core = _with_unit(text, _with_magnitude(text, core))
    if plain_year and core.end == end and not _COUNTED.match(text, end):
        return replace(core, unit="year")
    return core


def _with_letters(text: str, core: _Core, glued: re.Match[str], *, plain_year: bool) -> _Core | None:
    """Letters directly after digits: "4.2m", "70pc", "24th", "1990s", "5km"."""
    end = glued.end()
    if glued["ordinal"]:
        return replace(core, end=end, unit="ordinal")
    if glued["decade"]:
        return replace(core, end=end, unit="year" if plain_year else core.unit)
    letters = glued["letters"]
    if letters == "m" and not core.unit and _METRES.match(text, end):
        return replace(core, end=end, unit="m")
    if letters.lower() in units.MAGNITUDES:
        magnitude = units.MAGNITUDES[letters.lower()]
        return _with_unit(
            text, replace(core, end=end, value=_times(core.value, magnitude), magnitude=magnitude)
        )
    if letters in units.UNITS:
        return replace(core, end=end, unit=core.unit or units.UNITS[letters])
    return None


def _times(value: float, magnitude: float) -> float:
    return round(value * magnitude, _DIGITS)


def _with_magnitude(text: str, core: _Core) -> _Core:
    for _twice in range(2):  # "hundred thousand"
        found = _MAGNITUDE.match(text, core.end)
        if not found:
            break
        magnitude = units.MAGNITUDES[found["magnitude"].lower()]
        core = replace(
            core, end=found.end(), value=_times(core.value, magnitude), magnitude=core.magnitude * magnitude
        )
    return core


def _with_unit(text: str, core: _Core) -> _Core:
    found = _UNIT.match(text, core.end)
    if not found:
        return core
    said = " ".join((found["sign"] or found["unit"]).split())
    unit = units.UNITS.get(said) or units.UNITS.get(said.lower() if len(said) > 1 else "", "")
    if not unit:  # "5 P" is no five pence
        return core
    if core.unit:  # "$5 dollars", "$5 a barrel": the currency stays
        return replace(core, end=found.end()) if unit == core.unit else core
    return replace(core, end=found.end(), unit=unit)


# Words


def _from_words(text: str) -> Iterator[_Core]:
    for number in number_words.find(text):
        core = _Core(number.start, number.end, number.value, number.unit, number.hedge, number.magnitude)
        core = _with_unit(text, core) if core.is_open else core
        if (
            not number.is_weak
            or core.unit
            or _hedge_before(text, core.start)[0]
            or _is_hyphened(text, number)
        ):
            yield core


def _is_hyphened(text: str, number: WordNumber) -> bool:
    """Is it the "one" of "one-man"?"""
    return text[number.end : number.end + 1] == "-"


# Hedges and ranges


def _hedge_before(text: str, start: int) -> tuple[str, int]:
    """The normalised hedge that ends where a number starts, and where it begins; "" where none does."""
    if start < 2 or not text[start - 1].isspace():
        return "", start
    low = max(0, start - _HEDGE_LOOK)
    words = text[low:start].rsplit(None, _HEDGE_WORDS)
    for first in range(max(0, len(words) - _HEDGE_WORDS), len(words)):
        if low and not first:
            continue  # the first word may be cut
        said = " ".join(words[first:]).casefold().lstrip("(\"“'‘—–-")
        if said in units.HEDGES:
            length = len(words[first].lstrip("(\"“'‘—–-"))
            return units.HEDGES[said], text.find(
                words[first][-length:], _nth_word(text, low, start, len(words) - first)
            )
    return "", start


def _nth_word(text: str, low: int, start: int, count: int) -> int:
    """Where the last ``count`` words before a place begin."""
    at = start
    for _ in range(count):
        while at > low and text[at - 1].isspace():
            at -= 1
        while at > low and not text[at - 1].isspace():
            at -= 1
    return at


def _hedged(text: str, core: _Core) -> _Core:
    if core.unit == "ordinal":
        return core
    hedge, start = _hedge_before(text, core.start)
    if core.unit == "year" and hedge != "about":
        return core
    if hedge:
        return replace(core, start=start, hedge=hedge if core.hedge != "many" else f"{hedge} many")
    after = _AFTER.match(text, core.end)
    if after and core.is_open:
        late = _LATE_HEDGES[after["late"]] if after["late"] else "more than"
        return replace(core, end=after.end(), hedge=late)
    return core


def _paired(text: str, cores: list[_Core]) -> list[_Core]:
    """Give both ends of a range the unit and magnitude that stands at one of them."""
    paired = list(cores)
    for number, (first, second) in enumerate(pairwise(cores)):
        gap = text[first.end : second.start]
        if len(gap) > 16 or not _PAIR.fullmatch(gap) or not (first.is_open and second.is_open):
            continue
        if gap.strip().startswith(("and", "or")) and first.hedge != "between":
            continue
        if not first.unit and second.unit:
            paired[number] = replace(paired[number], unit=second.unit)
            if first.magnitude == 1 < second.magnitude and first.value < second.value / second.magnitude * 10:
                paired[number] = replace(paired[number], value=_times(first.value, second.magnitude))
        elif first.unit and not second.unit:
            paired[number + 1] = replace(paired[number + 1], unit=first.unit)
        if first.magnitude == 1 < second.magnitude and first.unit and first.value < 1000:
            paired[number] = replace(paired[number], value=_times(first.value, second.magnitude))
    return paired
