"""Writing a report: one pass over the stories, one over the articles that belong to none.

It decides the order and hands values on: gather reads, views decide what a page says, render sets it,
staging puts the whole in place at once. Memory holds one story and a few hundred bytes of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from auditor.domain import Disposition
from auditor.errors import ConfigProblem
from auditor.registry import Registry
from auditor.report import formats, gather
from auditor.report.facts import ArticleFacts
from auditor.report.render import Renderer
from auditor.report.staging import Staging
from auditor.report.store import ReportStore, RunRecord
from auditor.report.summary import ReportSummary
from auditor.report.views import overview
from auditor.report.views.article import article_page
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
        self.articles = 0
        self.collected = overview.Collected(self._fresh())

    def write(self) -> None:
        """All pages, those of the stories first, since the overview is made from them."""
        seen: set[str] = set()
        for story in self._store.stories():
            members = gather.of_story(self._store, story, self._registry, self._zone)
            if not members:
                continue
            seen.update(facts.article.id for facts in members)
            page = story_page(story, members, self._registry, self._zone)
            self.collected.add_story(page, members)
            self._put(page.href, "story", page, page_files=())
            self._articles(members)
        loners = (key for key in self._store.article_ids() if key not in seen)
        for facts in gather.of_loners(self._store, loners, self._registry, self._zone):
            self.collected.loners += 1
            self._articles([facts])
        self._overview()

    def _fresh(self) -> frozenset[str]:
        if self._run is None:
            return frozenset()
        outcomes = self._store.outcomes(self._run.key)
        return frozenset(o.article for o in outcomes if o.disposition is Disposition.STORED and o.article)

    def _articles(self, members: Sequence[ArticleFacts]) -> None:
        for facts in members:
            self.articles += 1
            self.collected.add_article(facts, self._registry)
            captured = formats.when(facts.article.captured, self._zone) if facts.article.captured else None
            page = article_page(facts, self._registry, captured=captured)
            self._put(facts.head.href, "article", page)

    def _overview(self) -> None:
        cover = None
        if self._run:
            stamp = formats.when(self._run.ended or self._run.started, self._zone).text
            cover = overview.covered(self._run.command, stamp, self._store.outcomes(self._run.key))
        page = overview.overview_page(self.collected, cover, self.articles, self._registry)
        files: Mapping[str, Iterable[object]] = {"stories": (), "sources": (), "unexamined": ()}
        self._put(INDEX, "overview", page, rows=page.stories[: overview.FIRST_PAGE], page_files=files)

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
