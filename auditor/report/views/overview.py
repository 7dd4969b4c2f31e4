"""The overview: what a run covered, the stories, the gravest changes, the sources.

Pure. Built from light rows that are collected while the stories' pages are made; it must not know HTML
or stores.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from auditor.domain import Disposition, Outcome, Relation
from auditor.registry import Registry
from auditor.report import composition, crediting, formats, naming, wording
from auditor.report.composition import Part
from auditor.report.facts import ArticleFacts
from auditor.report.views.stat import Stat
from auditor.report.views.story import StoryPage
from auditor.report.views.turns import Turn

TOP_TURNS = 8
TURNS_A_STORY = 3  # so that one bad story doesn't hide the others
SKYLINE = 28  # pickups drawn in a story's row
FIRST_PAGE, NEXT_PAGES = 60, 300  # stories a page
TOP_SOURCES = 30
MOST_REJECTED = 25
_PACE = (
    (15 * 60, "15 min"),
    (3600, "1 h"),
    (3 * 3600, "3 h"),
    (12 * 3600, "12 h"),
    (86400, "1 day"),
    (7 * 86400, "1 week"),
)


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story on the overview. ``skyline`` has a bar a pickup, from the earliest."""

    title: str
    href: str
    kicker: str
    first: formats.When
    pickups: int
    new_pickups: int
    is_new: bool
    sources: int
    credit: str
    grave: int
    skyline: tuple[tuple[Part, ...], ...]
    pace: float | None
    id: str

    @property
    def rank(self) -> tuple[bool, bool, int, int, str]:
        """New stories first, then those with new pickups, then by damage and size."""
        return (not self.is_new, not self.new_pickups, -self.grave, -self.pickups, self.id)


@dataclass(slots=True)
class SourceTally:
    """What one source took and was taken; filled article by article."""

    key: str
    articles: int = 0
    pickups: int = 0
    taken: float = 0.0
    origins: Counter[str] = field(default_factory=Counter)
    parents: Counter[str] = field(default_factory=Counter)
    owing: int = 0
    credited: int = 0
    delays: list[float] = field(default_factory=list)
    grave: int = 0
    medium: int = 0
    inherited: int = 0
    given: int = 0  # articles of others that took from this source


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source on the overview."""

    name: str
    href: str
    kind: str
    articles: int
    pickups: int
    given: int
    origins: tuple[tuple[str, int], ...]
    share: str
    credit: str
    delay: str
    grave: int
    inherited: int


@dataclass(frozen=True, slots=True)
class Covered:
    """What became of the inputs of a run."""

    command: str
    ended: str
    inputs: int
    counts: tuple[tuple[wording.Term, int], ...]
    unexamined: tuple[Outcome, ...]
    more: int


@dataclass(frozen=True, slots=True)
class PaceBin:
    """How many stories were first taken up within a time."""

    label: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """Everything that the overview shows."""

    standfirst: tuple[str, ...]
    stats: tuple[Stat, ...]
    covered: Covered | None
    stories: tuple[StoryRow, ...]
    story_pages: int
    story_total: int
    turns: tuple[Turn, ...]
    sources: tuple[SourceRow, ...]
    source_total: int
    pace: tuple[PaceBin, ...]
    loners: int
    articles: int


class Collected:
    """What is kept of each page while a report is written: a few hundred bytes a story, a tally a source."""

    def __init__(self, fresh: frozenset[str]) -> None:
        self.fresh = fresh
        self.stories: list[StoryRow] = []
        self.sources: dict[str, SourceTally] = {}
        self.loners = 0
        self.undecided = 0
        self._turns: list[tuple[tuple[int, int, int], str, Turn]] = []

    def add_story(self, page: StoryPage, members: Sequence[ArticleFacts]) -> None:
        """Keep a story's row and its gravest changes."""
        new = [row for row in page.pickups if row.head.id in self.fresh]
        owing = [row for row in page.pickups if row.credit.key != "none"]
        kept = sum(row.credit.key == "kept" for row in owing)
        times = [facts.head for facts in members if facts.head.published]
        first = (
            min(times, key=lambda head: str(head.published)).when if times else formats.When(formats.NO_TIME)
        )
        self.stories.append(
            StoryRow(
                title=page.title,
                href=page.href,
                kicker=page.kicker,
                first=first,
                pickups=len(page.pickups),
                new_pickups=len(new),
                is_new=bool(self.fresh) and all(facts.article.id in self.fresh for facts in members),
                sources=len({row.head.source_key or row.head.id for row in page.pickups}),
                credit=f"{kept} of {len(owing)}" if owing else "",
                grave=sum(turn.severity.key == "high" for turn in page.turns),
                skyline=tuple(row.parts for row in page.pickups[:SKYLINE]),
                pace=_pace(members),
                id=page.id,
            )
        )
        for turn in page.turns[:TURNS_A_STORY]:
            entry = ((-turn.rank[0], -turn.rank[1], 0), page.id + turn.anchor, turn)
            if len(self._turns) < TOP_TURNS:
                heapq.heappush(self._turns, entry)
            else:
                heapq.heappushpop(self._turns, entry)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The gravest changes of all stories."""
        return tuple(turn for _, _, turn in sorted(self._turns, key=lambda entry: entry[2].rank))

    def add_article(self, facts: ArticleFacts, registry: Registry) -> None:
        """Count an article for its source and for those that it took from."""
        tally = self._tally(facts.article.source)
        tally.articles += 1
        for key in {facts.heads[d.article].source_key for d in facts.taken_by if d.article in facts.heads}:
            tally.given += key != facts.article.source
        if not facts.derivations:
            return
        tally.pickups += 1
        self.undecided += all(d.relation is not Relation.COPY for d in facts.derivations)
        tally.taken += composition.derived_share(facts)
        for origin in {d.origin.source for d in facts.derivations if d.origin.source}:
            tally.origins[origin] += 1
        state = crediting.credit_state(facts, registry)
        tally.owing += state.key != "none"
        tally.credited += state.key == "kept"
        tally.delays += _delays(facts)
        for garble in facts.garbles:
            own = garble.introduced_by == facts.article.id
            tally.grave += own and garble.severity == "high"
            tally.medium += own and garble.severity == "medium"
            tally.inherited += not own and garble.severity == "high"

    def _tally(self, key: str | None) -> SourceTally:
        return self.sources.setdefault(key or "", SourceTally(key or ""))


def _pace(members: Sequence[ArticleFacts]) -> float | None:
    """Seconds from the earliest original to the earliest pickup, where both times are exact."""
    exact = [f for f in members if f.head.published and f.head.published.is_exact]
    begun = [f.head.published.earliest for f in exact if f.head.published and not f.derivations]
    taken = [f.head.published.earliest for f in exact if f.head.published and f.derivations]
    if not begun or not taken:
        return None
    gap = (min(taken) - min(begun)).total_seconds()
    return gap if gap >= 0 else None


def _delays(facts: ArticleFacts) -> list[float]:
    """Seconds since the earliest parent, where both times are exact."""
    own = facts.head.published
    parents = [facts.heads[d.parent.article].published for d in facts.derivations if d.parent]
    exact = [moment.earliest for moment in parents if moment and moment.is_exact]
    if own is None or not own.is_exact or not exact:
        return []
    gap = (own.earliest - min(exact)).total_seconds()
    return [gap] if gap >= 0 else []


def covered(command: str, ended: str, outcomes: Iterable[Outcome]) -> Covered:
    """What became of a run's inputs, with the first of those that weren't examined."""
    counts: Counter[Disposition] = Counter()
    shown: list[Outcome] = []
    missed = 0
    for outcome in outcomes:
        counts[outcome.disposition] += 1
        if outcome.disposition in {Disposition.REJECTED, Disposition.FAILED}:
            missed += 1
            if len(shown) < MOST_REJECTED:
                shown.append(outcome)
    return Covered(
        command=command,
        ended=ended,
        inputs=sum(counts.values()),
        counts=tuple((term, counts[key]) for key, term in wording.DISPOSITIONS.items()),
        unexamined=tuple(shown),
        more=missed - len(shown),
    )


def overview_page(
    collected: Collected, cover: Covered | None, articles: int, registry: Registry
) -> OverviewPage:
    """What the overview shows."""
    rows = sorted(collected.stories, key=lambda row: row.rank)
    sources = source_rows(collected.sources, registry)
    pickups = sum(tally.pickups for tally in collected.sources.values())
    return OverviewPage(
        standfirst=_standfirst(collected, rows, pickups, articles),
        stats=_stats(collected, rows, pickups, cover),
        covered=cover,
        stories=tuple(rows),
        story_pages=1 + max(0, -(-(len(rows) - FIRST_PAGE) // NEXT_PAGES)),
        story_total=len(rows),
        turns=collected.turns,
        sources=sources[:TOP_SOURCES],
        source_total=len(sources),
        pace=_bins([row.pace for row in rows if row.pace is not None]),
        loners=collected.loners,
        articles=articles,
    )


def _standfirst(
    collected: Collected, rows: Sequence[StoryRow], pickups: int, articles: int
) -> tuple[str, ...]:
    if not articles:
        return (
            "Nothing has been read in yet: “auditor ingest” takes articles, “auditor audit” examines them.",
        )
    held = formats.count(articles, "article")
    if not rows:
        return (f"{held} held; no passage of one was found in another.",)
    stories = formats.count(len(rows), "story", "stories")
    verb = "takes" if pickups == 1 else "take"
    sentences = [f"Of {held} held, {formats.number(pickups)} {verb} text from others, in {stories}."]
    if collected.loners:
        verb = "stands" if collected.loners == 1 else "stand"
        sentences.append(f"{formats.count(collected.loners, 'article')} {verb} alone.")
    hit = sum(bool(row.grave) for row in rows)
    if hit:
        where = formats.count(hit, "story", "stories")
        sentences.append(f"In {where} a change entered that can alter what a reader believes.")
    return tuple(sentences)


def _stats(
    collected: Collected, rows: Sequence[StoryRow], pickups: int, cover: Covered | None
) -> tuple[Stat, ...]:
    new_stories = sum(row.is_new for row in rows)
    new_pickups = sum(row.new_pickups for row in rows)
    fresh = bool(collected.fresh)
    undecided = f" In {formats.number(collected.undecided)} of them nothing decides who took from whom."
    stats = [
        Stat(
            formats.number(len(rows)),
            ("story" if len(rows) == 1 else "stories") + (f", {new_stories} of them new" if fresh else ""),
            wording.HOW_STORIES,
        ),
        Stat(
            formats.number(pickups),
            ("pickup" if pickups == 1 else "pickups") + (f", {new_pickups} of them new" if fresh else ""),
            wording.HOW_PICKUPS + (undecided if collected.undecided else ""),
        ),
    ]
    paces = [row.pace for row in rows if row.pace is not None]
    if paces:
        how = f"{wording.HOW_PACE} Here {len(paces)} of {len(rows)}."
        stats.append(Stat(formats.duration(median(paces)), "to the first pickup, median", how))
    owing = sum(tally.owing for tally in collected.sources.values())
    if owing:
        kept = sum(tally.credited for tally in collected.sources.values())
        stats.append(Stat(f"{kept} of {owing}", "pickups keep the credit", wording.HOW_CREDIT))
    grave = sum(row.grave for row in rows)
    stats.append(Stat(formats.number(grave), _grave(grave), wording.HOW_GRAVE, "harm" if grave else ""))
    if cover:
        missed = len(cover.unexamined) + cover.more
        label = "input not examined" if missed == 1 else "inputs not examined"
        stats.append(Stat(formats.number(missed), label, wording.HOW_UNEXAMINED, "harm" if missed else ""))
    return tuple(stats)


def _grave(total: int) -> str:
    return "grave change entered" if total == 1 else "grave changes entered"


def _bins(paces: Sequence[float]) -> tuple[PaceBin, ...]:
    if len(paces) < 3:
        return ()
    found: list[PaceBin] = []
    below = 0.0
    for limit, label in (*_PACE, (float("inf"), "")):
        total = sum(below <= pace < limit for pace in paces)
        found.append(PaceBin(f"within {label}" if label else "later", total, total / len(paces)))
        below = limit
    return tuple(found)


def source_rows(tallies: Mapping[str, SourceTally], registry: Registry) -> tuple[SourceRow, ...]:
    """The sources: most damage first, then most taken."""
    ordered = sorted(tallies.values(), key=lambda t: (-t.grave, -t.pickups, -t.given, -t.articles, t.key))
    return tuple(source_row(tally, registry) for tally in ordered)


def source_row(tally: SourceTally, registry: Registry) -> SourceRow:
    """One source's figures as shown."""
    source = registry.get(tally.key)
    origins = [
        (registry.name_of(key) or "", count) for key, count in tally.origins.most_common() if key != tally.key
    ]
    return SourceRow(
        name=registry.name_of(tally.key or None) or wording.NO_SOURCE,
        href=naming.source_page(tally.key) if tally.key else "",
        kind=wording.SOURCE_KINDS[source.kind] if source else "",
        articles=tally.articles,
        pickups=tally.pickups,
        given=tally.given,
        origins=tuple(origins[:6]),
        share=formats.share(tally.taken / tally.pickups) if tally.pickups else "",
        credit=f"{tally.credited} of {tally.owing}" if tally.owing else "",
        delay=formats.duration(median(tally.delays)) if tally.delays else "",
        grave=tally.grave,
        inherited=tally.inherited,
    )
