"""A store in memory and an invented collection, for the tests of the report.

The places, people and events are invented. Findings are written by hand, so that a page's test doesn't
hang on what the stages find.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from auditor.domain import (
    Article,
    Derivation,
    Disposition,
    Evidence,
    Garble,
    GarbleKind,
    Label,
    MatchKind,
    Moment,
    Origin,
    Outcome,
    Place,
    Relation,
    Severity,
    Share,
    Source,
    SourceKind,
    Span,
    Stale,
    Story,
    Verdict,
)
from auditor.errors import NotFound
from auditor.registry import Registry


@dataclass(frozen=True)
class Run:
    """A run as the ledger has it."""

    key: int
    command: str
    parameters: Mapping[str, Any]
    started: Moment
    ended: Moment | None
    counts: Mapping[str, int]


@dataclass
class MemoryStore:
    """What the report reads of a store, from lists."""

    held: dict[str, Article] = field(default_factory=dict)
    known: list[Source] = field(default_factory=list)
    all_derivations: list[Derivation] = field(default_factory=list)
    all_garbles: list[Garble] = field(default_factory=list)
    all_verdicts: list[Verdict] = field(default_factory=list)
    all_stories: list[Story] = field(default_factory=list)
    all_runs: list[Run] = field(default_factory=list)
    all_outcomes: list[tuple[int, Outcome]] = field(default_factory=list)
    all_stale: list[Stale] = field(default_factory=list)
    told: tuple[int, Mapping[str, Any]] | None = None
    lines: dict[int, str] = field(default_factory=dict)

    def count(self) -> int:
        return len(self.held)

    def furniture_lines(self) -> Mapping[int, str]:
        """None but what tests put in."""
        return self.lines

    def sources(self) -> Sequence[Source]:
        return tuple(self.known)

    def runs(self) -> Sequence[Run]:
        return tuple(self.all_runs)

    def outcomes(self, run: int | None = None) -> Iterator[Outcome]:
        return iter([outcome for key, outcome in self.all_outcomes if run in {None, key}])

    def article_ids(self) -> Sequence[str]:
        return sorted(self.held)

    def articles(self, ids: Iterable[str] | None = None) -> Iterator[Article]:
        wanted = set(self.held if ids is None else ids)
        return iter([self.held[key] for key in sorted(self.held) if key in wanted])

    def derivations(self, ids: Iterable[str] | None = None) -> Iterator[Derivation]:
        wanted = set(self.held if ids is None else ids)
        found = [each for each in self.all_derivations if each.article in wanted]
        return iter(sorted(found, key=lambda each: (each.article, each.span)))

    def derived_from(self, article_id: str, /) -> Iterator[Derivation]:
        return iter([d for d in self.all_derivations if d.parent and d.parent.article == article_id])

    def garbles(self, ids: Iterable[str] | None = None) -> Iterator[Garble]:
        wanted = set(self.held if ids is None else ids)
        found = [each for each in self.all_garbles if each.article in wanted]
        return iter(sorted(found, key=lambda each: (each.article, each.span)))

    def verdicts(self, ids: Iterable[str] | None = None) -> Iterator[Verdict]:
        wanted = set(self.held if ids is None else ids)
        return iter(sorted((v for v in self.all_verdicts if v.article in wanted), key=lambda v: v.article))

    def stories(self) -> Iterator[Story]:
        return iter(sorted(self.all_stories, key=lambda story: story.id))

    def story(self, story_id: str, /) -> Story:
        for story in self.all_stories:
            if story.id == story_id:
                return story
        raise NotFound(f"no story {story_id}")

    def stories_of(self, ids: Iterable[str]) -> Sequence[Story]:
        wanted = set(ids)
        return [story for story in self.stories() if wanted.intersection(story.articles)]

    def links(self, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
        wanted = set(ids)
        pairs = {(d.article, d.parent.article) for d in self.all_derivations if d.parent}
        return iter(sorted(pair for pair in pairs if wanted.intersection(pair)))

    def stale(self, ids: Iterable[str] | None = None) -> Iterator[Stale]:
        wanted = set(self.held if ids is None else ids)
        found = [each for each in self.all_stale if each.article in wanted]
        return iter(sorted(found, key=lambda each: (each.article, each.span)))

    def stamp(self) -> str:
        return ""

    def touched_since(self, stamp: str) -> Collection[str] | None:
        return None

    def told_changes(self) -> tuple[int, Mapping[str, Any]] | None:
        return self.told

    # What tests fill it with

    def put(self, article: Article) -> Article:
        """Hold an article."""
        self.held[article.id] = article
        return article

    def derive(
        self,
        child: str,
        words: str,
        parent: str | None,
        parent_words: str = "",
        *,
        kind: MatchKind = MatchKind.VERBATIM,
        relation: Relation = Relation.COPY,
        origin: Origin | None = None,
        confidence: float = 0.96,
    ) -> None:
        """Say that these words of the child were taken from (the same) words of the parent."""
        evidence = (
            Evidence("published_first", "published first by the parent", 1.2),
            Evidence("order", "the passages stand in the same order", 0.8),
            Evidence("credit", "credits nobody", -0.2),
        )
        self.all_derivations.append(
            Derivation(
                article=child,
                span=span_of(self.held[child].text, words),
                parent=Place(parent, span_of(self.held[parent].text, parent_words or words))
                if parent
                else None,
                origin=origin or Origin(self.held[parent].source if parent else None, parent),
                relation=relation,
                confidence=confidence,
                kind=kind,
                similarity=1.0 if kind is MatchKind.VERBATIM else 0.87,
                evidence=evidence,
            )
        )

    def damage(
        self,
        child: str,
        after: str,
        kind: GarbleKind,
        severity: Severity,
        parent: str | None,
        before: str,
        *,
        introduced_by: str | None = None,
        detail: str = "",
    ) -> None:
        """Say that these words of the child are a garble of those of the parent."""
        place = Place(parent, span_of(self.held[parent].text, before)) if parent else None
        self.all_garbles.append(
            Garble(
                article=child,
                span=span_of(self.held[child].text, after),
                kind=kind,
                severity=severity,
                before=before if parent else "",
                after=after,
                parent=place,
                introduced_by=introduced_by or child,
                detail=detail,
            )
        )

    def judge(
        self, article: str, derived: float, wire: float, *origins: tuple[str, float], reason: str = ""
    ) -> None:
        """Give an article its verdict."""
        label = Label.WHOLLY if derived > 0.85 else (Label.PARTIALLY if derived > 0.1 else Label.NON)
        shares = tuple(Share(source, share) for source, share in origins)
        self.all_verdicts.append(Verdict(article, derived, wire, label, shares, reason))


def span_of(text: str, words: str) -> Span:
    """Where these words stand."""
    start = text.index(words)
    return Span(start, start + len(words))


SOURCES = (
    Source("northline", "Northline", SourceKind.WIRE, credits=("Northline",), datelines=("Northline",)),
    Source("vale-gazette", "Vale Gazette", SourceKind.PUBLISHER, domains=("valegazette.example",)),
    Source("quayside", "Quayside Daily", SourceKind.PUBLISHER),
    Source("newsmill", "newsmill.example", SourceKind.AGGREGATOR),
    Source("morning-post", "Tolmere Morning Post", SourceKind.PUBLISHER),
)

LEAD = "A fire that burned through the night destroyed half of the Tolmere glassworks, its owners said."
WORKERS = "Nearly 340 people work there, and none of them was hurt, said Ida Corvin, who runs the works."
QUOTE = "“We will not close a single furnace,” Corvin told reporters at the gate."
COST = "The damage was put at 4.1 million crowns, though the insurers did not confirm the figure."
HISTORY = "The works, founded in 1871, made the windows of the Orrel cathedral."
CREDIT = "(Reporting by Northline)"
WIRE = "\n\n".join((f"TOLMERE (Northline) — {LEAD}", WORKERS, QUOTE, COST, HISTORY))

BAD_WORKERS = "340 people work there, and none of them was hurt, said Ada Corvin, who runs the works."
BAD_COST = "The damage was put at 4.1 billion crowns, though the insurers did confirm the figure."
OWN = "Readers of this paper have sent more than two hundred photographs of the blaze."
SPUN = (
    "A blaze that seared through the evening demolished half of the Tolmere glass plant, its keepers stated."
)
BRIDGE = "The town's only bridge stayed shut until noon, the harbour office said."


def collection() -> MemoryStore:
    """One story of a wire item and four pickups, one text alone, one run with rejected inputs."""
    store = MemoryStore(known=list(SOURCES))
    _articles(store)
    _findings(store)
    store.all_stories.append(
        Story(
            "story-1",
            "Fire destroys half of Tolmere glassworks",
            ("gazette", "mill", "post", "quay", "wire-1"),
        )
    )
    at = Moment.parse("2026-03-03T05:00:00Z")
    names = sorted(store.held)
    store.all_runs.append(
        Run(1, "nightly", {}, at, Moment.parse("2026-03-03T05:02:00Z"), {"stored": len(names)})
    )
    store.all_outcomes += [(1, Outcome(f"{name}.txt", Disposition.STORED, name)) for name in names]
    store.all_outcomes.append(
        (1, Outcome("broken.html", Disposition.REJECTED, None, "no text was found in the page"))
    )
    return store


def registry() -> Registry:
    """The invented sources."""
    return Registry(SOURCES)


def _articles(store: MemoryStore) -> None:
    store.put(
        Article("wire-1", WIRE, "northline", title="Fire destroys half of Tolmere glassworks",
                published=Moment.parse("2026-03-02T07:12:00Z"))
    )  # fmt: skip
    store.put(
        Article("gazette", "\n\n".join((LEAD, WORKERS, QUOTE, COST, HISTORY, CREDIT)), "vale-gazette",
                title="Half of Tolmere glassworks lost to fire", credit="Northline",
                url="https://valegazette.example/fire", published=Moment.parse("2026-03-02T07:55:00Z"))
    )  # fmt: skip
    store.put(
        Article("quay", "\n\n".join((LEAD, BAD_WORKERS, QUOTE, BAD_COST)), "quayside",
                title="Glassworks fire: the bill", published=Moment.parse("2026-03-02T10:40:00Z"))
    )  # fmt: skip
    store.put(
        Article("mill", "\n\n".join((SPUN, BAD_WORKERS, BAD_COST, "Advertisement", BRIDGE)), "newsmill",
                published=Moment.parse("2026-03-03"))
    )  # fmt: skip
    store.put(
        Article("post", "\n\n".join((OWN, QUOTE, HISTORY)), "morning-post", title="“We saw it from the hill”")
    )
    store.put(
        Article("alone", "The regatta at Sill Bay was called off for want of wind.", "morning-post",
                title="No wind at Sill Bay", published=Moment.parse("2026-03-02T09:00:00Z"))
    )  # fmt: skip


def _findings(store: MemoryStore) -> None:
    wire = Origin("northline", "wire-1")
    for words in (LEAD, WORKERS, QUOTE, COST, HISTORY):
        store.derive("gazette", words, "wire-1")
    store.derive("quay", LEAD, "wire-1")
    store.derive("quay", BAD_WORKERS, "wire-1", WORKERS, kind=MatchKind.EDITED)
    store.derive("quay", QUOTE, "wire-1")
    store.derive("quay", BAD_COST, "wire-1", COST, kind=MatchKind.EDITED)
    store.derive("mill", SPUN, "wire-1", LEAD, kind=MatchKind.REWORDED, confidence=0.71)
    store.derive("mill", BAD_WORKERS, "quay", origin=wire)
    store.derive("mill", BAD_COST, "quay", origin=wire)
    store.derive(
        "post", QUOTE, "wire-1", kind=MatchKind.QUOTATION, relation=Relation.COMMON_SOURCE, confidence=0.5
    )
    store.derive("post", HISTORY, "gazette", origin=wire, relation=Relation.UNDECIDED, confidence=0.55)
    high, medium, low = Severity.HIGH, Severity.MEDIUM, Severity.LOW
    number, entity, negation = GarbleKind.NUMBER, GarbleKind.ENTITY, GarbleKind.NEGATION
    store.damage(
        "quay", "340 people", number, high, "wire-1", "Nearly 340 people", detail="The hedge is gone."
    )
    store.damage("quay", "Ada Corvin", entity, high, "wire-1", "Ida Corvin")
    store.damage("quay", "4.1 billion crowns", number, high, "wire-1", "4.1 million crowns")
    store.damage("quay", "did confirm", negation, high, "wire-1", "did not confirm")
    store.damage("mill", "Ada Corvin", entity, high, "wire-1", "Ida Corvin", introduced_by="quay")
    store.damage(
        "mill", "4.1 billion crowns", number, high, "wire-1", "4.1 million crowns", introduced_by="quay"
    )
    store.damage("mill", "did confirm", negation, high, "wire-1", "did not confirm", introduced_by="quay")
    store.damage("mill", "seared", GarbleKind.SUBSTITUTION, medium, "wire-1", "burned")
    store.damage("mill", "Advertisement", GarbleKind.BOILERPLATE, low, None, "")
    store.judge("wire-1", 0.0, 0.0, reason="nothing earlier in the collection shares a passage with it")
    store.judge("gazette", 0.97, 0.97, ("northline", 0.97))
    store.judge("quay", 1.0, 1.0, ("northline", 1.0))
    store.judge("mill", 0.78, 0.78, ("northline", 0.78))
    store.judge("post", 0.62, 0.62, ("northline", 0.62))
    store.judge("alone", 0.0, 0.0, reason="no run of words is shared with any other article")
