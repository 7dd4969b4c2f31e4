"""First part of an audit: fingerprints of what is new, candidate pairs against all that is stored, matches.

    unexamined → waves in order of time → fingerprints → candidates → aligned pairs → store

A wave is kept whole or not at all, so that an interrupted audit goes on where it was. Articles whose
matches changed lose their verdict: that is how the next part knows what to trace again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from auditor.domain import Article, Match, Moment
from auditor.engine.tasks import Examined, Paired, Pairing, examined, paired
from auditor.fingerprint import FINGERPRINT_VERSION, fingerprint_texts, unpack_many
from auditor.jobs.batches import batches
from auditor.jobs.furnishing import Furnishings, Press, learn, to_search_again
from auditor.jobs.kindred import in_kindred_order
from auditor.jobs.retracing import steady
from auditor.jobs.telling import Teller, retold_pairs
from auditor.matching import UNKNOWN_TIME, Postings, Printed, Standing, find_candidates, tie_of

if TYPE_CHECKING:
    from auditor.engine.local import Workers
    from auditor.jobs.progress import Progress
    from auditor.registry import Registry
    from auditor.storage import Furnishing, Store

# Articles searched for in one pass over the store: bounds memory (some 40 MB of fingerprints), and each
# pass over 100,000 stored articles costs about a second.
WAVE = 20_000
# Stored articles whose fingerprints are held at a time.
CHUNK = 5_000
# Texts sent to a worker at a time.
TEXTS = 200
# Pairs whose articles are loaded at a time for aligning …
PAIRS = 4_000
# … and how many of them a worker is sent at a time: kindred pairs share texts, which are sent and read once.
SENT = 500
# Pairs of which is kept until they are traced what of them is merely told alike: 260 bytes each.
REMEMBERED = 40_000

# By two ids, the lesser first: which of their matches, by their places in order, are merely told alike.
ToldAlike = dict[tuple[str, str], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Searched:
    """How many articles were examined, pairs aligned and matches found.

    ``plain`` are wires' articles whose text needn't be read again if they share nothing with any other;
    ``told`` what is merely told alike of some pairs; ``has_learnt`` tells that furniture came to light.
    """

    examined: int
    pairs: int
    matches: int
    plain: frozenset[str] = frozenset()
    told: ToldAlike = field(default_factory=dict)
    has_learnt: bool = False


def search(store: Store, registry: Registry, workers: Workers, progress: Progress) -> Searched:
    """Find the matches of everything that is unexamined, and keep them."""
    standings = _Standings(store, registry)
    waiting = standings.in_order_of_time(store.unexamined(FINGERPRINT_VERSION))
    done = pairs = matches = 0
    plain: frozenset[str] = frozenset()
    told: ToldAlike = {}
    for wave in batches(waiting, WAVE):
        found = _search_wave(store, standings, registry, wave, workers, progress)
        done, pairs, matches = done + len(wave), pairs + found.pairs, matches + found.matches
        # A line that is furniture since a later wave may stand in any of an earlier one.
        plain = found.plain if found.has_learnt else plain | found.plain
        told = found.told if found.has_learnt or len(told) > REMEMBERED else told | found.told
        progress.step("articles examined", done, len(waiting))
    return Searched(done, pairs, matches, plain, told)


class _Standings:
    """When each article was published and whether by a wire, by number; no texts."""

    def __init__(self, store: Store, registry: Registry) -> None:
        self._by_key: dict[int, Standing] = {}
        self.key_of: dict[str, int] = {}
        self.id_of: dict[int, str] = {}
        self.revision_of: dict[str, int] = {}
        self.removed: set[int] = set()
        # Articles of known time, for finding the reports that they may retell.
        self.tellers: list[Teller] = []
        self.press = Press()
        self.furnishings = Furnishings(store.furniture())
        for key, name, source, published, revision, is_removed in store.heads():
            self._by_key[key] = Standing(key, _seconds(published), tie_of(name), registry.is_wire(source))
            self.key_of[name] = key
            self.id_of[key] = name
            self.revision_of[name] = revision
            self.press.note(key, source)
            if is_removed:
                self.removed.add(key)
            elif published:
                self.tellers.append(Teller(key, name, source, published))

    def __getitem__(self, key: int) -> Standing:
        return self._by_key[key]

    def is_removed(self, *names: str) -> bool:
        """Is the text of any of them no longer held?"""
        return any(self.key_of[name] in self.removed for name in names)

    def in_order_of_time(self, ids: Iterable[str]) -> list[str]:
        """Sorted so that no wave displaces an anchor of an earlier one."""
        return sorted(ids, key=lambda name: (self._by_key[self.key_of[name]].time, name))


def _seconds(moment: Moment | None) -> int:
    return UNKNOWN_TIME if moment is None else int(moment.earliest.timestamp())


def _search_wave(
    store: Store,
    standings: _Standings,
    registry: Registry,
    wave: Sequence[str],
    workers: Workers,
    progress: Progress,
) -> Searched:
    found_in = list(_examined(store, wave, workers, progress))
    prints = [(each.article, each.prints) for each in found_in]
    of_wave = [(standings.key_of[name], packed) for name, packed in prints]
    learnt, bereft = _learnt(store, standings, of_wave)
    if learnt:
        workers.renew(registry, standings.furnishings.furniture.known)
    new = _postings(standings, of_wave)
    renewed = {int(key) for key in new.keys}
    found = find_candidates(new, lambda: _stored(store, standings, renewed))
    pairs = {(int(a), int(b)) for a, b in found.pairs}
    displaced = {int(key) for key in found.displaced} | (bereft - renewed)
    if displaced:
        pairs |= _pairs_again(store, standings, prints, displaced)
        renewed |= displaced
    pairs |= retold_pairs(store, standings.tellers, renewed, registry)
    names = [(standings.id_of[a], standings.id_of[b]) for a, b in in_kindred_order(pairs)]
    # Aligning takes long and writing doesn't: other writers wait only for the latter.
    matches, told = _aligned(store, names, workers, progress)
    examined = [standings.id_of[key] for key in sorted(renewed)]
    again = {*wave, *(standings.id_of[key] for key in bereft)}
    others = {name for match in matches for name in _articles_of(match)} - again
    spared = steady(store, registry, workers, others, store.matches(examined), matches)
    with store.transaction():
        before = list(store.matches(examined))
        # A text that another program replaced meanwhile is unexamined again, and stays so.
        late = _replaced(store, standings, {*wave, *(name for pair in names for name in pair)})
        matches = [match for match in matches if late.isdisjoint(_articles_of(match))]
        touched = {name for match in chain(before, matches) for name in _articles_of(match)}
        # What was found of texts that are no longer held can't be found again: it stands.
        matches += [match for match in before if standings.is_removed(*_articles_of(match))]
        store.replace_matches(examined, matches)
        store.put_fingerprints((each for each in prints if each[0] not in late), FINGERPRINT_VERSION)
        store.put_furniture(learnt)
        store.forget_verdicts((touched if late else touched - spared) | again)
    plain = _plain(standings, found_in)
    return Searched(len(wave), len(names), len(matches), plain, told, bool(learnt))


def _plain(standings: _Standings, found: Sequence[Examined]) -> frozenset[str]:
    """The wires' articles among them that are plain still, by the furniture that is known by now."""
    some = [each for each in found if each.is_plain and standings[standings.key_of[each.article]].wire]
    lines = unpack_many([each.prints for each in some])
    known = np.fromiter(standings.furnishings.furniture.known.lines, np.int64)
    holders = np.repeat(np.arange(len(some)), lines.line_sizes)[np.isin(lines.lines, known)]
    holding = set(holders.tolist())
    return frozenset(each.article for at, each in enumerate(some) if at not in holding)


def _replaced(store: Store, standings: _Standings, names: set[str]) -> set[str]:
    """Those of the articles whose current text isn't the one that was read."""
    return {each.id for each in store.outlines(names) if each.revision != standings.revision_of[each.id]}


def _articles_of(match: Match) -> tuple[str, str]:
    return match.a.article, match.b.article


def _examined(store: Store, wave: Sequence[str], workers: Workers, progress: Progress) -> Iterator[Examined]:
    texts = batches(store.texts(wave), TEXTS)
    done = 0
    for batch in workers.map(examined, texts, chunk=1, worth=2):
        done += len(batch)
        progress.step("fingerprints", done, len(wave))
        yield from batch


def _learnt(
    store: Store, standings: _Standings, wave: Sequence[tuple[int, bytes]]
) -> tuple[list[Furnishing], set[int]]:
    """The furniture that the articles of a wave bring to light, and which examined articles hold any of it.

    These are searched for again: what tied them to others may be nothing but furniture.
    """
    known = standings.furnishings
    learnt = learn(
        store,
        standings.press,
        wave,
        lambda everywhere: _printed(store, standings, {key for key, _ in wave}, everywhere=everywhere),
        known,
        lambda key: standings[key].tie,
    )
    if not learnt:
        return [], set()
    standings.furnishings = known.joined(learnt)
    holders = to_search_again(store, standings.press, learnt, known)
    return learnt, {key for key in holders if key in standings.id_of} - standings.removed


def _printed(store: Store, standings: _Standings, wave: set[int], *, everywhere: bool) -> Iterator[Printed]:
    """The lines of what is stored by all or by the sources of a wave, whose own articles are left out."""
    sources = {standings.press.of.get(key) for key in wave} - {None}
    without = wave | standings.removed
    for chunk in store.fingerprint_chunks(FINGERPRINT_VERSION, CHUNK):
        yield standings.press.printed(
            (key, packed)
            for key, packed in chunk
            if key not in without and (everywhere or standings.press.of.get(key) in sources)
        )


def _postings(standings: _Standings, packed: Iterable[tuple[int, bytes]]) -> Postings:
    given = list(packed)
    found = unpack_many([each for _, each in given])
    void = standings.furnishings.furniture.void
    return Postings.gathered([standings[key] for key, _ in given], found, void)


def _stored(store: Store, standings: _Standings, without: set[int]) -> Iterator[Postings]:
    """What is stored, but for those and for texts that could not be aligned because they are removed."""
    without = without | standings.removed
    for chunk in store.fingerprint_chunks(FINGERPRINT_VERSION, CHUNK):
        # An article that came after this audit began will be new to the next one.
        known = [(key, packed) for key, packed in chunk if key in standings.id_of and key not in without]
        yield _postings(standings, known)


def partners_of(store: Store, registry: Registry, article: Article) -> list[str]:
    """The ids of stored articles worth aligning with one that isn't stored."""
    standings = _Standings(store, registry)
    key = 1 + max(standings.id_of, default=0)
    prints = standings.furnishings.furniture.without(fingerprint_texts([article.text])[0])
    own = Standing(key, _seconds(article.published), tie_of(article.id))
    found = find_candidates(Postings.of([(own, prints)]), lambda: _stored(store, standings, set()))
    pairs = {(int(a), int(b)) for a, b in found.pairs}
    if article.published:
        tellers = [*standings.tellers, Teller(key, article.id, article.source, article.published)]
        pairs |= retold_pairs(store, tellers, {key}, registry, {key: article.text})
    return sorted(standings.id_of[other] for pair in pairs for other in pair if other != key)


def _pairs_again(
    store: Store, standings: _Standings, prints: Sequence[tuple[str, bytes]], displaced: set[int]
) -> set[tuple[int, int]]:
    """All pairs of articles that newcomers displaced as anchors, looked for as if they were new."""
    again: list[tuple[int, bytes]] = []
    for chunk in store.fingerprint_chunks(FINGERPRINT_VERSION, CHUNK):
        again += [(key, packed) for key, packed in chunk if key in displaced]
    newcomers = [(standings.key_of[name], packed) for name, packed in prints]
    without = displaced | {key for key, _ in newcomers}

    def others() -> Iterator[Postings]:
        yield _postings(standings, newcomers)
        yield from _stored(store, standings, without)

    found = find_candidates(_postings(standings, again), others)
    return {(int(a), int(b)) for a, b in found.pairs}


def _aligned(
    store: Store, pairs: Sequence[tuple[str, str]], workers: Workers, progress: Progress
) -> tuple[list[Match], ToldAlike]:
    """All matches of these pairs, and what of them is merely told alike as far as that can be remembered."""
    matches: list[Match] = []
    told: ToldAlike = {}
    done = 0
    for batch in batches(pairs, PAIRS):
        held = {article.id: article for article in store.articles({name for pair in batch for name in pair})}
        for found in workers.map(
            paired, (_pairing(held, some) for some in batches(batch, SENT)), chunk=1, worth=2
        ):
            done += len(found)
            matches += chain.from_iterable(each.matches for each in found)
            if len(told) < REMEMBERED:
                told.update(_told_alike(found))
        progress.step("pairs aligned", done, len(pairs))
    return matches, told


def _told_alike(found: Iterable[Paired]) -> Iterator[tuple[tuple[str, str], tuple[int, ...]]]:
    for each in found:
        if each.matches and each.told is not None:
            yield _articles_of(each.matches[0]), each.told


def _pairing(held: Mapping[str, Article], pairs: Sequence[tuple[str, str]]) -> Pairing:
    """The pairs with each of their texts once."""
    place = {name: at for at, name in enumerate(dict.fromkeys(chain.from_iterable(pairs)))}
    return Pairing(tuple(held[name] for name in place), tuple((place[a], place[b]) for a, b in pairs))
