"""A wire, its item, and articles that use it, all invented, to be held against terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rapidfuzz import fuzz

from auditor.domain import (
    Article,
    Derivation,
    Garble,
    GarbleKind,
    MatchKind,
    Moment,
    Origin,
    Place,
    Relation,
    Severity,
    Source,
    SourceKind,
    Span,
)
from auditor.licensing import Agreement, Finding, Pickup, Rule, Terms, evaluate
from auditor.lineage import Witness, witness
from auditor.matching import align
from auditor.registry import Registry
from auditor.text import read

REGISTRY = Registry(
    (
        Source("kestrel", "Kestrel Wire", SourceKind.WIRE, aliases=("Kestrel",), datelines=("Kestrel",)),
        Source("gull", "Gull Press", SourceKind.WIRE, datelines=("Gull",)),
        Source("echo", "The Echo", SourceKind.PUBLISHER, ("echo.example",)),
        Source("argus", "The Argus", SourceKind.PUBLISHER, ("argus.example",)),
        Source("kestrel-extra", "Kestrel Extra", SourceKind.PUBLISHER, owner="kestrel"),
    )
)

SENTENCES = (
    "The harbour board of Nordhaven closed its oldest pier on Monday after divers found nine cracked piles.",
    "Engineers will need fourteen weeks to brace it, and the two ferries will use the coal quay until then.",
    '"Nobody was in danger, but nobody should stand on it either," said Runa Feldt, who leads the board.',
    "The pier was built of larch in 1911 and last repaired in 1974, when a storm tore off its lamp house.",
    "Fishermen who sell from the pier are to get stalls in the customs yard and pay no rent before spring.",
    "The repair is to cost 2.3 million marks, of which the province has promised in writing to pay a third.",
    "A committee will decide in April whether the pier is to be listed as one of the town's monuments.",
    "Until then the board will let visitors look at the works from the tower on two afternoons a week.",
)
BODY = "\n\n".join(SENTENCES)
ITEM_TEXT = f"NORDHAVEN (Kestrel) — {BODY}"
CREDIT = "\n\nSource: Kestrel Wire"


def at(text: str) -> Moment:
    return Moment.parse(text)


def item(**changes: Any) -> Article:
    """The wire's item, released on a Monday at noon."""
    base = Article(
        id="pier",
        text=ITEM_TEXT,
        source="kestrel",
        byline="By Aino Brandt",
        published=at("2025-03-03T12:00:00Z"),
    )
    return replace(base, **changes)


def pickup(text: str = BODY + CREDIT, **changes: Any) -> Article:
    """An article of the Echo, of the same evening."""
    base = Article(id="copy", text=text, source="echo", published=at("2025-03-03T20:00:00Z"))
    return replace(base, **changes)


def of(article: Article) -> Witness:
    return witness(article, read(article.text, title=article.title, registry=REGISTRY), REGISTRY)


def taken(child: Witness, parent: Witness, origin: Origin, /, **changes: Any) -> tuple[Derivation, ...]:
    """A derivation for each sentence that two texts share, as the lineage makes them."""
    rows = []
    for found in align(child.document, parent.document):
        for span in child.document.sentences:
            if span.overlap(found.a) * 2 > span.length:
                text = span.of(child.article.text)
                twin = max(
                    parent.document.sentences,
                    key=lambda one: fuzz.ratio(text, one.of(parent.article.text)),
                )
                place = Place(parent.article.id, twin)
                row = Derivation(
                    child.article.id, span, place, origin, Relation.COPY, 0.9, found.kind, found.similarity
                )
                rows.append(replace(row, **changes))
    return tuple(rows)


@dataclass(frozen=True)
class Scene:
    """An article with all that it is judged by."""

    pickup: Pickup
    held: Mapping[str, Witness]

    def judged(self, terms: Terms, registry: Registry = REGISTRY, **more: Any) -> tuple[Finding, ...]:
        return evaluate(self.pickup, self.held, terms, registry, **more)


def scene(
    child: Article | None = None,
    parent: Article | None = None,
    /,
    *others: Article,
    garbles: tuple[Garble, ...] = (),
    origin: Origin | None = None,
    **changes: Any,
) -> Scene:
    """The Echo's article, taken from the wire's item unless something else is given."""
    read_child, read_parent = of(child or pickup()), of(parent or item())
    origin = origin or Origin("kestrel", (parent or item()).id)
    rows = taken(read_child, read_parent, origin, **changes)
    held = {one.article.id: one for one in (read_parent, *map(of, others))}
    return Scene(Pickup(read_child, rows, garbles, "story"), held)


def agreed(*rules: Rule, **changes: Any) -> Terms:
    """An agreement between the wire and the Echo."""
    base = Agreement("echo-2025", "Echo 2025", "Kestrel Wire", ("The Echo",), rules)
    return Terms((replace(base, **changes),))


def garble(scene_text: str, kind: GarbleKind, before: str, after: str) -> Garble:
    start = scene_text.index(after)
    where = ITEM_TEXT.find(before)
    parent = Place("pier", Span(where, where + len(before))) if where >= 0 else None
    return Garble("copy", Span(start, start + len(after)), kind, Severity.HIGH, before, after, parent, "copy")


YEAR = {"valid_from": date(2025, 1, 1), "valid_until": date(2025, 12, 31)}
INFERRED: dict[str, Any] = {"parent": None, "kind": MatchKind.EDITED, "confidence": 0.7}
