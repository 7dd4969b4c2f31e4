"""What must stand beside the text: the licensor's credit, the writer's name, the place it is dated from.

A credit of a picture, or a sentence that quotes the wire, is no credit of the text. This module must not
know how credits are recognised.
"""

from __future__ import annotations

import re

from auditor.domain import Credit, CreditForm, PassageKind, Span
from auditor.licensing.rules.measure import Measure
from auditor.licensing.taking import Taking
from auditor.licensing.terms import Byline, CreditLine, Dateline, Where
from auditor.lineage import Witness
from auditor.registry import folded_name

_HEAD_SENTENCES = 3
_BRACKET = re.compile(r"[(\[/]")
_BY = re.compile(r"^\s*by\s+", re.IGNORECASE)
_BETWEEN_WRITERS = re.compile(r"\s*(?:,|;|&|\band\b)\s*")
_SHORT_FORMS = {
    CreditForm.DATELINE: "dateline",
    CreditForm.CREDIT_LINE: "credit line",
    CreditForm.ATTRIBUTION: "attribution in a sentence",
    CreditForm.COPYRIGHT: "copyright line",
    CreditForm.BYLINE: "byline",
    CreditForm.PHOTO: "picture credit",
    CreditForm.METADATA: "credit in the page's metadata",
}


def credit(rule: CreditLine, taking: Taking, agreement: str) -> Measure:
    """Does the article carry the credit that is asked for?"""
    witness = taking.witness
    if rule.text is not None:
        kept = _stands(rule.text, witness, rule.where)
        return _credited(kept, f"the credit line “{rule.text}”", taking, agreement)
    credited = [one for one in witness.credits if one.source == taking.licensor]
    good = [one for one in credited if one.form in rule.forms and _lies(one, witness, rule.where)]
    where = "" if rule.where is Where.ANY else f" at its {rule.where.value}"
    other = sorted({_SHORT_FORMS[one.form] for one in credited})
    but = f" (it has a {' and a '.join(other)})" if other and not good else ""
    return _credited(bool(good), f"the credit line{where}{but}", taking, agreement)


def _credited(kept: bool, what: str, taking: Taking, agreement: str) -> Measure:
    word = "with" if kept else "without"
    shown = taking.exhibits[:1]
    return Measure(kept, f" {word} {what} that agreement {agreement} asks for", exhibits=shown)


def _lies(credit: Credit, witness: Witness, where: Where) -> bool:
    if where is Where.ANY or credit.span is None:
        return True
    head, foot = _ends(witness)
    return credit.span.start < head if where is Where.HEAD else credit.span.start >= foot


def _stands(text: str, witness: Witness, where: Where) -> bool:
    """Does the wording stand in that part of the article, however it is spaced and cased?"""
    head, foot = _ends(witness)
    whole = witness.article.text
    part = {Where.ANY: whole, Where.HEAD: whole[:head], Where.FOOT: whole[foot:]}[where]
    said = (part, *([witness.article.credit] if witness.article.credit else ()))
    wanted = " ".join(text.casefold().split())
    return any(wanted in " ".join(each.casefold().split()) for each in said)


def _ends(witness: Witness) -> tuple[int, int]:
    """Where an article's head ends and its foot begins: its first and its last sentences of body."""
    body = [one.span for one in witness.document.passages if one.kind is PassageKind.BODY]
    if not body:
        return len(witness.article.text), 0
    return body[: _HEAD_SENTENCES + 1][-1].start if len(body) > 1 else body[0].end, body[-1].start


def byline(rule: Byline, taking: Taking, agreement: str) -> Measure | None:
    """Is a writer whom the item names still named? None where the item isn't held or names nobody."""
    writers = _writers(taking.item)
    if not rule.kept or not writers:
        return None
    article = taking.witness.article
    said = folded_name(" ".join((article.byline or "", article.text)))
    kept = all(folded_name(writer) in said for writer in writers)
    names = " and ".join(writers)
    word = "with" if kept else "without"
    return Measure(
        kept,
        f" {word} the byline ({names}) that agreement {agreement} asks to keep",
        exhibits=taking.exhibits[:1],
    )


def _writers(item: Witness | None) -> tuple[str, ...]:
    if item is None or not item.article.byline:
        return ()
    names = _BETWEEN_WRITERS.split(_BY.sub("", item.article.byline))
    return tuple(name for name in names if " " in name.strip() and item.source is not None)


def dateline(rule: Dateline, taking: Taking, agreement: str) -> Measure | None:
    """Is the place kept that the item is dated from? None where the item isn't held or has none."""
    place = _place(taking.item)
    if not rule.kept or not place:
        return None
    head, _ = _ends(taking.witness)
    opening = taking.witness.article.text[: max(head, len(place) * 2)]
    kept = folded_name(place) in folded_name(opening) and _opens(place, taking.witness)
    word = "with" if kept else "without"
    return Measure(
        kept,
        f" {word} the dateline ({place}) that agreement {agreement} asks to keep",
        exhibits=taking.exhibits[:1],
    )


def _place(item: Witness | None) -> str:
    """The place before the bracket of the item's dateline."""
    if item is None:
        return ""
    span = next((one.span for one in item.credits if one.form is CreditForm.DATELINE and one.span), None)
    return _BRACKET.split((span or Span(0, 0)).of(item.article.text), maxsplit=1)[0].strip(" ,—–-")


def _opens(place: str, witness: Witness) -> bool:
    """Does a paragraph of the article open with the place? One that a sentence names isn't a dateline."""
    town = folded_name(place.split(",", maxsplit=1)[0])
    paragraphs = (line.strip() for line in witness.article.text.split("\n"))
    return any(folded_name(line[: len(place) + 8]).startswith(town) for line in paragraphs if line)
