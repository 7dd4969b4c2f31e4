"""Where a text credits a source: datelines, credit lines, attributions, copyright, bylines, pictures.

A source's name alone is no credit; its place in the sentence or on the page makes it one. Where a short name
is shared with other bodies ("PA", "AAP"), only an unmistakable form counts.

A credit line that names nobody registered ("Source: The Hollow Gazette") still credits: its key is made from
the name by ``registry.source_key``, so that an unknown wire can be told as an origin too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from auditor.domain import Credit, CreditForm, Passage, PassageKind, SourceKind, Span
from auditor.registry import Registry, source_key
from auditor.text.abbreviations import words
from auditor.text.mentions import Matcher, Mention, matcher

_HEAD_PARAGRAPHS = 6  # bylines stand among the first
_LONGEST_DATELINE = 110  # characters from the paragraph's start to the bracket's end
_PLACE = re.compile(
    r"""[*•"“'\s]*(?:(?:[^\W\d_a-z][^\s()\[\]/]{0,24}|\d{1,4}(?:st|nd|rd|th)?[.,:]?|[—–-]{1,2}
    |(?:de|of|and|del|la|le|am|im|den|und|y|di))\s?[,.:]?\s?){0,10}""",
    re.VERBOSE,
)
_BRACKETED = re.compile(r"[(\[]\s?(?P<names>[^()\[\]\n]{1,60})[)\]]|/(?P<slashed>[^/\n]{1,30})/")
_MAY_BE_BRACKETED = re.compile(r"[(\[/]").search
_DATELINE_END = re.compile(r"\.?\s?(?:[-–—_―]{1,3}|:)\s?|\.\s")
_BARE_DATELINE = re.compile(r"\s?(?:[-–—]{1,2})\s")
_BETWEEN_NAMES = re.compile(r"\s?(?:/|,|;|&|\||\band\b|-)\s?")

_AGENCY = (
    r"(?:\s(?:state|official|Russian|news|wire|press)){0,2}"
    r"\s(?:agency|news\sservice|service|wire|newspaper|television|TV|network|website|magazine|channel)"
)
_STRONG = r"(?:report(?:s|ed|ing)|quot(?:es|ed|ing)|cit(?:es|ed|ing))"
_WEAK = (
    r"(?:found|sa(?:ys|id)|wr(?:ites|ote)|reveal(?:s|ed)|disclos(?:es|ed)|publish(?:es|ed)|add(?:s|ed)"
    r"|note(?:s|d)|learned|confirm(?:s|ed)|claim(?:s|ed)|show(?:s|ed))"
)
_ADVERBS = (
    r"(?:\sand\sother\s\w+(?:\s\w+)?)?(?:,?\s(?:has|had|have|also|first|earlier|later|previously|then"
    r"|exclusively|on|this|last|late|separately|[A-Z][a-z]+day|\w+ly|week|month|year)){0,4}"
)
_STRONG_AFTER = re.compile(
    rf"(?:['’]s?)?(?:{_AGENCY}|(?:\s[A-Z][\w.’'-]{{1,20}}){{1,3}})?{_ADVERBS}\s{_STRONG}\b"
    r"|(?:['’]s?)?\s(?:exclusive\s|news\s)?(?:report|article|story|investigation|analysis|dispatch|account)\b"
)
_WEAK_AFTER = re.compile(rf"(?:['’]s)?(?:{_AGENCY})?{_ADVERBS}\s{_WEAK}\b")
_IS_AGENCY = re.compile(rf"(?:['’]s)?{_AGENCY}\b")
_CUE_BEFORE = re.compile(
    r"""(?:\baccording\ to(?:\ (?:a|an|the))?(?:\ [\w’'-]+){0,4}?
    |\btold(?:\ (?:a|an|the))?(?:\ [\w’'-]+){0,3}?
    |\b(?:reported|quoted|cited|seen|reviewed|carried|released|confirmed|published|interviewed|saying
      |viewed|provided
      |distributed|obtained(?:\ \w+)?)\ by(?:\ the)?(?:\ [\w’'-]+){0,3}?
    |\b(?:citing|quoting)(?:\ the)?(?:\ [\w’'-]+){0,3}?
    |\b(?:interviews?|conversation)\ (?:with|to|on)(?:\ the)?(?:\ [\w’'-]+){0,2}?
    |\b(?:reports?|reporting|article|story|dispatch|account|op-ed|column|editorial)
      \ (?:in|from|by|on)(?:\ the)?
      (?:\ [\w’'-]+){0,3}?
    |\b(?:published|appeared|writing|printed)\ in(?:\ the)?(?:\ [\w’'-]+){0,2}?
    |,["”’]?\ (?:said|says|reported|reports|noted|notes|wrote|writes|added|adds)
    |\b(?:courtesy\ of|via))\ (?:the\ )?$""",
    re.VERBOSE | re.IGNORECASE,
)
# Without one of these pieces before it, no mention has a cue.
_CUE_HINT = re.compile(
    "cording|told| by |iting|uoting|terview|versation|eport|rticle|tory|patch|ccount|p-ed|olumn|torial|n "
    "|said|says|note|wrote|writes|add|rtesy|ia "
)
_SURNAMES = frozenset({"Bloomberg", "Getty", "Hearst"})  # "Bloomberg said" is as often the man
_LOOK_BEFORE = 90
_COPYRIGHT = re.compile(r"(?:©|\([cC]\)|\b[Cc]opyright\b|\bCOPYRIGHT\b|&copy;)[^\n]{0,60}?$")
_BYLINE = re.compile(r"(?:By|BY|Von|Par|Por)\s")
_STAFF = re.compile(
    r"\s(?:[\w&]+\s){0,3}(?:[Ww]riters?|WRITERS?|[Cc]orrespondents?|[Rr]eporters?|[Ss]taff)\b"
)
_PHOTO_AFTER = re.compile(r"\s?(?:/|\s(?:[Ff]ile\s)?[Pp]hotos?\b|\sPHOTO|\s[Ii]mages?\b)")
_SIGN_OFF = re.compile(r"(?:[.!?…\"”’]\s?[(\[]|[.!?…\"”’]\s{0,2}[-–—]{1,2}\s?|^[(\[–—-]{1,2}\s?)$")
_UNREGISTERED = re.compile(
    r"""[\W_]{0,12}(?:[Ss]ources?|SOURCE|Via|VIA)\s?:\s?(?P<source>[^\n|;]{2,80})
    |.{0,80}?\b(?:first|originally)\s(?:appeared|published|posted)\s(?:in|on|at|by)\s(?P<first>[^\n|;,.]{2,60})
    |[\W_]{0,12}(?:Distributed|Provided|Syndicated|Supplied)\sby\s(?P<by>[^\n|;,.]{2,60})""",
    re.VERBOSE,
)
# Without a colon after one of these words, or one of the others, there is no such line.
_MAY_NAME = re.compile(r":(?:(?<=ource:)|(?<=ources:)|(?<=OURCE:)|(?<=ia:)|(?<=IA:)|(?<=\s:))").search
_NAMING = ("appeared", "published", "posted", "Distributed", "Provided", "Syndicated", "Supplied")
_NAME_LIKE = re.compile(
    r"(?:The\s|the\s)?[^\W\d_a-z][\w.&’'-]*(?:\s(?:[^\W\d_a-z][\w.&’'-]*|of|and|the|for|&|de|la)){0,5}"
    r"|[\w-]+(?:\.[\w-]+){1,3}"
)
_NOBODY = words("agencies agency staff reports internet online author web various wikipedia own")


def credits_of(
    text: str, paragraphs: Sequence[Span], passages: Callable[[], Sequence[Passage]], registry: Registry
) -> tuple[Credit, ...]:
    """The places where a text credits a source, in order, with the source's key and the span of the credit.

    The span of a dateline runs from its place to its dash, that of an attribution covers the verb, that of a
    credit line or copyright notice the line. A picture's credit (``PHOTO``) never credits the text. The
    ``passages`` are asked for only where a text may name anybody: working them out costs more than the rest.
    """
    known = matcher(registry)
    mentions = list(known.mentions(text))
    found = [*_datelines(text, paragraphs, known, mentions), *_phrases(text, known)]
    taken = [credit.span for credit in found if credit.span]
    left = [each for each in mentions if not any(span.overlap(each.span) for span in taken)]
    if left:
        page = _Page(text, paragraphs, passages())
        found += [credit for mention in left if (credit := _judge(page, mention))]
    if _MAY_NAME(text) or any(word in text for word in _NAMING):
        found += _unregistered(text, passages(), registry, known)
    return tuple(_distinct(found))


class _Page:
    """Where on its page a place of the text lies."""

    def __init__(self, text: str, paragraphs: Sequence[Span], passages: Sequence[Passage]) -> None:
        self.text, self.paragraphs, self.passages = text, paragraphs, passages
        bodies = (passage.span.start for passage in passages if passage.kind is PassageKind.BODY)
        self.body_start = next(bodies, 0)

    def passage(self, place: int) -> Passage | None:
        at = bisect_right(self.passages, place, key=lambda passage: passage.span.start) - 1
        return self.passages[at] if at >= 0 and place < self.passages[at].span.end else None

    def paragraph(self, place: int) -> int:
        return bisect_right(self.paragraphs, place, key=lambda span: span.start) - 1

    def ends_paragraph(self, place: int) -> bool:
        end = self.paragraphs[self.paragraph(place - 1)].end
        return not any(letter.isalnum() for letter in self.text[place:end])


# Datelines


def _datelines(
    text: str, paragraphs: Sequence[Span], known: Matcher, mentions: Sequence[Mention]
) -> Iterator[Credit]:
    """Where paragraphs open with a place and a source; a bare one must be among the text's mentions."""
    if not mentions and not _MAY_BE_BRACKETED(text):
        return
    for number, paragraph in enumerate(paragraphs):
        head = min(paragraph.end, paragraph.start + _LONGEST_DATELINE)
        bracket = _BRACKETED.search(text, paragraph.start, head)
        place = _PLACE.match(text, paragraph.start, bracket.start()) if bracket else None
        if bracket and place and place.end() == bracket.start():
            yield from _bracketed(text, paragraph, bracket, known, is_first=number < _HEAD_PARAGRAPHS)
        elif number < _HEAD_PARAGRAPHS and not bracket and _any_within(mentions, paragraph.start, head):
            yield from _bare(text, paragraph, known)


def _any_within(mentions: Sequence[Mention], start: int, end: int) -> bool:
    return any(start <= mention.span.start < end for mention in mentions)


def _bracketed(
    text: str, paragraph: Span, bracket: re.Match[str], known: Matcher, *, is_first: bool
) -> Iterator[Credit]:
    names = bracket["names"] or bracket["slashed"]
    whole = known.named(names)
    sources = [whole] if whole else [known.named(name) for name in _BETWEEN_NAMES.split(names)]
    ending = _DATELINE_END.match(text, bracket.end(), paragraph.end)
    opens = is_first and text[paragraph.start : bracket.start()].rstrip()[-1:] in ("", ":")
    if not any(sources) or not (ending or opens):
        return
    end = ending.end() if ending else bracket.end()
    span = Span(paragraph.start, paragraph.start + len(text[paragraph.start : end].rstrip()))
    yield from (Credit(source.key, CreditForm.DATELINE, span) for source in sources if source)


def _bare(text: str, paragraph: Span, known: Matcher) -> Iterator[Credit]:
    """Read a dateline without brackets: "AFP - The minister …", "Sydney, Dec 11 AAP - …"."""
    for mention in known.mentions(
        text, paragraph.start, min(paragraph.end, paragraph.start + _LONGEST_DATELINE)
    ):
        place = _PLACE.match(text, paragraph.start, mention.span.start)
        ending = _BARE_DATELINE.match(text, mention.span.end, paragraph.end)
        if ending and place and place.end() == mention.span.start and mention.said in known.datelines:
            yield Credit(mention.source.key, CreditForm.DATELINE, Span(paragraph.start, ending.end() - 1))
        return


# Phrases and names


def _phrases(text: str, known: Matcher) -> Iterator[Credit]:
    folded = text.casefold()
    for opening, pattern, source in known.phrases:
        if opening in folded:
            for found in pattern.finditer(text):
                yield Credit(source.key, CreditForm.CREDIT_LINE, Span(*found.span()))


def _judge(page: _Page, mention: Mention) -> Credit | None:
    """Is the mention a credit, and of what form?"""
    passage = page.passage(mention.span.start)
    if passage is None or passage.kind is PassageKind.FURNITURE:
        return None
    form, span = _form(page, mention, passage)
    return Credit(mention.source.key, form, span) if form else None


def _form(  # noqa: PLR0911 - one rule a line
    page: _Page, mention: Mention, passage: Passage
) -> tuple[CreditForm | None, Span]:
    text, span = page.text, mention.span
    pictured = passage.kind is PassageKind.CAPTION or bool(_PHOTO_AFTER.match(text, span.end))
    if pictured or mention.source.kind is SourceKind.UNKNOWN:
        is_picture = pictured or text[span.start - 1 : span.start] in ("/", "(") or not mention.is_short
        return (CreditForm.PHOTO if is_picture else None), span
    line_start = max(passage.span.start, span.start - _LOOK_BEFORE)
    if _COPYRIGHT.search(text, line_start, span.start):
        return CreditForm.COPYRIGHT, passage.span if passage.kind is PassageKind.CREDIT else span
    if passage.kind is PassageKind.CREDIT:
        if not mention.is_name and text[span.start - 1 : span.start].isspace():
            return None, span  # a name as short as a dateline's may be anybody's
        is_byline = span.start < page.body_start or _BYLINE.match(text, passage.span.start)
        return (CreditForm.BYLINE if is_byline else CreditForm.CREDIT_LINE), passage.span
    if span.start < page.body_start and _STAFF.match(text, span.end):
        return CreditForm.BYLINE, passage.span
    if mention.source.kind is SourceKind.WIRE and page.ends_paragraph(span.end):
        signed = _SIGN_OFF.search(
            text, max(page.paragraphs[page.paragraph(span.start)].start, span.start - 6), span.start
        )
        if signed:
            return CreditForm.CREDIT_LINE, span
    return _attributed(text, mention, passage)


def _attributed(text: str, mention: Mention, passage: Passage) -> tuple[CreditForm | None, Span]:
    """Is it "Reuters reported", "according to state news service RIA Novosti", "told AFP"?"""
    span = mention.span
    if not mention.is_name:
        return None, span
    before = text[max(passage.span.start, span.start - _LOOK_BEFORE) : span.start]
    has_article = before.casefold().endswith("the ")
    shared = mention.is_short and mention.said != "AP" and mention.source.kind is SourceKind.WIRE
    if shared and has_article and not _IS_AGENCY.match(text, span.end):
        return None, span
    if _is_part_of_name(before, mention):
        return None, span
    after = _STRONG_AFTER.match(text, span.end, passage.span.end)
    if not after and not shared and mention.said not in _SURNAMES:
        after = _WEAK_AFTER.match(text, span.end, passage.span.end)
    if after:
        return CreditForm.ATTRIBUTION, Span(span.start, after.end())
    cue = _CUE_BEFORE.search(before) if _CUE_HINT.search(before) else None
    if cue:
        return CreditForm.ATTRIBUTION, Span(span.start - len(before) + cue.start(), span.end)
    return None, span


_INTRODUCING = frozenset(
    [
        "The",
        "the",
        "By",
        "Via",
        "Source",
        "According",
        "Told",
        "In",
        "On",
        "From",
        "And",
        "But",
        "Meanwhile",
        "While",
        "As",
        "When",
        "Also",
    ]
)


def _is_part_of_name(before: str, mention: Mention) -> bool:
    """Is it the end of a longer name: "Foreign Press Association"?"""
    words = before.rsplit(None, 1)
    if not words or not before.endswith(" ") or " " not in mention.said:
        return False
    last = words[-1]
    return (
        last.istitle()
        and last.isalpha()
        and last not in _INTRODUCING
        and mention.said.startswith(("Press", "Associated"))
    )


# Credit lines that name nobody registered


def _unregistered(
    text: str, passages: Sequence[Passage], registry: Registry, known: Matcher
) -> Iterator[Credit]:
    for passage in passages:
        if passage.kind is not PassageKind.CREDIT or next(known.mentions(text, *passage.span), None):
            continue
        found = _UNREGISTERED.match(text, passage.span.start, passage.span.end)
        said = (found["source"] or found["first"] or found["by"]).strip(" .,:)]\xa0") if found else ""
        if said and _NAME_LIKE.fullmatch(said) and said.casefold() not in _NOBODY:
            source = registry.resolve(said)
            yield Credit(source.key if source else source_key(said), CreditForm.CREDIT_LINE, passage.span)


def _distinct(found: Sequence[Credit]) -> Iterator[Credit]:
    """In order, each source and form once for each place."""
    seen: set[tuple[str, CreditForm, Span | None]] = set()
    for credit in sorted(found, key=lambda credit: (credit.span or Span(0, 0), credit.source, credit.form)):
        key = (credit.source, credit.form, credit.span)
        if key not in seen:
            seen.add(key)
            yield credit
