"""Whether a text is plainly nothing but matter, told without taking it apart into passages.

Most texts of a wire are: no furniture anywhere, and a paragraph of their own. To say so costs a fifth of what
reading their sentences and kinds does. It may say no of a text that is bare, never yes of one that isn't.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from auditor.domain import Span
from auditor.text import furniture
from auditor.text.passages import is_buttons, is_signature, may_be_glued

# What ends a sentence, and what may stand between that and the next (see ``sentences``): footnotes, signs and
# spaces. A text with more of them in a row is not called bare, so that none is looked at again and again.
_MOST_SIGNS, _MOST_NOTES = 40, 3
_GAP = rf"[.!?…。！？｡।॥۔؟](?:\W{{0,{_MOST_SIGNS}}}\[\d{{1,3}}\]){{0,{_MOST_NOTES}}}+\W{{0,{_MOST_SIGNS}}}+"
_GOES_ON = rf"(?<=\W{{{_MOST_SIGNS}}})|\d{{1,3}}\]"


def _opening(pattern: str) -> str:
    """What begins as the hits of a pattern do: what ends with its sentence or line may go on."""
    return pattern.replace("$", "")


_FURNITURE = rf"(?:{_opening(furniture.WHOLE)}(?!\w)|{_opening(furniture.OPENING)})"
_FURNITURE_AFTER_GAP = rf"{_GAP}(?:{_GOES_ON}|{_FURNITURE})"
_FOLLOWED = r"""(?=\s*["“]?[A-Z]|\s*$)"""
_MAY_BE_INSERTED = re.compile(furniture.INSERTED.pattern.replace(_FOLLOWED, ""), re.VERBOSE).search


@cache
def _begins_as_credit() -> re.Pattern[str]:
    return re.compile(_opening(furniture.CREDIT.pattern), furniture.CREDIT.flags)


def is_bare(text: str, paragraphs: Sequence[Span], is_source: Callable[[str], bool]) -> bool:
    """Is surely none of the text's passages furniture by its words, and one of them body?

    ``is_source`` tells whether a line is the name of a source.
    """
    is_ascii = text.isascii()
    lower = text.lower() if is_ascii else text
    if furniture.cased(_FURNITURE_AFTER_GAP, is_ascii=is_ascii).search(lower) or _may_be_interrupted(text):
        return False
    begins_as_furniture = furniture.cased(_FURNITURE, is_ascii=is_ascii).match
    has_body = False
    for start, end in paragraphs:
        said = text[start:end]
        if begins_as_furniture(lower, start, end) or is_buttons(said):
            return False
        has_body = has_body or not _may_be_credit(said, is_source)
    return has_body


def _may_be_credit(said: str, is_source: Callable[[str], bool]) -> bool:
    """May a paragraph, or its first sentence, say who wrote, sent or owns the text?"""
    return (
        is_signature(said, is_source)
        or _begins_as_credit().match(said) is not None
        or furniture.BYLINE.match(said) is not None
    )


def _may_be_interrupted(text: str) -> bool:
    """May anything run into one of its paragraphs?"""
    if ("(" in text or "[" in text) and (
        furniture.BRACKETED.search(text) or furniture.BRACKETED_PHOTO.search(text)
    ):
        return True
    if any(hint in text for hint in furniture.INSERTED_HINTS) and _MAY_BE_INSERTED(text):
        return True
    return bool(may_be_glued(text) and furniture.GLUED_CAPTION.search(text))
