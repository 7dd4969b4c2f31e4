"""Rows of FORMATS.md from the domain's values: exact keys, plain types, names of sources instead of keys.

Pure: values in, dictionaries out, one at a time and in the order they come. Knows no store, file or format.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from auditor.domain import (
    Article,
    Derivation,
    Evidence,
    Garble,
    Match,
    Moment,
    Place,
    Relation,
    SourceKind,
    Stale,
    Verdict,
)
from auditor.registry import Registry

if TYPE_CHECKING:
    from auditor.lineage import Reconstruction

Row = dict[str, Any]

# To be raised whenever a row of the same values comes out otherwise: then no written row is kept.
FORM = 2
_DECIMALS = 4  # of every share, similarity, confidence and weight: the same bytes on every machine

_FIRM = {Relation.COPY: 2, Relation.COMMON_SOURCE: 1, Relation.UNDECIDED: 1}


def article_row(article: Article, verdict: Verdict | None, registry: Registry) -> Row:
    """A row of ``articles``; what a verdict says is null where the article wasn't examined yet."""
    source = registry.get(article.source)
    return {
        "id": article.id,
        "source": registry.name_of(article.source),
        "source_kind": str(source.kind if source else SourceKind.UNKNOWN),
        "url": article.url,
        "title": article.title,
        "published_at": str(article.published) if article.published else None,
        "text_sha256": article.removed.digest
        if article.removed
        else sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest(),
        "length": len(article.text),
        "revision": article.revision,
        "derived_share": _rounded(verdict.derived_share) if verdict else None,
        "wire_share": _rounded(verdict.wire_share) if verdict else None,
        "label": str(verdict.label) if verdict else None,
        "origins": _origins(verdict, registry) if verdict else [],
    }


def match_row(match: Match, earlier: Place) -> Row:
    """A row of ``matches``; ``earlier`` is the one of its two places that came first."""
    later = match.b if earlier == match.a else match.a
    return {
        "earlier": _place(earlier),
        "later": _place(later),
        "similarity": _rounded(match.similarity),
        "kind": str(match.kind),
    }


def lineage_row(derivation: Derivation, registry: Registry, stale: Iterable[Stale] = ()) -> Row:
    """A row of ``lineage``; what of its passage is out of date follows the evidence, without a weight."""
    return {
        "id": derivation.article,
        "start": derivation.span.start,
        "end": derivation.span.end,
        "parent": _place(derivation.parent) if derivation.parent else None,
        "origin": {
            "source": registry.name_of(derivation.origin.source),
            "id": derivation.origin.article,
        },
        "relation": str(derivation.relation),
        "confidence": _rounded(derivation.confidence),
        "evidence": [
            {"kind": one.kind, "detail": one.detail, "weight": _rounded(one.weight)}
            for one in (*derivation.evidence, *map(_as_evidence, stale))
        ],
    }


def _as_evidence(stale: Stale) -> Evidence:
    where = f"{stale.span.start}–{stale.span.end}"
    return Evidence("stale", f"{where} carries what is out of date: {stale.detail}", 0.0)


def stale_row(stale: Stale) -> Row:
    """A row of ``stale``."""
    return {
        "id": stale.article,
        "start": stale.span.start,
        "end": stale.span.end,
        "taken": stale.taken,
        "current": stale.current,
        "status": str(stale.status),
        "hours": stale.hours,
    }


def reconstruction_row(rebuilt: Reconstruction, story: str, registry: Registry) -> Row:
    """A row of ``reconstructions``: a lost text as its copies tell it; ``reconstructed`` is always true.

    Each passage has its span in the row's own ``text`` and where it stands in the copies it was made of.
    """
    passages = [
        {
            "start": span.start,
            "end": span.end,
            "agreement": _rounded(passage.agreement),
            "copies": [_place(place) for place in passage.copies],
        }
        for passage, span in zip(rebuilt.passages, rebuilt.spans, strict=True)
    ]
    return {
        "story": story,
        "reconstructed": True,
        "source": registry.name_of(rebuilt.source),
        "agreement": _rounded(rebuilt.agreement),
        "text": rebuilt.text,
        "copies": list(rebuilt.read),
        "copies_not_read": rebuilt.unread,
        "passages": passages,
    }


def garble_row(garble: Garble) -> Row:
    """A row of ``garbles``."""
    return {
        "id": garble.article,
        "start": garble.span.start,
        "end": garble.span.end,
        "kind": str(garble.kind),
        "severity": str(garble.severity),
        "before": garble.before,
        "after": garble.after,
        "parent": _place(garble.parent) if garble.parent else None,
        "introduced_by": garble.introduced_by,
    }


def earlier_place(
    match: Match, published: Mapping[str, Moment], derivations: Iterable[Derivation] = ()
) -> Place:
    """Which place of a match came first.

    The times say it; where they don't, the lineage: the parent of a copy, then of any relation, then the
    one that has the passage from nobody where the other has it from somebody. Where that doesn't either, the
    article whose id sorts first. ``derivations`` are those of the two articles.
    """
    a, b = published.get(match.a.article), published.get(match.b.article)
    first = a.before(b) if a and b else None
    if first is None:
        known = tuple(derivations)
        first = _parent_first(match, known)
        first = _begun_by_first(match, known) if first is None else first
    return match.a if first in {True, None} else match.b


def _parent_first(match: Match, derivations: Iterable[Derivation]) -> bool | None:
    """Did the lineage decide that a came before b? None where it says nothing, or both alike."""
    weights = {True: 0, False: 0}
    for derivation in derivations:
        pair = (derivation.parent.article if derivation.parent else None, derivation.article)
        for a_first, wanted in (
            (True, (match.a.article, match.b.article)),
            (False, (match.b.article, match.a.article)),
        ):
            if pair == wanted:
                weights[a_first] = max(weights[a_first], _FIRM[derivation.relation])
    if weights[True] == weights[False]:
        return None
    return weights[True] > weights[False]


def _begun_by_first(match: Match, derivations: Iterable[Derivation]) -> bool | None:
    """Has b its passage from a held article, though not from a, and a its own from none? None for both alike.

    Two copies of one text match each other without being parent and child, and so does a copy's copy with
    the text that both go back to.
    """
    taken = {match.a.article: 0, match.b.article: 0}
    spans = {place.article: place.span for place in (match.a, match.b)}
    for derivation in derivations:
        if derivation.parent is not None and derivation.article in taken:
            taken[derivation.article] += derivation.span.overlap(spans[derivation.article])
    a, b = (2 * taken[place.article] >= place.span.length for place in (match.a, match.b))
    return None if a == b else b


def _origins(verdict: Verdict, registry: Registry) -> list[Row]:
    return [{"source": registry.name_of(one.source), "share": _rounded(one.share)} for one in verdict.origins]


def _place(place: Place) -> Row:
    return {"id": place.article, "start": place.span.start, "end": place.span.end}


def _rounded(value: float) -> float:
    return round(float(value), _DECIMALS) + 0.0  # -0.0 would be written as such
