"""The normalised layer of a text: what matching compares, with a map back to every original offset.

Two texts that a reader takes for the same must give the same layer, and whatever is shown, stored or
quoted must still be the original. So this module folds case and width, unifies quotes and dashes, drops
what has no ink (zero-width and bidirectional marks, soft hyphens, tags), reads look-alike letters of
other scripts as the Latin ones they imitate, and remembers where each character of the result came from.
It must not know what a word, a sentence or an article is.

The way of a text::

    original | fold each character | look-alikes, word by word | join letters and their marks | layer

ASCII skips all of it but the case; a text of simple characters (curly quotes, accented letters) skips the
last two steps. Unicode terms follow UAX 15 (normalisation) and UTS 39 (confusables).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from auditor.domain import Span

Offsets = NDArray[np.int32]


class EvasionKind(StrEnum):
    """What was done to a text that a reader can't see and a plain comparison would stumble over."""

    ZERO_WIDTH = "zero-width"
    SOFT_HYPHEN = "soft-hyphen"
    BIDI = "bidi"
    TAG = "tag"
    LOOK_ALIKE = "look-alike"
    FULL_WIDTH = "full-width"
    DECOMPOSED = "decomposed"


@dataclass(frozen=True, slots=True)
class Evasion:
    """One kind of invisible change to a text: how often, and where first (original offsets)."""

    kind: EvasionKind
    count: int
    first: Span


@dataclass(frozen=True)
class Layer:
    """A text and its normalised form.

    ``starts`` and ``ends`` hold, for each character of ``text``, the range of the original that it came
    from; both are None where the two forms agree offset by offset.
    """

    original: str
    text: str
    starts: Offsets | None = None
    ends: Offsets | None = None

    def original_span(self, start: int, end: int) -> Span:
        """The range of the original that the layer's ``[start, end)`` came from.

        Dropped characters inside the range belong to it, those at its edges don't.
        """
        if self.starts is None or self.ends is None:
            return Span(start, end)
        if start >= end:
            at = int(self.starts[start]) if start < len(self.starts) else len(self.original)
            return Span(at, at)
        return Span(int(self.starts[start]), int(self.ends[end - 1]))

    def layer_span(self, start: int, end: int) -> Span:
        """The range of the layer whose characters came from the original's ``[start, end)``, even in part."""
        if self.starts is None or self.ends is None:
            return Span(start, end)
        first = int(np.searchsorted(self.ends, start, side="right"))
        return Span(first, max(first, int(np.searchsorted(self.starts, end, side="left"))))

    @cached_property
    def evasions(self) -> tuple[Evasion, ...]:
        """What hides in this text that its reader can't see; empty for honest text of any script."""
        return () if self.original.isascii() else tuple(_find_evasions(self.original))


def normalise(text: str) -> Layer:
    """The layer of a text. Normalising the result again changes nothing."""
    if text.isascii():
        return Layer(text, text.lower())
    folded = _fold_all(text)
    starts, ends = _fold_map(text) if _changes_length(text) else (None, None)
    while _has_marks(folded) or _has_look_alikes(folded):
        again, starts, ends = _compose(_read_look_alikes(folded), starts, ends)
        if again == folded:
            break
        folded = again.translate(_FOLDED) if not _changes_length(again) else again
    return Layer(text, folded, starts, ends)


# Folding one character

_QUOTES = dict.fromkeys(map(ord, "‘’‚‛′‵ʼʻʹʽ´`＇❛❜‹›"), "'") | dict.fromkeys(
    map(ord, "“”„‟″‶«»＂❝❞〝〞〟"), '"'
)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−⁃﹘﹣－"), "-")
_UNIFIED = _QUOTES | _DASHES
_NO_INK = frozenset(
    [0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), 0x17B4, 0x17B5]
)


def _fold(text: str) -> str:
    """Compatibility form and case fold of a short text, repeated until it stands still."""
    for _ in range(4):
        again = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        if again == text:
            break
        text = again
    return text


class _Folds(dict[int, str]):
    """Code point to its folded form, filled as characters turn up."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if code in _UNIFIED:
            folded = _UNIFIED[code]
        elif code in _NO_INK or unicodedata.category(char) == "Cf":
            folded = ""
        else:
            folded = _fold(char).translate(_UNIFIED)
        self[code] = folded
        return folded


_FOLDED = _Folds()
_FEW = 64  # distinct characters up to which replacing them is faster than a table look-up for each


def _fold_all(text: str) -> str:
    """Each character folded. Folded characters stand still, so few of them can be replaced one by one."""
    changing = [char for char in set(text) if _FOLDED[ord(char)] != char]
    if len(changing) > _FEW:
        return text.translate(_FOLDED)
    for char in changing:
        text = text.replace(char, _FOLDED[ord(char)])
    return text


def _changes_length(text: str) -> bool:
    return any(len(_FOLDED[ord(char)]) != 1 for char in set(text))


def _fold_map(text: str) -> tuple[Offsets, Offsets]:
    """For each character of the folded text, the range of the original character it came from."""
    codes = code_points(text)
    kinds, which = np.unique(codes, return_inverse=True)
    lengths = np.array([len(_FOLDED[int(code)]) for code in kinds], dtype=np.int32)[which]
    starts = np.repeat(np.arange(len(codes), dtype=np.int32), lengths)
    return starts, starts + np.int32(1)


def code_points(text: str) -> NDArray[np.uint32]:
    """The code points of a text; lone surrogates are kept as they are."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


# Letters and their marks


@lru_cache(maxsize=65536)
def joins_previous(char: str) -> bool:
    """Is this a mark (or a Korean vowel or final) that belongs to the character before it?"""
    return (
        unicodedata.category(char)[0] == "M" or "\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7fb"
    )


def _has_marks(text: str) -> bool:
    return any(joins_previous(char) for char in set(text) if char > "\u02ff")


def _compose(
    text: str, starts: Offsets | None, ends: Offsets | None
) -> tuple[str, Offsets | None, Offsets | None]:
    """Join each letter with its marks; every character of a joined group maps to the whole group's range."""
    marks = "".join(sorted(char for char in set(text) if joins_previous(char)))
    if not marks:
        return text, starts, ends
    kind = f"[{re.escape(marks)}]"
    pieces: list[str] = []
    taken: list[tuple[int, int, int]] = []
    done = 0
    for group in re.finditer(rf"(?s:[^{re.escape(marks)}]{kind}+|{kind}+)", text):
        joined = _fold(group[0])
        if joined != group[0]:
            pieces += [text[done : group.start()], joined]
            taken.append((group.start(), group.end(), len(joined)))
            done = group.end()
    if not taken:
        return text, starts, ends
    pieces.append(text[done:])
    return "".join(pieces), *_join_map(len(text), starts, ends, taken)


def _join_map(
    length: int, starts: Offsets | None, ends: Offsets | None, taken: list[tuple[int, int, int]]
) -> tuple[Offsets, Offsets]:
    """The map after the groups ``(start, end, new length)`` were replaced."""
    if starts is None or ends is None:
        starts = np.arange(length, dtype=np.int32)
        ends = starts + np.int32(1)
    new_starts: list[Offsets] = []
    new_ends: list[Offsets] = []
    done = 0
    for start, end, size in taken:
        new_starts += [starts[done:start], np.full(size, starts[start], dtype=np.int32)]
        new_ends += [ends[done:start], np.full(size, ends[end - 1], dtype=np.int32)]
        done = end
    new_starts.append(starts[done:])
    new_ends.append(ends[done:])
    return _apart(np.concatenate(new_starts), np.concatenate(new_ends))


def _apart(starts: Offsets, ends: Offsets) -> tuple[Offsets, Offsets]:
    """Make ranges that overlap one range: an original character belongs to one group only."""
    reach = np.maximum.accumulate(ends)
    begins = np.flatnonzero(np.append(True, starts[1:] >= reach[:-1]))
    sizes = np.diff(np.append(begins, len(starts)))
    return np.repeat(starts[begins], sizes), np.repeat(reach[begins + sizes - 1], sizes)


# Look-alike letters (a choice of UTS 39's confusables: folded letters, single to single)

_IMITATIONS = (
    ("авеёкмнорстухһіїјѕԁԛԝѵӏԍѡ", "abeëkmhopctyxhiïjsdqwvlgw"),  # Cyrillic
    ("αεορτυνχηικγβωϳϲ", "aeoptuvxnikybwjc"),  # Greek
    ("օսոհցզ", "ounhgq"),  # Armenian
)
_LATIN_OF = {theirs: ours for pair in _IMITATIONS for theirs, ours in zip(*pair, strict=True)}
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=65536)
def is_latin(char: str) -> bool:
    """Is this a letter of the Latin script?"""
    return char.isascii() or unicodedata.name(char, "").startswith("LATIN ")


def _has_look_alikes(text: str) -> bool:
    return any(char in _LATIN_OF for char in set(text))


def _read_look_alikes(text: str) -> str:
    """The text with look-alike letters read as Latin in words that are otherwise Latin.

    Words made of look-alikes alone are read so too, but only in a text that has such mixed words and no
    other letter that the same trick would leave: otherwise they are honest words of their own script.
    """
    if not _has_look_alikes(text):
        return text
    mixed = False

    def read(word: re.Match[str]) -> str:
        nonlocal mixed
        letters = word[0]
        if letters.isascii():
            return letters
        foreign = [char for char in letters if not is_latin(char)]
        if not foreign or len(foreign) == len(letters) or any(char not in _LATIN_OF for char in foreign):
            return letters
        mixed = True
        return letters.translate(_LATIN_TABLE)

    read_text = _WORD.sub(read, text)
    if mixed and all(char in _LATIN_OF or is_latin(char) for char in set(read_text) if char.isalpha()):
        return read_text.translate(_LATIN_TABLE)
    return read_text


_LATIN_TABLE = str.maketrans(_LATIN_OF)


# What hides in a text

_RIGHT_TO_LEFT = frozenset(["R", "AL", "AN"])
_LATIN_RUN = r"[^\W\d_]"
_HIDDEN = {
    EvasionKind.ZERO_WIDTH: re.compile(
        rf"(?<={_LATIN_RUN})[\u200b-\u200d\u2060-\u2064\ufeff\u034f\ufe00-\ufe0f]+(?={_LATIN_RUN})"
    ),
    EvasionKind.SOFT_HYPHEN: re.compile(rf"(?<={_LATIN_RUN})\u00ad+(?={_LATIN_RUN})"),
    EvasionKind.BIDI: re.compile(
        rf"[\u202d\u202e\u2066-\u2069]+|(?<={_LATIN_RUN})[\u200e\u200f\u061c\u202a-\u202c]+(?={_LATIN_RUN})"
    ),
    EvasionKind.TAG: re.compile("[\U000e0020-\U000e007f\U000e0100-\U000e01ef]+"),
    EvasionKind.FULL_WIDTH: re.compile("[\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff]+"),
    EvasionKind.DECOMPOSED: re.compile(r"[A-Za-z][\u0300-\u036f]+"),
}
_LEAST = {EvasionKind.SOFT_HYPHEN: 3}  # sites leave one or two behind where they once parted a long word
_FLAG = "\U0001f3f4"  # a black flag followed by tags is an emoji, not a trick


def _find_evasions(text: str) -> Iterator[Evasion]:
    for kind, pattern in _HIDDEN.items():
        places = [Span(*found.span()) for found in pattern.finditer(text) if _is_evasive(kind, text, found)]
        if len(places) >= _LEAST.get(kind, 1):
            yield Evasion(kind, len(places), places[0])
    layer_of_letters = text.translate({code: "" for code in _FOLDED if _FOLDED[code] == ""})
    if _has_look_alikes(layer_of_letters.lower()):
        places = list(_look_alike_words(text))
        if places:
            yield Evasion(EvasionKind.LOOK_ALIKE, len(places), places[0])


def _look_alike_words(text: str) -> Iterator[Span]:
    """Words of Latin letters that hold letters of another script which only look so."""
    for word in _WORD.finditer(text):
        letters = word[0].lower()
        if letters.isascii():
            continue
        foreign = [char for char in letters if not is_latin(char)]
        if foreign and len(foreign) < len(letters) and all(char in _LATIN_OF for char in foreign):
            yield Span(*word.span())


def _is_evasive(kind: EvasionKind, text: str, found: re.Match[str]) -> bool:
    """Is there no honest use for this invisible character here?"""
    start, end = found.span()
    if kind in (EvasionKind.ZERO_WIDTH, EvasionKind.SOFT_HYPHEN):
        return is_latin(text[start - 1]) and is_latin(text[end])
    if kind is EvasionKind.BIDI:
        return not any(
            unicodedata.bidirectional(char) in _RIGHT_TO_LEFT and char not in found[0] for char in set(text)
        )
    if kind is EvasionKind.TAG:
        return _FLAG not in text[max(0, start - 2) : start] and text[start] < "\U000e0100"
    if kind is EvasionKind.FULL_WIDTH:
        return not any("\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3" for char in set(text))
    return len(unicodedata.normalize("NFC", found[0])) < end - start
