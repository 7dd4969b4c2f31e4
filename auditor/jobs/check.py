"""Where does this pasted text come from? The stages of an audit against the store; nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from auditor.domain import Aligned, Article, Derivation, Moment, Stale
from auditor.engine import tasks
from auditor.engine.local import Workers
from auditor.errors import InputRejected
from auditor.jobs.furnishing import furniture_of
from auditor.jobs.searching import partners_of
from auditor.jobs.trace import Traced, traced
from auditor.jobs.versions import versions_of
from auditor.lineage import OF_TIMES, Standing, settle
from auditor.registry import Registry

if TYPE_CHECKING:
    from auditor.storage import Store

# An id that no stored article has: control characters can't stand in one that came from a file name.
PASTED = "\x1apasted text"


# What stands in the place of a difference between a real time and the moment of pasting.
ASSUMED = "was stored before this text was shown; when this was published isn't known"


def check(
    store: Store,
    registry: Registry,
    text: str,
    *,
    name: str,
    now: Moment,
    published: Moment | None = None,
    source: str | None = None,
) -> Traced:
    """The lineage that the text would have in the store.

    ``published`` and ``source`` (a key) are what is known of it. Without a time it counts as published
    ``now``: that makes every stored article of known time a possible parent, which is what one asks who
    pastes a text, and the evidence says that it was assumed. Raises InputRejected where there is no text.
    """
    if not text.strip():
        raise InputRejected(f"{name}: the text is empty", "paste or name some text")
    tasks.prepare(registry, furniture_of(store).known)
    article = Article(id=PASTED, text=text, published=published or now, source=source)
    partners = partners_of(store, registry, article)
    relatives = tuple(
        (other, found, None) for other in store.articles(partners) if (found := _shared(article, other))
    )
    own = tasks.traced(tasks.Tracing(article, relatives))
    parents = [other for other, _, _ in relatives]
    stored = {other.id: tuple(store.derivations([other.id])) for other in parents}
    standings = {other.id: tasks.standing_of(other) for other in parents} | {PASTED: own.standing}
    settled = settle({PASTED: own.derivations, **stored}, standings, registry)[PASTED]
    inherited = {other.id: tuple(store.garbles([other.id])) for other in parents}
    outdated, times = _outdated(store, parents, standings)
    judged = tasks.judged(
        tasks.Judging(article, settled, tuple(parents), inherited, outdated, times, frozenset())
    )
    if published is None:
        settled = tuple(_with_time_assumed(derivation) for derivation in settled)
    shown = replace(article, id=name, published=published)
    return traced(shown, registry, judged.verdict, settled, judged.garbles, judged.stale)


def _outdated(
    store: Store, parents: Sequence[Article], standings: Mapping[str, Standing]
) -> tuple[dict[str, tuple[Stale, ...]], dict[str, Moment]]:
    """What of the parents is out of date, and when the versions that made it so came out."""
    with Workers(1) as workers:
        marks = versions_of(store).outdated(store, workers, [p.id for p in parents], standings, frozenset())
    found = {parent.id: (*marks.get(parent.id, ()), *store.stale([parent.id])) for parent in parents}
    current = {one.current for those in found.values() for one in those}
    told = store.outlines(current) if current else ()
    return found, {one.id: one.published for one in told if one.published}


def _with_time_assumed(derivation: Derivation) -> Derivation:
    """The derivation, its evidence of times said as what it is: an assumption."""
    return replace(
        derivation,
        evidence=tuple(
            replace(item, detail=ASSUMED) if item.kind in OF_TIMES else item for item in derivation.evidence
        ),
    )


def _shared(article: Article, other: Article) -> tuple[Aligned, ...]:
    """What the text shares with a stored article, ``a`` in the text."""
    found = tasks.shared_by((article, other)).matches
    pairs = ((match.a, match.b) if match.a.article == article.id else (match.b, match.a) for match in found)
    return tuple(
        Aligned(here.span, there.span, match.similarity, match.kind)
        for (here, there), match in zip(pairs, found, strict=True)
    )
