"""File names and anchors of pages: readable, safe on every file system, and always the same.

An id may hold anything (slashes, dots, any script). The slug is for people, the digest keeps two ids apart.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import urlsplit

from auditor.domain import Garble, Span

SLUG_LENGTH = 48
DIGEST_LENGTH = 10  # hex digits: at ten million names a clash is about one in twenty thousand runs
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """Lower-case ASCII letters, digits and single hyphens; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NOT_SLUG.sub("-", plain).strip("-")[:SLUG_LENGTH].rstrip("-")


def digest(*parts: str) -> str:
    """A short digest of texts; lone surrogates are digested too."""
    joined = "\x00".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:DIGEST_LENGTH]


def file_name(*parts: str) -> str:
    """The name of a page about these ids, without its folder."""
    return "-".join(filter(None, (slug(parts[0]), digest(*parts)))) + ".html"


def article_page(article: str) -> str:
    """Where an article's page lies below the report's folder."""
    return f"articles/{file_name(article)}"


def story_page(story: str) -> str:
    """Where a story's page lies."""
    return f"stories/{file_name(story)}"


def source_page(source: str) -> str:
    """Where a source's page lies."""
    return f"sources/{file_name(source)}"


def pair_page(child: str, parent: str) -> str:
    """Where the page of two texts side by side lies."""
    return f"pairs/{file_name(child, parent)}"


def place_anchor(span: Span) -> str:
    """The anchor of a place in a text: its offsets, so that a link goes on pointing there."""
    return f"c{span.start}-{span.end}"


def new_anchor(span: Span) -> str:
    """The anchor of a stretch that derives from nothing: its end moves with the passages around it."""
    return f"w{span.start}"


def garble_anchor(garble: Garble) -> str:
    """The anchor of a garble, on its article's page and on those of two texts side by side."""
    return change_anchor(garble.span, garble.kind.value)


def change_anchor(span: Span, kind: str) -> str:
    """The same from the place and the kind alone."""
    return f"g{span.start}-{span.end}-{kind}"


def web_address(url: str | None) -> str | None:
    """The address if it is one of the web and nothing else ("javascript:" isn't)."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        return None
    return url.strip()
