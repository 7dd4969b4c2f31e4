"""What the report needs of a store, as a protocol: any object with these methods can be reported on.

It reads only. It must not know how or where the store keeps anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from auditor.domain import Article, Derivation, Garble, Moment, Outcome, Source, Stale, Story, Verdict


class RunRecord(Protocol):
    """One run of a command over the store."""

    @property
    def key(self) -> int:
        """Its number; later runs have higher ones."""
        ...

    @property
    def command(self) -> str:
        """The command that was run."""
        ...

    @property
    def parameters(self) -> Mapping[str, Any]:
        """What it was run with."""
        ...

    @property
    def started(self) -> Moment:
        """When it began."""
        ...

    @property
    def ended(self) -> Moment | None:
        """When it ended; None while it runs, or where it was cut off."""
        ...

    @property
    def counts(self) -> Mapping[str, int]:
        """What it counted: inputs by disposition, and more."""
        ...


class ReportStore(Protocol):
    """The reading half of a store."""

    def count(self) -> int:
        """How many articles are held."""
        ...

    def furniture_lines(self) -> Mapping[int, str]:
        """What the lines say that are known as page furniture, by their hashes."""
        ...

    def sources(self) -> Sequence[Source]:
        """Every source."""
        ...

    def runs(self) -> Sequence[RunRecord]:
        """Every run, the oldest first."""
        ...

    def outcomes(self, run: int | None = None) -> Iterator[Outcome]:
        """What became of each input, of one run or of all."""
        ...

    def article_ids(self) -> Sequence[str]:
        """The ids of all articles, sorted."""
        ...

    def articles(self, ids: Iterable[str] | None = None) -> Iterator[Article]:
        """Articles sorted by id."""
        ...

    def derivations(self, ids: Iterable[str] | None = None) -> Iterator[Derivation]:
        """Derivations of these articles, sorted by article, start, end."""
        ...

    def derived_from(self, article_id: str, /) -> Iterator[Derivation]:
        """Derivations whose parent is that article."""
        ...

    def garbles(self, ids: Iterable[str] | None = None) -> Iterator[Garble]:
        """Garbles of these articles, sorted by article, start, end."""
        ...

    def verdicts(self, ids: Iterable[str] | None = None) -> Iterator[Verdict]:
        """Verdicts of these articles, sorted by article."""
        ...

    def stories(self) -> Iterator[Story]:
        """Stories sorted by id."""
        ...

    def story(self, story_id: str, /) -> Story:
        """The story of that id; raises NotFound."""
        ...

    def stories_of(self, ids: Iterable[str]) -> Sequence[Story]:
        """The stories that any of these articles belongs to, sorted by id."""
        ...

    def links(self, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Each article with each of its parents, once, where one of the two is among the ids."""
        ...

    def stale(self, ids: Iterable[str] | None = None) -> Iterator[Stale]:
        """What these articles still carry that its source changed or withdrew, sorted by article, start."""
        ...

    def stamp(self) -> str:
        """Where the store's writes stand now; "" where it can't say."""
        ...

    def touched_since(self, stamp: str) -> Collection[str] | None:
        """The articles that were written of after a stamp; None where it can't say."""
        ...

    def told_changes(self) -> tuple[int, Mapping[str, Any]] | None:
        """The last run that told what had changed, with what it told; None where none has."""
        ...
