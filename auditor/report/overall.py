"""Makes the pages and files that speak of everything, from what each unit told when it was made.

    index: what units told → counts, tallies → overview, sources, garbles, lone articles, method, tables

Memory holds a few hundred bytes a story, a tally a source, and one page. It must not know articles' texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from auditor.domain import Disposition, GarbleKind
from auditor.registry import Registry
from auditor.report import formats, naming
from auditor.report.digests import told_digest
from auditor.report.files import COLUMNS, Files, links
from auditor.report.heads import head_of
from auditor.report.index import Index
from auditor.report.render import Renderer
from auditor.report.staging import Staging
from auditor.report.store import ReportStore, RunRecord
from auditor.report.summary import Reviewed
from auditor.report.tables import SetRows
from auditor.report.views import overview
from auditor.report.views.garbles import Listed, Shelf
from auditor.report.views.loners import loner_pages
from auditor.report.views.method import TextDigest, method_page
from auditor.report.views.news import PAGE as NEWS
from auditor.report.views.news import News, named_in, news_of, news_rows
from auditor.report.views.overview import TOP_TURNS, Collected, StoriesPage, StoryRow, StoryTold
from auditor.report.views.sources import (
    MOST_RECENT,
    SOURCES_A_PAGE,
    SourcesPage,
    Tallied,
    source_page,
    source_rows,
)

OVERVIEW = "index.html"


class Overall:
    """The pages that speak of everything, in the making."""

    def __init__(
        self,
        store: ReportStore,
        registry: Registry,
        staging: Staging,
        zone: ZoneInfo,
        renderer: Renderer,
        run: RunRecord | None,
        reviewed: Reviewed | None,
    ) -> None:
        self._store, self._registry, self._staging = store, registry, staging
        self._zone, self._renderer, self._run = zone, renderer, run
        self._reviewed = reviewed
        self._shelf, self._digest = Shelf(), TextDigest()
        self.articles = self.loners = 0
        self.collected = Collected(_fresh(store, run))

    @property
    def _index(self) -> Index:
        return self._staging.index

    def make(self) -> None:
        """All of them."""
        for told in self._index.units():
            self._take(told)
        with Files(self._staging) as files:
            self._rows(files)
            self._garbles()
            for name, page in loner_pages(self.loners, self._html("loner", "")):
                self._put(name, "loners", page, page_files=links("alone"))
            self._put("method.html", "method", method_page(self.articles, self._digest.value))
            self._sources(files)
            self._overview(files)

    def _take(self, told: dict[str, Any]) -> None:
        self._digest.add_value(told["digest"])
        self._shelf.add(told["garbles"])
        for each in told["articles"]:
            self.articles += 1
            self.collected.add_article(Tallied(*each))
        if told["story"]:
            self.collected.add_story(StoryTold(*told["story"]))
        else:
            self.loners += 1

    def _rows(self, files: Files) -> None:
        """The rows of the files that units told."""
        for name in ("pickups", "garbles", "alone"):
            for (csv, count), sheet in self._index.lines("rows", name):
                files.add_set(name, SetRows(csv, sheet, count))

    def _html(self, name: str, part: str, *, last: bool = False, most: int = -1) -> Iterator[Markup]:
        for _, html in self._index.lines(name, part, last=last, most=most):
            yield Markup(html)  # noqa: S704 - set by our own templates when the unit was made

    def _listed(self, kind: GarbleKind) -> Iterator[Listed]:
        for (label, source, story, rank), html in self._index.lines("garble", kind.value):
            yield Listed(Markup(html), label, source, story, tuple(rank))  # noqa: S704 - as above

    def _garbles(self) -> None:
        for name, page in self._shelf.kind_pages(self._listed):
            self._put(name, "garbles_of_kind", page, page_files=links("garbles"))
        first = self._shelf.first_page(self._listed)
        self._put("garbles.html", "garbles", first, page_files=links("garbles"))

    def _sources(self, files: Files) -> None:
        tallies = self.collected.sources
        known = frozenset(key for key in tallies if key)
        for key in sorted(known):
            latest = list(self._html("pickup", key, last=True, most=MOST_RECENT))
            page = source_page(tallies[key], self._registry, known, latest)
            self._put_changed(naming.source_page(key), "source", page, page_files=links("pickups"))
        rows = source_rows(tallies, self._registry)
        files.add_sources(rows)
        pages = max(1, -(-len(rows) // SOURCES_A_PAGE))
        for number in range(1, pages + 1):
            part = rows[(number - 1) * SOURCES_A_PAGE : number * SOURCES_A_PAGE]
            name = f"sources{f'-{number}' if number > 1 else ''}.html"
            table = SourcesPage(part, number, pages, len(rows))
            self._put(name, "sources", table, page_files=links("sources"))

    def _overview(self, files: Files) -> None:
        cover = None
        if self._run:
            stamp = formats.when(self._run.ended or self._run.started, self._zone).text
            cover = overview.covered(self._run.command, stamp, self._store.outcomes(self._run.key))
            for outcome in self._store.outcomes(self._run.key):
                files.add_unexamined(outcome)
        news = self._news(files)
        page = overview.overview_page(
            self.collected,
            cover,
            list(self._html("turn", "", most=TOP_TURNS)),
            news=news,
            articles=self.articles,
            loners=self.loners,
            registry=self._registry,
            reviewed=self._reviewed,
        )
        files.add_stories(page.stories)
        named = {name: links(name) for name in COLUMNS}
        rows = self._drawn(page.stories[: overview.FIRST_PAGE])
        self._put(OVERVIEW, "overview", page, rows=rows, page_files=named)
        for number in range(2, page.story_pages + 1):
            start = overview.FIRST_PAGE + (number - 2) * overview.NEXT_PAGES
            rows = self._drawn(page.stories[start : start + overview.NEXT_PAGES])
            part = StoriesPage(rows, number, page.story_pages)
            self._put_changed(f"stories-{number}.html", "stories", part, page_files=links("stories"))

    def _news(self, files: Files) -> News | None:
        """What changed since the last run, and its page; None where nobody told since something came in."""
        told = told_since(self._store, self._run)
        if told is None:
            return None
        names = named_in(told)
        heads = {
            article.id: head_of(article, self._registry, self._zone)
            for article in self._store.articles(sorted(names))
        }
        found = self._store.garbles(sorted(names))
        anchors = frozenset(f"{garble.article}#{naming.garble_anchor(garble)}" for garble in found)
        stories = frozenset(row.id for row in self.collected.stories)
        news = news_of(told, heads, anchors, stories)
        files.add_news(news_rows(told))
        if news.is_any:
            self._put(NEWS, "news", news, page_files=links("changes"))
        return news

    def _drawn(self, rows: tuple[StoryRow, ...]) -> tuple[StoryRow, ...]:
        """The rows with their skylines."""
        return tuple(replace(row, skyline=next(self._html("skyline", row.id), "")) for row in rows)

    def _put_changed(self, name: str, template: str, page: object, **more: Any) -> None:
        """As ``_put``, for pages that take longer to set than to tell whether they changed."""
        digest = told_digest(page, more).encode()
        if self._index.digest(name) == digest and self._staging.stands(name):
            self._staging.unchanged += 1
            self._index.put_page(name, digest=digest)
        else:
            self._put(name, template, page, digest, **more)

    def _put(self, name: str, template: str, page: object, digest: bytes = b"", **more: Any) -> None:
        root = "../" * name.count("/")
        html = self._renderer.page(template, page, zone=str(self._zone), root=root, **more)
        self._staging.write(name, html)
        self._index.put_page(name, digest=digest)


def last_run(store: ReportStore) -> RunRecord | None:
    """The last run that stored something: a night that is run again changes no page."""
    runs = list(store.runs())
    for run in reversed(runs):
        if run.counts.get(Disposition.STORED.value) or any(
            outcome.disposition is Disposition.STORED for outcome in store.outcomes(run.key)
        ):
            return run
    return runs[-1] if runs else None


def told_since(store: ReportStore, run: RunRecord | None) -> Mapping[str, Any] | None:
    """What was last told to have changed, unless something came in after that."""
    told = store.told_changes()
    if told is None:
        return None
    # A night tells under its own number; what it took in is a run begun after it.
    since = run.parameters.get("nightly", run.key) if run else 0
    return told[1] if told[0] >= since else None


def _fresh(store: ReportStore, run: RunRecord | None) -> frozenset[str]:
    """The articles that the last run brought."""
    if run is None:
        return frozenset()
    outcomes = store.outcomes(run.key)
    return frozenset(o.article for o in outcomes if o.disposition is Disposition.STORED and o.article)
