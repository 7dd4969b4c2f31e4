"""Where a text credits a source (first version)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.domain import Credit, CreditForm, Passage, PassageKind, Span
from auditor.registry import Registry

_BRACKETED = re.compile(r"\(([^()\n]{1,40})\)(?= ?[-–—_])")
_LINE = re.compile(r"(?m)(?:Source: |With files from |© \d{4} )(.{2,60}?)[.\n]?$")


def credits_of(text: str, passages: Sequence[Passage], registry: Registry) -> tuple[Credit, ...]:
    """The places where a text credits a registered source, in order."""
    found: list[Credit] = []
    for form, pattern in ((CreditForm.DATELINE, _BRACKETED), (CreditForm.CREDIT_LINE, _LINE)):
        for hit in pattern.finditer(text):
            source = registry.resolve(hit[1])
            if source:
                photo = any(
                    p.kind is PassageKind.CAPTION and p.span.overlap(Span(*hit.span())) for p in passages
                )
                found.append(Credit(source.key, CreditForm.PHOTO if photo else form, Span(*hit.span(1))))
    return tuple(sorted(found, key=lambda credit: credit.span or Span(0, 0)))
