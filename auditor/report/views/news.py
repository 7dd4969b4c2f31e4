"""What changed since the last night: counts that lead to lists, each line to the page of what it is about.

Pure. Made from what the nightly job told (as JSON has it) and the heads of the articles it names. It must
not know HTML or stores.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from auditor.domain import GarbleKind, Severity, Span
from auditor.report import formats, naming, wording
from auditor.report.heads import Head
from auditor.report.tables import Cell

# Lines of each list on the page; the file has all of them.
A_LIST = 100
# Of those, lines that the overview shows of what is bad news.
ON_OVERVIEW = 4
PAGE = "changes.html"


@dataclass(frozen=True, slots=True)
class Item:
    """A line: what it leads to, and what is said of it. ``kind`` and ``severity`` are those of a change."""

    href: str
    name: str
    detail: str = ""
    kind: wording.Term | None = None
    severity: wording.Term | None = None
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class NewsList:
    """All lines of one sort: ``key`` is its anchor, ``more`` how many aren't shown."""

    key: str
    title: str
    how: str
    total: int
    items: tuple[Item, ...]
    tone: str = ""

    @property
    def more(self) -> int:
        """How many aren't shown."""
        return self.total - len(self.items)


@dataclass(frozen=True, slots=True)
class News:
    """Everything that changed."""

    articles: int
    lists: tuple[NewsList, ...]

    @property
    def is_any(self) -> bool:
        """Did anything change at all?"""
        return bool(self.articles or self.lists)

    @property
    def worst(self) -> tuple[Item, ...]:
        """The bad news that the overview shows: grave changes, then stale copies."""
        bad = [each.items[:ON_OVERVIEW] for each in self.lists if each.tone]
        return tuple(item for items in bad for item in items)


def named_in(told: Mapping[str, Any]) -> set[str]:
    """The articles whose heads are needed."""
    found = {line["id"] for line in _shown(told)}
    found.update(told["pickups"][:A_LIST])
    found.update(name for line in told["reparented"][:A_LIST] for name in (*line["before"], *line["after"]))
    return found


def _shown(told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    garbles = [line for severity in Severity for line in _of(told, severity)[:A_LIST]]
    return [*garbles, *told["reparented"][:A_LIST], *told["stale"][:A_LIST]]


def _of(told: Mapping[str, Any], severity: Severity) -> list[Mapping[str, Any]]:
    return [line for line in told["garbles"] if line["severity"] == severity.value]


def news_of(
    told: Mapping[str, Any], heads: Mapping[str, Head], anchors: frozenset[str], stories: frozenset[str]
) -> News:
    """What was told, as the pages show it; ``anchors`` and ``stories`` are those that still stand."""
    lists = [_stories(told, stories), _pickups(told, heads)]
    lists += [_garbles(told, severity, heads, anchors) for severity in Severity]
    lists += [_reparented(told, heads), _stale(told, heads)]
    return News(told["counts"]["articles"], tuple(each for each in lists if each.total))


def _stories(told: Mapping[str, Any], standing: frozenset[str]) -> NewsList:
    items = [
        Item(
            naming.story_page(line["id"]) if line["id"] in standing else "",
            line["title"] or wording.UNTITLED,
            formats.count(line["articles"], "article"),
        )
        for line in told["stories"][:A_LIST]
    ]
    title = "new story" if len(told["stories"]) == 1 else "new stories"
    return NewsList("stories", title, wording.HOW_NEW_STORIES, len(told["stories"]), tuple(items))


def _item(name: str, heads: Mapping[str, Head], detail: str) -> Item:
    head = heads.get(name)
    label = f"{head.label}: {head.title}" if head else formats.clip(name, 60)
    return Item(head.href if head else "", label, detail)


def _pickups(told: Mapping[str, Any], heads: Mapping[str, Head]) -> NewsList:
    items = [
        _item(name, heads, heads[name].when.text if name in heads else "")
        for name in told["pickups"][:A_LIST]
    ]
    title = "new pickup" if len(told["pickups"]) == 1 else "new pickups"
    return NewsList("pickups", title, wording.HOW_NEW_PICKUPS, len(told["pickups"]), tuple(items))


def _garbles(
    told: Mapping[str, Any], severity: Severity, heads: Mapping[str, Head], anchors: frozenset[str]
) -> NewsList:
    lines = _of(told, severity)
    items = []
    for line in lines[:A_LIST]:
        head = heads.get(line["id"])
        anchor = anchor_of(line)
        place = f"{head.href}#{anchor}" if head and f"{line['id']}#{anchor}" in anchors else ""
        items.append(
            Item(
                href=place or (head.href if head else ""),
                name=head.label if head else formats.clip(line["id"], 60),
                kind=wording.KINDS[GarbleKind(line["kind"])],
                severity=wording.SEVERITIES[severity],
                before=line["before"],
                after=line["after"],
            )
        )
    noun = "change entered" if len(lines) == 1 else "changes entered"
    grave = severity is Severity.HIGH
    label = f"new grave {noun}" if grave else f"new {noun}, severity {wording.SEVERITIES[severity].label}"
    tone = "harm" if grave else ""
    return NewsList(
        f"changes-{severity.value}", label, wording.HOW_NEW_GARBLES, len(lines), tuple(items), tone
    )


def anchor_of(line: Mapping[str, Any]) -> str:
    """The anchor of a change on its article's page."""
    return naming.change_anchor(Span(line["start"], line["end"]), line["kind"])


def _reparented(told: Mapping[str, Any], heads: Mapping[str, Head]) -> NewsList:
    def names(ids: Sequence[str]) -> str:
        labels = [heads[name].label if name in heads else formats.clip(name, 40) for name in ids]
        return formats.listing(list(dict.fromkeys(labels))) or "nobody"

    items = [
        _item(line["id"], heads, f"now from {names(line['after'])}; before from {names(line['before'])}")
        for line in told["reparented"][:A_LIST]
    ]
    title = "text with another parent" if len(told["reparented"]) == 1 else "texts with other parents"
    return NewsList("parents", title, wording.HOW_REPARENTED, len(told["reparented"]), tuple(items))


def _stale(told: Mapping[str, Any], heads: Mapping[str, Head]) -> NewsList:
    items = [_item(line["id"], heads, line["reason"]) for line in told["stale"][:A_LIST]]
    title = "stale copy" if len(told["stale"]) == 1 else "stale copies"
    return NewsList("stale", title, wording.HOW_STALE, len(told["stale"]), tuple(items), "harm")


def news_rows(told: Mapping[str, Any]) -> list[tuple[Cell, ...]]:
    """All of it as rows of a file: what, which id, a detail, before, after."""
    rows: list[tuple[Cell, ...]] = [
        ("new story", line["id"], line["title"] or "", "", "") for line in told["stories"]
    ]
    rows += [("new pickup", name, "", "", "") for name in told["pickups"]]
    rows += [
        ("new change", line["id"], f"{line['kind']}, {line['severity']}", line["before"], line["after"])
        for line in told["garbles"]
    ]
    rows += [
        ("other parents", line["id"], "", "; ".join(line["before"]), "; ".join(line["after"]))
        for line in told["reparented"]
    ]
    return [*rows, *(("stale copy", line["id"], line["reason"], "", "") for line in told["stale"])]
