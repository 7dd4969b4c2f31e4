"""The local engine: results in order, from one process or from several, and errors that come through."""

from __future__ import annotations

import gc
import os

import pytest

from auditor.engine.local import COLLECTED, WORTH_PROCESSES, Workers, collecting_seldom

_prepared = "nothing"


def _prepare(word: str) -> None:
    global _prepared  # noqa: PLW0603
    _prepared = word


def _square(number: int) -> int:
    return number * number


def _process(_: int) -> tuple[int, str]:
    return os.getpid(), _prepared


def _refuse(number: int) -> int:
    if number == 70:
        raise ValueError("seventy")
    return number


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("count", [0, 1, WORTH_PROCESSES, 500])
def test_results_come_in_the_order_of_the_items(processes: int, count: int) -> None:
    with Workers(processes) as workers:
        assert list(workers.map(_square, range(count))) == [n * n for n in range(count)]


def test_little_work_stays_in_this_process_and_much_is_spread() -> None:
    with Workers(2, _prepare, ("ready",)) as workers:
        few = set(workers.map(_process, range(WORTH_PROCESSES - 1)))
        many = set(workers.map(_process, range(WORTH_PROCESSES * 4)))
    assert few == {(os.getpid(), "ready")}
    assert os.getpid() not in {process for process, _ in many}
    assert {word for _, word in many} == {"ready"}


@pytest.mark.parametrize("processes", [1, 2])
def test_an_error_of_an_item_reaches_the_caller(processes: int) -> None:
    with Workers(processes) as workers, pytest.raises(ValueError, match="seventy"):
        list(workers.map(_refuse, range(200)))


def test_items_are_taken_as_they_are_needed_and_not_all_at_once() -> None:
    taken = 0

    def items() -> object:
        nonlocal taken
        for number in range(100_000):
            taken += 1
            yield number

    with Workers(2) as workers:
        first = next(iter(workers.map(_square, items())))  # type: ignore[arg-type]
    assert first == 0
    assert taken < 1_000


def _collected(_: int) -> tuple[int, int, int]:
    return gc.get_threshold()


def test_circles_are_looked_for_seldom_while_there_is_work_and_as_before_after_it() -> None:
    before = gc.get_threshold()
    with Workers(2) as workers:
        seen = {gc.get_threshold(), *workers.map(_collected, range(WORTH_PROCESSES))}
    assert seen == {COLLECTED}
    assert gc.get_threshold() == before != COLLECTED


def test_what_is_collected_seldom_in_a_block_is_as_before_after_it_however_it_ends() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="broken"), collecting_seldom():
        assert gc.get_threshold() == COLLECTED
        raise ValueError("broken")
    assert gc.get_threshold() == before
