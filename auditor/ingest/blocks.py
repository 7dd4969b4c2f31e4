"""Blocks of a page's visible text that hold certain words, with where on the page each stands.

A block is what a reader sees as one line or paragraph. Most of a page holds none of the words, so they are
sought in its text first, and only what surrounds them is put together. Knows HTML, not what the lines mean.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import IntFlag, auto
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small "
        "span strike strong sub sup time tt u var wbr",
    )
)
_UNSEEN = frozenset(
    re.findall(
        r"\w+",
        "head script style template noscript svg iframe object textarea select button canvas video audio",
    )
)
_LONGEST = 2_000  # characters of one block that are kept: the lines that are looked for are short
_MOST = 500  # blocks of one page: a page of agency names is a list, not an article
_NAMING = ("class", "id", "itemprop", "rel")
_LONGEST_NAMES = 300  # characters of an attribute that names what an element is
_BYLINE_NAMES = re.compile(
    r"byline|by-line|author|credit|source|agency|agencia|provider|attribution|copyright|dateline",
    re.IGNORECASE,
)
_PHOTO_NAMES = re.compile(r"photo|caption|gallery|image|picture|thumb|carousel|slide|video", re.IGNORECASE)
_STORY_NAMES = re.compile(
    r"article|story|entry-content|post-content|main-content|artikel|corpo", re.IGNORECASE
)
_ASIDE_NAMES = re.compile(
    r"related|sidebar|recommend|comment|promo|teaser|newsletter|menu|most-?(?:read|popular)|trending|\bnav",
    re.IGNORECASE,
)


class Place(IntFlag):
    """Where a block stands."""

    PLAIN = 0
    STORY = auto()
    BYLINE = auto()
    PHOTO = auto()
    ASIDE = auto()


_TAG_PLACES = {
    "article": Place.STORY,
    "main": Place.STORY,
    "figure": Place.PHOTO,
    "figcaption": Place.PHOTO,
    "picture": Place.PHOTO,
    "address": Place.BYLINE,
    "nav": Place.ASIDE,
    "aside": Place.ASIDE,
}


@dataclass(frozen=True, slots=True)
class Block:
    """A line of visible text, white space folded, and the places it stands in."""

    text: str
    place: Place


def blocks_with(tree: HtmlElement, words: Collection[str], names: Collection[str]) -> Iterator[Block]:
    """The blocks that hold any of the words (lower case, found in any case) or names (as written).

    In reading order; blocks around them are left out.
    """
    holders, text, starts = _texts(tree)
    found = sorted(set(_pieces_with(text, starts, words, names)))
    done: set[HtmlElement] = set()
    for index in found:
        block = _block_of(holders[index])
        if block is not None and block not in done and len(done) < _MOST:
            done.add(block)
            yield from _lines(block)


def _texts(tree: HtmlElement) -> tuple[list[HtmlElement], str, list[int]]:
    """Every piece of text of a page: whose it is, all of them joined, where each begins there."""
    holders: list[HtmlElement] = []
    pieces: list[str] = []
    for element in tree.iter():
        if element.text and isinstance(element.tag, str) and element.tag not in _UNSEEN:
            holders.append(element)
            pieces.append(element.text)
        if element.tail and (parent := element.getparent()) is not None:
            holders.append(parent)
            pieces.append(element.tail)
    starts, length = [], 0
    for piece in pieces:
        starts.append(length)
        length += len(piece) + 1
    return holders, "\n".join(pieces), starts


def _pieces_with(
    text: str, starts: list[int], words: Collection[str], names: Collection[str]
) -> Iterator[int]:
    """The numbers of the pieces that hold a word or name; each at most once a word."""
    # Lower case must keep every offset: a few letters (İ) grow, and are left as they are.
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    for word in words:
        at = lowered.find(word)
        while at >= 0:
            piece = bisect_right(starts, at) - 1
            yield piece
            at = lowered.find(word, starts[piece + 1]) if piece + 1 < len(starts) else -1
    if names:
        # The letter before is looked at afterwards: a pattern that begins with one is searched far slower.
        pattern = re.compile(rf"(?:{'|'.join(re.escape(name) for name in sorted(names))})(?!\w)")
        for found in pattern.finditer(text):
            if not (found.start() and text[found.start() - 1].isalnum()):
                yield bisect_right(starts, found.start()) - 1


def _block_of(element: HtmlElement) -> HtmlElement | None:
    """The nearest element around that is a block; None where the text isn't shown."""
    block = element
    while block.tag in _INLINE and (parent := block.getparent()) is not None:
        block = parent
    if any(one.tag in _UNSEEN for one in (block, *block.iterancestors())):
        return None
    return block


def _lines(block: HtmlElement) -> Iterator[Block]:
    """The lines of a block's own text; blocks inside it end a line and are left out."""
    from lxml import etree

    place = Place.PLAIN
    for one in (block, *block.iterancestors()):
        place |= _own_place(one)
    parts: list[list[str]] = [[]]
    walk = etree.iterwalk(block, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start" and element is not block and element.tag not in _INLINE:
            parts.append([])
            walk.skip_subtree()
        elif event == "start":
            parts[-1].append(element.text or "")
            if element is not block:
                place |= _own_place(element) & Place.BYLINE
        elif element is not block:
            parts[-1].append(element.tail or "")
    for line in parts:
        if text := " ".join("".join(line)[: 2 * _LONGEST].split())[:_LONGEST]:
            yield Block(text, place)


def _own_place(element: HtmlElement) -> Place:
    values = (element.get(key) for key in _NAMING)
    names = " ".join(value for value in values if value and len(value) < _LONGEST_NAMES)
    return _TAG_PLACES.get(element.tag, Place.PLAIN) | (_named_place(names) if names else Place.PLAIN)


@lru_cache(maxsize=4096)
def _named_place(names: str) -> Place:
    place = Place.PLAIN
    for pattern, what in (
        (_STORY_NAMES, Place.STORY),
        (_BYLINE_NAMES, Place.BYLINE),
        (_PHOTO_NAMES, Place.PHOTO),
        (_ASIDE_NAMES, Place.ASIDE),
    ):
        if pattern.search(names):
            place |= what
    return place
