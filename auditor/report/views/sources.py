"""What each source took and was taken: its row among the sources, and its page.

Pure. Filled from what each article tells, now or when the last report was made; it must not know HTML or
stores.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from auditor.domain import Relation, Severity
from auditor.registry import Registry
from auditor.report import composition, crediting, formats, naming, wording
from auditor.report.composition import Part
from auditor.report.facts import ArticleFacts
from auditor.report.heads import Head
from auditor.report.marks import distinct
from auditor.report.views.stat import Stat

MOST_RECENT = 80  # pickups listed on a source's page; all of them stand in the file of pickups
SOURCES_A_PAGE = 300
MOST_NAMES = 12
MOST_MONTHS = 24
MOST_DELAYS = 2000  # kept a source; the median of the first so many stands for all


@dataclass(frozen=True, slots=True)
class Recent:
    """A pickup on its source's page."""

    head: Head
    parts: tuple[Part, ...]
    share: str
    parents: str
    credit: crediting.CreditState
    grave: int
    story_href: str | None
    story_title: str


@dataclass(frozen=True, slots=True)
class Tallied:
    """What a source is told of one of its articles: plain enough to be kept as JSON between two reports.

    ``origins``, ``parents`` and ``takers`` are keys of sources; ``kinds`` the labels of the changes that
    entered in it. All but the first four say something of pickups only.
    """

    source: str
    month: str
    takers: tuple[str, ...]
    pickup: bool
    undecided: bool = False
    derived: float = 0.0
    origins: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    owing: bool = False
    credited: bool = False
    delay: float | None = None
    kinds: tuple[str, ...] = ()
    grave: int = 0
    inherited: int = 0


def tallied(facts: ArticleFacts, credit: crediting.CreditState) -> Tallied:
    """What an article's source is told of it."""
    own = facts.article.source or ""
    takers = {facts.heads[d.article].source_key for d in facts.taken_by if d.article in facts.heads}
    plain = Tallied(
        source=own,
        month=str(facts.head.published)[:7] if facts.head.published else "",
        takers=tuple(sorted(key for key in takers if key and key != own)),
        pickup=facts.is_pickup,
    )
    return _of_pickup(facts, credit, plain) if facts.is_pickup else plain


def _of_pickup(facts: ArticleFacts, credit: crediting.CreditState, plain: Tallied) -> Tallied:
    heads = [facts.heads[d.parent.article] for d in facts.derivations if d.parent]
    entered = [g for g in facts.garbles if g.introduced_by == facts.article.id]
    high = [g for g in facts.garbles if g.severity is Severity.HIGH]
    grave = distinct(g for g in high if g.introduced_by == facts.article.id)
    return replace(
        plain,
        undecided=all(d.relation is not Relation.COPY for d in facts.derivations),
        derived=composition.derived_share(facts),
        origins=tuple(sorted({d.origin.source for d in facts.derivations if d.origin.source})),
        parents=tuple(sorted({head.source_key for head in heads if head.source_key})),
        owing=credit.key != "none",
        credited=credit.key == "kept",
        delay=_delay(facts),
        kinds=tuple(wording.KINDS[g.kind].label for g in entered if g.severity is not Severity.LOW),
        grave=grave,
        inherited=distinct(high) - grave,
    )


@dataclass(slots=True)
class MonthTally:
    """The same of one month."""

    articles: int = 0
    pickups: int = 0
    taken: float = 0.0
    owing: int = 0
    credited: int = 0
    delays: list[float] = field(default_factory=list)
    grave: int = 0

    def add(self, told: Tallied) -> None:
        """Count an article of this month."""
        self.articles += 1
        if told.pickup:
            self.pickups += 1
            self.taken += told.derived
            self.owing += told.owing
            self.credited += told.credited
            self.grave += told.grave
            if told.delay is not None and len(self.delays) < MOST_DELAYS:
                self.delays.append(told.delay)


@dataclass(slots=True)
class SourceTally:
    """What one source took and was taken."""

    key: str
    articles: int = 0
    pickups: int = 0
    undecided: int = 0
    taken: float = 0.0
    origins: Counter[str] = field(default_factory=Counter)
    parents: Counter[str] = field(default_factory=Counter)
    takers: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    months: dict[str, MonthTally] = field(default_factory=dict)
    owing: int = 0
    credited: int = 0
    delays: list[float] = field(default_factory=list)
    grave: int = 0
    inherited: int = 0

    def add(self, told: Tallied) -> None:
        """Count an article of this source."""
        self.articles += 1
        month = self.months.setdefault(told.month, MonthTally())
        month.add(told)
        _count(self.takers, told.takers)
        if not told.pickup:
            return
        self.pickups += 1
        self.undecided += told.undecided
        self.taken += told.derived
        _count(self.origins, told.origins)
        _count(self.parents, told.parents)
        _count(self.kinds, told.kinds)
        self.owing += told.owing
        self.credited += told.credited
        if told.delay is not None and len(self.delays) < MOST_DELAYS:
            self.delays.append(told.delay)
        self.grave += told.grave
        self.inherited += told.inherited


def _count(counter: Counter[str], names: Sequence[str]) -> None:
    """As ``counter.update`` does, without what that costs for a name or two."""
    for name in names:
        counter[name] += 1


def recent(facts: ArticleFacts, credit: crediting.CreditState) -> Recent:
    """A pickup as its source's page lists it."""
    heads = [facts.heads[d.parent.article] for d in facts.derivations if d.parent]
    return Recent(
        head=facts.head,
        parts=composition.composition(facts),
        share=formats.share(composition.derived_share(facts)),
        parents=formats.listing(list(dict.fromkeys(head.label for head in heads))),
        credit=credit,
        grave=distinct(
            g for g in facts.garbles if g.severity is Severity.HIGH and g.introduced_by == facts.article.id
        ),
        story_href=naming.story_page(facts.story.id) if facts.story else None,
        story_title=facts.story.title if facts.story else "",
    )


def _delay(facts: ArticleFacts) -> float | None:
    """Seconds since the earliest parent, where both times are exact."""
    own = facts.head.published
    parents = [facts.heads[d.parent.article].published for d in facts.derivations if d.parent]
    exact = [moment.earliest for moment in parents if moment and moment.is_exact]
    if own is None or not own.is_exact or not exact:
        return None
    gap = (own.earliest - min(exact)).total_seconds()
    return gap if gap >= 0 else None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source in the table of sources."""

    key: str
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
class SourcesPage:
    """A page of the table of sources."""

    rows: tuple[SourceRow, ...]
    current: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Named:
    """Another source with a count and the part of the largest count."""

    name: str
    href: str
    count: int
    part: float


@dataclass(frozen=True, slots=True)
class Month:
    """A month's articles: those that took from others, and the rest, as parts of the busiest month.

    The rest is of the pickups: what was taken, how fast, how credited, how damaged; "" where unknown.
    """

    label: str
    pickups: int
    others: int
    pickup_part: float
    other_part: float
    share: str
    delay: str
    credit: str
    grave: int


@dataclass(frozen=True, slots=True)
class SourcePage:
    """Everything that a source's page shows."""

    row: SourceRow
    standfirst: tuple[str, ...]
    stats: tuple[Stat, ...]
    origins: tuple[Named, ...]
    parents: tuple[Named, ...]
    takers: tuple[Named, ...]
    kinds: tuple[Named, ...]
    months: tuple[Month, ...]
    undated: int
    recent: tuple[str, ...]


def source_rows(tallies: Mapping[str, SourceTally], registry: Registry) -> tuple[SourceRow, ...]:
    """The sources: most damage first, then most taken."""
    ordered = sorted(
        tallies.values(), key=lambda t: (-t.grave, -t.pickups, -t.takers.total(), -t.articles, t.key)
    )
    return tuple(source_row(tally, registry) for tally in ordered)


def source_row(tally: SourceTally, registry: Registry) -> SourceRow:
    """One source's figures."""
    source = registry.get(tally.key)
    origins = [(key, count) for key, count in _ranked(tally.origins) if key != tally.key]
    return SourceRow(
        key=tally.key,
        name=registry.name_of(tally.key or None) or wording.NO_SOURCE,
        href=naming.source_page(tally.key) if tally.key else "",
        kind=wording.SOURCE_KINDS[source.kind] if source else "",
        articles=tally.articles,
        pickups=tally.pickups,
        given=tally.takers.total(),
        origins=tuple((registry.name_of(key) or "", count) for key, count in origins[:6]),
        share=formats.share(tally.taken / tally.pickups) if tally.pickups else "",
        credit=f"{tally.credited} of {tally.owing}" if tally.owing else "",
        delay=formats.duration(median(tally.delays)) if tally.delays else "",
        grave=tally.grave,
        inherited=tally.inherited,
    )


def _ranked(counter: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counter.items(), key=lambda item: (-item[1], item[0]))


def source_page(
    tally: SourceTally, registry: Registry, known: frozenset[str], latest: Sequence[str]
) -> SourcePage:
    """What the page of a source shows; ``known`` are the sources that have a page, ``latest`` its pickups."""
    row = source_row(tally, registry)
    return SourcePage(
        row=row,
        standfirst=_standfirst(row, tally),
        stats=_stats(row),
        origins=_named(tally.origins, registry, known),
        parents=_named(tally.parents, registry, known),
        takers=_named(tally.takers, registry, known),
        kinds=_named(tally.kinds, None, known),
        months=_months(tally),
        undated=tally.months[""].articles if "" in tally.months else 0,
        recent=tuple(latest),
    )


def _named(counter: Counter[str], registry: Registry | None, known: frozenset[str]) -> tuple[Named, ...]:
    ranked = _ranked(counter)[:MOST_NAMES]
    most = max((count for _, count in ranked), default=1)
    return tuple(
        Named(
            (registry.name_of(key) or key) if registry else key,
            naming.source_page(key) if key in known else "",
            count,
            count / most,
        )
        for key, count in ranked
    )


def _months(tally: SourceTally) -> tuple[Month, ...]:
    labels = sorted(month for month in tally.months if month)[-MOST_MONTHS:]
    most = max((tally.months[label].articles for label in labels), default=1)
    return tuple(_month(label, tally.months[label], most) for label in labels)


def _month(label: str, tally: MonthTally, most: int) -> Month:
    others = tally.articles - tally.pickups
    return Month(
        label=formats.month(label),
        pickups=tally.pickups,
        others=others,
        pickup_part=tally.pickups / most,
        other_part=others / most,
        share=formats.share(tally.taken / tally.pickups) if tally.pickups else "",
        delay=formats.duration(median(tally.delays)) if tally.delays else "",
        credit=f"{tally.credited} of {tally.owing}" if tally.owing else "",
        grave=tally.grave,
    )


def _standfirst(row: SourceRow, tally: SourceTally) -> tuple[str, ...]:
    held = formats.count(row.articles, "article")
    if not row.pickups:
        given = f" Others took from it {formats.number(row.given)} times." if row.given > 1 else ""
        return (f"{held} held; none takes text from another.{given}",)
    verb = "takes" if row.pickups == 1 else "take"
    sentences = [
        f"Of {held} held, {formats.number(row.pickups)} {verb} text from others, {row.share} on average."
    ]
    if row.credit:
        sentences.append(f"The credit is kept in {row.credit}.")
    if tally.undecided:
        verb = "is" if tally.undecided == 1 else "are"
        sentences.append(
            f"For {formats.number(tally.undecided)} it {verb} not decided who had the words first."
        )
    return tuple(sentences)


def _stats(row: SourceRow) -> tuple[Stat, ...]:
    stats = [
        Stat(formats.number(row.pickups), "pickup" if row.pickups == 1 else "pickups", wording.HOW_PICKUPS)
    ]
    if row.share:
        stats.append(Stat(row.share, "derived, on average", wording.HOW_DERIVED))
    if row.delay:
        stats.append(Stat(row.delay, "after the parent, median", wording.HOW_DELAY))
    if row.credit:
        stats.append(Stat(row.credit, "keep the credit", wording.HOW_CREDIT))
    if row.pickups:
        label = "grave change entered" if row.grave == 1 else "grave changes entered"
        stats.append(Stat(formats.number(row.grave), label, wording.HOW_GRAVE, "harm" if row.grave else ""))
    if row.given:
        how = "Articles of this source that another source took from, counted once for each such source."
        stats.append(
            Stat(formats.number(row.given), "takings by others" if row.given > 1 else "taking by others", how)
        )
    return tuple(stats)
