"""Boilerplate: page furniture inside the text: "Advertisement", "Share", "Read more", an image's slug."""

from __future__ import annotations

import re
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from auditor.domain import GarbleKind, PassageKind, Severity, Span
from auditor.garbling.finding import Finding
from auditor.text import Document

KIND = GarbleKind.BOILERPLATE

_WHOLE_LINES = (
    r"\[?advert(?:isement)?s?\]?",
    r"sponsored(?: content| links?)?",
    r"share(?: this(?: article| story| post| page)?| on \w+)?",
    r"tweet(?: this)?",
    r"(?:e-?mail|print)(?: this)?",
    r"(?:read|see|also) (?:more|also|next|read)(?: here)?",
    r"related(?: articles| stories| posts| content| topics)?",
    r"trending(?: now)?",
    r"most (?:read|popular|viewed)",
    r"recommended(?: for you)?",
    r"(?:click here|sign up|subscribe|follow us|like us on)[^\n]{0,60}",
    r"(?:log in|register|menu|close|newsletter)",
    r"(?:story|article) continues(?: below)?(?: advertisement)?",
    r"continue reading(?: the main story)?",
    r"skip advertisement",
    r"loading\.{0,3}",
    r"(?:\d+ |view )?comments?(?: \(\d+\))?",
    r"leave a comment",
    r"(?:photo gallery|view gallery|play video|video)",
    r"enlarge(?: this)? image",
    r"back to top",
    r"(?:next|previous) article",
    r"accept(?: all)? cookies",
)
_OWN_WORDS = re.compile(r"[\W_]+|https?://\S+|(?i:(?:last )?updated\b.*)")
"""Rulers, addresses, and times of a change: the text's own."""

_SHORT = rf"[ \t]*(?=(?:{'|'.join(_WHOLE_LINES)})|[a-z0-9]{{2,}}[-_])([^\s\n][^\n]{{0,90}}?)[ \t]*(?=\n|\Z)"
"""A short line that begins as one of those or as a slug: no other is looked at."""
_LOWER = re.compile(_SHORT), re.compile(rf"\n{_SHORT}")
_ANY_CASE = re.compile(_SHORT, re.IGNORECASE), re.compile(rf"\n{_SHORT}", re.IGNORECASE)
"""The first line and all others, of texts in lower case; and of such whose letters have none or several."""
_LINE = re.compile(rf"(?i)(?:{'|'.join(_WHOLE_LINES)})[ \t:.!»›→]*")
_SLUG = re.compile(r"[a-z0-9]{2,}(?:[-_][a-z0-9]{2,}){1,8}(?:\.(?:jpe?g|png|gif))?")
_INSIDE = (
    r"ADVERTISEMENT",
    r"\bAdvertisement\b(?= ?[A-Z\n]|$)",
    r"(?:Story|Article) continues below(?: advertisement)?",
    r"\[?(?:READ MORE|ALSO READ|SEE ALSO|WATCH)\]?:[^\n.]{0,90}",
    r"(?<=[.!?] )(?:Read more|See also|Related|Watch)(?: here)?:[^\n.]{0,90}",
    r"Sign up (?:for|to) (?:our|the)[^\n.]{0,60}newsletter[^\n.]{0,40}",
    r"Click here (?:to|for)[^\n.]{0,60}",
    r"Share on (?:Facebook|Twitter|WhatsApp)",
    r"Follow us on (?:Facebook|Twitter|Instagram)",
    r"Subscribe to our [^\n.]{0,40}",
    r"Enlarge this image(?: toggle caption)?",
    r"Hide [Cc]aption(?: \d+ of \d+)?(?: Photos:)?",
    r"JUST WATCHED\b[^\n]{0,160}?\bReplay(?: More Videos)?(?: \.\.\.)?",
)
_SIGNS = (
    "ADVERTISEMENT",
    "Advertisement",
    "continues below",
    "READ MORE",
    "ALSO READ",
    "SEE ALSO",
    "WATCH",
    "Enlarge",
    "Hide",
    "Read more",
    "See also",
    "Related",
    "Watch",
    "Sign up",
    "Click here",
    "Share on",
    "Follow us",
    "Subscribe",
)
"""One of these stands in every piece of furniture that the patterns below find."""

_INLINE = re.compile("|".join(_INSIDE))


def own(document: Document) -> Iterator[Finding]:
    """The furniture of a text, whoever brought it in.

    What a site prints above or below all of its texts, as the store has learnt, is no damage of this one.
    """
    frame = _frame(document)
    for span in spans(document):
        if not any(span.overlap(line) for line in frame):
            yield Finding(KIND, Severity.LOW, span, detail="page furniture")


_KNOWN: WeakKeyDictionary[Document, tuple[Span, ...]] = WeakKeyDictionary()


def spans(document: Document) -> tuple[Span, ...]:
    """The places of a text's furniture, in order; looked for once for as long as the document lives."""
    known = _KNOWN.get(document)
    if known is None:
        known = _KNOWN[document] = tuple(sorted(_spans(document)))
    return known


def _frame(document: Document) -> list[Span]:
    """The lines known to be furniture before the first and after the last passage of the body."""
    if not document.known_furniture:
        return []
    lines = [document.tokens.span(first, last) for first, last in document.known_furniture]
    body = [passage.span for passage in document.passages if passage.kind is PassageKind.BODY]
    return [line for line in lines if not body or line.end <= body[0].start or line.start >= body[-1].end]


def _spans(document: Document) -> list[Span]:
    text = document.text
    spans = [
        passage.span
        for passage in document.passages
        if passage.kind is PassageKind.FURNITURE and not _OWN_WORDS.fullmatch(passage.span.of(text))
    ]
    for span in said(text):
        if not any(span.overlap(other) for other in spans):
            spans.append(span)
    return spans


def said(text: str) -> list[Span]:
    """Where a text says what furniture says, whatever its sentences are taken for; in no order."""
    found = [
        span for span in _short_lines(text) if _LINE.fullmatch(text, *span) or _SLUG.fullmatch(text, *span)
    ]
    if any(sign in text for sign in _SIGNS):
        found += [Span(*hit.span()) for hit in _INLINE.finditer(text)]
    return found


def _short_lines(text: str) -> Iterator[Span]:
    is_ascii = text.isascii()
    first, others = _LOWER if is_ascii else _ANY_CASE
    lower = text.lower() if is_ascii else text
    begins = first.match(lower)
    if begins:
        yield Span(*begins.span(1))
    for line in others.finditer(lower):
        yield Span(*line.span(1))


def covers(finding: Finding) -> bool:
    """Does a change lie in furniture, on either side? What a page's furniture says is no text's damage."""
    if finding.stretch is None or finding.before is None:
        return False
    child, parent = finding.stretch.child.document, finding.stretch.parent.document
    return _lies_in(finding.after, spans(child)) or _lies_in(finding.before, spans(parent))


def _lies_in(span: Span, furniture: tuple[Span, ...]) -> bool:
    return any(
        place.overlap(span) * 2 > span.length if span else place.start < span.start < place.end
        for place in furniture
    )
