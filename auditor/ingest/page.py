"""A web page as an article: first what it tells of itself, then its main text.

    bytes → decoded → parsed → structured data, times, telling lines → main text

Pure but for the libraries it calls; it is run in a child process, since a page can make a parser hang or
eat memory. Knows nothing of files, ids and registries.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from auditor.errors import InputRejected
from auditor.ingest.agencies import Agencies
from auditor.ingest.body import main_text
from auditor.ingest.decoding import decode_page, storable
from auditor.ingest.notes import Note, notes
from auditor.ingest.pagetimes import Stated, believed, stated
from auditor.ingest.sources import host_of
from auditor.ingest.structured import Structured, name_of, plain, structured

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# By trust: what the publisher states for others first, what may be any date of the page last.
_PUBLISHED_METAS = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "pubdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "article_date_original",
    "date",
)
_MODIFIED_METAS = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
)
_BODIES = {
    "copyrightHolder": "copyright_holder",
    "sourceOrganization": "source_organization",
    "provider": "provider",
}
_AUTHOR_MARKS = (("rel", "author"), ("itemprop", "author"), ("class", "byline"))
_CREDITING = ("credit_text", "agency_byline", "agency_credit", "copyright_holder", "copyright_line")
_OUT_OF_MEMORY = ("memory", "unknown error")  # how libxml2 says so
_SHORTEST_TEXT = 30  # characters; a page of which no sentence is left is no article's
_LONGEST_FIELD = 1_000  # characters of a title, a byline, a credit: more is a page gone wrong
_LONGEST_BYLINE = 120
_LONGEST_LANGUAGE = 35  # RFC 5646, section 4.4.1
_MOST_TIMES = 30


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds. Times are ISO 8601 text; ``evidence`` as described in docs/ingest.md.

    ``credited`` is the key of the one source that ``credit`` names.
    """

    text: str
    title: str | None = None
    byline: str | None = None
    credit: str | None = None
    credited: str | None = None
    language: str | None = None
    url: str | None = None
    site_name: str | None = None
    published: str | None = None
    evidence: list[dict[str, Any]] = field(default_factory=list)


def read_page(raw: bytes, agencies: Agencies, *, fast: bool = False) -> Page:
    """Read a page. Raises InputRejected where it can't be parsed or has no main text."""
    tree = _parsed(decode_page(raw))
    url = _address(tree)
    told = structured(tree, url)
    times = list(_published(tree, told))
    byline = _byline(told, tree)
    told_notes = [*_statements(told, url, agencies), *_named_byline(byline, agencies)]
    found = list({(note.kind, note.value): note for note in (*told_notes, *notes(tree, agencies))}.values())
    published, credit = believed(times), _credit(found)
    title, language, site_name = _title(told, tree), _language(told, tree), _site_name(told)
    text = storable(main_text(tree, fast=fast))  # last: extraction takes the tree apart
    if len(text) < _SHORTEST_TEXT:
        raise InputRejected(
            "has no main text", "is it an article's page? Else give the text as .txt or JSONL"
        )
    return Page(
        text,
        title=title,
        byline=byline,
        credit=credit.value if credit else None,
        credited=credit.source if credit else None,
        language=language,
        url=url,
        site_name=site_name,
        published=str(published) if published else None,
        evidence=[*map(_time_evidence, times), *_modified(told), *(_evidence(note, text) for note in found)],
    )


def _parsed(text: str) -> HtmlElement:
    from lxml import etree, html

    # No network, no entities beyond HTML's own; libxml2's limits on depth and size stay on.
    # Comments inside paragraphs would keep the extractor from seeing what follows them.
    parser = html.HTMLParser(
        encoding="utf-8",
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        return html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        if any(word in str(error).lower() for word in _OUT_OF_MEMORY):
            raise MemoryError from error
        raise InputRejected(f"can't be parsed as HTML: {error}", "is it a web page?") from error


def _address(tree: HtmlElement) -> str | None:
    """The page's canonical address, where it is one that can be shown as a link."""
    candidates = [link.get("href") for link in tree.iter("link") if _has(link, "rel", "canonical")]
    candidates += [meta.get("content") for meta in tree.iter("meta") if _has(meta, "property", "og:url")]
    base = next((url for url in candidates if host_of(url)), None)
    for candidate in candidates:
        if candidate and base:
            try:
                url = urljoin(base, candidate.strip())
            except ValueError:
                continue
            if host_of(url):
                return _field(url)
    return None


def _has(element: HtmlElement, attribute: str, word: str) -> bool:
    return word in (element.get(attribute) or "").lower().split()


def _published(tree: HtmlElement, told: Structured) -> Iterator[Stated]:
    """Every statement of when the page was published, the most trusted first."""
    values = [("json-ld datePublished", told.text("datePublished"))]
    values += [(f"meta {name}", value) for name in _PUBLISHED_METAS for value in told.metas.get(name, ())[:1]]
    for element in tree.iter("time", "span", "abbr"):
        is_dated = _has(element, "itemprop", "datepublished") or element.get("pubdate") is not None
        if is_dated:
            values.append(("itemprop datePublished", element.get("datetime") or element.get("content")))
    first_time = next((time for time in tree.iter("time") if time.get("datetime")), None)
    if first_time is not None:
        values.append(("time", first_time.get("datetime")))
    values.append(("json-ld dateCreated", told.text("dateCreated")))
    for where, value in values[:_MOST_TIMES]:
        if value and (one := stated(where, value)):
            yield one


def _modified(told: Structured) -> list[dict[str, Any]]:
    value = told.text("dateModified") or told.meta(*_MODIFIED_METAS)
    one = stated("dateModified", value) if value else None
    return [{"kind": "modified_at", "value": str(one.moment)}] if one else []


def _time_evidence(one: Stated) -> dict[str, Any]:
    return {"kind": "published_at", "value": str(one.moment), "where": one.where, "said": storable(one.value)}


def _title(told: Structured, tree: HtmlElement) -> str | None:
    heading = next((text for h1 in tree.iter("h1") if (text := _visible(h1))), None)
    whole = next((text for title in tree.iter("title") if (text := _visible(title))), None)
    return _field(told.text("headline") or told.meta("og:title", "twitter:title") or heading or whole)


def _byline(told: Structured, tree: HtmlElement) -> str | None:
    names = told.names("author") or told.names("creator")
    written = told.meta("author", "byl", "parsely-author", "sailthru.author", "article:author", "dc.creator")
    if not names and (written is None or "://" in written):
        linked = (_visible(one) for one in tree.iter("a", "span", "p", "div") if _is_author(one))
        written = next((text for text in linked if text and len(text) <= _LONGEST_BYLINE), None)
    return _field(", ".join(names) or written)


def _is_author(element: HtmlElement) -> bool:
    return any(_has(element, attribute, word) for attribute, word in _AUTHOR_MARKS)


def _language(told: Structured, tree: HtmlElement) -> str | None:
    root = tree.getroottree().getroot()
    language = root.get("lang") or root.get("xml:lang") or told.text("inLanguage")
    language = language or told.meta("og:locale", "content-language", "dc.language", "language")
    return language.strip().replace("_", "-")[:_LONGEST_LANGUAGE] or None if language else None


def _site_name(told: Structured) -> str | None:
    return _field(next(iter(told.names("publisher")), None) or told.meta("og:site_name", "application-name"))


def _statements(told: Structured, url: str | None, agencies: Agencies) -> Iterator[Note]:
    """What the structured data says of whose text it is."""
    for key, kind in _BODIES.items():
        for name in told.names(key):
            yield Note(kind, name[:_LONGEST_FIELD], agencies.named(name))
    credit = told.text("creditText")
    if credit:
        yield Note("credit_text", credit[:_LONGEST_FIELD], agencies.named(credit))
    based = told.node.get("isBasedOn")
    for one in (based if isinstance(based, list) else [based])[:_MOST_TIMES]:
        address = plain(one) or (plain(one.get("url") or one.get("@id")) if isinstance(one, dict) else None)
        named = name_of(one) if isinstance(one, dict) else None
        if (address or named) and (address is None or host_of(address) != host_of(url)):
            source = agencies.at(address) or agencies.named(named or "")
            yield Note("is_based_on", (address or named or "")[:_LONGEST_FIELD], source)


def _named_byline(byline: str | None, agencies: Agencies) -> Iterator[Note]:
    source = agencies.named(byline) if byline else None
    if byline and source:
        yield Note("agency_byline", byline, source)


def _credit(found: list[Note]) -> Note | None:
    """The credit of a page where it is clear: all name one agency; the clearest line."""
    crediting = [note for kind in _CREDITING for note in found if note.kind == kind and note.source]
    return crediting[0] if len({note.source for note in crediting}) == 1 else None


def _evidence(note: Note, text: str) -> dict[str, Any]:
    """A telling line as evidence; ``in_text`` where extraction kept it, so that it isn't counted twice."""
    said: dict[str, Any] = {"kind": note.kind, "value": storable(note.value)}
    if note.source:
        said["source"] = note.source
    if note.value in text:
        said["in_text"] = True
    return said


def _visible(element: HtmlElement) -> str:
    """The beginning of an element's text: no more than a field holds, however much there is."""
    parts, length = [], 0
    for part in element.itertext(with_tail=False):
        parts.append(part)
        length += len(part)
        if length > _LONGEST_FIELD:
            break
    return " ".join("".join(parts).split())


def _field(text: str | None) -> str | None:
    return storable(text)[:_LONGEST_FIELD].strip() or None if text else None
