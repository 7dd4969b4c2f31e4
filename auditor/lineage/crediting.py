"""Which part of a text a credit speaks for: all of it, some unnamed part, or one sentence.

"MOSCOW (AP) —" speaks for the whole text, "AFP contributed to this report" for a part that nobody names,
"…, Reuters reported" for its sentence, a photo credit for no text at all. This module must not know how
credits are found, nor who published what.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from auditor.domain import Credit, CreditForm, Span
from auditor.text import Document


class Reach(StrEnum):
    """How much of a text a credit speaks for."""

    WHOLE = "whole"
    PART = "part"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class Scope:
    """A credited source and the part of the text it is credited with.

    ``span`` is the sentence of an attribution and None otherwise; ``form`` the plainest form in which
    the credit stands.
    """

    source: str
    reach: Reach
    form: CreditForm
    span: Span | None = None


_WHOLE = (CreditForm.METADATA, CreditForm.DATELINE, CreditForm.COPYRIGHT, CreditForm.BYLINE)
_SHARED = re.compile(
    r"contribut|with (?:files|material|reporting|additional)|additional|in part|also", re.IGNORECASE
)


def scopes(document: Document, credited: Iterable[Credit], own: str | None) -> tuple[Scope, ...]:
    """Each credited source with its reach, without the publisher itself and without picture credits."""
    found: dict[tuple[str, Span | None], Scope] = {}
    for credit in credited:
        scope = _scope(document, credit)
        if scope is None or credit.source == own:
            continue
        known = found.get((scope.source, scope.span))
        if known is None or _ORDER[scope.reach] < _ORDER[known.reach]:
            found[scope.source, scope.span] = scope
    return tuple(
        sorted(found.values(), key=lambda scope: (_ORDER[scope.reach], scope.span or (0, 0), scope.source))
    )


_ORDER = {Reach.WHOLE: 0, Reach.PART: 1, Reach.SENTENCE: 2}


def _scope(document: Document, credit: Credit) -> Scope | None:
    if credit.form is CreditForm.PHOTO:
        return None
    if credit.form in _WHOLE or credit.span is None:
        return Scope(credit.source, Reach.WHOLE, credit.form)
    if credit.form is CreditForm.CREDIT_LINE:
        line = _around(document.text, credit.span)
        reach = Reach.PART if _SHARED.search(line) else Reach.WHOLE
        return Scope(credit.source, reach, credit.form)
    sentence = next((span for span in document.sentences if span.overlap(credit.span)), credit.span)
    return Scope(credit.source, Reach.SENTENCE, credit.form, sentence)


def _around(text: str, span: Span) -> str:
    """The line that a span stands in."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    return text[start : end if end >= 0 else len(text)]
