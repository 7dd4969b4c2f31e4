"""Values come from another process as they were sent, whatever their fields hold."""

from __future__ import annotations

import copyreg
import pickle
from dataclasses import fields
from typing import Any

import pytest

from auditor.domain import (
    Aligned,
    Article,
    Derivation,
    Evidence,
    Garble,
    GarbleKind,
    Match,
    MatchKind,
    Moment,
    Origin,
    Place,
    Relation,
    Removed,
    Severity,
    Span,
    Status,
)
from auditor.engine import tasks
from auditor.engine.sending import VALUES

DAY = Moment.parse("2026-03-04")
HERE, THERE = Place("one", Span(3, 9)), Place("two", Span(0, 6))
SENT = [
    Article(
        "one", "Ferries are late.", "ap", published=DAY, status=Status.CANCELED, extra={"topics": ["sea"]}
    ),
    Article("two", "▒▒▒", removed=Removed(Moment.parse("2026-03-04T05:06:07Z"), "ab12")),
    Aligned(Span(1, 2), Span(3, 4), 0.5, MatchKind.EDITED),
    Match(HERE, THERE, 1.0, MatchKind.VERBATIM),
    Derivation(
        "one",
        Span(3, 9),
        THERE,
        Origin("ap", None),
        Relation.COPY,
        0.75,
        MatchKind.REWORDED,
        0.5,
        (Evidence("wire", "AP is a wire", 2.0),),
    ),
    Garble("one", Span(3, 9), GarbleKind.NUMBER, Severity.HIGH, "4", "5", THERE, "one", "another figure"),
]


@pytest.mark.parametrize("value", SENT, ids=lambda value: type(value).__name__)
def test_a_value_arrives_as_it_was_sent(value: object) -> None:
    arrived = pickle.loads(pickle.dumps(value))
    assert arrived == value
    assert repr(arrived) == repr(value)


@pytest.mark.parametrize("kind", VALUES, ids=lambda kind: kind.__name__)
def test_every_value_that_is_sent_so_is_made_of_its_fields_alone(kind: type[Any]) -> None:
    assert all(field.init and not field.kw_only for field in fields(kind))
    assert kind in copyreg.dispatch_table, f"{tasks.__name__} prepares whoever sends"
