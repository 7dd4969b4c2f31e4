"""Two texts put through garbling as child and parent, for the tests of the detectors."""

from __future__ import annotations

from auditor.domain import (
    Derivation,
    Garble,
    GarbleKind,
    MatchKind,
    Origin,
    Place,
    Relation,
    Source,
    SourceKind,
    Span,
)
from auditor.garbling import garbles
from auditor.registry import Registry
from auditor.text import read

REGISTRY = Registry(
    (
        Source("ap", "AP", SourceKind.WIRE, aliases=("Associated Press",), datelines=("AP",)),
        Source("reuters", "Reuters", SourceKind.WIRE, datelines=("Reuters",)),
    )
)


def row(
    child: str,
    parent: str,
    relation: Relation = Relation.COPY,
    *,
    article: str = "child",
    of: str = "parent",
    kind: MatchKind = MatchKind.EDITED,
) -> Derivation:
    """The whole child taken from the whole parent."""
    place = Place(of, Span(0, len(parent)))
    return Derivation(article, Span(0, len(child)), place, Origin(None, of), relation, 1.0, kind, 1.0)


def between(parent: str, child: str, relation: Relation = Relation.COPY) -> tuple[Garble, ...]:
    """The garbles of a child that was taken from a parent."""
    texts = {"parent": read(parent, registry=REGISTRY)}
    inherited = {"parent": alone(parent, "parent")}
    rows = (row(child, parent, relation),)
    return garbles(read(child, registry=REGISTRY), rows, texts, inherited, article="child", registry=REGISTRY)


def alone(text: str, article: str = "child") -> tuple[Garble, ...]:
    """The garbles that a text shows by itself."""
    return garbles(read(text, registry=REGISTRY), (), {}, {}, article=article, registry=REGISTRY)


def said(rows: tuple[Garble, ...]) -> list[tuple[str, str, str, str]]:
    """Kind, severity, before and after of each garble."""
    return [(row.kind.value, row.severity.value, row.before, row.after) for row in rows]


def kinds(rows: tuple[Garble, ...]) -> list[GarbleKind]:
    """The kinds in order."""
    return [row.kind for row in rows]
