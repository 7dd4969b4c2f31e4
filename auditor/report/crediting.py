"""Whether a pickup still says where its text comes from.

Pure: from the sources that an article credits and the origins of what it took.
"""

from __future__ import annotations

from dataclasses import dataclass

from auditor.domain import Article, CreditForm, Relation
from auditor.registry import Registry
from auditor.report.facts import ArticleFacts
from auditor.text import Document


@dataclass(frozen=True, slots=True)
class CreditState:
    """``key`` is "kept", "part", "lost", "other" or "none" (nothing to credit); ``label`` says it."""

    key: str
    label: str
    detail: str = ""


def credited_sources(article: Article, document: Document, registry: Registry) -> frozenset[str]:
    """Keys of the sources that the text or its metadata credits; photo credits don't count."""
    found = {credit.source for credit in document.credits if credit.form is not CreditForm.PHOTO}
    for field in (article.credit, article.byline):
        source = registry.resolve(field) if field else None
        if source:
            found.add(source.key)
    return frozenset(found)


def credit_state(facts: ArticleFacts, registry: Registry) -> CreditState:
    """Is each origin of what was taken credited, unless it is the article's own source?"""
    own = facts.article.source
    taken = (d for d in facts.derivations if d.relation is Relation.COPY)
    origins = {d.origin.source for d in taken if d.origin.source} - {own, None}
    if not origins:
        return CreditState("none", "nothing to credit", "No other origin is known.")
    named = sorted(str(registry.name_of(key)) for key in origins)
    kept = origins & facts.credited
    if kept == origins:
        return CreditState("kept", "kept", f"Credits {', '.join(named)}.")
    if kept and not facts.article.removed:
        missing = sorted(str(registry.name_of(key)) for key in origins - kept)
        return CreditState("part", "in part", f"Doesn't credit {', '.join(missing)}.")
    if facts.article.removed:
        return CreditState("none", "not known", "The text was removed, and its credits with it.")
    others = sorted(str(registry.name_of(key)) for key in facts.credited - {own, None})
    if others:
        return CreditState("other", "another", f"Credits {', '.join(others)}, not {', '.join(named)}.")
    return CreditState("lost", "lost", f"Doesn't credit {', '.join(named)}.")
