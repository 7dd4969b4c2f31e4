"""Who the text says made a statement: '"…," Ruiz said', 'said Ruiz, who …', 'according to Ruiz'.

Only the neighbourhood of a quotation is read, and only names that stand there are given: a pronoun names
nobody.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from auditor.domain import Name, Quotation, Span
from auditor.text.abbreviations import SPEECH_VERBS, words

_LOOK_AFTER = 140  # characters after a quotation in which its speaker is named
_LOOK_BEFORE = 260
_VERBS_AFTER = 90  # characters after a quotation within which the verb must stand
_WORD = re.compile(r"[A-Za-z]+")
_MARKS = re.compile(r"""["“”«»„]""")
_DOING = words("saying adding noting telling insisting arguing warning calling describing claiming stressing")
_VERBS = SPEECH_VERBS | words("told according quoted hailed denounced branded dubbed labeled labelled")
_ADVERBS = (
    r"(?:(?:also|later|then|has|had|once|meanwhile|himself|herself|again|often|further|even|reportedly|on"
    r"|earlier|just|repeatedly|previously|who|[a-z]+ly|[A-Z][a-z]+day|[A-Z][a-z]{2,4}\.|\d+)\s){0,4}"
)
_SUBJECT_GAP = re.compile(rf"(?:\s{_ADVERBS}|\s?[,(][^,()]{{1,120}}[,)]\s{_ADVERBS}|,\s(?:who\s){_ADVERBS})")
_ROLE_GAP = re.compile(
    r"""(?:['’]s)?\s(?:(?:[A-Z][\w.]*
    |(?:vice|deputy|foreign|defen[cs]e|prime|interior|finance|former|chief|state|press|senior|government
      |army|police|military|party|opposition|top|acting|health|energy)
    |(?:spokes(?:man|woman|person)|minister|president|leader|secretary|director|senator|chairman|chairwoman
      |official|lawmaker|governor|mayor|ambassador|envoy|general|analyst|economist|professor|lawyer|attorney|commander
      |correspondent|reporter|coach|executive|founder|head|editor|writer))\s){0,5}""",
    re.VERBOSE,
)
_PREPOSITION = re.compile(
    r"\b(?:of|in|to|on|with|for|at|from|by|against|between|and|or|over|near|after|before)\s(?:the\s)?$"
)
_PLACE_GAP = re.compile(
    r"\b(?:of|in|to|on|with|for|at|from|by|as|who|that|during|after|before|when|and|or)\b"
)
_ATTRIBUTION = re.compile(
    r"""[,.]?\s?["”’']?[,.]?\s{0,2}(?:[\w.’'-]+[,\s]\s?){0,14}[\w.’'-]*[.,:;]?\s{0,2}"""
)
_LONGEST_ATTRIBUTION = 110
_DETERMINER = re.compile(r"\s(?:an?|the|one|his|her|its|their)\s")
_NOUN_FOLLOWS = re.compile(
    r"\s(?!(?:in|on|at|of|who|when|as|during|after|before|to|from|with|while|told|said)\b)[a-z]+"
)
_PRONOUN = re.compile(r"(?:He|She|They|It|We|I)\b")
_COLON = re.compile(r"\s?:\s?$")


class Speakers:
    """Finds the speakers of a text's quotations."""

    def __init__(
        self, text: str, sentences: Sequence[Span], paragraphs: Sequence[Span], names: Sequence[Name]
    ) -> None:
        self._text, self._sentences, self._names = text, sentences, names
        self._paragraph_starts = [span.start for span in paragraphs]
        self._name_starts = [name.span.start for name in names]

    def attribute(self, quotations: Sequence[Quotation]) -> list[Quotation]:
        """The quotations, in order, with their speakers; nested ones get none."""
        found: list[Quotation] = []
        outer: Quotation | None = None
        for quotation in quotations:
            if outer and outer.span.contains(quotation.span):
                found.append(quotation)
                continue
            name = self._named(quotation) or self._same_as(quotation, outer)
            if name:
                quotation = replace(quotation, speaker=name.text, speaker_span=name.span)  # noqa: PLW2901
            found.append(quotation)
            outer = quotation
        return found

    def _named(self, quotation: Quotation) -> Name | None:
        """The speaker named beside a quotation: a fragment's stands before it, a whole statement's after."""
        if self._sentence_start(quotation.span.start) < quotation.span.start:
            return self._before(quotation) or self._after(quotation)
        return self._after(quotation) or self._before(quotation)

    # After the quotation

    def _after(self, quotation: Quotation) -> Name | None:
        start = quotation.span.end
        end = min(self._sentence_end(start), start + _LOOK_AFTER)
        mark = _MARKS.search(self._text, start, end)
        end = mark.start() if mark else end
        for word in _WORD.finditer(self._text, start, min(end, start + _VERBS_AFTER)):
            if word.group() in _VERBS:
                return self._around_verb(start, word, end)
        return None

    def _around_verb(self, start: int, verb: re.Match[str], end: int) -> Name | None:
        before = self._names_between(start, verb.start())
        if before:
            subject = self._last_of_phrase(before)
            return subject if _SUBJECT_GAP.fullmatch(self._text, subject.span.end, verb.start()) else None
        said = self._text[start : verb.start()].strip(" ,.\"”’'")
        if said and verb.group() != "according":
            return None  # "he said", "the minister said"
        return self._behind_verb(verb.end(), end)

    def _behind_verb(self, start: int, end: int) -> Name | None:
        names = self._names_between(start, end)
        if not names:
            return None
        between = self._text[start : names[0].span.start].removeprefix(" to")
        if "," in between or _PLACE_GAP.search(between):
            return None
        subject = self._last_of_phrase(names)
        is_described = _DETERMINER.match(between) and _NOUN_FOLLOWS.match(self._text, subject.span.end)
        return None if is_described else subject  # "said a senior Obama administration official"

    # Before the quotation

    def _before(self, quotation: Quotation) -> Name | None:
        start = max(self._sentence_start(quotation.span.start), quotation.span.start - _LOOK_BEFORE)
        end = quotation.span.start
        names = self._names_between(start, end)
        if not names:
            return None
        if _COLON.search(self._text, names[-1].span.end, end) and names[-1].span.end >= end - 3:
            return names[-1]
        verbs = [word for word in _WORD.finditer(self._text, start, end) if word.group() in _VERBS | _DOING]
        if not verbs:
            return None
        verb = verbs[-1]
        if verb.group() in _DOING:
            return self._subject_of_sentence(start, names, verb.start())
        before = [name for name in names if name.span.end <= verb.start()]
        if not before:
            return self._last_of_phrase(names) if verb.group() == "according" else None
        subject = (
            self._last_of_phrase(before)
            if "," in self._text[before[0].span.end : verb.start()][:1]
            else before[-1]
        )
        return subject if _SUBJECT_GAP.fullmatch(self._text, subject.span.end, verb.start()) else None

    def _subject_of_sentence(self, start: int, names: Sequence[Name], end: int) -> Name | None:
        if _PRONOUN.match(self._text, start):
            return None
        for number, name in enumerate(names):
            if name.span.end > end:
                return None
            if not _PREPOSITION.search(self._text, start, name.span.start):
                subject = self._last_of_phrase(names[number:])
                return None if self._text[subject.span.end : subject.span.end + 1] in ("'", "’") else subject
        return None

    # The one who is speaking already

    def _same_as(self, quotation: Quotation, before: Quotation | None) -> Name | None:
        """The speaker before, where only his attribution stands between two quotations of a paragraph."""
        if before is None or before.speaker is None or before.speaker_span is None:
            return None
        gap = Span(before.span.end, quotation.span.start)
        if gap.length > _LONGEST_ATTRIBUTION or self._paragraph_of(gap.start - 1) != self._paragraph_of(
            gap.end
        ):
            return None
        starts_here = self._sentence_start(quotation.span.start) == quotation.span.start
        goes_on = self._text[gap.start : gap.end].rstrip().endswith((",", ":"))
        silent = not any(letter.isalnum() for letter in self._text[gap.start : gap.end])
        named_between = silent or gap.contains(before.speaker_span)
        if (
            (starts_here or goes_on)
            and named_between
            and _ATTRIBUTION.fullmatch(self._text, gap.start, gap.end)
        ):
            return Name(before.speaker_span, before.speaker)
        return None

    # Where things stand

    def _names_between(self, start: int, end: int) -> Sequence[Name]:
        first, last = bisect_left(self._name_starts, start), bisect_left(self._name_starts, end)
        return [name for name in self._names[first:last] if name.span.end <= end]

    def _last_of_phrase(self, names: Sequence[Name]) -> Name:
        """Of names that stand together ("U.S. spokesman John Doe") the last; of others the first."""
        chosen = names[0]
        for following in names[1:]:
            gap = self._text[chosen.span.end : following.span.start]
            if (
                len(gap) > 60
                or not (_ROLE_GAP.fullmatch(gap) or not gap.strip(" ."))
                or _PLACE_GAP.search(gap)
            ):
                break
            chosen = following
        return chosen

    def _sentence_at(self, place: int) -> Span | None:
        at = bisect_right(self._sentences, place, key=lambda span: span.start) - 1
        return self._sentences[at] if at >= 0 else None

    def _sentence_end(self, place: int) -> int:
        sentence = self._sentence_at(max(place - 1, 0))
        return sentence.end if sentence and sentence.end > place else place

    def _sentence_start(self, place: int) -> int:
        sentence = self._sentence_at(place)
        return sentence.start if sentence and sentence.end > place else place

    def _paragraph_of(self, place: int) -> int:
        return bisect_right(self._paragraph_starts, place)
