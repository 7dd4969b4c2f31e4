"""House style: words that differ only by the habits of a desk, and so tell little of who copied whom.

Every site that writes "percent" for the wire's "pct" does so by itself: two copies that agree in it need
not know each other. This module must not know which of the two words stood first.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Forms that mean the same, by kind; the words are normalised tokens.
_FORMS = {
    "percent": ("pct", "percent", "per", "cent", "%", "pc"),
    "million": ("mln", "million", "m", "mn"),
    "billion": ("bln", "billion", "bn", "b"),
    "trillion": ("trln", "trillion", "tn"),
    "dollars": ("dlrs", "dollars", "$"),
    "dollar": ("dlr", "dollar"),
    "government": ("govt", "government"),
    "united states": ("us", "usa"),
    "company": ("co", "company"),
    "corporation": ("corp", "corporation"),
    "incorporated": ("inc", "incorporated"),
    "limited": ("ltd", "limited"),
    "mister": ("mr", "mister"),
    "doctor": ("dr", "doctor"),
    "senator": ("sen", "senator"),
    "general": ("gen", "general"),
    "governor": ("gov", "governor"),
    "okay": ("ok", "okay"),
    "toward": ("toward", "towards"),
    "among": ("among", "amongst"),
    "while": ("while", "whilst"),
    "defence": ("defense", "defence"),
    "programme": ("program", "programme"),
    "grey": ("gray", "grey"),
    "cheque": ("check", "cheque"),
    "tyre": ("tire", "tyre"),
    "kerb": ("curb", "kerb"),
    "aluminium": ("aluminum", "aluminium"),
    "plough": ("plow", "plough"),
}
_MONTHS = ("january", "february", "march", "april", "august", "september", "october", "november", "december")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_KIND = (
    {form: kind for kind, forms in _FORMS.items() for form in forms}
    | {word: word for word in (*_MONTHS, *_DAYS)}
    | {month[:3]: month for month in _MONTHS}
    | {"sept": "september"}
    | {day[:3]: day for day in _DAYS if day not in {"sunday", "saturday"}}
    | {word: str(number) for number, word in enumerate(_NUMBERS, 1)}
    | {str(number): str(number) for number, _ in enumerate(_NUMBERS, 1)}
)
# Words that a style puts in or leaves out by itself: "per cent", courtesy titles, "on Friday".
SLIGHT = frozenset({"per", "cent", "mr", "mrs", "ms", "dr", "on", "that", "the"})

# British endings written the American way.
_RULES = (
    (re.compile(r"isation(s?)$"), r"ization\1"),
    (re.compile(r"is(e|ed|es|ing|er|ers)$"), r"iz\1"),
    (re.compile(r"ys(e|ed|es|ing)$"), r"yz\1"),
    (re.compile(r"our(s|ed|ing|able|ite|ful|er|ers|hood|less)?$"), r"or\1"),
    (re.compile(r"([a-z]{2})tre(s|d)?$"), r"\1ter\2"),
    (re.compile(r"bre(s|d)?$"), r"ber\1"),
    (re.compile(r"ogue(s?)$"), r"og\1"),
    (re.compile(r"ll(ed|ing|er|ers)$"), r"l\1"),
    (re.compile(r"ence$"), "ense"),
    (re.compile(r"ae|oe"), "e"),
)


_LONG = 5  # letters from which spellings are compared: "four" is no "for"


@lru_cache(maxsize=65536)
def style_kind(one: str, two: str) -> str | None:
    """The habit by which two normalised words differ; None where they differ in more."""
    kind = _KIND.get(one)
    if kind is not None and kind == _KIND.get(two):
        return kind
    if min(len(one), len(two)) >= _LONG and one[:2] == two[:2] and one.isalpha() and two.isalpha():
        return "spelling" if _american(one) == _american(two) else None
    if one.rstrip("s'") == two.rstrip("s'") and "'" in one + two:
        return "apostrophe"
    return None


@lru_cache(maxsize=65536)
def _american(word: str) -> str:
    for pattern, replacement in _RULES:
        word = pattern.sub(replacement, word)
    return word
