"""Attribution: who said it is another or gone, "said" became "confirmed", the credit was lost or changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.domain import CreditForm, GarbleKind, Severity, Span
from auditor.garbling import vocabulary
from auditor.garbling.changes import Change, Stretch
from auditor.garbling.context import stands_among_kept
from auditor.garbling.copied import prose
from auditor.garbling.entity import is_misspelling, same_name
from auditor.garbling.finding import Finding, Judgement, at, found
from auditor.garbling.reading import Reading, WordClass
from auditor.registry import Registry

KIND = GarbleKind.ATTRIBUTION

LONGEST_TAG = 12
"""Words of the longest "…, the spokesman told reporters on Friday" that is still an attribution by itself."""

TAKEN_SHARE = 0.3
"""A lost credit counts from this share of the crediting parent's words on: less is a quotation."""

AROUND_NAME, KEPT_AROUND = 4, 0.75
"""Of so many words on either side of a speaker's name this share must be the parent's."""

AROUND_WORDS = 60
"""How far from a quotation its speaker may be named: two sentences."""

_LOADED = vocabulary.words("""
    claim allege admit confirm concede insist reveal warn boast acknowledge vow promise threaten suggest
    argue assert maintain speculate believe think hint imply accuse complain confess deny estimate predict
    demand""")
_NOBODY = vocabulary.words("""
    officials official sources source reports report experts critics analysts people observers authorities
    witnesses some many others media insiders""")
_WITHIN = frozenset(("of", "in", "at", "from", "for", "near"))
_NOUNS = vocabulary.words("state states report reports note notes claim claims comment answer reply")
_SUBJECTS = vocabulary.words("""
    he she they it officials sources police spokesman spokeswoman spokesperson""")


def judge(stretch: Stretch, change: Change) -> Judgement:
    """Does the change touch who says it, or how surely?"""
    if change.edge:
        return None
    if change.deleted:
        return _tag_lost(stretch, change)
    if change.inserted:
        return None
    if change.kind is WordClass.SPEECH:
        return _verb(stretch, change)
    if change.kind is WordClass.NAME:
        return _credit(stretch, change) or _speaker(stretch, change)
    return None


def _credit(stretch: Stretch, change: Change) -> Judgement:
    """Is one credited source put in for another?"""
    old = _credited(stretch.parent, stretch.parent.span(*change.before))
    new = _credited(stretch.child, stretch.child.span(*change.after))
    if not old or not new or old & new:
        return None
    return found(KIND, Severity.HIGH, stretch, change, "credited to another")


def _credited(reading: Reading, span: Span) -> set[str]:
    return {
        credit.source
        for credit in reading.document.credits
        if credit.span and credit.span.overlap(span) and credit.form is not CreditForm.PHOTO
    }


def _verb(stretch: Stretch, change: Change) -> Judgement:
    old = {
        vocabulary.SPEECH[form]
        for form in stretch.parent.forms[slice(*change.before)]
        if form in vocabulary.SPEECH
    }
    new = {
        vocabulary.SPEECH[form]
        for form in stretch.child.forms[slice(*change.after)]
        if form in vocabulary.SPEECH
    }
    if stretch.child.quotation_of[change.after[0]] >= 0:
        return None  # a word of the speaker's own
    if not old or not new or old == new or not (old | new) & _LOADED or not stretch.is_steady(change):
        return None
    return found(KIND, Severity.HIGH, stretch, change, "another verb of saying")


def _speaker(stretch: Stretch, change: Change) -> Judgement:
    if not (_speaks(stretch.parent, change.before) and _speaks(stretch.child, change.after)):
        return None
    old, new = stretch.parent.span(*change.before), stretch.child.span(*change.after)
    one, other = old.of(stretch.parent.text), new.of(stretch.child.text)
    if same_name(one, other) or is_misspelling(one, other) or not stretch.is_close(change):
        return None
    if not stands_among_kept(stretch, change, AROUND_NAME, KEPT_AROUND):
        return None
    return found(KIND, Severity.HIGH, stretch, change, "another speaker")


def _speaks(reading: Reading, words: tuple[int, int]) -> bool:
    """Does a verb of saying stand right beside these words, or do they name a quotation's speaker?"""
    after, before = words[1], words[0] - 1
    if before >= 0 and reading.forms[before] in _WITHIN:
        return False
    if (
        after < len(reading)
        and reading.classes[after] is WordClass.SPEECH
        and vocabulary.tells(reading.forms[after])
        and _is_verb(reading, after)
    ):
        return True
    if before >= 0 and reading.classes[before] is WordClass.SPEECH and '"' not in reading.gap(words[0]):
        return reading.forms[before] in ("said", "says", "added")
    if before >= 1 and reading.forms[before - 1 : before + 1] == ["according", "to"]:
        return True
    span = reading.span(*words)
    return any(
        quotation.speaker_span is not None and span.start < quotation.speaker_span.end <= span.end
        for quotation in reading.document.quotations
    )


def _is_verb(reading: Reading, word: int) -> bool:
    """Is this verb of saying none of those that are nouns, too ("the Gulf states"), or clearly a verb?"""
    if reading.forms[word] not in _NOUNS:
        return True
    after = word + 1
    return after < len(reading) and (reading.forms[after] == "that" or '"' in reading.gap(after))


def _tag_lost(stretch: Stretch, change: Change) -> Judgement:
    parent = stretch.parent
    size = change.before[1] - change.before[0]
    if size > LONGEST_TAG or not stretch.is_close(change) or stretch.was_moved(change):
        return None
    forms = parent.forms[slice(*change.before)]
    classes = parent.classes[slice(*change.before)]
    quoted = parent.quotation_of[change.before[0]] >= 0 or _inside_quotation(stretch.child, change.after[0])
    if quoted or stretch.child.is_transcript or forms[0] in vocabulary.RELATIVES:
        return None
    if "according" in forms and "to" in forms and "accordingly" not in forms:
        return found(KIND, Severity.HIGH, stretch, change, "the attribution is gone")
    says = [
        form
        for form, kind in zip(forms, classes, strict=True)
        if kind is WordClass.SPEECH and vocabulary.tells(form)
    ]
    if not says or not (
        WordClass.NAME in classes or set(forms) & _SUBJECTS or _is_tag(parent, change.before)
    ):
        return None
    if _still_attributed(stretch, change) or stretch.has_left_sentence(change):
        return None
    return found(KIND, Severity.HIGH, stretch, change, "the attribution is gone")


def _inside_quotation(child: Reading, place: int) -> bool:
    """Do the words on both sides of a place stand in one quotation?"""
    return 0 < place < len(child) and 0 <= child.quotation_of[place - 1] == child.quotation_of[place]


def _is_tag(parent: Reading, words: tuple[int, int]) -> bool:
    """Does the missing run follow a comma and end its sentence, as "…, their union said." does?"""
    return "," in parent.gap(words[0]) and parent.starts_sentence(words[1])


def _still_attributed(stretch: Stretch, change: Change) -> bool:
    """Does the child's sentence, or a quotation's neighbour, still say who speaks?"""
    child = stretch.child
    _, (first, last) = stretch.sentences(change)
    if any(
        child.classes[word] is WordClass.SPEECH or child.forms[word] == "according"
        for word in range(first, last)
    ):
        return True
    before = max(0, change.before[0] - 1)
    quoted = stretch.parent.quotation_of[before] >= 0 or any(
        child.quotation_of[word] >= 0 for word in range(first, last)
    )
    around = range(max(0, first - AROUND_WORDS), min(len(child), last + AROUND_WORDS))
    return quoted and any(
        child.classes[word] is WordClass.SPEECH for word in around if not first <= word < last
    )


# Credits of the whole text


def credits_lost(
    child: Reading,
    stretches: Sequence[Stretch],
    registry: Registry,
    credited: frozenset[str],
    source: str | None,
) -> Iterator[Finding]:
    """Sources that a parent credits for its text and the child names nowhere, one finding each."""
    known = credited | {
        credit.source for credit in child.document.credits if credit.form is not CreditForm.PHOTO
    }
    if source:
        known |= {source}
    reported: set[str] = set()
    for parent_id in dict.fromkeys(stretch.parent_id for stretch in stretches):
        of_parent = [stretch for stretch in stretches if stretch.parent_id == parent_id]
        parent = of_parent[0].parent
        taken = sum(map(prose, of_parent))
        if taken < TAKEN_SHARE * max(1, parent.prose) or _named(child, known, parent, registry):
            continue
        for credit in parent.document.credits:
            if credit.span is None or credit.form is CreditForm.PHOTO or credit.source in known | reported:
                continue
            if credit.form is CreditForm.ATTRIBUTION:
                continue
            reported.add(credit.source)
            first = of_parent[0]
            start = child.starts[first.after[0]]
            instead = next(
                (one.span for one in child.document.credits if one.span and one.form is credit.form), None
            )
            said = "credited to another" if instead else "the credit is gone"
            yield at(KIND, Severity.HIGH, first, instead or Span(start, start), credit.span, said)


def _named(child: Reading, known: frozenset[str] | set[str], parent: Reading, registry: Registry) -> bool:
    """Does the child's text name one of the sources that the parent credits, in whatever form?"""
    for credit in parent.document.credits:
        source = registry.get(credit.source)
        if credit.source in known:
            return True
        if source and any(name in child.text for name in (source.name, *source.aliases) if len(name) > 3):
            return True
    return False
