"""Cutting a stream into lists, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most that size, in their order."""
    stream = iter(items)
    while batch := list(islice(stream, size)):
        yield batch
