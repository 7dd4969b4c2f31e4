"""What sites do to a sentence: house style, misprints, words swapped by a tool, clauses cut, hedges added."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Change = Callable[[str, random.Random], str]

_STYLE = {
    r"\bpct\b": "percent",
    r"\bmln\b": "million",
    r"\bbln\b": "billion",
    r"\bdlrs\b": "dollars",
    r"\bGovt\b": "Government",
    r"\bU\.S\.": "US",
}
_BRITISH = {
    r"\bprogram\b": "programme",
    r"\blabor\b": "labour",
    r"\bdefense\b": "defence",
    r"\bcenter\b": "centre",
    r"\b(\w{4,})ization\b": r"\1isation",
    r"\b(\w{4,})ized\b": r"\1ised",
    r"\bpercent\b": "per cent",
    r"\bpct\b": "per cent",
}
_SPUN = {
    "said": "stated",
    "company": "firm",
    "increase": "rise",
    "rose": "climbed",
    "fell": "dropped",
    "year": "twelvemonth",
    "government": "administration",
    "expected": "anticipated",
    "about": "around",
    "made": "produced",
    "would": "could",
    "large": "big",
    "also": "likewise",
    "told": "informed",
    "market": "marketplace",
    "sources": "insiders",
    "agreement": "accord",
    "shares": "stock",
    "officials": "functionaries",
    "spokesman": "representative",
    "however": "nonetheless",
    "since": "because",
    "because": "since",
    "and": "plus",
    "talks": "discussions",
    "trade": "commerce",
    "new": "fresh",
    "last": "previous",
    "meeting": "gathering",
    "buy": "purchase",
}
# What an editor may put for a word: several choices, so that two desks seldom hit on the same.
_EDITED = {
    "said": ("added", "noted", "explained", "declared"),
    "will": ("is to", "is due to", "shall"),
    "had": ("has", "would have"),
    "the": ("a", "this", "its", "their"),
    "a": ("the", "one", "another"),
    "in": ("within", "during", "at"),
    "for": ("towards", "over", "against"),
    "after": ("following", "once"),
    "but": ("yet", "though"),
    "more": ("further", "additional"),
    "first": ("opening", "initial"),
    "its": ("the", "the firm's"),
    "has": ("had", "now has"),
    "was": ("is", "had been", "remained"),
    "were": ("are", "had been"),
    "been": ("become", "remained"),
    "earlier": ("previously", "before"),
    "under": ("by", "within"),
    "today": ("this morning", "on the day"),
    "with": ("alongside", "including"),
}
_HEDGES = (
    "reportedly",
    "also",
    "meanwhile",
    "however",
    "now",
    "still",
    "apparently",
    "in turn",
    "later",
    "again",
)


def house_style(text: str, _: random.Random) -> str:
    """Abbreviations of the wire written out."""
    return _all(text, _STYLE)


def british(text: str, _: random.Random) -> str:
    """British spelling."""
    return _all(text, _BRITISH)


def _all(text: str, table: dict[str, str]) -> str:
    for pattern, replacement in table.items():
        text = re.sub(pattern, replacement, text)
    return text


def misprint(text: str, dice: random.Random) -> str:
    """One letter lost, doubled or swapped inside a longer word."""
    words = list(re.finditer(r"[A-Za-z]{5,}", text))
    if not words:
        return text
    hit = dice.choice(words)
    word = hit[0]
    at = dice.randrange(1, len(word) - 2)
    kind = dice.randrange(3)
    if kind == 0:
        word = word[:at] + word[at + 1 :]
    elif kind == 1:
        word = word[:at] + word[at] + word[at:]
    else:
        word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return text[: hit.start()] + word + text[hit.end() :]


def spin(text: str, dice: random.Random) -> str:
    """Words swapped for near-synonyms wherever the tool knows one, mostly."""

    def swap(hit: re.Match[str]) -> str:
        other = _SPUN.get(hit[0].lower())
        if other is None or dice.random() < 0.25:
            return hit[0]
        return other.capitalize() if hit[0][0].isupper() else other

    return re.sub(r"[A-Za-z]+", swap, text)


def replace_word(text: str, dice: random.Random) -> str:
    """One word swapped by an editor."""
    hits = [hit for hit in re.finditer(r"[A-Za-z]+", text) if hit[0] in _EDITED]
    if not hits:
        return hedge(text, dice)
    hit = dice.choice(hits)
    return text[: hit.start()] + dice.choice(_EDITED[hit[0]]) + text[hit.end() :]


def hedge(text: str, dice: random.Random) -> str:
    """A word put in."""
    gaps = [hit.start() for hit in re.finditer(r"(?<=[a-z]) (?=[a-z])", text)]
    if not gaps:
        return text
    at = dice.choice(gaps)
    return f"{text[:at]} {dice.choice(_HEDGES)}{text[at:]}"


def drop_clause(text: str, dice: random.Random) -> str:
    """A clause between commas, or the words after the last comma, cut."""
    parts = text.split(", ")
    if len(parts) < 2:
        words = text.split(" ")
        if len(words) < 8:
            return text
        at = dice.randrange(2, len(words) - 3)
        return " ".join(words[:at] + words[at + 2 :])
    at = dice.randrange(1, len(parts))
    kept = parts[:at] + parts[at + 1 :]
    return ", ".join(kept).rstrip(".,;") + "."


def curly(text: str, _: random.Random) -> str:
    """Typographic quotes and dashes."""
    text = re.sub(r'(^|[\s(])"', r"\1“", text).replace('"', "”")
    return re.sub(r"(?<=\w)'(?=\w)", "’", text).replace(" - ", " — ").replace("--", "—")


def damage(text: str, _: random.Random) -> str:
    """Typographic marks read in the wrong encoding."""
    return curly(text, random.Random(0)).encode("utf-8").decode("cp1252", "replace")


EDITS: tuple[tuple[Change, float], ...] = (
    (replace_word, 0.35),
    (hedge, 0.15),
    (drop_clause, 0.25),
    (misprint, 0.25),
)


def edit(text: str, dice: random.Random) -> str:
    """One of an editor's changes."""
    changes, weights = zip(*EDITS, strict=True)
    changed: str = dice.choices(changes, weights)[0](text, dice)
    return changed
