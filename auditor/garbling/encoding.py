"""Encoding: mojibake, entities left raw, characters lost or doubled.

Found in the text alone where a machine left its marks, and against the parent where a letter went missing.
ftfy only detects here: stored text is never repaired.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from rapidfuzz.distance import OSA

from auditor.domain import GarbleKind, Severity, Span
from auditor.garbling import vocabulary
from auditor.garbling.changes import Change, Stretch
from auditor.garbling.finding import Finding, Judgement, at, found
from auditor.garbling.reading import WordClass
from auditor.text import Document, Tokens

KIND = GarbleKind.ENCODING

_ENTITY = re.compile(r"&(?:amp;)?(?:[a-zA-Z]{2,8}|#\d{2,5}|#x[0-9a-fA-F]{2,5});")
_LOST = re.compile(r"[\ufffd\x80-\x9f\x00-\x08\x0b\x0e-\x1f]+")
_QUESTION = re.compile(r"(?<![/?=&.\w])[A-Za-z]+\?(?:s|t|re|ve|ll|d|m)\b")
_SUSPECT = re.compile(r"[ÂÃâÅÄÐÑÎÏï¿½Ã€�Œ˜™š¢£¦§¨ª«¬®¯°±²³´µ¶·¸¹º»¼½¾]")
_SMALL = vocabulary.words("""
    the a an of to in and for with at by on from are was were will would has have be said their his this is
    as or it""")
_DOUBLED = re.compile(rf"\b({'|'.join(sorted(_SMALL))})[ \t]+(\1)\b(?![-'’])", re.IGNORECASE)
_DOUBLED_THAT = re.compile(r"\bthat[ \t]+(that)(?=[ \t]+(?:the|a|an|he|she|they|it|we|[A-Z]))")
_DASH = re.compile(r"\s*(?:[—–]|--|\s-\s)\s*")
_FINE_DOUBLES = re.compile(r"(?i)\b(?:is is|had had|in in|on on|as as|it it|this this|or or)\b")


def own(document: Document) -> Iterator[Finding]:
    """Places that show in the text alone that characters were lost or taken for others."""
    text = document.text
    for hit in _ENTITY.finditer(text):
        yield _alone(hit.span(), "entity left raw", _unescaped(hit[0]))
    for hit in _LOST.finditer(text):
        yield _alone(_word_around(text, *hit.span()), "characters lost")
    for hit in _QUESTION.finditer(text) if "?" in text else ():
        yield _alone(hit.span(), "question mark in place of an apostrophe")
    if not text.isascii():
        yield from _mojibake(text)
    if not _may_double(document.tokens):
        return
    for pattern, which in ((_DOUBLED, 2), (_DOUBLED_THAT, 1)):
        for hit in pattern.finditer(text):
            if not _FINE_DOUBLES.match(hit[0]) and not hit[which][0].isupper():
                yield _alone(hit.span(), "a word stands twice", hit[0].split()[0])


_SMALL_WORDS = _SMALL | {"that"}


def _may_double(tokens: Tokens) -> bool:
    """Does any of the small words follow itself? Figures of a table and their units often do."""
    at = np.flatnonzero(tokens.hashes[1:] == tokens.hashes[:-1])
    text = tokens.layer.text
    return any(text[tokens.layer_starts[one] : tokens.layer_ends[one]] in _SMALL_WORDS for one in at.tolist())


def _alone(span: tuple[int, int], said: str, repaired: str = "") -> Finding:
    return Finding(KIND, Severity.MEDIUM, Span(*span), detail=said, repaired=repaired)


def _unescaped(entity: str) -> str:
    import html

    return html.unescape(html.unescape(entity))


WORD_OF_SLIPS = 7
"""From this length on words that differ by one letter are seldom two words."""

LONGEST_WORD = 60
"""How far a broken word is followed to its ends: no word is longer, a hostile run may be."""


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    """A range grown to white space on both sides."""
    low, high = max(0, start - LONGEST_WORD), min(len(text), end + LONGEST_WORD)
    while start > low and not text[start - 1].isspace():
        start -= 1
    while end < high and not text[end].isspace():
        end += 1
    return start, end


def _mojibake(text: str) -> Iterator[Finding]:
    done = 0
    for hit in _SUSPECT.finditer(text):
        if hit.start() < done:
            continue
        from ftfy import fix_encoding

        start, end = _word_around(text, *hit.span())
        done = end
        broken = text[start:end]
        repaired = fix_encoding(broken)
        if repaired != broken:
            yield _alone((start, end), "mojibake", repaired)


def judge(stretch: Stretch, change: Change) -> Judgement:
    """Is the child's word the parent's with a letter lost, doubled or turned?"""
    if change.before[1] - change.before[0] != 1 or change.after[1] - change.after[0] != 1:
        return None
    if change.kind is WordClass.NAME or not stretch.is_close(change):
        return None
    old, new = stretch.parent.forms[change.before[0]], stretch.child.forms[change.after[0]]
    # where a house writes the word in full, or in another way, that is what was misspelt
    if not any(_is_misspelling(one, new, stretch) for one in {old, vocabulary.styled(old)}):
        return None
    return found(KIND, Severity.MEDIUM, stretch, change, "letters lost, doubled or turned")


def _is_misspelling(old: str, new: str, stretch: Stretch) -> bool:
    if min(len(old), len(new)) < 3 or not (old + new).isalpha():
        return False
    if len(old) == len(new) and sorted(old) != sorted(new) and (len(old) < WORD_OF_SLIPS or old[0] != new[0]):
        return False  # one letter for another makes another word, but in long ones
    if not _differ_inside(old, new) and vocabulary.same_word(old, new):
        return False
    if {old, new} & {f"{min(old, new, key=len)}{ending}" for ending in ("s", "es", "d", "ed")}:
        return False
    if new in vocabulary.KNOWN_WORDS or new in stretch.parent.known or (old[0] != new[0] and len(old) < 5):
        return False
    return OSA.distance(old, new) <= (1 if len(old) < 8 else 2)


def _differ_inside(old: str, new: str) -> bool:
    """Do two words differ before their ends, or hold the same letters in another order? Inflections don't."""
    if sorted(old) == sorted(new):
        return True
    return old[-2:] == new[-2:] and (old[-3:] == new[-3:] or old[-2:] not in ("ed", "er", "es"))


def dashes(stretch: Stretch) -> Iterator[Finding]:
    """Dashes that went, so that two clauses run together."""
    child, parent = stretch.child, stretch.parent
    for index, before in stretch.odd_gaps:
        if not child.gap(index).isspace():
            continue
        sentence = parent.sentences[parent.sentence_of[before]].of(parent.text)
        if _DASH.fullmatch(parent.gap(before)) and len(_DASH.findall(sentence)) == 1:
            yield at(
                KIND,
                Severity.MEDIUM,
                stretch,
                Span(child.ends[index - 1], child.starts[index]),
                Span(parent.ends[before - 1], parent.starts[before]),
                "a dash is lost: two clauses run together",
            )
