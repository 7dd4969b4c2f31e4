"""The report's tables as files: which columns stand in which, and the rows as the pages are made.

It must not know HTML or stores.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from types import TracebackType

from auditor.domain import Disposition, Outcome
from auditor.report import wording
from auditor.report.facts import ArticleFacts
from auditor.report.staging import Staging
from auditor.report.tables import Cell, SetRows, Table
from auditor.report.views.loners import Loner
from auditor.report.views.overview import StoryRow
from auditor.report.views.sources import SourceRow
from auditor.report.views.story import StoryPage

COLUMNS = {
    "stories": "story title first_seen pickups new_pickups sources credit_kept grave_changes",
    "pickups": "story article source published_at title url parents derived_share made_of credit "
    "grave_entered medium_entered low_entered grave_inherited "
    "stale",
    "garbles": "article source story kind severity before after introduced_by parent start end",
    "sources": "source name kind articles pickups go_back_to derived_mean credit_kept delay_median "
    "others_took grave_entered grave_inherited",
    "unexamined": "input became reason",
    "alone": "article source published_at title reason",
    "changes": "what id detail before after",
}

Links = tuple[tuple[str, str], ...]


def links(name: str) -> Links:
    """The files of a table as links below the report's folder."""
    return (("CSV", f"tables/{name}.csv"), ("XLSX", f"tables/{name}.xlsx"))


class Files:
    """The files of all tables; as a context manager it finishes them at the end."""

    def __init__(self, staging: Staging) -> None:
        self._staging = staging
        self._open = ExitStack()
        self._tables: dict[str, Table] = {}

    def __enter__(self) -> Files:
        for name, columns in COLUMNS.items():
            paths = [self._staging.growing(path) for _, path in links(name)]
            self._tables[name] = self._open.enter_context(Table(paths[0], paths[1], columns.split()))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()
        if kind is None:
            for name in COLUMNS:
                for _, path in links(name):
                    self._staging.grown(path)
                    self._staging.index.put_page(path)

    def add_set(self, name: str, rows: SetRows) -> None:
        """Rows of a table that were set before."""
        self._tables[name].add_set(rows)

    def add_stories(self, rows: Sequence[StoryRow]) -> None:
        """The rows of the stories, as the overview has them."""
        for row in rows:
            first = row.first.iso
            cells = (
                row.id,
                row.title,
                first,
                row.pickups,
                row.new_pickups,
                row.sources,
                row.credit,
                row.grave,
            )
            self._tables["stories"].add(cells)

    def add_sources(self, rows: Sequence[SourceRow]) -> None:
        """The rows of the sources."""
        for row in rows:
            origins = "; ".join(f"{name} {count}" for name, count in row.origins)
            taken = (row.articles, row.pickups, origins, row.share, row.credit, row.delay)
            self._tables["sources"].add(
                (row.key, row.name, row.kind, *taken, row.given, row.grave, row.inherited)
            )

    def add_news(self, rows: Iterable[Sequence[Cell]]) -> None:
        """The rows of what changed."""
        for row in rows:
            self._tables["changes"].add(row)

    def add_unexamined(self, outcome: Outcome) -> None:
        """The row of an input that was rejected or failed."""
        if outcome.disposition in {Disposition.REJECTED, Disposition.FAILED}:
            label = wording.DISPOSITIONS[outcome.disposition].label
            self._tables["unexamined"].add((outcome.name, label, outcome.reason))


def pickup_rows(page: StoryPage, members: Sequence[ArticleFacts]) -> Iterator[tuple[Cell, ...]]:
    """The rows of a story's pickups."""
    index = {facts.article.id: facts.article for facts in members}
    for row in page.pickups:
        article = index[row.head.id]
        yield (
            page.id,
            article.id,
            row.head.source_key or "",
            str(article.published or ""),
            article.title or "",
            article.url or "",
            "; ".join(parent.head.id if parent.head else parent.name for parent in row.parents),
            round(row.share_value, 4),
            "; ".join(part.text for part in row.parts),
            row.credit.label,
            row.entered["high"],
            row.entered["medium"],
            row.entered["low"],
            row.inherited["high"],
            row.stale,
        )


def loner_row(row: Loner, facts: ArticleFacts) -> tuple[Cell, ...]:
    """The row of an article alone."""
    published = str(facts.article.published or "")
    return (facts.article.id, facts.head.source_key or "", published, facts.article.title or "", row.reason)


def garble_rows(members: Sequence[ArticleFacts]) -> Iterator[tuple[Cell, ...]]:
    """The rows of the changes of some articles."""
    for facts in members:
        for garble in facts.garbles:
            yield (
                garble.article,
                facts.head.source_key or "",
                facts.story.id if facts.story else "",
                garble.kind.value,
                garble.severity.value,
                garble.before,
                garble.after,
                garble.introduced_by,
                garble.parent.article if garble.parent else "",
                garble.span.start,
                garble.span.end,
            )
