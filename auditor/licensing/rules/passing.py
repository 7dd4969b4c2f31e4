"""What should have gone no further: passages not for publication, and text taken from a licensee's page.

This module must not know how passages were matched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.domain import Derivation, Span
from auditor.licensing.findings import Exhibit
from auditor.licensing.rules.measure import Measure
from auditor.licensing.taking import Taking, exhibits
from auditor.licensing.terms import Advisory, Republication
from auditor.lineage import Witness

# How wires mark what is for editors only: a line of its own, at the beginning of a paragraph.
_MARK = re.compile(
    r"""^[\W_]{0,4}(?:
      (?:EDS|Eds|EDITORS?|Editors?)(?:['’]?\ (?:note|NOTE))?\s?:
    | (?:ATTENTION|Attention)\ (?:EDITORS?|[Ee]ditors?)\b
    | (?:MEDIA\ )?ADVISORY\b | Advisory(?:\ to\ editors)?\s?:
    | (?:NOT|Not)\ (?:FOR|for)\ (?:PUBLICATION|publication|USE|RELEASE)\b
    )""",
    re.VERBOSE | re.MULTILINE,
)
_ITEM_MARKS = ("advisory", "not for publication", "notforpublication")
_ITEM_KEYS = ("usage", "usage_terms", "ednote", "profile", "genre", "type")


def advisory(rule: Advisory, taking: Taking, agreement: str) -> Measure:
    """Passages shown that the item or the agreement marks as not for publication."""
    shown = [*_own_marks(taking), *_taken_marked(rule, taking)]
    if any(_is_advisory(item) for item, _ in taking.items):
        shown = list(taking.exhibits)
    unique = tuple(sorted(dict.fromkeys(shown), key=lambda one: one.span))
    count = len(unique)
    what = f"{count or 'no'} passage{'' if count == 1 else 's'}"
    return Measure(
        kept=not unique,
        says=f" with {what} marked advisory or not for publication; agreement {agreement} allows none",
        value=count,
        bound=0,
        unit="passages",
        exhibits=unique,
    )


def _own_marks(taking: Taking) -> Iterator[Exhibit]:
    """Lines of the article that begin with a wire's mark."""
    text = taking.witness.article.text
    for found in _MARK.finditer(text):
        end = text.find("\n", found.end())
        yield Exhibit(Span(found.start(), len(text) if end < 0 else end))


def _taken_marked(rule: Advisory, taking: Taking) -> Iterator[Exhibit]:
    """Passages taken from a paragraph that the item marks, or that begins as the agreement says."""
    for item, rows in taking.items:
        marked = [span for span in _paragraphs(item) if _is_marked(span.of(item.article.text), rule)]
        sentences = [
            span for span in item.document.sentences if _begins(span.of(item.article.text), rule.marks)
        ]
        for row in rows:
            place = row.parent.span if row.parent and row.parent.article == item.article.id else None
            if place and any(place.overlap(span) for span in (*marked, *sentences)):
                yield Exhibit(row.span, row.parent)


def _is_marked(paragraph: str, rule: Advisory) -> bool:
    return bool(_MARK.match(paragraph)) or _begins(paragraph, rule.marks)


def _begins(text: str, marks: tuple[str, ...]) -> bool:
    return any(text.lstrip().casefold().startswith(mark.casefold()) for mark in marks)


def _paragraphs(item: Witness) -> Iterator[Span]:
    start = 0
    for line in item.article.text.splitlines(keepends=True):
        yield Span(start, start + len(line))
        start += len(line)


def _is_advisory(item: Witness) -> bool:
    """Do the item's own fields say that it is no text for publication?"""
    said = (item.article.extra.get(key) for key in _ITEM_KEYS)
    return any(isinstance(one, str) and any(m in one.casefold() for m in _ITEM_MARKS) for one in said)


def republication(
    rule: Republication, taking: Taking, agreement: str, licensees: frozenset[str]
) -> Measure | None:
    """Whether the text came from a page of these licensees; None where none of it did.

    It is asked of everybody but the licensees themselves.
    """
    rows = [row for row in taking.derivations if _publisher(row, taking) in licensees]
    if not rows:
        return None
    through = sorted({taking.name(_publisher(row, taking)) for row in rows})
    says = f", {taking.words_in(rows)} of them as they stand in the copy of {' and '.join(through)}"
    if rule.allowed:
        return Measure(True, f"{says}; agreement {agreement} allows that")
    return Measure(
        kept=False,
        says=f"{says}; agreement {agreement} allows no republication by third parties",
        value=taking.words_in(rows),
        bound=0,
        unit="words",
        exhibits=exhibits(rows, taking.witness, taking.held),
    )


def _publisher(row: Derivation, taking: Taking) -> str | None:
    parent = taking.held.get(row.parent.article) if row.parent else None
    return parent.article.source if parent else None
