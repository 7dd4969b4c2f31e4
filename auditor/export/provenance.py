"""The whole lineage as W3C PROV-JSON, written as a stream.

Articles are entities attributed to their sources; a derived passage is an entity of its own, part of its
article. A copied passage ``wasDerivedFrom`` its parent's article, as ``prov:Quotation`` where its words are
the parent's and as ``prov:Revision`` where they were edited; and from the origin of its chain, as
``prov:PrimarySource``. A later version of an article is its ``prov:Revision``. A common source or an
undecided relation claims no derivation: the relative is named by an attribute only.

PROV-JSON (https://www.w3.org/submissions/prov-json/) keeps each kind of record in one object, so the store is
read once a kind and nothing is collected. The tests read the result with the ``prov`` library.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any
from urllib.parse import quote

from auditor.domain import Derivation, MatchKind, Relation, SourceKind
from auditor.export.selection import ExportStore
from auditor.registry import Registry

Record = tuple[str, dict[str, Any]]

PREFIXES = {
    "auditor": "urn:auditor:terms#",
    "article": "urn:auditor:article:",
    "inferred": "urn:auditor:inferred:",
    "passage": "urn:auditor:passage:",
    "source": "urn:auditor:source:",
    "dcterms": "http://purl.org/dc/terms/",
}
_DECIMALS = 4
_SAME_WORDS = {MatchKind.VERBATIM, MatchKind.QUOTATION}


def prov_pieces(store: ExportStore, registry: Registry) -> Iterator[str]:
    """The PROV-JSON document piece by piece; joined, the same bytes for the same store."""
    yield '{\n"prefix": ' + json.dumps(PREFIXES)
    sections: tuple[tuple[str, Iterable[Record]], ...] = (
        ("agent", _agents(store, registry)),
        ("entity", chain(_articles(store), _inferred(store, registry), _passages(store))),
        ("wasAttributedTo", _attributions(store)),
        ("wasDerivedFrom", chain(_versions(store), _derived(store))),
    )
    for name, records in sections:
        yield from _section(name, records)
    yield "\n}\n"


def _section(name: str, records: Iterable[Record]) -> Iterator[str]:
    """One kind of record; left out where there is none."""
    opened = False
    for key, values in records:
        yield ",\n" if opened else f',\n"{name}": {{\n'
        yield f"{json.dumps(key)}: {json.dumps(values, ensure_ascii=False)}"
        opened = True
    if opened:
        yield "\n}"


def _agents(store: ExportStore, registry: Registry) -> Iterator[Record]:
    keys = {outline.source for outline in store.outlines() if outline.source}
    keys |= {one.origin.source for one in store.derivations() if one.origin.source}
    for key in sorted(keys):
        source = registry.get(key)
        yield (
            _name("source", key),
            {
                "prov:type": _qualified("prov:Organization"),
                "prov:label": registry.name_of(key),
                "auditor:kind": str(source.kind if source else SourceKind.UNKNOWN),
            },
        )


def _articles(store: ExportStore) -> Iterator[Record]:
    for article in store.outlines():
        values: dict[str, Any] = {
            "prov:type": _qualified("auditor:Article"),
            "dcterms:identifier": article.id,
        }
        if article.title:
            values["dcterms:title"] = article.title
        if article.published:
            values["dcterms:issued"] = str(article.published)
        yield _name("article", article.id), values


def _inferred(store: ExportStore, registry: Registry) -> Iterator[Record]:
    """Origins that no article of the store is: known only by a credit, one entity a source."""
    for key in _inferred_keys(store):
        values = {
            "prov:type": _qualified("auditor:InferredOrigin"),
            "prov:label": f"copy of {registry.name_of(key)} that is not held",
        }
        yield _name("inferred", key), values


def _inferred_keys(store: ExportStore) -> list[str]:
    origins = (one.origin for one in store.derivations())
    return sorted({origin.source for origin in origins if origin.source and not origin.article})


def _passages(store: ExportStore) -> Iterator[Record]:
    last = ""
    for one in store.derivations():
        name = _passage(one)
        if name == last:
            continue  # two derivations of one passage are one entity
        last = name
        values: dict[str, Any] = {
            "prov:type": _qualified("auditor:Passage"),
            "dcterms:isPartOf": _qualified(_name("article", one.article)),
            "auditor:start": one.span.start,
            "auditor:end": one.span.end,
        }
        if one.parent and one.relation is not Relation.COPY:
            values["auditor:relation"] = str(one.relation)
            values["auditor:relative"] = _qualified(_name("article", one.parent.article))
        yield name, values


def _attributions(store: ExportStore) -> Iterator[Record]:
    held = ((_name("article", one.id), one.source) for one in store.outlines() if one.source)
    inferred = ((_name("inferred", key), key) for key in _inferred_keys(store))
    for number, (entity, key) in enumerate(chain(held, inferred), 1):
        yield f"_:by{number}", {"prov:entity": entity, "prov:agent": _name("source", key)}


def _versions(store: ExportStore) -> Iterator[Record]:
    revising = (article for article in store.articles() if article.revises)
    for number, article in enumerate(revising, 1):
        later, earlier = _name("article", article.id), _name("article", article.revises or "")
        yield f"_:version{number}", _derivation(later, earlier, "prov:Revision")


def _derived(store: ExportStore) -> Iterator[Record]:
    for number, one in enumerate(store.derivations(), 1):
        passage = _passage(one)
        if one.parent and one.relation is Relation.COPY:
            kind = "prov:Quotation" if one.kind in _SAME_WORDS else "prov:Revision"
            yield (
                f"_:copy{number}",
                {
                    **_derivation(passage, _name("article", one.parent.article), kind),
                    "auditor:parentStart": one.parent.span.start,
                    "auditor:parentEnd": one.parent.span.end,
                    "auditor:confidence": round(one.confidence, _DECIMALS),
                },
            )
        if origin := _origin(one):
            yield f"_:origin{number}", _derivation(passage, origin, "prov:PrimarySource")


def _derivation(generated: str, used: str, kind: str) -> dict[str, Any]:
    return {"prov:generatedEntity": generated, "prov:usedEntity": used, "prov:type": _qualified(kind)}


def _origin(derivation: Derivation) -> str | None:
    """The entity in which the passage's chain begins; None where nobody is known, or it begins here."""
    origin = derivation.origin
    if origin.article:
        return _name("article", origin.article) if origin.article != derivation.article else None
    return _name("inferred", origin.source) if origin.source else None


def _passage(derivation: Derivation) -> str:
    start, end = derivation.span
    return f"{_name('passage', derivation.article)}/{start}-{end}"


def _name(prefix: str, local: str) -> str:
    """A qualified name: whatever an id holds, percent-encoded, so that it stays one word of a URI."""
    return f"{prefix}:{quote(local, safe='')}"


def _qualified(name: str) -> dict[str, str]:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}
