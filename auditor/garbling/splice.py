"""Splice: text of other origin runs into a passage, or "he" or "this" now points to something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from auditor.domain import GarbleKind, PassageKind, Relation, Severity, Span
from auditor.garbling import vocabulary
from auditor.garbling.changes import Change, Stretch
from auditor.garbling.finding import Finding, Judgement, found
from auditor.garbling.reading import Reading, WordClass

KIND = GarbleKind.SPLICE

SPLICED_WORDS = 4
"""The shortest foreign run inside a sentence that counts; shorter ones are insertions."""

SPLICED_STATEMENT = 6
"""The shortest foreign run that begins with a name: a shorter one may only say who somebody is."""

CONTEXT_WORDS = 2
"""Words on either side of a foreign run that must stand as in the parent, or the place is only rewritten."""

LOOK_BACK = 3
"""How many sentences back a reader looks for the person that "he" means."""

NEAR_SENTENCES = 4
"""What "this" points to is still told where no more than this many sentences were left out before it."""

SHORT_SENTENCE = 4
"""A sentence shorter than this is a tag ("he said") that was parted from its quotation."""

OPENING_WORDS = 12
"""In how many words of its beginning a sentence shows that it leans on the one before."""

_PERSONAL = frozenset(["he", "she", "him", "his", "her"])
_NEUTER = frozenset(("it", "they", "its", "their"))
_EMPTY_IT = frozenset(
    (
        "is",
        "was",
        "'s",
        "will",
        "would",
        "seems",
        "seemed",
        "has",
        "had",
        "may",
        "might",
        "could",
        "takes",
        "took",
    )
)
_FINITE = vocabulary.words("is was are were has have had will would can could may might must does did")
_AFTER_THAT = frozenset(("being", "is", "was", "would", "will", "means", "said", "'s"))
_POINTING = frozenset(["that", "this", "these", "those", "such"])
_GLUED_NAMES = (
    *("GETTY", "Getty Images", "AFP", "REUTERS", "Reuters", "EPA", "AP Photo", "PA", "ALAMY", "REX"),
    *("IMAGES", "Shutterstock"),
)
_CREDIT_GLUED = re.compile(
    rf"\b(?:{'|'.join(_GLUED_NAMES)})"
    r"(?:[*/][A-Z*/]{1,12})?(?=(?:The|A|An|In|He|She|It|But|President|Prime)\b)"
)

_PICTURE_WORDS = ("Photo", "Picture", "Image")
"""A text without these needn't be searched for captions."""
_CAPTION_TAIL = re.compile(
    r"(?m)(?<=[.!?] )[^.!?\n]{10,200}[.!?] (?:Photo|Photograph|Picture|Image)(?: by |: |/)[^\n.]{2,60}\.?$"
)
_CAPTION = re.compile(
    r"(?i)(?:file )?(?:photo|picture|image|video|caption|credit|pictured|getty|reuters/|watch)\b"
)


def judge(stretch: Stretch, change: Change) -> Judgement:
    """Does an inserted run break into the sentence rather than belong to it?"""
    if not change.inserted or change.after[1] - change.after[0] < SPLICED_WORDS or change.edge:
        return None
    child, (first, last) = stretch.child, change.after
    if not _stands(stretch, first - CONTEXT_WORDS, first) or not _stands(stretch, last, last + CONTEXT_WORDS):
        return None
    if _parts_quotation(child, first, last):
        return None
    if _unbroken(stretch, first - 1, last) and _breaks_in(child, first, last):
        return found(KIND, Severity.MEDIUM, stretch, change, "other text runs into the sentence")
    return None


def _parts_quotation(child: Reading, first: int, last: int) -> bool:
    """Are these a writer's words between two parts of what somebody said?"""
    inside = child.quotation_of
    return (
        inside[first - 1] >= 0 and inside[last] >= 0 and all(inside[word] < 0 for word in range(first, last))
    )


def _stands(stretch: Stretch, first: int, last: int) -> bool:
    """Do these words of the child stand together in the parent?"""
    if first < stretch.after[0] or last > stretch.after[1]:
        return False
    places = [stretch.origins.get(word, -1) for word in range(first, last)]
    return places[0] >= 0 and places[-1] - places[0] == last - 1 - first and -1 not in places


def _unbroken(stretch: Stretch, left: int, right: int) -> bool:
    """Do the words on both sides stand side by side in one sentence of the parent?"""
    one, other = stretch.origins[left], stretch.origins[right]
    return other == one + 1 and stretch.parent.sentence_of[one] == stretch.parent.sentence_of[other]


def _breaks_in(child: Reading, first: int, last: int) -> bool:
    """Does the run begin or end like a sentence or caption of its own, where the sentence goes on?"""
    before, after = child.gap(first), child.gap(last)
    goes_on = not child.word(last)[0].isupper()
    if goes_on and re.search(r"[.!?]\W*\s|\n", after):
        return True
    if _CAPTION.match(child.text, child.starts[first]) or "\n" in before:
        return goes_on
    if not (child.word(first)[0].isupper() and goes_on and before.isspace()):
        return False
    if child.classes[first] is not WordClass.NAME:
        return True
    return last - first >= SPLICED_STATEMENT and any(
        child.forms[word] in _FINITE or child.classes[word] is WordClass.SPEECH for word in range(first, last)
    )


def foreign(child: Reading, stretches: Sequence[Stretch]) -> Iterator[Finding]:
    """Sentences of the child that are put together from two parents, or two far places of one."""
    for one, other in pairwise(stretches):
        left, right = one.after[1] - 1, other.after[0]
        if (
            right <= left
            or right - left > SPLICED_WORDS
            or child.sentence_of[left] != child.sentence_of[right]
        ):
            continue
        if re.search(r"[.!?]|\n", child.text[child.ends[left] : child.starts[right]]):
            continue
        first, last = child.sentence_words[child.sentence_of[left]]
        if left + 1 - first < SPLICED_WORDS or min(last, other.after[1]) - right < SPLICED_WORDS:
            continue
        span = child.span(right, min(last, other.after[1]))
        before = other.parent.span(*other.before)
        yield Finding(
            KIND,
            Severity.MEDIUM,
            span,
            before,
            other.parent_id,
            "runs into text of other origin",
            stretch=other,
        )


def own(text: str) -> Iterator[Finding]:
    """Captions and picture credits that run into the text."""
    for hit in _CAPTION_TAIL.finditer(text) if any(word in text for word in _PICTURE_WORDS) else ():
        yield Finding(KIND, Severity.MEDIUM, Span(*hit.span()), detail="a caption runs into the text")
    for hit in _CREDIT_GLUED.finditer(text) if any(name in text for name in _GLUED_NAMES) else ():
        yield Finding(KIND, Severity.MEDIUM, Span(*hit.span()), detail="a picture credit runs into the text")


# Pronouns that point elsewhere


def dangling(stretches: Sequence[Stretch]) -> Iterator[Finding]:
    """Sentences that lean on the one before, and stand after another than in their parent."""
    for stretch in stretches:
        child = stretch.child
        for index in dict.fromkeys(child.sentence_of[word] for word in range(*stretch.after)):
            for place in _leaning(child, index):
                finding = _misplaced(stretch, index, place)
                if finding:
                    yield finding
                    break


def _leaning(reading: Reading, index: int) -> list[int]:
    """The words by which a sentence leans on what stands before it, a person's pronoun first."""
    first, last = reading.sentence_words[index]
    pointing = None
    for word in range(first, min(last, first + OPENING_WORDS)):
        if reading.classes[word] is WordClass.NAME or reading.quotation_of[word] >= 0:
            break
        if reading.forms[word] in vocabulary.OFFICES:
            break
        form, before = reading.forms[word], reading.forms[word - 1] if word else ""
        follows = reading.forms[word + 1] if word + 1 < last else ""
        if form in _PERSONAL:
            return [word] if pointing is None else [word, pointing]
        if form in _NEUTER and word == first and follows not in _EMPTY_IT:
            pointing = word if pointing is None else pointing
        points = form in _POINTING and (word == first or before in ("despite", "after", "before"))
        if points and pointing is None and (form != "that" or follows in _AFTER_THAT):
            pointing = word
    return [] if pointing is None else [pointing]


def _misplaced(stretch: Stretch, index: int, place: int) -> Finding | None:
    child, parent = stretch.child, stretch.parent
    if place not in stretch.origins:
        return None  # the child's own pronoun, put there by who knew what it stands for
    kept = [word for word in range(*child.sentence_words[index]) if word in stretch.origins]
    if len(kept) < SHORT_SENTENCE or len(kept) < 0.6 * (
        child.sentence_words[index][1] - child.sentence_words[index][0]
    ):
        return None
    origin = parent.sentence_of[stretch.origins[kept[0]]]
    before, here = _preceding(parent, origin), _preceding(child, index)
    if not before or _is_introduced(child, index) or _has_its_context(stretch, index, before, here):
        return None
    if child.forms[place] in _PERSONAL and here:
        detail = _another_person(stretch, origin, before, here)
    elif stretch.relation is Relation.UNDECIDED or _is_near(stretch, here, origin):
        return None  # read the other way round the texts would say so, too; or only a sentence was left out
    else:
        detail = "points to another sentence than in its parent"
    if not detail:
        return None
    detail = f'"{child.word(place)}" {detail}'
    return Finding(
        KIND,
        Severity.MEDIUM,
        child.sentences[index],
        parent.sentences[origin],
        stretch.parent_id,
        detail,
        stretch=stretch,
    )


def _is_introduced(child: Reading, index: int) -> bool:
    """Does a colon stand before the sentence, as before what is shown from another text?"""
    start = child.starts[child.sentence_words[index][0]]
    return child.text[:start].rstrip("\n\t \"“‘'>").endswith(":")


def _has_its_context(stretch: Stretch, index: int, before: Sequence[int], here: Sequence[int]) -> bool:
    """Does a sentence still stand after the one, or the last words of it, that it followed in the parent?"""
    first = stretch.child.sentence_words[index][0]
    if first in stretch.origins and stretch.origins.get(first - 1) == stretch.origins[first] - 1:
        return True
    return bool(here) and _is_kept(stretch.child, here[0], stretch.parent, before[0])


def _another_person(stretch: Stretch, origin: int, before: Sequence[int], here: Sequence[int]) -> str:
    """Whom "he" meant and whom it points to now, where these are two; empty where they may be one."""
    child, parent = stretch.child, stretch.parent
    meant, now = _nearest(parent, before), _nearest(child, here)
    around = {name for index in here for name in _names(child, index)}
    known = {name for index in before for name in _names(parent, index)}
    if not meant or set(meant) & around or set(now) & known:
        return ""
    if _is_near(stretch, here, origin) and not _leads_away(child, here[0], now):
        return ""
    return f"meant {meant[0]}" + (f", now it points to {now[0]}" if now else "")


def _leads_away(child: Reading, before: int, now: list[str]) -> bool:
    """Does the very sentence before name another person, and speak of none by pronoun?"""
    words = child.forms[slice(*child.sentence_words[before])]
    return bool(now) and now == _names(child, before) and not _PERSONAL & set(words)


def _is_near(stretch: Stretch, here: Sequence[int], origin: int) -> bool:
    """Does the sentence before come from shortly before in the same parent, of the same matter?"""
    if not here:
        return False
    words = range(*stretch.child.sentence_words[here[0]])
    kept = [stretch.origins[word] for word in words if word in stretch.origins]
    if not kept or len(kept) < 0.5 * len(words):
        return False
    return 0 <= origin - stretch.parent.sentence_of[kept[-1]] <= NEAR_SENTENCES


def _preceding(reading: Reading, index: int) -> list[int]:
    """The body sentences before a sentence, the nearest first."""
    passages = reading.document.passages
    found = []
    for before in range(index - 1, -1, -1):
        if passages[before].kind is PassageKind.BODY:
            found.append(before)
        if len(found) == LOOK_BACK:
            break
    return found


def _is_kept(child: Reading, here: int, parent: Reading, before: int) -> bool:
    """Does the child's sentence come from that sentence of the parent, or say nearly the same?"""
    words = range(*child.sentence_words[here])
    old = frozenset(parent.forms[slice(*parent.sentence_words[before])])
    shared = sum(child.forms[word] in old for word in words if child.classes[word] is not WordClass.FUNCTION)
    content = sum(child.classes[word] is not WordClass.FUNCTION for word in words)
    return shared >= 0.5 * max(1, content)


def _nearest(reading: Reading, sentences: Sequence[int]) -> list[str]:
    """The people of the nearest sentence that names any: a following "he" most probably means the first."""
    for index in sentences:
        names = _names(reading, index)
        if names:
            return names
    return []


def _names(reading: Reading, index: int) -> list[str]:
    """The surnames of a sentence's people, those who speak first."""
    first, last = reading.sentence_words[index]
    speakers: list[str] = []
    others: list[str] = []
    word = first
    while word < last:
        if reading.classes[word] is not WordClass.NAME or reading.quotation_of[word] >= 0:
            word += 1
            continue
        end = word
        while end < last and _in_name(reading, end, word):
            end += 1
        if _is_person(reading, word, end):
            beside = [reading.classes[place] for place in (word - 1, end) if first <= place < last]
            (speakers if WordClass.SPEECH in beside else others).append(reading.word(end - 1))
        word = end
    return speakers + others


def _is_person(reading: Reading, first: int, last: int) -> bool:
    """Does a name look like a person's: after an office, of two words, or the surname of such a one?"""
    surname = reading.forms[last - 1]
    if surname in vocabulary.BODIES or reading.word(last - 1).isupper():
        return False
    if last < len(reading) and reading.forms[last] == "'s":
        return False
    if reading.forms[first - 1] in vocabulary.OFFICES or any(
        reading.forms[word] in vocabulary.OFFICES for word in range(first, last - 1)
    ):
        return True
    return last - first in (2, 3) or surname in reading.surnames


def _in_name(reading: Reading, index: int, first: int) -> bool:
    if reading.classes[index] is not WordClass.NAME:
        return False
    gap = reading.gap(index)
    return (
        index == first or gap in (" ", "-") or (gap == ". " and reading.forms[index - 1] in vocabulary.TITLES)
    )
