"""The whole way on the example collection, into a folder of its own."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.assets import example_dir
from auditor.config import load_settings
from auditor.domain import Severity
from auditor.jobs.audit import AuditSummary, audit
from auditor.jobs.findings import UpdateSummary, update_findings
from auditor.jobs.ingest import IngestSummary, ingest
from auditor.jobs.progress import Progress
from auditor.jobs.report import report
from auditor.jobs.sources import registry_of

if TYPE_CHECKING:
    from auditor.registry import Registry
    from auditor.storage import Store


@dataclass(frozen=True, slots=True)
class DemoFound:
    """What the demo found: a row a story (title, articles, first source, garbles of high severity)."""

    ingest: IngestSummary
    audit: AuditSummary
    report: Path
    stories: tuple[tuple[str, int, str, int], ...]
    findings: UpdateSummary


def demo(folder: Path, *, processes: int, progress: Progress) -> DemoFound:
    """Run every step on the example collection, agreements included; again is quick and changes nothing."""
    from auditor.storage import migrate, open_store

    folder.mkdir(parents=True, exist_ok=True)
    collection = example_dir()
    settings = load_settings(
        {
            "database": f"sqlite:///{folder / 'auditor.db'}",
            "report": folder / "report",
            "processes": processes,
            "licences": collection / "licences",
        },
        config=collection / "auditor.toml",
    )
    migrate.upgrade(settings.database)  # a demo of an older version may stand here
    with open_store(settings.database) as store:
        registry = registry_of(store, settings.sources)
        taken = ingest(store, registry, [collection / "articles"], captures=True, progress=progress)
        registry = registry_of(store, settings.sources)
        audited = audit(store, registry, processes=processes, progress=progress)
        found = update_findings(store, registry, settings.licences, progress=progress)
        report(store, registry, settings.report, time_zone=settings.time_zone)
        stories = tuple(_stories(store, registry))
        return DemoFound(taken, audited, settings.report / "index.html", stories, found)


def _stories(store: Store, registry: Registry) -> list[tuple[str, int, str, int]]:
    rows = []
    for story in store.stories():
        articles = list(store.articles(story.articles))
        dated = [article for article in articles if article.published]
        first = min(dated, key=lambda a: a.published.earliest if a.published else None, default=None)  # type: ignore[arg-type,return-value]
        harm = Counter(
            garble.severity
            for garble in store.garbles(story.articles)
            if garble.introduced_by == garble.article
        )
        began = registry.name_of(first.source) if first else None
        rows.append((story.title, len(articles), began or "unknown", harm[Severity.HIGH]))
    return rows
