"""Entity: a name of a person, place or body is another, is misspelt, or was expanded or swapped.

Low where both name the same by a listed alias or a known way of transcribing it; nothing where a surname
stands for the full name that the other text has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA, Prefix

from auditor.domain import GarbleKind, Severity, Span
from auditor.garbling import vocabulary
from auditor.garbling.blocks import Range
from auditor.garbling.changes import Change, Stretch
from auditor.garbling.context import stands_among_kept, tells_of_other
from auditor.garbling.finding import HARMLESS, Finding, Judgement, at, found
from auditor.garbling.names import (
    ALIASES,
    CAPITALS,
    DEMONYMS,
    FORMAL_NAMES,
    SHORT_NAMES,
    STATES,
    TRANSCRIPTIONS,
)
from auditor.garbling.reading import Reading, WordClass

KIND = GarbleKind.ENTITY

_DIRECTIONS = vocabulary.words("""
    north south east west northern southern eastern western new central upper lower""")
_PARTICLES = frozenset(("al", "el", "ar", "as", "ash", "ad", "an", "at", "az"))
_SUFFIXES = vocabulary.words("""
    inc ltd llc plc corp corporation co company group limited the""")

AROUND_WORDS, KEPT_AROUND = 4, 0.75
"""Of so many words on either side this share must be the parent's, or a clause of other people was put in."""

MISSPELT = 0.7
"""From this likeness on two names are one, misspelt ("Fallon", "Falon"); below it two."""


def judge(stretch: Stretch, change: Change) -> Judgement:
    """Does a name differ, and does it name another?"""
    if _is_particle(stretch, change):
        return (_whole_name(stretch, change),)
    if change.kind is not WordClass.NAME or change.edge:
        return None
    return _resized(stretch, change) if change.deleted or change.inserted else _renamed(stretch, change)


def _renamed(stretch: Stretch, change: Change) -> Judgement:
    """One name stands in the place of another."""
    old = stretch.parent.span(*change.before).of(stretch.parent.text)
    new = stretch.child.span(*change.after).of(stretch.child.text)
    if is_alias(old, new):
        return found(KIND, Severity.LOW, stretch, change, "another name for the same")
    if _is_demonym(old, new) or same_name(old, new) or _is_address(stretch, change):
        return HARMLESS
    slip = is_misspelling(old, new)
    if (change.loose and not slip) or not _all_names(stretch, change) or not stretch.is_close(change):
        return None
    if not slip and (_stands_elsewhere(stretch, change) or not _is_in_place(stretch, change)):
        return None
    return found(KIND, Severity.HIGH, stretch, change, _said(old, new))


def _stands_elsewhere(stretch: Stretch, change: Change) -> bool:
    """Does either name stand in the other side's sentence as well? Then the sentence was put anew."""
    (first_b, last_b), (first_a, last_a) = stretch.sentences(change)
    (b, end_b), (a, end_a) = change.before, change.after
    old, new = stretch.parent.forms[b:end_b], stretch.child.forms[a:end_a]
    here = [*stretch.child.forms[first_a:a], *stretch.child.forms[end_a:last_a]]
    there = [*stretch.parent.forms[first_b:b], *stretch.parent.forms[end_b:last_b]]
    return set(old) <= set(here) or set(new) <= set(there)


def _is_address(stretch: Stretch, change: Change) -> bool:
    """Is either the name of an account or a catchword ("@StateDept")?"""
    return any(
        reading.gap(words[0]).endswith(("@", "#"))
        for reading, words in ((stretch.parent, change.before), (stretch.child, change.after))
    )


def _is_in_place(stretch: Stretch, change: Change) -> bool:
    """Does the one name stand for the other in a sentence of the same matter, and is neither an office?"""
    words = {
        *stretch.parent.forms[slice(*change.before)],
        *stretch.child.forms[slice(*change.after)],
    }
    if words & vocabulary.OFFICES or tells_of_other(stretch, change):
        return False
    return stands_among_kept(stretch, change, AROUND_WORDS, KEPT_AROUND)


def _is_particle(stretch: Stretch, change: Change) -> bool:
    """Is it the Arabic article of a name ("al-Assad", "Assad")?"""
    reading, words = (stretch.parent, change.before) if change.deleted else (stretch.child, change.after)
    if not (change.deleted or change.inserted) or words[1] - words[0] != 1 or words[1] >= len(reading):
        return False
    kept = words[1] in (stretch.twins if change.deleted else stretch.origins)
    return kept and reading.forms[words[0]] in _PARTICLES and reading.gap(words[1]) in ("-", "‑", "–")


def _whole_name(stretch: Stretch, change: Change) -> Finding:
    """The article together with the name that it belongs to, on both sides."""
    after, before = (
        stretch.child.span(change.after[0], change.after[1] + 1),
        stretch.parent.span(change.before[0], change.before[1] + 1),
    )
    return at(KIND, Severity.LOW, stretch, after, before, "another way of writing the name")


def _all_names(stretch: Stretch, change: Change) -> bool:
    """Are there name words on both sides, not only a capital at the start of a sentence?"""
    old = stretch.parent.classes[slice(*change.before)]
    new = stretch.child.classes[slice(*change.after)]
    if WordClass.NAME in old and WordClass.NAME not in new:
        # "Require" at the head of a line and "requires" inside it aren't names
        words = stretch.parent.forms[change.before[0]], stretch.child.forms[change.after[0]]
        return WordClass.OTHER in new and not vocabulary.same_word(*words)
    return WordClass.NAME in old


def _said(old: str, new: str) -> str:
    if _folded(old) in _folded(new):
        return "the name was expanded"
    return "the name is misspelt" if is_misspelling(old, new) else "another name"


def is_misspelling(one: str, other: str) -> bool:
    """Are two names so alike that the one is a slip for the other?"""
    return OSA.normalized_similarity(_folded(one), _folded(other)) >= MISSPELT


# Same or another


@lru_cache(maxsize=16384)
def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold().replace("’", "'"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    words = re.findall(r"[^\W_]+(?:\.[^\W_])*", re.sub(r"'s\b", "", plain))
    return " ".join(word.replace(".", "") for word in words if word not in ("the", "al", "el"))


@lru_cache(maxsize=16384)
def is_alias(one: str, other: str) -> bool:
    """Do two different strings name the same, by the list, as initials, or as known transcriptions?"""
    a, b = _folded(one), _folded(other)
    if a.replace(" ", "") == b.replace(" ", ""):
        return a in ALIASES and one.casefold() != other.casefold()
    if ALIASES.get(a, a) == ALIASES.get(b, b) or STATES.get(a, a) == STATES.get(b, b):
        return True
    if CAPITALS.get(a) == b or CAPITALS.get(b) == a:
        return True
    if (" " in a) != (" " in b) and a.replace(" ", "").removesuffix("s") == b.replace(" ", "").removesuffix(
        "s"
    ):
        return True
    short, long = sorted((a, b), key=len)
    initials = "".join(word[0] for word in long.split() if word not in ("of", "and", "for", "the", "to"))
    if len(short) >= 2 and " " not in short and (one.isupper() or other.isupper()) and short == initials:
        return True
    names = [[SHORT_NAMES.get(word, word) for word in map(_transcribed, name.split())] for name in (a, b)]
    return names[0] == names[1]


def _transcribed(word: str) -> str:
    return TRANSCRIPTIONS.get(word, re.sub(r"(?<=[a-z]{3})(?:ei|ey|iy|ij|yi|yy|y)$", "i", word))


def same_name(one: str, other: str) -> bool:
    """Is the one the other's surname or the other without first name, title or company suffix?"""
    a, b = _folded(one).split(), _folded(other).split()
    if not a or not b or is_alias(one, other) or "".join(a) == "".join(b):
        return True
    a, b = sorted((_bare(a), _bare(b)), key=len)
    if not a:
        return True
    return a == b[-len(a) :] and not (set(b[: -len(a)]) & _DIRECTIONS) and a[-1] not in vocabulary.BODIES


def _bare(words: list[str]) -> list[str]:
    return [
        word
        for word in words
        if word not in vocabulary.TITLES and word not in _SUFFIXES and word != "president"
    ]


_PARTY_ENDINGS = frozenset(("", "s", "ic", "ist", "ists", "an", "ans", "ese", "ism"))


def _is_demonym(one: str, other: str) -> bool:
    """Are two names of one country, people, party or faith, in another form?"""
    plain = [" ".join(_bare(_folded(name).split())) for name in (one, other)]
    start = Prefix.similarity(*plain)
    endings = {name[start:] for name in plain}
    belongs = plain[0][:start].endswith(
        ("an", "ist", "ese", "ish")
    )  # "Palestinians": not a slip for a surname
    if start > 5 and endings <= _PARTY_ENDINGS and (endings != {"", "s"} or belongs):
        return True
    a, b = sorted((_folded(one), _folded(other)), key=len)
    return DEMONYMS.get(b) == a or DEMONYMS.get(a) == b


def _resized(stretch: Stretch, change: Change) -> Judgement:
    """Words that joined or left a name that otherwise stands."""
    reading, words = (stretch.parent, change.before) if change.deleted else (stretch.child, change.after)
    if words[1] - words[0] > 2 or not stretch.is_close(change):
        return None
    if change.deleted and stretch.was_moved(change):
        return None
    before, after = words[0] - 1, words[1]
    forms = reading.forms[slice(*words)]
    left = before >= 0 and reading.classes[before] is WordClass.NAME and reading.gap(words[0]) in (" ", "-")
    right = (
        after < len(reading) and reading.classes[after] is WordClass.NAME and reading.gap(after) in (" ", "-")
    )
    if not change.deleted and left and reading.forms[before] == forms[0]:
        return found(KIND, Severity.HIGH, stretch, change, "part of a name stands twice")
    if right and set(forms) <= _DIRECTIONS:
        return found(
            KIND,
            Severity.HIGH,
            stretch,
            change,
            "part of a name is gone" if change.deleted else "another name",
        )
    if right and reading.forms[_name_end(reading, after) - 1] in vocabulary.BODIES and not _is_acronym(forms):
        return found(
            KIND,
            Severity.HIGH,
            stretch,
            change,
            "part of a name is gone" if change.deleted else "the name was expanded",
        )
    return None


def _is_acronym(forms: list[str]) -> bool:
    return len(forms) == 1 and "." in forms[0]


def _name_end(reading: Reading, index: int) -> int:
    while (
        index < len(reading) and reading.classes[index] is WordClass.NAME and reading.gap(index) in (" ", "-")
    ):
        index += 1
    return max(index, 1)


# Names that need an article


def own(text: str) -> Iterator[Finding]:
    """Formal names that stand without the article they need: the trace of find-and-replace."""
    for formal, short in FORMAL_NAMES.items():
        if formal not in text:
            continue
        for hit in re.finditer(rf"\b{formal}\b(?:['’]s)?", text):
            if _lacks_article(text, *hit.span()):
                span = Span(hit.start(), hit.start() + len(formal))
                yield Finding(
                    KIND,
                    Severity.HIGH,
                    span,
                    detail="a formal name without its article: put in for another",
                    repaired=short,
                )


_ARTICLES = "the|a|an|our|its|his|their|every|former|new|old|modern|entire|whole|post-Soviet"
_HAS_ARTICLE = re.compile(rf"(?:\b(?i:{_ARTICLES})|[’']s)[\s-]+[\"“‘']?$")
_GOES_ON = re.compile(r"^['’]s\b|^[,.;:!?)\"”]|^\s+(?:[a-z]|and\b|$)|^\s*$")
_TITLE_AFTER = re.compile(r"^\s+[A-Z]")


def _lacks_article(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 30) : start], text[end : end + 20]
    if _HAS_ARTICLE.search(before):
        return False
    return not _TITLE_AFTER.match(after) and bool(_GOES_ON.match(after))


def name_words(reading: Reading, words: Range) -> list[str]:
    """The name words of a range, in lower case."""
    return [reading.forms[word] for word in range(*words) if reading.classes[word] is WordClass.NAME]
