"""Writing a report: one pass over the stories, one over the articles that belong to none.

It decides the order and hands values on: gather reads, views decide what a page says, render sets it,
staging puts the whole in place at once. Memory holds one story and a few hundred bytes of each.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from auditor.domain import Disposition
from auditor.errors import ConfigProblem
from auditor.registry import Registry
from auditor.report import formats, gather, naming
from auditor.report.facts import ArticleFacts
from auditor.report.files import COLUMNS, Files, links
from auditor.report.render import Renderer
from auditor.report.staging import Staging
from auditor.report.store import ReportStore, RunRecord
from auditor.report.summary import ReportSummary
from auditor.report.views import overview
from auditor.report.views.article import article_page
from auditor.report.views.garbles import Shelf
from auditor.report.views.loners import Loners
from auditor.report.views.method import TextDigest, method_page
from auditor.report.views.overview import StoriesPage
from auditor.report.views.pair import pair_page
from auditor.report.views.sources import SOURCES_A_PAGE, SourcesPage, source_page, source_rows
from auditor.report.views.story import story_page

INDEX = "index.html"


def write_report(
    store: ReportStore, registry: Registry, out: Path, *, timezone: str = "UTC", templates: Path | None = None
) -> ReportSummary:
    """Write the pages of everything in the store below ``out``; only files whose content changed are written.

    Times are shown in ``timezone`` (an IANA name). Raises ConfigProblem where that is unknown, WriteProblem
    where ``out`` holds something else or can't be written: the old report then stands as it was.
    """
    with Staging(out) as staging:
        report = _Report(store, registry, staging, zone_of(timezone), Renderer(templates))
        report.write()
        return ReportSummary(
            index=out / INDEX,
            stories=len(report.collected.stories),
            pickups=sum(tally.pickups for tally in report.collected.sources.values()),
            articles=report.articles,
            changed=staging.changed,
            unchanged=staging.unchanged,
        )


def zone_of(name: str) -> ZoneInfo:
    """The time zone of that name; raises ConfigProblem."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise ConfigProblem(
            f"no time zone is called {name}", "use an IANA name such as Europe/Paris"
        ) from problem


class _Report:
    """One report in the making."""

    def __init__(
        self, store: ReportStore, registry: Registry, staging: Staging, zone: ZoneInfo, renderer: Renderer
    ) -> None:
        self._store, self._registry, self._staging = store, registry, staging
        self._zone, self._renderer = zone, renderer
        self._run = _last_run(store)
        self._digest = TextDigest()
        self._shelf = Shelf(lambda name, page: self._put(name, "garbles_of_kind", page))
        self._loners = Loners(lambda name, page: self._put(name, "loners", page))
        self.articles = 0
        self.collected = overview.Collected(self._fresh())

    def write(self) -> None:
        """All pages; the overview last, since it is made from the others."""
        with Files(self._staging) as files:
            self._stories(files)
            self._loners.close()
            self._put("garbles.html", "garbles", self._shelf.close(), page_files=links("garbles"))
            self._put("method.html", "method", method_page(self.articles, self._digest.value))
            self._sources(files)
            self._overview(files)

    def _fresh(self) -> frozenset[str]:
        if self._run is None:
            return frozenset()
        outcomes = self._store.outcomes(self._run.key)
        return frozenset(o.article for o in outcomes if o.disposition is Disposition.STORED and o.article)

    def _stories(self, files: Files) -> None:
        seen: set[str] = set()
        for story in self._store.stories():
            members = gather.of_story(self._store, story, self._registry, self._zone)
            if not members:
                continue
            seen.update(facts.article.id for facts in members)
            page = story_page(story, members, self._registry, self._zone)
            self.collected.add_story(page, members)
            files.add_story(page, members)
            self._put(page.href, "story", page, page_files=links("pickups"))
            index = {facts.article.id: facts for facts in members}
            for facts in members:
                self._article(facts, index, files)
        lone = (key for key in self._store.article_ids() if key not in seen)
        for facts in gather.of_loners(self._store, lone, self._registry, self._zone):
            self._loners.add(facts)
            self._article(facts, {}, files)

    def _article(self, facts: ArticleFacts, index: Mapping[str, ArticleFacts], files: Files) -> None:
        self.articles += 1
        self.collected.add_article(facts, self._registry)
        self._digest.add(facts.article)
        self._shelf.add(facts)
        files.add_garbles(facts)
        captured = formats.when(facts.article.captured, self._zone) if facts.article.captured else None
        self._put(facts.head.href, "article", article_page(facts, self._registry, captured=captured))
        for parent in dict.fromkeys(d.parent.article for d in facts.derivations if d.parent):
            other = index.get(parent) or self._stranger(parent)
            if other:
                page = pair_page(facts, other, self._registry)
                self._put(page.href, "pair", page)

    def _stranger(self, article: str) -> ArticleFacts | None:
        """A parent that isn't in the child's story."""
        return next(iter(gather.of_loners(self._store, [article], self._registry, self._zone)), None)

    def _sources(self, files: Files) -> None:
        tallies = self.collected.sources
        known = frozenset(key for key in tallies if key)
        for key in sorted(known):
            self._put(naming.source_page(key), "source", source_page(tallies[key], self._registry, known))
        rows = source_rows(tallies, self._registry)
        files.add_sources(rows)
        pages = max(1, -(-len(rows) // SOURCES_A_PAGE))
        for number in range(1, pages + 1):
            part = rows[(number - 1) * SOURCES_A_PAGE : number * SOURCES_A_PAGE]
            name = f"sources{f'-{number}' if number > 1 else ''}.html"
            self._put(name, "sources", SourcesPage(part, number, pages, len(rows)))

    def _overview(self, files: Files) -> None:
        cover = None
        if self._run:
            stamp = formats.when(self._run.ended or self._run.started, self._zone).text
            cover = overview.covered(self._run.command, stamp, self._store.outcomes(self._run.key))
            for outcome in self._store.outcomes(self._run.key):
                files.add_unexamined(outcome)
        page = overview.overview_page(
            self.collected, cover, self.articles, self._loners.total, self._registry
        )
        files.add_stories(page.stories)
        named = {name: links(name) for name in COLUMNS}
        self._put(INDEX, "overview", page, rows=page.stories[: overview.FIRST_PAGE], page_files=named)
        for number in range(2, page.story_pages + 1):
            start = overview.FIRST_PAGE + (number - 2) * overview.NEXT_PAGES
            rows = page.stories[start : start + overview.NEXT_PAGES]
            self._put(f"stories-{number}.html", "stories", StoriesPage(rows, number, page.story_pages))

    def _put(self, name: str, template: str, page: object, **more: Any) -> None:
        root = "../" * name.count("/")
        html = self._renderer.page(template, page, zone=str(self._zone), root=root, **more)
        self._staging.write(name, html)


def _last_run(store: ReportStore) -> RunRecord | None:
    """The last run that stored something: a night that is run again changes no page."""
    runs = list(store.runs())
    for run in reversed(runs):
        if run.counts.get(Disposition.STORED.value) or any(
            outcome.disposition is Disposition.STORED for outcome in store.outcomes(run.key)
        ):
            return run
    return runs[-1] if runs else None
