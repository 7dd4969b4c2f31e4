"""The visible text of a page, block by block, with where on the page each stands.

A block is what a reader sees as one line or paragraph. Knows HTML, not what the lines mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Flag, auto
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


class Place(Flag):
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


def blocks(tree: HtmlElement) -> Iterator[Block]:
    """The visible blocks of a page in reading order. Linear in the page; no recursion."""
    from lxml import etree

    places, gathered = [Place.PLAIN], _Gathered()
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event in {"comment", "pi"}:
            gathered.add(element.tail, places[-1])
            continue
        is_block = element.tag not in _INLINE
        if is_block and (block := gathered.taken()):
            yield block
        if event == "start":
            places.append(places[-1] | _own_place(element))
            if element.tag in _UNSEEN:
                walk.skip_subtree()
            else:
                gathered.add(element.text, places[-1])
        else:
            places.pop()
            gathered.add(element.tail, places[-1])
    if block := gathered.taken():
        yield block


class _Gathered:
    """The text of the block that is being read."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._place = Place.PLAIN
        self._length = 0

    def add(self, text: str | None, place: Place) -> None:
        if text and self._length < _LONGEST:
            self._parts.append(text[:_LONGEST])
            self._length += len(text)
            if not text.isspace():
                self._place |= place

    def taken(self) -> Block | None:
        if not self._parts:
            return None
        text, place = " ".join("".join(self._parts).split()), self._place
        self._parts, self._place, self._length = [], Place.PLAIN, 0
        return Block(text[:_LONGEST], place) if text else None


def _own_place(element: HtmlElement) -> Place:
    names = " ".join(
        value
        for key in ("class", "id", "itemprop", "rel")
        if (value := element.get(key)) and len(value) < 300
    )
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
