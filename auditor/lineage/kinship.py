"""What beside the shared passages ties an article to one relative rather than another: headline and credits.

A copy mostly keeps the headline it was given, names the site it took the text from, or carries that
site's credit line; an article that credits a wire did not get that credit from a copy that had lost it.
Positive weights speak for the relative as the parent. This module must not know times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from auditor.domain import Evidence, PassageKind
from auditor.lineage.crediting import Reach
from auditor.lineage.parameters import Parameters
from auditor.lineage.witness import Witness
from auditor.registry import Registry

_WORD = re.compile(r"\w+")
_PREFIX = re.compile(r"^(?:\s*(?:re|fwd?|update \d*|corrected|refile|rpt|wrapup \d*)\s*[:-])+")


def kinship_evidence(
    child: Witness, relative: Witness, registry: Registry, parameters: Parameters
) -> tuple[Evidence, ...]:
    """The evidence of headline and credits that the child was taken from this relative."""
    return (*_from_titles(child, relative, parameters), *_from_credits(child, relative, registry, parameters))


def _from_titles(child: Witness, relative: Witness, parameters: Parameters) -> Iterator[Evidence]:
    ours, theirs = _headline(child), _headline(relative)
    if not ours or not theirs:
        return
    changes = Levenshtein.distance(ours, theirs)
    if changes == 0:
        yield Evidence("headline", "has the same headline", parameters.headline)
    elif changes <= max(len(ours), len(theirs)) // 2 and changes * parameters.headline_change < 1:
        weight = (1 - changes * parameters.headline_change) * parameters.headline
        words = "one word differs" if changes == 1 else f"{changes} words differ"
        yield Evidence("headline", f"has nearly the same headline ({words})", weight)


def _headline(witness: Witness) -> list[str]:
    """The words of the headline: of the title as captured, else of the first headline in the text."""
    text = witness.article.title
    if not text:
        first = next((p for p in witness.document.passages[:2] if p.kind is PassageKind.HEADLINE), None)
        text = first.span.of(witness.article.text) if first else ""
    return _WORD.findall(_PREFIX.sub("", text.casefold()))


def _from_credits(
    child: Witness, relative: Witness, registry: Registry, parameters: Parameters
) -> Iterator[Evidence]:
    source = relative.article.source
    theirs = {scope.source for scope in relative.credited if scope.reach is not Reach.SENTENCE}
    for scope in child.credited:
        if scope.reach is Reach.SENTENCE:
            continue
        name = registry.name_of(scope.source)
        if scope.source == source and not registry.is_wire(source):
            yield Evidence("names_parent", f"names {name} as its source", parameters.names_parent)
        elif scope.source not in {source, *theirs} and scope.reach is Reach.WHOLE:
            yield Evidence(
                "credit_unknown", f"credits {name}, which the other doesn't", -parameters.credit_unknown
            )
    if lines := _credit_lines(child) & _credit_lines(relative):
        yield Evidence("credit_line", f"has the same credit line ({len(lines)})", parameters.credit_line)


def _credit_lines(witness: Witness) -> set[str]:
    return {
        " ".join(_WORD.findall(passage.span.of(witness.article.text).casefold()))
        for passage in witness.document.passages
        if passage.kind is PassageKind.CREDIT
    }
