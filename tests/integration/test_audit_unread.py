"""A wire's plain article that shares nothing is not read again: it gets what reading would have given it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from auditor.domain import Article, Moment, Source, SourceKind
from auditor.engine import tasks
from auditor.jobs import audit as auditing
from auditor.jobs import tracing
from auditor.jobs.audit import audit
from auditor.registry import Registry
from auditor.storage import Store, open_store

REGISTRY = Registry(
    [
        Source("hill-wire", "Hill Wire", SourceKind.WIRE),
        Source("lantern", "Lantern", SourceKind.PUBLISHER),
    ]
)
LINE = "Hill Wire items may be printed by all who pay for them in good time."
SOUNDS = ("ba", "do", "fi", "gu", "ke", "lo", "mi", "nu", "pe", "ra", "si", "to")


def story(topic: int, sentences: int = 6) -> str:
    chance = random.Random(topic)
    words = ["".join(chance.choices(SOUNDS, k=4)) for _ in range(60)]
    return " ".join(" ".join(chance.choices(words, k=9)).capitalize() + "." for _ in range(sentences))


def article(number: int, text: str, source: str = "hill-wire") -> Article:
    when = Moment.parse(f"2026-03-{1 + number // 24:02}T{number % 24:02}:00:00Z")
    return Article(f"item-{number:02}", text, source, published=when)


COLLECTION = (
    *(article(number, story(number)) for number in range(6)),
    article(6, f"{story(6)}\n\nReuters reported that. Source: Hill Wire"),
    article(7, story(7, 1)),  # too few words
    article(8, f"{story(8)} It was was wet. {story(9, 1)}"),
    article(9, f"{story(10)}\n\nADVERTISEMENT\n\n{story(11)}"),
    article(10, "Share this story"),
    *(article(number, f"{story(20 + number)}\n\n{LINE}\n\n{story(40 + number)}") for number in range(11, 16)),
    article(16, f"{story(0)} {story(60, 2)}", "lantern"),
    article(17, f"{story(61)}\n\nREUTERS", "lantern"),
)


def audited(path: Path, *nights: tuple[Article, ...]) -> Store:
    store = open_store(f"sqlite:///{path}")
    store.put_sources(REGISTRY)
    for night in nights:
        store.add([(each.id, each) for each in night], run=store.begin_run("ingest", {}))
        audit(store, REGISTRY)
    return store


def told(store: Store) -> object:
    rows = list(store.derivations())
    return list(store.verdicts()), rows, list(store.garbles()), list(store.stories()), list(store.matches())


@pytest.mark.parametrize("cut", [0, 5, 13, 17])
def test_the_same_is_said_of_articles_that_are_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: int
) -> None:
    nights = [night for night in (COLLECTION[:cut], COLLECTION[cut:]) if night]
    read: list[str] = []

    def noted(some: list[tasks.Tracing]) -> list[tasks.Traced]:
        read.extend(task.article.id for task in some)
        return tasks.traced_together(some)

    with monkeypatch.context() as patched:
        patched.setattr(tracing, "traced_together", noted)
        with audited(tmp_path / "unread.db", *nights) as store:
            unread = told(store)
    with monkeypatch.context() as patched:
        patched.setattr(
            auditing,
            "trace_all",
            lambda store, registry, workers, progress, *_: tracing.trace_all(
                store, registry, workers, progress
            ),
        )
        with audited(tmp_path / "read.db", *nights) as store:
            assert told(store) == unread

    assert {"item-07", "item-08", "item-09", "item-10", "item-16", "item-17"} <= set(read)
    assert {"item-01", "item-02", "item-03", "item-04", "item-05"}.isdisjoint(read)
