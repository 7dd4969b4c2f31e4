"""What a page says of itself for machines: the article's node of its JSON-LD, and its meta elements.

Reads broken JSON where it can and never fails: a page without any says nothing. Knows schema.org's words,
not what they are good for.
"""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|Recipe)$")
_WRAPPING = re.compile(r"^\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*)?(?:\]\]>|-->)\s*$")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_LONGEST = 2_000_000  # characters of one JSON-LD script: more holds whole sites, not an article
_MOST_NODES = 5_000
_DEEPEST = 30


@dataclass(frozen=True)
class Structured:
    """A page's own statements: the article's JSON-LD node with references followed, and its metas."""

    node: Mapping[str, Any] = field(default_factory=dict)
    metas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def meta(self, *names: str) -> str | None:
        """The first non-empty meta content under any of the names."""
        return next((value for name in names for value in self.metas.get(name, ())), None)

    def text(self, key: str) -> str | None:
        """A value of the article's node as plain text."""
        return plain(self.node.get(key))

    def names(self, key: str) -> tuple[str, ...]:
        """The names of the persons or bodies under a key of the article's node."""
        value = self.node.get(key)
        found = (name_of(one) for one in (value if isinstance(value, list) else [value]))
        return tuple(dict.fromkeys(name for name in found if name))


def structured(tree: HtmlElement, url: str | None) -> Structured:
    """Read a page's JSON-LD and metas; ``url`` tells the page's own article among several."""
    nodes = list(_nodes(tree))
    return Structured(_article_node(nodes, url), _metas(tree))


def plain(value: Any) -> str | None:
    """A JSON-LD value as one line of plain text; the first of a list; None where it is none."""
    if isinstance(value, list):
        return next((text for one in value if (text := plain(one))), None)
    if isinstance(value, Mapping):
        return plain(value.get("@value"))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return " ".join(html.unescape(str(value)).split()) or None


def name_of(value: Any) -> str | None:
    """The name of a person or body, given as text or as a node."""
    if isinstance(value, Mapping):
        return plain(value.get("name")) or plain(value.get("legalName"))
    return plain(value)


def _article_node(nodes: list[Mapping[str, Any]], url: str | None) -> Mapping[str, Any]:
    articles = [node for node in nodes if any(_ARTICLE.search(kind) for kind in _types(node))]
    if not articles:
        articles = [node for node in nodes if "datePublished" in node]
    own = [node for node in articles if url and url in _addresses(node)]
    best = next(iter(own or articles), None)
    if best is None:
        return {}
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    return {key: _followed(value, by_id) for key, value in best.items()}


def _followed(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_followed(one, by_id) for one in value]
    if isinstance(value, Mapping) and "name" not in value and isinstance(value.get("@id"), str):
        return by_id.get(value["@id"], value)
    return value


def _types(node: Mapping[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _addresses(node: Mapping[str, Any]) -> set[str]:
    main = node.get("mainEntityOfPage")
    values = [node.get("url"), node.get("@id"), main.get("@id") if isinstance(main, Mapping) else main]
    return {value for value in values if isinstance(value, str)}


def _nodes(tree: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """Every node of every JSON-LD script, in the order of the page, nested ones after their parents."""
    left = _MOST_NODES
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        queue: deque[tuple[Any, int]] = deque([(_loaded(script.text or ""), 0)])
        while queue and left:
            value, depth = queue.popleft()
            inner = list(value.values()) if isinstance(value, Mapping) else value
            if isinstance(value, Mapping):
                left -= 1
                yield value
            if isinstance(inner, list) and depth < _DEEPEST:
                queue.extend((one, depth + 1) for one in inner if isinstance(one, Mapping | list))


def _loaded(text: str) -> Any:
    if len(text) > _LONGEST:
        return None
    bare = _WRAPPING.sub("", text)
    for form in (bare, _TRAILING_COMMA.sub("", bare), html.unescape(bare)):
        try:
            return json.loads(form, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _metas(tree: HtmlElement) -> dict[str, tuple[str, ...]]:
    """Contents of meta elements by their lower-case name, property or itemprop."""
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        content = " ".join((meta.get("content") or "").split())
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := meta.get(attribute)):
                found.setdefault(name.strip().lower(), []).append(content)
    return {name: tuple(values) for name, values in found.items()}
