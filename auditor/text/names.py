"""Capitalised names of persons, places and bodies.

No list of names is kept: a name is told by its capitals, by where it stands, and by whether the same text
writes the word small elsewhere. Titles ("Foreign Minister") and possessive endings aren't part of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from auditor.domain import Name, Passage, PassageKind, Span
from auditor.text import titles
from auditor.text.abbreviations import LEADING, SPEECH_VERBS, STARTERS, words

_CAPITAL = "A-ZÀ-ÖØ-ÞĀ-ɎΆ-ΫЀ-Я"
# No lookbehind, so that the search jumps from capital to capital; what stands before is looked at afterwards.
_WORD = re.compile(
    rf"""(?:[A-Z]\.){{2,6}}(?![^\W\d_])|(?:[A-Z]\.){{1,6}}[A-Z](?![\w.])
    |[{_CAPITAL}][^\W_]*(?:[-’'&][^\W_]+)*""",
    re.VERBOSE,
)
_ARTICLE = re.compile(
    r"(?<![^\W_])(?:(?:al|el|an|as|at|ad|ash|ar|ul)-|(?:d|l)['’])$"
)  # of al-Assad, d'Estaing
_JOINT = re.compile(
    r"""\.?\s{1,2}(?:
    (?P<particle>de|de\ la|de\ los|van|van\ der|van\ den|von|von\ der|der|den|bin|ibn|da|di|du|do|dos|das
        |del|della|la|le|el|al|ter|ten|abu|bint|y|zu)\s
    |(?P<link>of|of\ the|for|for\ the|on|and)\s)?""",
    re.VERBOSE,
)
_LONGEST_JOINT = 12
# What ends a name inside its word: "Russia's", "Britain-based".
_ENDING = re.compile(
    r"""(?:['’]s?|-(?:backed|based|led|allied|controlled|born|style|held|funded|trained|sponsored|owned|run|made
    |bound|dominated|linked|area|era|wide|only|like|friendly|educated|speaking|ruled|occupied|affiliated|inspired
    |listed|supported|supplied|oriented|registered|flagged|approved|administered|brokered|wing|level))$""",
    re.VERBOSE,
)
_LONGEST_ENDING = 14
_LONGEST_ARTICLE = 5
_OPENER = frozenset("\"“‘'„«([—–:•-*`")
_OFFICES = titles.ROLES | titles.LEADING_ROLES
_AFTER_NAME = SPEECH_VERBS | words(
    """
    is was are were has had have will would could can may might must did does also who which whose
    """
)
_IS_DOING = re.compile(r"[a-z]{3}ing$")
_NUMBER_WORD = re.compile(r"(?:Twen|Thir|For|Fif|Six|Seven|Eigh|Nine)ty-")
_NEXT_WORD = re.compile(r",?\s([a-z]+)")

_TITLE_CASE = 0.6  # share of a headline's longer words in capitals, from which capitals tell nothing
_LONGER = 4  # letters; shorter words stay small in Title Case
_DROP_CAP = 5  # letters of an initial word in capitals that is no acronym


class _Word(NamedTuple):
    start: int
    end: int
    text: str
    initial: bool  # stands where any word has a capital
    joint: str  # what ties it to the word before: "", " ", a particle or a link


def names(text: str, passages: Sequence[Passage]) -> tuple[Name, ...]:
    """The names of a text, in order and without overlap; furniture holds none.

    In a headline in Title Case only names that the rest of the text knows are told.
    """
    runs: list[list[_Word]] = []
    shouted: list[list[_Word]] = []
    for passage in passages:
        if passage.kind is not PassageKind.FURNITURE:
            here = shouted if _is_title_case(text, passage) else runs
            here.extend(_runs(text, passage.span))
    known = {word.text for run in runs for word in run if not word.initial}
    small = {word for word in text.split() if word.islower()}
    found = [part for run in runs for part in _parts(text, run, known, small)]
    told = {word.text for part in found for word in part}
    found += [part for run in shouted for part in _told(run, told)]
    spans = sorted(Span(part[0].start, part[-1].end) for part in found)
    return tuple(Name(span, span.of(text)) for span in spans)


def _is_title_case(text: str, passage: Passage) -> bool:
    said = passage.span.of(text)
    if passage.kind is not PassageKind.HEADLINE and not said.isupper():
        return False
    words = [word for word in said.split() if len(word) >= _LONGER and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in words)
    return said.isupper() or (len(words) > 2 and capitals > _TITLE_CASE * len(words))


def _runs(text: str, span: Span) -> Iterator[list[_Word]]:
    """Runs of capitalised words that may be one name, within one passage."""
    run: list[_Word] = []
    for found in _WORD.finditer(text, span.start, span.end):
        start, end = found.span()
        before = text[start - 1] if start > span.start else " "
        if before.isalnum() or not text[start].isupper():
            continue
        if before in "-'’":
            article = _ARTICLE.search(text, max(span.start, start - _LONGEST_ARTICLE), start)
            start = article.start() if article else start
        said = found.group()
        if said in titles.NEVER_NAMES:
            if run:
                yield run
            run = []
            continue
        joint = _joint(text, run, start) if run else ""
        ending = None
        if not said.isalnum():
            ending = _ENDING.search(text, max(start + 1, end - _LONGEST_ENDING), end)
        end = ending.start() if ending else end
        if run and not joint:
            yield run
            run = []
        run.append(_Word(start, end, text[start:end], _is_initial(text, span, start), joint))
        if ending:
            yield run
            run = []
    if run:
        yield run


def _is_initial(text: str, span: Span, start: int) -> bool:
    if start == span.start:
        return True
    before = text[start - 1]
    if before in _OPENER:
        return True
    return (
        before == " "
        and text[start - 2] in ':—–"“.!?…*•'
        and start - 2 >= span.start
        and not _is_abbreviated(text, start - 2)
    )


def _is_abbreviated(text: str, stop: int) -> bool:
    """Does the full stop there belong to an initial or an abbreviation?"""
    if text[stop] != ".":
        return False
    word = text[max(0, stop - 8) : stop].rpartition(" ")[2]
    return len(word) == 1 or word in LEADING or "." in word or word in titles.MONTHS


def _joint(text: str, run: Sequence[_Word], start: int) -> str:  # noqa: PLR0911 - one rule a line
    """What ties a word to the run before it; "" where nothing does."""
    last = run[-1]
    if start - last.end > _LONGEST_JOINT:
        return ""
    gap = text[last.end : start]
    if gap == " ":
        return " "
    found = _JOINT.fullmatch(gap)
    if not found:
        return ""
    stopped = gap[0] == "."
    if stopped and not (len(last.text) == 1 or last.text in LEADING or last.text in ("Jr", "Sr")):
        return ""
    link = found["link"]
    if link is None:
        return found["particle"] or " "
    if stopped or link.startswith("on"):
        return ""
    if link == "and":
        in_body = any(word.joint[:2] in ("of", "fo") for word in run)
        return link if in_body and last.text in titles.OF_OFFICE else ""
    return link if last.text in titles.BODIES else ""


def _parts(text: str, run: list[_Word], known: set[str], small: set[str]) -> Iterator[list[_Word]]:
    """The names in a run: without sentence openers, days and titles."""
    run = _without_opener(run, known, small)
    run = _without_days(run)
    for part in _without_titles(run):
        if part and _is_name(text, part, known, small):
            yield part


def _without_opener(run: list[_Word], known: set[str], small: set[str]) -> list[_Word]:
    """Drop the first words of a sentence that have a capital only for standing there."""
    while run and run[0].initial:
        follower = run[1] if len(run) > 1 else None
        if not _is_opener(run[0].text, follower, known, small):
            break
        shouted = run[0].text.isupper()
        run = run[1:]
        if run and shouted and run[0].text.isupper() and len(run[0].text) >= _DROP_CAP:
            run = [run[0]._replace(initial=True), *run[1:]]
    return run


def _is_opener(word: str, follower: _Word | None, known: set[str], small: set[str]) -> bool:
    if word.isupper() and len(word) > 1:
        if word not in known and len(word) >= _DROP_CAP:
            return True
        word = word.capitalize()
    word = word.replace("’", "'")
    if word in STARTERS or _NUMBER_WORD.match(word):
        return True
    if _IS_DOING.search(word) and word not in known and follower is not None:
        return True
    if word in titles.ROLES or word in titles.LEADING_ROLES or word in known or word in titles.DIRECTIONS:
        return False
    if follower is None:
        return word in titles.COMMON
    return follower.text in known and word.lower() in small


def _without_days(run: list[_Word]) -> list[_Word]:
    while run and (
        run[0].text in titles.DAYS or (run[0].text in titles.MONTHS and _is_month(run[0].text, run[1:]))
    ):
        run = run[1:]
    while run and (
        run[-1].text in titles.DAYS or (run[-1].text in titles.MONTHS and _is_month(run[-1].text, run[:-1]))
    ):
        run = run[:-1]
    return run


def _is_month(word: str, others: Sequence[_Word]) -> bool:
    return not others or word not in titles.NAMES_AND_MONTHS


def _without_titles(run: list[_Word]) -> Iterator[list[_Word]]:
    """Cut a run at its offices: what stands before and after each is a name of its own."""
    if _OFFICES.isdisjoint(word.text for word in run):
        yield run
        return
    at = 0
    kept: list[_Word] = []
    while at < len(run):
        end = _office_end(run, at, kept)
        if end == at:
            kept.append(run[at])
            at += 1
            continue
        while kept and kept[-1].text in titles.MODIFIERS:
            kept.pop()
        yield kept
        kept = []
        at = end
    yield kept


def _office_end(run: Sequence[_Word], at: int, kept: Sequence[_Word]) -> int:
    """Where the office ends that begins at a word of the run; the same place where none begins."""
    word = run[at].text
    follower = run[at + 1] if at + 1 < len(run) else None
    first = all(before.text in titles.MODIFIERS for before in kept)
    if word not in titles.ROLES and not (word in titles.LEADING_ROLES and first):
        return at
    if follower is not None and follower.text in titles.NO_OFFICE - titles.ROLES - titles.LEADING_ROLES:
        return at
    if follower is not None and follower.joint.startswith("of"):
        if follower.text not in titles.OF_OFFICE:
            return at
        end = at + 2
        return (
            end + 1
            if end < len(run) and run[end].text in ("Affairs", "Security", "Services", "Staff")
            else end
        )
    return at + 1


def _is_name(  # noqa: PLR0911 - one rule a line
    text: str, part: Sequence[_Word], known: set[str], small: set[str]
) -> bool:
    first = part[0]
    if len(part) > 1:
        return True
    if first.text in titles.DAYS or (
        first.text in titles.MONTHS and first.text not in titles.NAMES_AND_MONTHS
    ):
        return False
    if (
        first.text in STARTERS or len(first.text) == 1 or (first.text[1:2] == "-" and first.text[0] in "RDI")
    ):  # "R-Ariz."
        return False
    if not first.initial:
        return not (first.text in titles.MODIFIERS and first.text not in known)
    if first.text in known or (first.text.isupper() and len(first.text) < _DROP_CAP):
        return True
    if first.text in titles.COMMON or first.text.lower() in small:
        return False
    if text[first.end : first.end + 1] in ("'", "’") or not first.text.isalpha():
        return True
    after = _NEXT_WORD.match(text, first.end, first.end + _LONGEST_ENDING)
    verbs = SPEECH_VERBS if _IS_DOING.search(first.text) else _AFTER_NAME
    return after is not None and after[1] in verbs


def _told(run: Iterable[_Word], told: set[str]) -> Iterator[list[_Word]]:
    """The longest parts of a run all of whose words are told of as names elsewhere."""
    part: list[_Word] = []
    for word in run:
        if word.text in told:
            part.append(word)
            continue
        if part:
            yield part
        part = []
    if part:
        yield part
