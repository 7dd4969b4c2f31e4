"""A story as a tree: who took it from whom and when, and the originals that nobody holds, put together.

store | rows of a story | main parent of each article, lost texts → Told → a terminal, JSON
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditor.domain import Article, Derivation, MatchKind, Relation, Story
from auditor.engine import tasks
from auditor.errors import NotFound
from auditor.lineage import MOST_COPIES, Lost, Reconstruction, lost_texts, reconstruct
from auditor.registry import Registry

if TYPE_CHECKING:
    from auditor.storage import Store

RELATIONS = {
    Relation.COPY: "from",
    Relation.COMMON_SOURCE: "has a common source with",
    Relation.UNDECIDED: "shares text, order unknown, with",
}


@dataclass(frozen=True, slots=True)
class Branch:
    """An article in the tree under the one that it has most of its text from.

    ``parent`` is None for those that took theirs from nobody held; ``share`` is how much of the text is
    from the parent (0..1), ``lag`` the minutes between the two where both times are exact, ``others``
    the further articles that it has text from.
    """

    article: Article
    source: str
    parent: str | None = None
    relation: Relation | None = None
    confidence: float = 0.0
    share: float = 0.0
    lag: int | None = None
    others: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()

    def sentence(self) -> str:
        """When it was published, by whom, and how it got its text."""
        when = str(self.article.published) if self.article.published else "time unknown"
        parts = [f"{when}  {self.source}  {self.article.id}"]
        if self.relation is not None and self.parent is not None:
            lag = "" if self.lag is None else f", {_span(self.lag)} later"
            parts.append(
                f"{self.share:.0%} {RELATIONS[self.relation]} {self.parent}{lag}, "
                f"confidence {self.confidence:.2f}"
            )
        elif self.origins:
            parts.append(f"credited to {', '.join(self.origins)}, not held")
        if self.others:
            parts.append(f"also from {', '.join(self.others)}")
        return "; ".join((*parts, *self.stale))

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return {
            "id": self.article.id,
            "source": self.source,
            "published_at": str(self.article.published) if self.article.published else None,
            "title": self.article.title,
            "parent": self.parent,
            "relation": self.relation.value if self.relation else None,
            "confidence": round(self.confidence, 4),
            "share": round(self.share, 4),
            "minutes_after_parent": self.lag,
            "other_parents": list(self.others),
            "origins_not_held": list(self.origins),
            "stale": list(self.stale),
        }


@dataclass(frozen=True, slots=True)
class Told:
    """A story with its articles, each behind the one it hangs on, and its lost originals.

    ``depths`` says how deep each article stands in the tree.
    """

    story: Story
    branches: tuple[Branch, ...]
    depths: tuple[int, ...]
    lost: tuple[tuple[str, Reconstruction], ...]

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return {
            "id": self.story.id,
            "title": self.story.title,
            "articles": [
                {**branch.as_dict(), "depth": depth}
                for branch, depth in zip(self.branches, self.depths, strict=True)
            ],
            "reconstructed": [_lost_row(name, rebuilt) for name, rebuilt in self.lost],
        }


def story(store: Store, registry: Registry, name: str) -> Told:
    """The story of that id, or the one that an article of that id belongs to. Raises NotFound."""
    found = _found(store, name)
    tasks.prepare(registry)
    rows = list(store.derivations(found.articles))
    held = {article.id: article for article in store.articles(found.articles)}
    stale: dict[str, set[str]] = defaultdict(set)
    for one in store.stale(found.articles):
        stale[one.article].add(f"out of date: {one.detail}")
    own: dict[str, list[Derivation]] = defaultdict(list)
    for row in rows:
        own[row.article].append(row)
    branches = {
        name: _branch(article, own[name], held, registry, tuple(sorted(stale[name])))
        for name, article in held.items()
    }
    ordered = tuple(_down(branches))
    lost = tuple(
        (registry.name_of(one.source) or "somebody unknown", one) for one in _rebuilt(lost_texts(rows), held)
    )
    return Told(
        found, tuple(branches[name] for name, _ in ordered), tuple(depth for _, depth in ordered), lost
    )


def _found(store: Store, name: str) -> Story:
    try:
        return store.story(name)
    except NotFound:
        found = store.story_of(store.article(name).id)
    if found is None:
        raise NotFound(f"{name} belongs to no story", "auditor trace says what is known of it")
    return found


def _branch(
    article: Article,
    rows: Sequence[Derivation],
    held: dict[str, Article],
    registry: Registry,
    stale: tuple[str, ...],
) -> Branch:
    source = registry.name_of(article.source) or "source unknown"
    sizes: Counter[str] = Counter()
    for row in rows:
        if row.parent and row.parent.article in held and row.kind is not MatchKind.QUOTATION:
            sizes[row.parent.article] += row.span.length
    if not sizes:
        lost = {registry.name_of(row.origin.source) or "" for row in rows if row.origin.article is None}
        return Branch(article, source, origins=tuple(sorted(lost - {""})), stale=stale)
    parent = min(sizes, key=lambda other: (-sizes[other], other))
    mine = [row for row in rows if row.parent and row.parent.article == parent]
    by_relation: Counter[Relation] = Counter()
    for row in mine:
        by_relation[row.relation] += row.span.length
    length = sum(row.span.length for row in mine)
    return Branch(
        article,
        source,
        parent,
        by_relation.most_common(1)[0][0],
        sum(row.confidence * row.span.length for row in mine) / length,
        min(1.0, length / max(1, len(article.text))),
        _lag(held[parent], article),
        tuple(sorted(sizes.keys() - {parent})),
        stale=stale,
    )


def _lag(parent: Article, child: Article) -> int | None:
    one, two = parent.published, child.published
    if one is None or two is None or not (one.is_exact and two.is_exact):
        return None
    return int((two.earliest - one.earliest).total_seconds() // 60)


def _down(branches: dict[str, Branch]) -> Iterator[tuple[str, int]]:
    """The articles with their depths, each behind its parent, siblings by time."""
    below: dict[str | None, list[str]] = defaultdict(list)
    for name, branch in branches.items():
        below[branch.parent if branch.parent in branches else None].append(name)

    def by_time(name: str) -> tuple[bool, str, str]:
        at = branches[name].article.published
        return at is None, at.earliest.isoformat() if at else "", name

    waiting = [(name, 0) for name in sorted(below[None], key=by_time, reverse=True)]
    while waiting:
        name, depth = waiting.pop()
        yield name, depth
        waiting += [(child, depth + 1) for child in sorted(below[name], key=by_time, reverse=True)]


def rebuilt(store: Store, registry: Registry, story: Story) -> Iterator[Reconstruction]:
    """The lost originals of a story, put together from its copies, largest first."""
    lost = lost_texts(store.derivations(story.articles))
    if lost:
        tasks.prepare(registry)
        read = {name for one in lost for name in list(one.copies)[:MOST_COPIES]}
        yield from _rebuilt(lost, {article.id: article for article in store.articles(read)})


def _rebuilt(lost: Iterable[Lost], held: dict[str, Article]) -> Iterator[Reconstruction]:
    for one in lost:
        names = [name for name in list(one.copies)[:MOST_COPIES] if name in held and not held[name].removed]
        found = reconstruct(one, {name: tasks.witness_of(held[name]) for name in names})
        if found:
            yield found


def _lost_row(name: str, rebuilt: Reconstruction) -> dict[str, Any]:
    return {
        "reconstructed": True,
        "source": name,
        "text": rebuilt.text,
        "agreement": round(rebuilt.agreement, 4),
        "copies": list(rebuilt.read),
        "copies_not_read": rebuilt.unread,
        "passages": [
            {
                "text": passage.text,
                "agreement": passage.agreement,
                "copies": [
                    {"id": place.article, "start": place.span.start, "end": place.span.end}
                    for place in passage.copies
                ],
            }
            for passage in rebuilt.passages
        ],
    }


def _span(minutes: int) -> str:
    if abs(minutes) < 120:
        return f"{minutes} min"
    return f"{minutes / 60:.0f} h" if abs(minutes) < 48 * 60 else f"{minutes / 1440:.0f} days"
