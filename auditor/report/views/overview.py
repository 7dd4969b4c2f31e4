"""The overview: what a run covered, the stories, the gravest changes, the sources.

Pure. Built from the little that each story and each article tells, now or when the last report was made; it
must not know HTML or stores.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from auditor.domain import Disposition, Outcome
from auditor.registry import Registry
from auditor.report import formats, wording
from auditor.report.facts import ArticleFacts
from auditor.report.summary import Reviewed
from auditor.report.views.news import News
from auditor.report.views.sources import SourceRow, SourceTally, Tallied, source_rows
from auditor.report.views.stat import Stat
from auditor.report.views.story import StoryPage

TOP_TURNS = 8
TURNS_A_STORY = 3  # so that one bad story doesn't hide the others
SKYLINE = 28  # pickups drawn in a story's row
FIRST_PAGE, NEXT_PAGES = 60, 120  # stories a page
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
class StoryTold:
    """What the overview is told of a story: plain enough to be kept as JSON between two reports.

    ``pickups`` are the ids of its pickups, ``others`` those of its other articles; ``first`` is a ``When``.
    """

    id: str
    title: str
    href: str
    kicker: str
    first: tuple[str, str, str, str, bool]
    pickups: tuple[str, ...]
    others: tuple[str, ...]
    sources: int
    credit: str
    grave: int
    pace: float | None


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story on the overview. ``skyline`` is a picture of its first pickups, set where the row is shown."""

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
    pace: float | None
    id: str
    skyline: str = ""

    @property
    def rank(self) -> tuple[bool, bool, int, int, str]:
        """New stories first, then those with new pickups, then by damage and size."""
        return (not self.is_new, not self.new_pickups, -self.grave, -self.pickups, self.id)


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
    news: News | None
    stories: tuple[StoryRow, ...]
    story_pages: int
    story_total: int
    turns: tuple[str, ...]
    sources: tuple[SourceRow, ...]
    source_total: int
    pace: tuple[PaceBin, ...]
    loners: int
    articles: int
    reviewed: Reviewed | None = None


@dataclass(frozen=True, slots=True)
class StoriesPage:
    """A further page of stories."""

    rows: tuple[StoryRow, ...]
    current: int
    total: int


class Collected:
    """What all units tell, taken together: a few hundred bytes a story, a tally a source."""

    def __init__(self, fresh: frozenset[str]) -> None:
        self.fresh = fresh
        self.stories: list[StoryRow] = []
        self.sources: dict[str, SourceTally] = {}

    def add_story(self, told: StoryTold) -> None:
        """Take what is told of a story."""
        new = sum(article in self.fresh for article in told.pickups)
        self.stories.append(
            StoryRow(
                title=told.title,
                href=told.href,
                kicker=told.kicker,
                first=formats.When(*told.first),
                pickups=len(told.pickups),
                new_pickups=new,
                is_new=bool(self.fresh) and self.fresh.issuperset((*told.pickups, *told.others)),
                sources=told.sources,
                credit=told.credit,
                grave=told.grave,
                pace=told.pace,
                id=told.id,
            )
        )

    def add_article(self, told: Tallied) -> None:
        """Count an article for its source."""
        self.sources.setdefault(told.source, SourceTally(told.source)).add(told)

    @property
    def undecided(self) -> int:
        """Pickups of which nothing tells who took from whom."""
        return sum(tally.undecided for tally in self.sources.values())


def story_told(page: StoryPage, members: Sequence[ArticleFacts]) -> StoryTold:
    """What the overview is told of a story."""
    owing = [row for row in page.pickups if row.credit.key != "none"]
    kept = sum(row.credit.key == "kept" for row in owing)
    times = [facts.head for facts in members if facts.head.published]
    first = min(times, key=lambda head: str(head.published)).when if times else formats.When(formats.NO_TIME)
    pickups = [row.head.id for row in page.pickups]
    return StoryTold(
        id=page.id,
        title=page.title,
        href=page.href,
        kicker=page.kicker,
        first=(first.text, first.iso, first.clock, first.day, first.precise),
        pickups=tuple(pickups),
        others=tuple(facts.article.id for facts in members if facts.article.id not in set(pickups)),
        sources=len({row.head.source_key for row in page.pickups if row.head.source_key}),
        credit=f"{kept} of {len(owing)}" if owing else "",
        grave=page.grave,
        pace=_pace(members),
    )


def _pace(members: Sequence[ArticleFacts]) -> float | None:
    """Seconds from the earliest original to the earliest pickup, where both times are exact."""
    exact = [f for f in members if f.head.published and f.head.published.is_exact]
    begun = [f.head.published.earliest for f in exact if f.head.published and not f.derivations]
    taken = [f.head.published.earliest for f in exact if f.head.published and f.derivations]
    if not begun or not taken:
        return None
    gap = (min(taken) - min(begun)).total_seconds()
    return gap if gap >= 0 else None


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
    collected: Collected,
    cover: Covered | None,
    turns: Sequence[str],
    *,
    news: News | None,
    articles: int,
    loners: int,
    registry: Registry,
    reviewed: Reviewed | None = None,
) -> OverviewPage:
    """What the overview shows; ``turns`` are the gravest changes of all stories, as they are set."""
    rows = sorted(collected.stories, key=lambda row: row.rank)
    sources = source_rows(collected.sources, registry)
    pickups = sum(tally.pickups for tally in collected.sources.values())
    return OverviewPage(
        standfirst=_standfirst(rows, pickups, articles, loners),
        stats=_stats(collected, rows, pickups, cover),
        covered=cover,
        news=news,
        stories=tuple(rows),
        story_pages=1 + max(0, -(-(len(rows) - FIRST_PAGE) // NEXT_PAGES)),
        story_total=len(rows),
        turns=tuple(turns),
        sources=sources[:TOP_SOURCES],
        source_total=len(sources),
        pace=_bins([row.pace for row in rows if row.pace is not None]),
        loners=loners,
        articles=articles,
        reviewed=reviewed,
    )


def _standfirst(rows: Sequence[StoryRow], pickups: int, articles: int, loners: int) -> tuple[str, ...]:
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
    if loners:
        verb = "stands" if loners == 1 else "stand"
        sentences.append(f"{formats.count(loners, 'article')} {verb} alone.")
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
            ("story" if len(rows) == 1 else "stories")
            + (_of_them_new(new_stories, len(rows)) if fresh else ""),
            wording.HOW_STORIES,
        ),
        Stat(
            formats.number(pickups),
            ("pickup" if pickups == 1 else "pickups") + (_of_them_new(new_pickups, pickups) if fresh else ""),
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


def _of_them_new(new: int, total: int) -> str:
    if not total:
        return ""
    if new == total:
        return ", new" if total == 1 else ", all new"
    return f", {formats.number(new)} of them new" if new else ", none new"


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
