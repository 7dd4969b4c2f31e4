"""Lines of a page that tell whose text it is, or what was corrected: the evidence extractors drop.

Copyright lines, "may not be published" lines, credits to agencies, correction notes. Knows how such
lines are worded, not whether they are true: that is for the lineage to weigh.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.ingest.agencies import Agencies
from auditor.ingest.blocks import Block, Place, blocks_with

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST_LINE = 300  # characters shown of a line; longer ones are paragraphs of prose
_LONGEST_NOTE = 1_000
_LONGEST_CREDIT = 200
_BARE = 2  # characters before a name that stands alone: a dash, a bracket
_MOST_NOTES = 40  # a page; past that it is a list of pages

_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)[\s©,:]{0,6}(?:\(c\)\s?)?(?:19|20)\d\d\b(?P<holder>[^.|]{0,80})|"
    r"\b(?:19|20)\d\d\s?©(?P<after>[^.|]{0,80})",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"may not be (?:re)?(?:published|produced|printed|broadcast)|not be (?:published, broadcast|reproduced)",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"^\W{0,4}(?:corrections?|clarifications?|corrected|editor[’']?s['’]? notes?|eds:|rectificación|"
    r"fe de errores|rectificatif|korrektur|berichtigung|anmerkung der redaktion|correzione|errata)\s?[:—–(-]|"
    r"\b(?:an? )?(?:earlier|previous|original) version of this (?:article|story|report|post|headline|item)\b|"
    r"\bthis (?:article|story|report|post|headline)(?: has been| was) "
    r"(?:corrected|amended|updated to correct)|"
    r"\bin einer früheren version\b|\bune (?:première )?version (?:antérieure|précédente)\b",
    re.IGNORECASE,
)
# In lower case, words of which every line that the three patterns above find holds one.
_TELLING = (
    "©",
    "(c)",
    "copyright",
    "not be ",
    "correct",
    "clarification",
    "editor",
    "eds:",
    "rectifica",
    "fe de err",
    "korrektur",
    "berichtigung",
    "anmerkung der",
    "correzione",
    "errata",
    "version of this",
    "amended",
    "früheren version",
    "version antérieure",
    "version précédente",
)
_WITH_FILES = (
    r"\b(?:with|includes?|contains?|using|additional|some)\s(?:\w+\s){0,2}"
    r"(?:files?|reporting|reports?|inputs?|material|information|contributions?)\s(?:from|by)\s[^.]{0,60}?"
)
_FIRST_IN = r"\b(?:first|originally)\s(?:published|appeared|ran|reported)\s(?:by|in|on|at|with)\s[^.]{0,30}?"
_SIGNED = r"(?:by|from|source|sources|via|credit|text|agency|agencies|quelle|fuente|fonte|agence)"
_STAFF = r"Staff|Newsroom|News|News Agency|Agency|staff|reporters?|Writer|Contributor"


@dataclass(frozen=True, slots=True)
class Note:
    """A telling line: its kind, its words, the key of the agency it names."""

    kind: str
    value: str
    source: str | None = None


def notes(tree: HtmlElement, agencies: Agencies) -> list[Note]:
    """The telling lines of a page, in their order, each once.

    Kinds: ``copyright_line``, ``rights_line``, ``correction``, ``agency_byline``, ``agency_credit``.
    """
    forms = _CreditForms(agencies)
    found = blocks_with(tree, {*_TELLING, *agencies.long_names}, agencies.short_names)
    every = (note for block in found for note in _of_block(block, agencies, forms))
    unique: dict[tuple[str, str], Note] = {}
    for note in every:
        unique.setdefault((note.kind, note.value), note)
        if len(unique) == _MOST_NOTES:
            break
    return list(unique.values())


def _of_block(block: Block, agencies: Agencies, forms: _CreditForms) -> Iterator[Note]:
    text = block.text
    is_photo = bool(block.place & Place.PHOTO)
    found = _COPYRIGHT.search(text)
    # "Jane Doe/Copyright 2015 AP" signs a picture, as what stands in a figure does.
    if found and not is_photo and not text[: found.start()].rstrip().endswith("/"):
        holder = found["holder"] or found["after"] or ""
        yield Note("copyright_line", _around(text, found.start()), agencies.named(holder))
    if found := _RIGHTS.search(text):
        line = _around(text, found.start())
        yield Note("rights_line", line, agencies.named(line))
    if block.place & Place.ASIDE:
        return
    if len(text) <= _LONGEST_NOTE and _CORRECTION.search(text):
        yield Note("correction", text)
    if not is_photo and (note := forms.note(block)):
        yield note


def _around(text: str, at: int) -> str:
    """A line as it is; of a longer block some words before the place and what follows it."""
    if len(text) <= _LONGEST_LINE:
        return text
    start = text.rfind(" ", 0, max(0, at - 40)) + 1 if at > 40 else 0
    return text[start : start + _LONGEST_LINE].strip()


class _CreditForms:
    """How a line of a page credits an agency; compiled once for the agencies there are."""

    def __init__(self, agencies: Agencies) -> None:
        name = f"(?:[Tt]he )?(?P<agency>{agencies.pattern})"
        self._agencies = agencies
        self._whole = re.compile(
            rf"\W{{0,3}}(?:(?i:{_SIGNED})\b\s?[:—–-]?\s?)?{name}"
            rf"(?:[\s,]{{1,2}}(?:{_STAFF})){{0,2}}\W{{0,3}}"
        )
        self._signed = re.compile(
            rf"^\W{{0,3}}(?:(?i:by)\s[^\d.:;]{{2,60}}?[,|/–—-]\s?|(?i:source|quelle|fuente|fonte)\s?:\s?){name}"
        )
        self._dateline = re.compile(
            rf"^(?:[A-Z][\w .,'’/-]{{1,60}}?,?\s)?\((?P<agency>{agencies.pattern})\)\s?[—–_:-]"
        )
        self._inside = re.compile(
            rf"(?:(?i:{_WITH_FILES})|(?i:{_FIRST_IN})){name}|"
            rf"(?P<agency2>{agencies.pattern})[^.]{{0,80}}?\scontributed\sto\sth(?:is|e)\s(?:report|story|article)"
        )

    def note(self, block: Block) -> Note | None:
        """What a block credits, if it is a credit."""
        text = block.text
        if not self._agencies:
            return None
        in_byline = bool(block.place & Place.BYLINE)
        if len(text) <= _LONGEST_CREDIT and (in_byline or block.place & Place.STORY):
            found = self._whole.fullmatch(text) or self._signed.search(text)
            # A bare name outside a byline signs a picture as often as a text.
            if found and (in_byline or found.start("agency") > _BARE):
                kind = "agency_byline" if in_byline else "agency_credit"
                return Note(kind, text, self._agencies.named(found["agency"]))
        if found := self._dateline.search(text):
            return Note("agency_credit", found[0].strip(), self._agencies.named(found["agency"]))
        if found := self._inside.search(text):
            named = found["agency"] or found["agency2"]
            return Note("agency_credit", _around(text, found.start()), self._agencies.named(named))
        return None
