"""What changed since the last run: stories, pickups, garbles, parents, stale copies.

    what was known of each article | what is known now | differences → Changes → JSON, a short text

Pure: two streams in, one value out; ``Changes`` is what a report or a message shows. Only articles of which
something differs are ever in memory.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from auditor.domain import Garble, Severity

if TYPE_CHECKING:
    from auditor.storage import Known

# Lines of each kind in the short text; the rest is counted.
SHOWN = 5


@dataclass(frozen=True, slots=True)
class NewStory:
    """A story none of whose articles was in any story before."""

    id: str
    title: str
    articles: int


@dataclass(frozen=True, slots=True)
class NewGarble:
    """A damage that wasn't there before, in the article where it first appears."""

    article: str
    kind: str
    severity: str
    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Reparented:
    """An article whose text is now thought to come from other articles than before."""

    article: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    def sentence(self) -> str:
        """Which parents it has now and had before, in words."""
        gained = _names(tuple(name for name in self.after if name not in self.before))
        lost = _names(tuple(name for name in self.before if name not in self.after))
        parts = [f"now from {gained}"] if set(self.after) - set(self.before) else []
        parts += [f"no longer from {lost}"] if set(self.before) - set(self.after) else []
        return f"{self.article}: {', '.join(parts)}"


@dataclass(frozen=True, slots=True)
class StaleCopy:
    """A copy that carries what its source has since corrected or withdrawn; ``reason`` says which."""

    article: str
    reason: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that changed. ``articles`` counts those never looked at before; ids are sorted."""

    articles: int = 0
    stories: tuple[NewStory, ...] = ()
    pickups: tuple[str, ...] = ()
    garbles: tuple[NewGarble, ...] = ()
    reparented: tuple[Reparented, ...] = ()
    stale: tuple[StaleCopy, ...] = ()

    def counts(self) -> dict[str, int]:
        """How many of each, garbles by severity."""
        harm = Counter(garble.severity for garble in self.garbles)
        return {
            "articles": self.articles,
            "stories": len(self.stories),
            "pickups": len(self.pickups),
            **{f"garbles_{each.value}": harm[each.value] for each in Severity},
            "reparented": len(self.reparented),
            "stale": len(self.stale),
        }

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "counts": self.counts(),
            "stories": [{"id": s.id, "title": s.title, "articles": s.articles} for s in self.stories],
            "pickups": list(self.pickups),
            "garbles": [
                {
                    "id": g.article,
                    "kind": g.kind,
                    "severity": g.severity,
                    "start": g.start,
                    "end": g.end,
                    "before": g.before,
                    "after": g.after,
                }
                for g in self.garbles
            ],
            "reparented": [
                {"id": r.article, "before": list(r.before), "after": list(r.after)} for r in self.reparented
            ],
            "stale": [{"id": s.article, "reason": s.reason} for s in self.stale],
        }

    @classmethod
    def of_dict(cls, told: Mapping[str, Any]) -> Changes:
        """What ``as_dict`` gave."""
        return cls(
            articles=told["counts"]["articles"],
            stories=tuple(NewStory(s["id"], s["title"], s["articles"]) for s in told["stories"]),
            pickups=tuple(told["pickups"]),
            garbles=tuple(
                NewGarble(g["id"], g["kind"], g["severity"], g["start"], g["end"], g["before"], g["after"])
                for g in told["garbles"]
            ),
            reparented=tuple(
                Reparented(r["id"], tuple(r["before"]), tuple(r["after"])) for r in told["reparented"]
            ),
            stale=tuple(StaleCopy(s["id"], s["reason"]) for s in told["stale"]),
        )

    def meets(self, gate: str) -> bool:
        """Was a new garble of that severity, or a graver one, found?"""
        grave = [each.value for each in Severity]
        return any(grave.index(garble.severity) <= grave.index(gate) for garble in self.garbles)

    def text(self) -> str:
        """A short text for mail or chat: counts first, then the gravest of each."""
        lines = [self._headline()]
        lines += _listed("New stories", [f"{s.title or s.id} ({s.articles} articles)" for s in self.stories])
        grave = [g for g in self.garbles if g.severity == Severity.HIGH]
        lines += _listed("Grave garbles", [f"{g.article}: {g.kind}, {_changed(g)}" for g in grave])
        lines += _listed("Stale copies", [f"{s.article}: {s.reason}" for s in self.stale])
        lines += _listed("Other parents", [f"{r.article}: now {_names(r.after)}" for r in self.reparented])
        return "\n".join(lines) + "\n"

    def _headline(self) -> str:
        if not any(self.counts().values()):
            return "Nothing changed."
        harm = self.counts()
        return (
            f"{self.articles} new articles, {len(self.stories)} new stories, "
            f"{len(self.pickups)} new pickups; new garbles: {harm['garbles_high']} high, "
            f"{harm['garbles_medium']} medium, {harm['garbles_low']} low; "
            f"{len(self.reparented)} with other parents, {len(self.stale)} stale copies."
        )


def _listed(heading: str, lines: list[str]) -> list[str]:
    if not lines:
        return []
    more = [f"- and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
    return [f"{heading}:", *(f"- {_one_line(line)}" for line in lines[:SHOWN]), *more]


def _one_line(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= 160 else joined[:159] + "…"


def _changed(garble: NewGarble) -> str:
    return f"“{_short(garble.before)}” → “{_short(garble.after)}”"


def _short(text: str) -> str:
    return text if len(text) <= 50 else text[:49] + "…"


def _names(ids: tuple[str, ...]) -> str:
    return ", ".join(ids) or "none"


# Finding them


@dataclass(slots=True)
class Differences:
    """The articles of which something differs, as they are known now and were before."""

    now: dict[str, Known] = field(default_factory=dict)
    before: dict[str, Known] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.now)


def differences(before: Iterable[Known], now: Iterable[Known]) -> Differences:
    """Hold two streams of one order against each other; ``now`` has every article of ``before``."""
    found = Differences()
    earlier = iter(before)
    awaited = next(earlier, None)
    for known in now:
        was = awaited if awaited and awaited.article == known.article else None
        if was:
            awaited = next(earlier, None)
        if was != known:
            found.now[known.article] = known
            if was:
                found.before[known.article] = was
    return found


def changed(
    found: Differences,
    titles: Mapping[str, tuple[str, int]],
    garbles: Iterable[tuple[Garble, bytes]],
) -> Changes:
    """Put what differs into words of the domain.

    ``titles`` gives title and number of articles of each story that a differing article is in now;
    ``garbles`` are those that first appear in a differing article, each with its mark.
    """
    was = found.before
    marks = {name: known.garbles for name, known in was.items()}
    return Changes(
        articles=sum(name not in was for name in found.now),
        stories=tuple(_new_stories(found, titles)),
        pickups=tuple(
            sorted(n for n, k in found.now.items() if k.derives and not (n in was and was[n].derives))
        ),
        garbles=tuple(
            _garble(garble) for garble, mark in garbles if mark not in marks.get(garble.article, ())
        ),
        reparented=tuple(
            Reparented(name, was[name].parents, known.parents)
            for name, known in sorted(found.now.items())
            if name in was and was[name].parents and was[name].parents != known.parents
        ),
        stale=tuple(
            StaleCopy(name, known.stale)
            for name, known in sorted(found.now.items())
            if known.stale and not (name in was and was[name].stale == known.stale)
        ),
    )


def _new_stories(found: Differences, titles: Mapping[str, tuple[str, int]]) -> Iterator[NewStory]:
    fresh: dict[str, int] = defaultdict(int)
    for name, known in found.now.items():
        before = found.before.get(name)
        if known.story and not (before and before.story):
            fresh[known.story] += 1
    for story, count in sorted(fresh.items()):
        title, size = titles[story]
        if count == size:  # an article that was in a story before would be missing from the count
            yield NewStory(story, title, size)


def _garble(garble: Garble) -> NewGarble:
    return NewGarble(
        garble.article,
        garble.kind.value,
        garble.severity.value,
        garble.span.start,
        garble.span.end,
        garble.before,
        garble.after,
    )
