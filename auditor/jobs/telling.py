"""Which stored articles may retell a wire's report of the same story: pairs that no shared run ties.

    dated articles → day by day: wires of the days before → what each text is about → pairs of one story

Whether a pair is one depends on its two articles alone, so order and batches don't matter; and only
articles near each other in time are looked at, so that a night costs what a night brings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from auditor.domain import Moment
from auditor.jobs.batches import batches
from auditor.lineage import REACH, may_retell
from auditor.matching import pairings, story_pairs
from auditor.text import read, read_ahead
from auditor.text.tokens import Hashes

if TYPE_CHECKING:
    from auditor.registry import Registry
    from auditor.storage import Store

DAY = timedelta(days=1)
# Texts read together.
TEXTS = 200


@dataclass(frozen=True, slots=True)
class Teller:
    """When an article was published and by whom; ``key`` is the store's number for it."""

    key: int
    id: str
    source: str | None
    published: Moment


def retold_pairs(
    store: Store,
    tellers: Iterable[Teller],
    renewed: Collection[int],
    registry: Registry,
    texts: Mapping[int, str] | None = None,
) -> set[tuple[int, int]]:
    """The keys (lesser first) of all articles and reports that they may retell, one of each pair renewed.

    ``texts`` are those of articles that the store doesn't hold.
    """
    wires: dict[date, list[Teller]] = defaultdict(list)
    others: dict[date, list[Teller]] = defaultdict(list)
    for teller in tellers:
        days = wires if registry.is_wire(teller.source) else others
        days[teller.published.earliest.date()].append(teller)
    if not wires:
        return set()
    found: set[tuple[int, int]] = set()
    about = _About(store, texts or {})
    for day in sorted(others):
        reports = [wire for near in _before(day) for wire in wires.get(near, ())]
        for those, against in _tasks(others[day], reports, renewed):
            told = story_pairs(about(those), about(against))
            found |= {
                (min(one.key, two.key), max(one.key, two.key))
                for one, two in ((those[text], against[wire]) for text, wire in told)
                if may_retell(one, two, registry)
            }
        about.forget(before=day - REACH - DAY)
    return found


def _before(day: date) -> Iterator[date]:
    """The days on which a report may have come out that is retold on this day."""
    first = day - REACH - DAY
    while first <= day + DAY:  # a bare date is the whole day, and may begin before a report of that day
        yield first
        first += DAY


def _tasks(
    texts: Sequence[Teller], reports: Sequence[Teller], renewed: Collection[int]
) -> Iterator[tuple[list[Teller], list[Teller]]]:
    """New texts against all reports, and the others against new reports."""
    new = [text for text in texts if text.key in renewed]
    if new and reports:
        yield new, list(reports)
    late = [wire for wire in reports if wire.key in renewed]
    old = [text for text in texts if text.key not in renewed]
    if late and old:
        yield old, late


class _About:
    """What texts are about, each read once while its days last."""

    def __init__(self, store: Store, texts: Mapping[int, str]) -> None:
        self._store = store
        self._texts = texts
        self._known: dict[int, tuple[date, Hashes]] = {}

    def __call__(self, tellers: Sequence[Teller]) -> list[Hashes]:
        missing = {one.id: one for one in tellers if one.key not in self._known}
        given = [missing.pop(one.id) for one in list(missing.values()) if one.key in self._texts]
        self._keep((one, self._texts[one.key]) for one in given)
        if missing:
            self._keep((missing[name], text) for name, text in self._store.texts(missing))
        return [self._known[one.key][1] for one in tellers]

    def _keep(self, texts: Iterable[tuple[Teller, str]]) -> None:
        for some in batches(texts, TEXTS):
            documents = [read(text) for _, text in some]
            read_ahead(documents)
            for (one, _), document in zip(some, documents, strict=True):
                self._known[one.key] = one.published.earliest.date(), pairings(document.tokens)

    def forget(self, before: date) -> None:
        """Drop what later days don't need."""
        self._known = {key: each for key, each in self._known.items() if each[0] >= before}
