"""Whether what a wire corrected or killed is still shown after the hours that are allowed.

A copy counts as uncorrected by its own sentences: those that say what the item said and its later version
doesn't say any more. This module must not know of a clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from rapidfuzz import fuzz

from auditor.domain import CreditForm, PassageKind, Place, Span, Status
from auditor.licensing.findings import Exhibit
from auditor.licensing.rules.measure import Measure, duration, hours
from auditor.licensing.rules.timing import after, last_seen
from auditor.licensing.taking import Taking
from auditor.licensing.terms import Corrections
from auditor.lineage import Witness

KILLED = (Status.WITHHELD, Status.CANCELED)
# Two sentences are versions of one above this (per cent of their characters); others of a story reach 50.
SAME_SENTENCE = 70


def corrections(rule: Corrections, taking: Taking, agreement: str) -> Measure | None:
    """The worst that holds of the items taken from; None where none of them was corrected or killed."""
    measured = [
        _measured(rule, taking, agreement, item, later)
        for item, _ in taking.items
        for later in versions(item, taking.held)
    ]
    return min(measured, key=lambda one: (one.kept, one.unsure), default=None)


def versions(item: Witness, held: Mapping[str, Witness]) -> Iterator[Witness]:
    """The item itself where it is killed, and its later versions that correct or kill it."""
    if item.article.status in KILLED:
        yield item
    reached = {item.article.id}
    while True:
        fresh = [one for name, one in sorted(held.items()) if name not in reached]
        later = [one for one in fresh if one.article.revises in reached]
        if not later:
            return
        reached |= {one.article.id for one in later}
        yield from (one for one in later if one.article.status is not Status.USABLE)


def _measured(rule: Corrections, taking: Taking, agreement: str, item: Witness, later: Witness) -> Measure:
    killed = later.article.status in KILLED
    shown = taking.exhibits if killed else tuple(_stale(taking, item, later))
    allowed = rule.kill_hours if killed else rule.hours
    if not shown:
        return Measure(True, f", as {later.article.id} corrected it and agreement {agreement} asks")
    age, unsure = _age(taking.witness, later, allowed)
    what = f"the {'kill' if killed else 'correction'} {later.article.id}"
    if killed:
        saw = f", seen {duration(age)} after {what}" if age and not unsure else f", of which there is {what}"
    else:
        count = f"{len(shown)} sentence{'' if len(shown) == 1 else 's'}"
        saw = f" with {count} that {what} changed"
        saw += f", seen {duration(age)} after it" if age and not unsure else ""
    doubt = "; it isn't known to have been seen after that" if unsure else ""
    return Measure(
        kept=age is not None and not unsure and age <= timedelta(hours=allowed),
        says=f"{saw}; agreement {agreement} asks to act within {hours(allowed)}{doubt}",
        value=round(age.total_seconds() / 3600, 2) if age is not None else None,
        bound=allowed,
        unit="hours",
        exhibits=shown,
        unsure=unsure,
    )


def _age(witness: Witness, later: Witness, allowed: float) -> tuple[timedelta | None, bool]:
    """How long after the correction the article was last seen, and whether that leaves it undecided.

    An article that was published, but never captured, may have been mended since: it is undecided until
    it is known to have stood there after the hours that are allowed.
    """
    told, seen = later.article.published, last_seen(witness)
    if told is None or seen is None:
        return None, True
    late, unsure = after(seen, told, timedelta(hours=allowed))
    in_time = not late and witness.article.captured is not None
    age = max(seen.earliest - told.latest, timedelta(0))
    return age, unsure or not (late or in_time)


def _stale(taking: Taking, item: Witness, later: Witness) -> Iterator[Exhibit]:
    """Sentences of the article that say what the item said and its later version doesn't."""
    new = [span.of(later.article.text) for span in _sentences(later)]
    said = set(new)
    gone = [span for span in _sentences(item) if span.of(item.article.text) not in said]
    taken = [row.span for row in taking.derivations]
    for span in _sentences(taking.witness):
        if not any(span.overlap(one) for one in taken):
            continue
        text = span.of(taking.witness.article.text)
        was, old = max(
            ((fuzz.ratio(text, one.of(item.article.text)), one) for one in gone), default=(0, None)
        )
        now = max((fuzz.ratio(text, one) for one in new), default=0)
        if old is not None and was >= SAME_SENTENCE and was > now:
            yield Exhibit(span, Place(item.article.id, old))


def _sentences(witness: Witness) -> list[Span]:
    """Sentences of the body, without what stands in front of the first (the dateline)."""
    lines = [one.span for one in witness.credits if one.span and one.form is CreditForm.DATELINE]
    found = []
    for passage in witness.document.passages:
        if passage.kind in (PassageKind.BODY, PassageKind.HEADLINE):
            start = max([passage.span.start, *(line.end for line in lines if line.overlap(passage.span))])
            text = Span(start, passage.span.end).of(witness.article.text)
            found.append(Span(start + len(text) - len(text.lstrip()), start + len(text.rstrip())))
    return [span for span in found if span]
