"""Page furniture in a store: what is known of it, and learning it from articles as they are examined.

    lines of new articles | those that their source has elsewhere, too | strangers among the holders | learnt

Which lines are furniture depends on which articles were examined, not on their order; a line that was learnt
stays. It must not know what becomes of matches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from auditor.fingerprint import FINGERPRINT_VERSION, unpack, unpack_many
from auditor.jobs.batches import batches
from auditor.matching import Furniture, Printed, Repeated, Words, lines_in, often_printed, repeated, strangers
from auditor.matching.parameters import PARAMETERS
from auditor.storage.records import Furnishing, LineStanding
from auditor.text import read, read_ahead

if TYPE_CHECKING:
    from auditor.storage import Store

# Stored articles whose lines are held at a time.
CHUNK = 5_000
# Lines whose holders are read together, and how many holders of each are read at first.
LINES, AT_FIRST = 100, 6
# Texts of holders that are kept for the lines after those: lines of one story share theirs.
HELD = 2_000
# Texts read together.
TOGETHER = 200


def furniture_of(store: Store) -> Furniture:
    """The lines that count as furniture in this store."""
    return Furnishings(store.furniture()).furniture


@dataclass(frozen=True)
class Furnishings:
    """What is known of lines, whether they are furniture or not."""

    known: tuple[Furnishing, ...]

    @cached_property
    def furniture(self) -> Furniture:
        """Those that are."""
        some = [each for each in self.known if each.standing is not LineStanding.KEPT]
        printed: dict[str, set[int]] = defaultdict(set)
        for each in some:
            for source in each.sources:
                printed[source].add(each.line)
        return Furniture(
            {each.line: each.text for each in some},
            {source: frozenset(lines) for source, lines in printed.items()},
        )

    def settled(self) -> frozenset[int]:
        """The lines of which a person has said whether they are."""
        return frozenset(each.line for each in self.known if each.standing is not LineStanding.LEARNT)

    def learnt(self) -> Iterator[tuple[int, str]]:
        """The lines that were learnt, with each source that prints them."""
        learnt = (each for each in self.known if each.standing is LineStanding.LEARNT)
        return ((each.line, source) for each in learnt for source in each.sources)

    def joined(self, more: Iterable[Furnishing]) -> Furnishings:
        """The same with what was learnt since, in place of what was known of those lines."""
        return Furnishings(tuple(({each.line: each for each in (*self.known, *more)}).values()))


@dataclass(frozen=True)
class Press:
    """Who published each article of a store, by number; sources are numbered as they are met."""

    names: list[str] = field(default_factory=list)
    of: dict[int, int] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    def note(self, key: int, source: str | None) -> None:
        """Take note of an article's source."""
        if source is None:
            return
        if source not in self._numbers:
            self._numbers[source] = len(self.names)
            self.names.append(source)
        self.of[key] = self._numbers[source]

    def numbered(self, printed: Iterable[tuple[int, str]]) -> list[tuple[int, int]]:
        """Lines with the numbers of the sources that print them; sources that weren't met are left out."""
        return [(line, self._numbers[source]) for line, source in printed if source in self._numbers]

    def printed(self, articles: Iterable[tuple[int, bytes]]) -> Printed:
        """The lines of some articles, given as packed, with their sources."""
        packed = list(articles)
        keys = [key for key, _ in packed]
        found = unpack_many([each for _, each in packed])
        return Printed.gathered(keys, [self.of.get(key, -1) for key in keys], found)


def learn(
    store: Store,
    press: Press,
    new: Sequence[tuple[int, bytes]],
    stored: Callable[[bool], Iterable[Printed]],
    known: Furnishings,
    order: Callable[[int], int],
) -> list[Furnishing]:
    """The lines of new articles that turn out to be furniture, or that of a further source.

    ``stored`` gives what other articles print, of the same sources or, if asked, of all. ``order`` gives each
    article's tie-break: of more holders than can be looked at, the first by it count.
    """
    printed = press.printed(new)
    waiting = repeated(printed, stored(False), known.settled(), press.numbered(known.learnt()))
    before = {each.line: each for each in known.known}
    found = _learnt_anew(store, press, [one for one in waiting if one.line not in before], order)
    printers = [(one.line, one.source) for one in waiting if one.line in before]
    if found:
        printers += often_printed(found, (printed, *stored(True)))
    for line, source in printers:
        found[line] = _printed_by(found.get(line) or before[line], press.names[source])
    return [found[line] for line in sorted(found)]


def _learnt_anew(
    store: Store, press: Press, waiting: Iterable[Repeated], order: Callable[[int], int]
) -> dict[int, Furnishing]:
    """Those lines of which strangers are found among the holders."""
    found: dict[int, Furnishing] = {}
    wording = _Wording(store)
    for group in batches(waiting, LINES):
        holders = [sorted(one.keys, key=order)[: PARAMETERS.most_holders] for one in group]
        if len(wording) > HELD:
            wording = _Wording(store)
        wording.fetch(key for keys in holders for key in keys[:AT_FIRST])
        open_ = (
            keys for keys in holders if not strangers(wording.held(keys[:AT_FIRST]), wording.are_strange)
        )
        wording.fetch(key for keys in open_ for key in keys[AT_FIRST:])
        for one, keys in zip(group, holders, strict=True):
            if one.line not in found and (met := strangers(wording.held(keys), wording.are_strange)):
                found[one.line] = wording.furnishing(one, press.names[one.source], met)
    return found


def _printed_by(known: Furnishing, source: str) -> Furnishing:
    """The line with one source more that prints it; the first by its key is named first, in any order."""
    first, *others = sorted({*known.sources, source})
    return replace(known, source=first, also=tuple(others))


def forget_revised(store: Store, waiting: Iterable[str]) -> None:
    """Forget what was learnt from articles whose text was replaced since by one without the line.

    ``waiting`` are those to be examined. Whatever holds such a line is to be examined with them, so that it
    is learnt again where enough others print it.
    """
    fresh = set(waiting)
    learnt = [
        each
        for each in store.furniture()
        if each.standing is LineStanding.LEARNT and not fresh.isdisjoint(each.seen)
    ]
    if not learnt:
        return
    revised = fresh.intersection(name for each in learnt for name in each.seen)
    held = {article.id: lines_in(article.text).keys() for article in store.articles(revised)}
    gone = {
        each.line: each.text
        for each in learnt
        if any(name in held and each.line not in held[name] for name in each.seen)
    }
    if gone:
        with store.transaction():
            store.let_be_unexamined(holders_of(store, only(gone)))
            store.drop_furniture(gone.keys())


class _Wording:
    """The texts of the holders of some lines, each read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._texts: dict[int, tuple[str, str]] = {}
        self._words: dict[int, Words] = {}
        self._strange: dict[tuple[int, int], bool] = {}

    def __len__(self) -> int:
        return len(self._texts)

    def fetch(self, keys: Iterable[int]) -> None:
        """Read the texts of those articles that aren't at hand, if they are held."""
        ids = {name: key for key, name in self._store.ids_of(set(keys) - self._texts.keys()).items()}
        for some in batches(self._store.texts(ids) if ids else (), TOGETHER):
            documents = [read(text) for _, text in some]
            read_ahead(documents)
            for (name, text), document in zip(some, documents, strict=True):
                self._texts[ids[name]] = name, text
                self._words[ids[name]] = Words.of(document)

    def held(self, keys: Iterable[int]) -> Iterator[int]:
        """Those of the articles that have a text."""
        return (key for key in keys if key in self._texts)

    def are_strange(self, one: int, other: int) -> bool:
        """Are two articles strangers? Copies of one story share many lines: each two are compared once."""
        pair = (min(one, other), max(one, other))
        if pair not in self._strange:
            self._strange[pair] = self._words[one].is_strange_to(self._words[other])
        return self._strange[pair]

    def furnishing(self, line: Repeated, source: str, met: Sequence[int]) -> Furnishing:
        """The line as learnt among these strangers."""
        seen = sorted(self._texts[key][0] for key in met)
        text = lines_in(self._texts[met[0]][1])[line.line]
        return Furnishing(line.line, text, LineStanding.LEARNT, source, tuple(seen))


def to_search_again(store: Store, press: Press, learnt: Sequence[Furnishing], known: Furnishings) -> set[int]:
    """The numbers of the examined articles whose matches may be others with what was learnt.

    Of a line that wasn't known all that hold it; else those of a source that wasn't known to print it.
    """
    printed = set(known.learnt())
    lines = {line for line, _ in printed}
    fresh = {each.line: each.text for each in learnt if each.line not in lines}
    more = {each.line: each.text for each in learnt if each.line in lines}
    further = {source for each in learnt for source in each.sources if (each.line, source) not in printed}
    holders = holders_of(store, only(more)) if more else set()
    own = {key for key in holders if key in press.of and press.names[press.of[key]] in further}
    return own | (holders_of(store, only(fresh)) if fresh else set())


def holders_of(store: Store, furniture: Furniture) -> set[int]:
    """The numbers of the examined articles that hold any of the lines, or a part that could tie them."""
    return {
        key
        for chunk in store.fingerprint_chunks(FINGERPRINT_VERSION, CHUNK)
        for key, packed in chunk
        if furniture.touches(unpack(packed))
    }


def only(lines: Mapping[int, str]) -> Furniture:
    """Furniture that is just these lines."""
    return Furniture(dict(lines))
