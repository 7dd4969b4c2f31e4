"""Where a text writes the name of a registered source.

A mention isn't yet a credit: what makes it one is for ``credits`` to say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from auditor.domain import Source, SourceKind, Span
from auditor.registry import Registry

_SHOUTED_FROM = 5  # letters of a name that may be written in capitals throughout
_SHORT = 4  # letters of an acronym that other bodies may share
_REGISTRIES = 8  # matchers kept
_BOUNDARY = frozenset("_@#")


@dataclass(frozen=True, slots=True)
class Mention:
    """A source's name in a text; ``span`` leaves out the article before it."""

    span: Span
    source: Source
    said: str
    is_name: bool  # a name or alias, not only what stands in a dateline's brackets

    @property
    def is_short(self) -> bool:
        """Is it an acronym that others may share: "PA", "APA"?"""
        return len(self.said) <= _SHORT and self.said.isupper()


class Matcher:
    """Finds mentions of a registry's sources; built once for each registry."""

    def __init__(self, registry: Registry) -> None:
        self._forms: dict[str, tuple[Source, bool]] = {}
        self._need_article: set[str] = set()
        for source in registry:
            for dateline in source.datelines:
                self._add(source, dateline, is_name=False)
        for source in registry:
            for alias in source.aliases:
                self._add(source, alias, is_name=True)
        for source in registry:
            self._add(source, source.name, is_name=True)
        self._pattern = _alternatives(self._forms)
        self.datelines = {line: source for source in registry for line in source.datelines}
        self.phrases = [
            (phrase.partition("…")[0].strip().casefold(), _phrase(phrase), source)
            for source in registry
            for phrase in source.credits
        ]

    def _add(self, source: Source, form: str, *, is_name: bool) -> None:
        bare = form.removeprefix("The ")
        if bare != form and " " not in bare and not bare.isupper():
            self._need_article.add(bare)
        for said in {bare, bare.upper() if len(bare) >= _SHOUTED_FROM else bare}:
            known = self._forms.get(said)
            self._forms[said] = (source, is_name or (known is not None and known[0] is source and known[1]))

    def mentions(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Mention]:
        """The mentions in a range of a text, in order; the longest name wins."""
        if self._pattern is None:
            return
        for found in self._pattern.finditer(text, start, len(text) if end is None else end):
            at = found.start()
            if at and (text[at - 1].isalnum() or text[at - 1] in _BOUNDARY):
                continue
            said = found.group()
            if said in self._need_article and text[max(0, at - 4) : at].casefold() != "the ":
                continue
            source, is_name = self._forms[said]
            yield Mention(Span(*found.span()), source, said, is_name)

    def named(self, said: str) -> Source | None:
        """The source that a dateline's brackets name, if that is all they say."""
        bare = said.strip().removeprefix("The ").removeprefix("the ")
        source = self.datelines.get(bare)
        if source:
            return source
        form = self._forms.get(bare)
        return form[0] if form and form[0].kind is not SourceKind.UNKNOWN else None


def _alternatives(forms: dict[str, tuple[Source, bool]]) -> re.Pattern[str] | None:
    """One pattern, the longest form first; grouped by first letter, so that the search skips others."""
    groups: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        if form:
            groups[form[0]].append(form[1:])
    if not groups:
        return None
    branches = []
    for first, rests in sorted(groups.items()):
        longest_first = sorted(rests, key=lambda rest: (-len(rest), rest))
        branches.append(re.escape(first) + "(?:" + "|".join(map(re.escape, longest_first)) + ")")
    return re.compile("(?:" + "|".join(branches) + r")(?![^\W_])")


def _phrase(phrase: str) -> re.Pattern[str]:
    pieces = (re.escape(piece.strip()) for piece in phrase.split("…"))
    return re.compile(r"[^\n]{0,200}?".join(pieces), re.IGNORECASE)


@lru_cache(maxsize=_REGISTRIES)
def matcher(registry: Registry) -> Matcher:
    """The matcher of a registry, built at its first use."""
    return Matcher(registry)
