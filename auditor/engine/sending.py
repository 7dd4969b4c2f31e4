"""How values go from one process to another: by their fields in order, as they are made.

Python packs a frozen value with slots field by field, by name and in Python: most of what sending one costs.
It must not know what the values mean, nor who sends them.
"""

from __future__ import annotations

import copyreg
from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any

from auditor import domain
from auditor.lineage import Standing

VALUES: tuple[type[Any], ...] = (
    domain.Article,
    domain.Moment,
    domain.Aligned,
    domain.Match,
    domain.Place,
    domain.Derivation,
    domain.Evidence,
    domain.Origin,
    domain.Verdict,
    domain.Share,
    domain.Garble,
    Standing,
)
"""Those that are sent by the thousand. Each is made of its fields alone, given in their order."""


def send_by_fields() -> None:
    """Let this process send them so; a process that gets them need not have been told."""
    for kind in VALUES:
        copyreg.pickle(kind, _taken_apart(kind))


def _taken_apart(kind: type[Any]) -> Callable[[Any], tuple[type[Any], tuple[Any, ...]]]:
    """What makes a value and what it is made of."""
    of = attrgetter(*(field.name for field in fields(kind)))
    return lambda value: (kind, of(value))
