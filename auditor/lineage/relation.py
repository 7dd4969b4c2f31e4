"""Copy or common source: does a relative look like the parent, or like a sibling from something not held?

Positive weights speak for a copy, negative ones for a common source. This module must not know which
of the two came first, only whether both came at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from auditor.domain import Evidence, MatchKind
from auditor.lineage import clock
from auditor.lineage.crediting import Reach, Scope
from auditor.lineage.independent import from_telling
from auditor.lineage.parameters import Parameters
from auditor.lineage.readings import Reading
from auditor.lineage.witness import Relative, Witness
from auditor.registry import Registry


def relation_evidence(
    child: Witness,
    relative: Relative,
    reading: Reading,
    *,
    apart: int,
    held: Set[str | None],
    registry: Registry,
    parameters: Parameters,
) -> tuple[Evidence, ...]:
    """The evidence that the child is a copy of the relative rather than of something both come from.

    ``apart`` counts changes by which both stand apart (see ``stand_apart``); ``held`` are the sources of
    all relatives: a credited wire whose item is among them explains itself.
    """
    return (
        Evidence("shares_text", _extent(reading), parameters.copy_prior),
        *_from_times(child, relative.witness, parameters),
        *_from_siblings(apart, parameters),
        *_from_credits(child, relative.witness, held, registry, parameters),
        *_from_quotations(relative, parameters),
        *_from_a_single_sentence(child, relative, reading, parameters),
        *from_telling(
            child,
            relative.witness,
            reading,
            is_wire=registry.is_wire(relative.witness.article.source),
            parameters=parameters,
        ),
    )


def _from_a_single_sentence(
    child: Witness, relative: Relative, reading: Reading, parameters: Parameters
) -> Iterator[Evidence]:
    """Two reports of one thing share a sentence or two now and then, or a phrase, and nothing else.

    Not letters: a forum post quotes what it answers, however little that is.
    """
    part = float(reading.covered.mean()) if len(reading.state) else 1.0
    few = len(relative.matches) <= parameters.few_passages and reading.same < parameters.few_words
    if not few or part >= parameters.small_part or child.marks.talk >= parameters.talk:
        return
    is_reworded = all(match.similarity < parameters.single_alike for match in relative.matches)
    if is_reworded or (reading.same < parameters.phrase and part < parameters.phrase_part):
        detail = f"shares but {reading.same} words with it and tells the rest in its own"
        yield Evidence("only_a_sentence", detail, -parameters.only_a_sentence)


def _extent(reading: Reading) -> str:
    return f"{reading.same} words the same, {reading.changed} changed"


def _from_times(child: Witness, other: Witness, parameters: Parameters) -> Iterator[Evidence]:
    if clock.at_once(child.article, other.article):
        yield Evidence("at_once", "both were published at the same moment", -parameters.at_once)


def _from_siblings(apart: int, parameters: Parameters) -> Iterator[Evidence]:
    if apart:
        detail = f"each has changed {apart} or more readings that a third article has kept"
        yield Evidence("stand_apart", detail, -parameters.stand_apart * min(apart, 3))


def _from_credits(
    child: Witness, other: Witness, held: Set[str | None], registry: Registry, parameters: Parameters
) -> Iterator[Evidence]:
    source = other.article.source
    for scope in _wires(child, registry):
        name = registry.name_of(scope.source)
        if scope.source == source:
            yield Evidence("credits_parent", f"credits {name}", parameters.credits_other)
        elif scope.source not in held and not registry.is_wire(source):
            both = any(theirs.source == scope.source for theirs in _wires(other, registry))
            weight = parameters.both_credit if both else parameters.alone_credits
            who = f"both credit {name}" if both else f"credits {name}, which the other doesn't"
            yield Evidence("credits_unheld", f"{who}; its text isn't held", -weight)


def _wires(witness: Witness, registry: Registry) -> list[Scope]:
    """The credits for the whole text."""
    return [
        scope for scope in witness.credited if scope.reach is Reach.WHOLE and registry.is_wire(scope.source)
    ]


def _from_quotations(relative: Relative, parameters: Parameters) -> Iterator[Evidence]:
    if relative.matches and all(match.kind is MatchKind.QUOTATION for match in relative.matches):
        yield Evidence("only_quotations", "shares nothing but quoted statements", -parameters.only_quotations)
