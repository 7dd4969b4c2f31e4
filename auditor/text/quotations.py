"""Statements between quotation marks, and who the text says made them.

Marks are read paragraph by paragraph: straight, curly, angled, German, Japanese and typewriter ones
(``…''); single ones where they clearly quote. It must not know whether two quotations are the same: that is
for ``matching``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from auditor.domain import Name, Quotation, Span
from auditor.text.speakers import Speakers

_MARK = re.compile(r"""["“”„«»「」『』＂]|``|''|[‘’'`]""")
_PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』", "``": "'", "‘": "’", "`": "'"}
_OPENS_BEFORE = frozenset(" \t\n\r\xa0([{—–-/:…“‘\"'«„¿¡")
_ELISIONS = re.compile(r"['’](?:em|til|tis|twas|cause|n|round|bout|\d\ds?)\b", re.IGNORECASE)
_DEEPEST = 4  # marks that wait inside each other; more are noise
_LONGEST_SINGLE = 600  # characters between single marks: beyond that they are apostrophes


@dataclass(slots=True)
class _Open:
    """An opening mark that waits for its closing one."""

    start: int
    inner: int
    mark: str


@dataclass(frozen=True, slots=True)
class _Found:
    span: Span
    inner: Span
    open_in: int | None = None  # where the paragraph starts at whose end it was still open


def quotations(
    text: str, paragraphs: Sequence[Span], sentences: Sequence[Span], names: Sequence[Name]
) -> tuple[Quotation, ...]:
    """The quotations of a text in order, with their speakers where the text names one.

    A quotation that goes on over paragraphs, each with an opening mark, is one. A mark that is never closed
    quotes to the end of its sentence; one that closes what was never opened quotes from the beginning of its
    sentence, if a comma or full stop stands before it. A nested quotation follows the one that it stands in.
    """
    found = [quoted for paragraph in paragraphs for quoted in _in_paragraph(text, paragraph, sentences)]
    joined = _over_paragraphs(found, paragraphs)
    said = [Quotation(quoted.span, quoted.inner) for quoted in joined if quoted.inner.of(text).strip()]
    return tuple(Speakers(text, sentences, paragraphs, names).attribute(said))


def _in_paragraph(text: str, paragraph: Span, sentences: Sequence[Span]) -> Iterator[_Found]:
    waiting: list[_Open] = []
    done = paragraph.start
    for found in _MARK.finditer(text, paragraph.start, paragraph.end):
        if found.start() < done:
            continue
        mark, start, end = found.group(), found.start(), found.end()
        if mark in "'’‘`":
            closing = _single(text, paragraph, waiting, start, mark)
            if closing is not None:
                yield closing
            continue
        for quoted in _double(text, paragraph, sentences, waiting, Span(start, end), done):
            done = max(done, quoted.span.end)
            yield quoted
    for left in waiting:
        if left.mark not in "'‘`":
            end = _sentence_end(sentences, left.start, paragraph.end)
            yield _Found(Span(left.start, end), Span(left.inner, end), open_in=paragraph.start)


# Double marks


def _double(
    text: str, paragraph: Span, sentences: Sequence[Span], waiting: list[_Open], place: Span, done: int
) -> Iterator[_Found]:
    mark = place.of(text)
    at = _last(waiting, lambda opened: _closes(mark, opened.mark))
    if _opens(text, paragraph, place, mark, is_open=at is not None):
        same = _last(waiting, lambda opened: opened.mark == mark)
        if same is not None:  # the one before was never closed
            left = waiting[same]
            del waiting[same:]
            yield _unclosed(text, left, min(_sentence_end(sentences, left.start, place.start), place.start))
        waiting.append(_Open(place.start, place.end, mark))
        del waiting[:-_DEEPEST]
    elif at is not None:
        opened = waiting[at]
        del waiting[at:]
        if place.start > opened.inner:
            yield _Found(Span(opened.start, place.end), Span(opened.inner, place.start))
    elif mark in "\"”＂''" and place.start > paragraph.start and text[place.start - 1] in ",.!?…":
        start = max(_sentence_start(sentences, place.start, paragraph.start), done)
        yield _Found(Span(start, place.end), Span(start, place.start))


def _last(waiting: Sequence[_Open], fits: Callable[[_Open], bool]) -> int | None:
    return next((n for n in range(len(waiting) - 1, -1, -1) if fits(waiting[n])), None)


def _closes(mark: str, opened: str) -> bool:
    if opened in ('"', "＂"):
        return mark in '"＂”' or (mark == "''" and opened == '"')
    if opened == "``":
        return mark in ("''", '"')
    return mark in _PAIRS.get(opened, "") or (mark == '"' and opened == "“")


def _opens(  # noqa: PLR0911 - one rule a line
    text: str, paragraph: Span, place: Span, mark: str, *, is_open: bool
) -> bool:
    before = text[place.start - 1] if place.start > paragraph.start else " "
    after = text[place.end] if place.end < paragraph.end else " "
    if mark in ("„", "``", "「", "『"):
        return True
    if mark == "“":
        return not is_open or after.isalnum()
    if mark in ("”", "''", "」", "』"):
        return mark == "”" and not is_open and before in _OPENS_BEFORE and after.isalnum()
    if mark in "«»":
        return not is_open
    if after.isspace():
        return not is_open and before.isspace() and place.start == paragraph.start
    if before in _OPENS_BEFORE:
        return not (is_open and before in "—–-…/'’" and not after.isalnum())
    return not is_open and not (before.isdigit() or before in ",.!?…")


def _unclosed(text: str, left: _Open, end: int) -> _Found:
    said = text[left.inner : end].rstrip()
    return _Found(Span(left.start, left.inner + len(said)), Span(left.inner, left.inner + len(said)))


def _sentence_end(sentences: Sequence[Span], place: int, limit: int) -> int:
    """The end of the sentence that a place lies in, or of its first words."""
    at = bisect_left(sentences, Span(place + 1, place + 1)) - 1
    return min(sentences[at].end, limit) if at >= 0 and sentences[at].end > place else limit


def _sentence_start(sentences: Sequence[Span], place: int, limit: int) -> int:
    at = bisect_left(sentences, Span(place + 1, place + 1)) - 1
    return max(sentences[at].start, limit) if at >= 0 else limit


# Single marks


def _single(text: str, paragraph: Span, waiting: list[_Open], start: int, mark: str) -> _Found | None:
    """Note a single mark that opens; give the quotation that one closes."""
    before = text[start - 1] if start > paragraph.start else " "
    after = text[start + 1] if start + 1 < paragraph.end else " "
    opened = _last(waiting, lambda one: one.mark in "'‘`")
    opens = before in _OPENS_BEFORE and (after.isalnum() or after in '"“…[(£$#') and mark != "’"
    if opens and not _ELISIONS.match(text, start):
        if opened is not None:
            del waiting[opened:]
        waiting.append(_Open(start, start + 1, mark))
        return None
    if opened is None or mark in "‘`" or after.isalnum() or before.isspace():
        return None
    quoted = waiting[opened]
    if start - quoted.inner > _LONGEST_SINGLE:
        del waiting[opened:]
        return None
    if (
        before in "sS"
        and after == " "
        and _closes_later(text, start + 1, min(paragraph.end, start + _LONGEST_SINGLE))
    ):
        return None  # "the rebels' bases", and a better closing mark follows
    del waiting[opened:]
    return _Found(Span(quoted.start, start + 1), Span(quoted.inner, start))


_SINGLE = re.compile(r"(?P<opens>(?<=[\s(])['‘](?=\w))|(?<=[\w.,!?…])['’](?![^\W_])")


def _closes_later(text: str, start: int, end: int) -> bool:
    following = _SINGLE.search(text, start, end)
    return following is not None and following["opens"] is None


# Over paragraphs


def _over_paragraphs(found: list[_Found], paragraphs: Sequence[Span]) -> list[_Found]:
    """Join what was left open at a paragraph's end with what the next paragraph opens with."""
    before = {second.start: first.start for first, second in pairwise(paragraphs)}
    joined: list[_Found] = []
    waiting = -1  # where in the list the quotation stands that was left open last
    for quoted in sorted(found, key=lambda quoted: (quoted.span.start, -quoted.span.end)):
        left = joined[waiting] if waiting >= 0 else None
        if left is not None and left.open_in == before.get(quoted.span.start, -1):
            span = Span(left.span.start, quoted.span.end)
            joined[waiting] = replace(quoted, span=span, inner=Span(left.inner.start, quoted.inner.end))
        else:
            joined.append(quoted)
            waiting = len(joined) - 1 if quoted.open_in is not None else waiting
    return joined
