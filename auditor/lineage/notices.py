"""What a wire's notice takes back of a story without telling it again: "the name is Maren, not Marren".

    a notice and the item it is about → the words it calls wrong → where the item has them

A notice is believed only where the item has the words that it calls wrong, and they tell something: a
figure, a name, a quoted or a longer run of words. This module must not know who copied the item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from auditor.domain import Span, Status
from auditor.lineage.witness import Witness

WITHDRAWN = frozenset({Status.CANCELED, Status.WITHHELD})

# A notice is short; a story of its own that tells of a recalled report is not one.
_MOST_WORDS = 150
_OPENING = r"\A\W*(?:(?:editors?|urgent|bulletin|advisory|attention|mandatory|please|eds?|note)\W+){0,4}"
_KILLS = re.compile(
    _OPENING + r"(?:kill\b|withdraw|retract|withh[eo]ld\b|disregard\b)"
    r"|\b(?:story|item|article|report|dispatch|copy|version)\b[^.\n]{0,100}"
    r"\b(?:is|are|was|has been|have been)\s+(?:hereby\s+|being\s+)?(?:withdrawn|killed|retracted|withheld)\b"
    r"|\bplease\s+(?:kill|withhold|disregard|do\s+not\s+(?:use|publish))\b",
    re.IGNORECASE,
)
_CORRECTS = re.compile(_OPENING + r"(?:correct|refil|clarif|erratum)", re.IGNORECASE)
# What stands behind one of these is what the notice calls wrong.
_WRONG = re.compile(
    r"\b(?:not|instead of|rather than|in place of|and no longer"
    r"|(?:wrongly|incorrectly|mistakenly|erroneously|falsely|in error)\s+\w+"
    r"(?:\s+(?:that|as|to|by|him|her|it))*"
    r"|correct(?:s|ed|ing)?\b[^.;\n]{0,60}?\bfrom|chang(?:es|ed|ing)\b[^.;\n]{0,60}?\bfrom)\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.;:!?](?=\s|$)|\n\s*\n|\s[–—-]+\s")
_BESIDE = 4  # words that may stand between such a word and what it speaks of ("not, as we said, Marren")
_LONGEST = 12
_TELLING = 4  # words in a row that tell something without a figure or a name among them


def said_status(notice: Witness) -> Status:
    """What a later version does to the item it revises: by its status, else as a short text says itself."""
    article = notice.article
    if article.status is not Status.USABLE or len(notice.document.tokens) > _MOST_WORDS:
        return article.status
    told = [text for text in (article.title, article.text) if text]
    if any(_KILLS.search(text) for text in told):
        return Status.CANCELED
    return Status.CORRECTED if any(_CORRECTS.search(text) for text in told) else article.status


def taken_back(notice: Witness, item: Witness) -> Iterator[Span]:
    """Where the item has the words that a notice calls wrong, in the sentence nearest to the notice."""
    text = notice.article.text
    for cue in _WRONG.finditer(text):
        stop = _STOP.search(text, cue.end())
        end = stop.start() if stop else len(text)
        first, last = _tokens(notice, cue.end(), end)
        found = _longest_shared(notice, item, first, last)
        if found is not None:
            yield from _nearest(notice, item, *found)


def _tokens(witness: Witness, start: int, end: int) -> tuple[int, int]:
    tokens = witness.document.tokens
    return int(np.searchsorted(tokens.starts, start)), int(np.searchsorted(tokens.ends, end, side="right"))


def _longest_shared(notice: Witness, item: Witness, first: int, last: int) -> tuple[int, int] | None:
    """The longest telling run of words that the item has too, among those that begin soonest."""
    for begin in range(first, min(last, first + _BESIDE)):
        for end in range(min(last, begin + _LONGEST), begin, -1):
            if _tells(notice, begin, end) and _places(item, notice, begin, end):
                return begin, end
    return None


def _tells(witness: Witness, first: int, last: int) -> bool:
    """Is there a figure or a name among the words, are they quoted, or are they many?"""
    tokens, text = witness.document.tokens, witness.article.text
    span = tokens.span(first, last)
    ends_told = last - first >= _TELLING or all(
        _is_name(text[int(tokens.starts[at])]) for at in (first, last - 1)
    )
    is_quoted = text[span.start - 1 : span.start] in _MARKS and text[span.end : span.end + 1] in _MARKS
    has_figure = any(one.span.overlap(span) for one in witness.document.figures)
    return ends_told or is_quoted or has_figure


_MARKS = frozenset("\"'“”‘’")


def _is_name(letter: str) -> bool:
    return letter.isupper() or letter.isdigit()


def _places(item: Witness, notice: Witness, first: int, last: int) -> list[int]:
    """The token indices at which the item has a run of the notice's words."""
    run, words = notice.document.tokens.hashes[first:last], item.document.tokens.hashes
    if not len(run) or len(words) < len(run):
        return []
    windows = np.lib.stride_tricks.sliding_window_view(words, len(run))
    return [int(at) for at in np.flatnonzero((windows == run).all(axis=1))]


def _nearest(notice: Witness, item: Witness, first: int, last: int) -> Iterator[Span]:
    """The places in the sentences that have most words in common with the notice beside that run."""
    tokens = item.document.tokens
    told = set(notice.document.tokens.words) - set(notice.document.tokens.words[first:last])
    scored = []
    for at in _places(item, notice, first, last):
        span = tokens.span(at, at + last - first)
        around = next((one for one in item.document.sentences if one.overlap(span)), span)
        scored.append((len(told & set(tokens.words[slice(*tokens.within(around))])), span))
    best = max((score for score, _ in scored), default=0)
    yield from (span for score, span in scored if score == best)
