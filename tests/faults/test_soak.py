"""Nights with whatever may befall them: at the end the exports are those of nights that nothing befell."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.faults.conftest import IS_LONG, Ended, expect_sound, nights

pytestmark = pytest.mark.faults

# (nights, articles a night): the long form takes hours unless it is told of a smaller size
_LONG = tuple(map(int, os.environ.get("AUDITOR_SOAK", "30x1000").split("x")))
NIGHTS, ARTICLES = _LONG if IS_LONG else (2, 8)


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Future[Ended]]:
    """The same nights, which nothing befell, run beside the others: the long form takes half the time so."""
    folder = tmp_path_factory.mktemp("calm")
    with ThreadPoolExecutor(1) as beside:
        yield beside.submit(
            nights, folder / "nights", f"sqlite:///{folder / 'calm.db'}", 11, NIGHTS, ARTICLES
        )


def test_a_soak_of_nights_with_faults_ends_as_one_without(
    database: str, tmp_path: Path, calm: Future[Ended]
) -> None:
    # Kills, a disk that fills up or a server that drops its connections; and files that nobody can read.
    faults = ["kill", "full", "bad"] if database.startswith("sqlite") else ["kill", "full", "cut", "bad"]
    rough = nights(tmp_path / "rough", database, 11, NIGHTS, ARTICLES, *faults)
    print(f"\n{database.split(':', maxsplit=1)[0]}: {dict(rough.happened)} in {rough.seconds} s")
    assert rough.count("signal 9", "told"), "nothing befell it"
    assert rough.content == calm.result().content
    expect_sound(tmp_path / "rough", database)
